/** What a message is written from. All of it is text but the files. */
export interface WrittenMessage {
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The body in each of its versions, the plainest first. */
  readonly versions: readonly { readonly type: 'text/plain' | 'text/html'; readonly text: string }[];
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
}

const lineLength = 76;

/**
 * An internet message (RFC 5322, MIME) with everything in it: the form in which messages leave a container that keeps
 * them in a form of its own. The same message gives the same bytes. Bodies and files are base64, so that no boundary
 * can stand in them.
 */
export function writeMessage({ fields, versions, files }: WrittenMessage): Uint8Array {
  const header = fields.map(([name, value]) => `${name}: ${fieldValue(value)}\r\n`);
  const bodies = versions.map(({ type, text }) => part(`${type}; charset=utf-8`, Buffer.from(text)));
  const body = multipart('alternative', 'body', bodies);
  const attached = files.map(({ name, type, bytes }) =>
    part(
      type,
      bytes,
      `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(wellFormed(name))}\r\n`,
    ),
  );
  return Buffer.concat([
    Buffer.from(`${header.join('')}MIME-Version: 1.0\r\n`),
    multipart('mixed', 'parts', bodies.length === 0 ? attached : [body, ...attached]),
  ]);
}

/** Field names that the written message has of its own. */
export const structuralFields = /^(?:content-|mime-version$)/i;

function part(type: string, bytes: Uint8Array, more = ''): Buffer {
  const head = `Content-Type: ${type}\r\n${more}Content-Transfer-Encoding: base64\r\n\r\n`;
  const encoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  const lines: string[] = [];
  for (let at = 0; at < encoded.length; at += lineLength) lines.push(encoded.slice(at, at + lineLength));
  return Buffer.from(head + lines.join('\r\n'));
}

function multipart(kind: string, boundary: string, parts: readonly Buffer[]): Buffer {
  const pieces: Buffer[] = [Buffer.from(`Content-Type: multipart/${kind}; boundary="=_${boundary}"\r\n\r\n`)];
  for (const one of parts) pieces.push(Buffer.from(`--=_${boundary}\r\n`), one, Buffer.from('\r\n'));
  pieces.push(Buffer.from(`--=_${boundary}--\r\n`));
  return Buffer.concat(pieces);
}

/** In UTF-8 as it stands (RFC 6532), on one line. */
function fieldValue(value: string): string {
  return wellFormed(value).replaceAll(/\s+/g, ' ').trim();
}

function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '\uFFFD');
}
