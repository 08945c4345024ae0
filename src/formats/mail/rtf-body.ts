import { decompressRTF } from '@kenjiuno/decompressrtf';
import iconv from 'iconv-lite';
import { deEncapsulateSync } from 'rtf-stream-parser';

/** A body that Outlook keeps as rich text: the HTML or the text that it was made from, or nothing but rich text. */
export type RichBody =
  | { readonly kind: 'html' | 'text'; readonly text: string }
  | { readonly kind: 'rtf'; readonly bytes: Uint8Array };

/**
 * Unpacks a compressed rich text (MS-OXRTFCP) and takes out of it what it encapsulates (MS-OXRTFEX). Undefined when it
 * cannot be unpacked.
 */
export function readCompressedRtf(compressed: Uint8Array): RichBody | undefined {
  const bytes = unpacked(compressed);
  if (bytes === undefined || bytes.length === 0) return undefined;
  return readRtf(bytes);
}

function unpacked(compressed: Uint8Array): Buffer | undefined {
  try {
    return Buffer.from(decompressRTF([...compressed]));
  } catch (error) {
    if (error instanceof Error) return undefined; // the package tells damage in plain errors
    throw error;
  }
}

/** Small faults of a rich text cost nothing of what is read. */
const unsaid = () => undefined;

/** What a rich text encapsulates. One that encapsulates nothing, or is damaged, stays as it is. */
export function readRtf(bytes: Buffer): RichBody {
  if (!/\\from(?:html|text)/.test(bytes.toString('latin1', 0, 4096))) return { kind: 'rtf', bytes };
  try {
    const { mode, text } = deEncapsulateSync(bytes, { decode: iconv.decode, mode: 'either', warn: unsaid });
    return { kind: mode, text: text.toString() };
  } catch (error) {
    if (error instanceof Error) return { kind: 'rtf', bytes };
    throw error;
  }
}
