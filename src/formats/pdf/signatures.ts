import { X509Certificate } from 'node:crypto';
import type { OpenedPdf } from './opened-pdf.ts';
import { isoFromPdfDate } from './pdf-date.ts';
import { byteText, filledBytes, wideText } from './pdfium-strings.ts';

/**
 * Who signed the file, when and why, a line a signature. What the signatures say is told, not checked.
 */
export function signatureLines({ instance, document }: OpenedPdf): readonly string[] {
  const { calls } = instance;
  const count = calls.FPDF_GetSignatureCount(document);
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const signature = calls.FPDF_GetSignatureObject(document, i);
    if (signature === 0) continue;
    const contents = filledBytes(instance, (buffer, size) =>
      calls.FPDFSignatureObj_GetContents(signature, buffer, size),
    );
    const time = byteText(instance, (buffer, size) =>
      calls.FPDFSignatureObj_GetTime(signature, buffer, size),
    );
    const reason = wideText(instance, (buffer, size) =>
      calls.FPDFSignatureObj_GetReason(signature, buffer, size),
    );
    lines.push(lineOf(signersIn(contents), isoFromPdfDate(time), reason.trim()));
  }
  return lines;
}

function lineOf(signers: readonly string[], date: string | undefined, reason: string): string {
  const by = signers.length === 0 ? '' : ` by ${signers.join(', ')}`;
  const on = date === undefined ? '' : `, ${date.slice(0, 16).replace('T', ' ')}`;
  return `Digital signature${by}${on}${reason === '' ? '' : `: ${reason}`}`;
}

/** The names in the certificates of a PKCS#7 signature, those of authorities left out. */
function signersIn(contents: Uint8Array): readonly string[] {
  const bytes = Buffer.from(contents);
  const names = new Set<string>();
  for (let at = bytes.indexOf(longSequence); at >= 0; at = bytes.indexOf(longSequence, at + 1)) {
    if (at + 4 > bytes.length) break;
    const name = certified(bytes.subarray(at, at + 4 + bytes.readUInt16BE(at + 2)));
    if (name !== undefined) names.add(name);
  }
  return [...names];
}

/** How a DER sequence of 256 bytes and more begins; a certificate is one that begins with another or a short one. */
const longSequence = Buffer.from([0x30, 0x82]);

function certified(bytes: Buffer): string | undefined {
  try {
    const { subject, ca } = new X509Certificate(bytes);
    return ca ? undefined : (/^CN=(.+)$/m.exec(subject)?.[1] ?? subject.split('\n').at(-1));
  } catch {
    // Most sequences of a signature are no certificates: that is what this finds out.
    return undefined;
  }
}
