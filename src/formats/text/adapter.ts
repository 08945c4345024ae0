import type { Adapter, Extraction, ReadOptions, Sniff } from '../extraction.ts';
import { decodeText, longestText } from './decode.ts';
import { escapedEncoding } from './escaped-encoding.ts';
import { byteOrderMark, unmarkedWideEncoding } from './wide-encoding.ts';
import { xmlEncoding } from './xml-declaration.ts';

/** Formats that are written in ASCII but are not for reading as they stand. */
const writtenInAscii = ['{\\rtf', '%PDF-', '%!PS'];
const plainExtensions = new Set(['txt', 'text', 'asc', 'log']);

/**
 * Plain text in any encoding. Lines end with LF, form feeds stay (they part pages). With `sheets`, the text of other
 * pages is left out and their form feeds stay, so that pages keep their numbers.
 */
export const textAdapter: Adapter = {
  name: 'text',
  version: 2,
  recognises: (sniff) => textLikeness(sniff),
  async *read(bytes, options) {
    yield await readText(bytes, options);
  },
};

async function readText(bytes: Uint8Array, options: ReadOptions): Promise<Extraction> {
  if (bytes.length > longestText) {
    return {
      type: 'unreadable',
      outcome: 'too-large',
      reason: `A text of ${bytes.length} bytes is more than can be held at once.`,
    };
  }
  const { text, remarks } = await decodeText(bytes, xmlEncoding(bytes));
  const wanted = options.sheets === undefined ? text : onlyPages(text, new Set(options.sheets));
  if (!/\S/.test(wanted)) return { type: 'unreadable', outcome: 'empty', reason: 'The file holds no text.' };
  return { type: 'text', reader: 'text', content: { layout: 'plain', text: wanted }, metadata: {}, remarks };
}

function onlyPages(text: string, pages: ReadonlySet<number>): string {
  return text
    .split('\f')
    .map((page, at) => (pages.has(at + 1) ? page : ''))
    .join('\f');
}

/** Text has few controls and hardly a NUL; how sure one can be without a sign of any other format is under one half, unless the name says so too. */
function textLikeness({ head, extension }: Sniff): number {
  if (head.length === 0 || writtenInAscii.some((start) => startsWith(head, start))) return 0;
  const allowance = plainExtensions.has(extension) ? 0.1 : 0.02;
  const isText =
    byteOrderMark(head) !== undefined ||
    controlShare(head) <= allowance ||
    escapedEncoding(head) !== undefined ||
    unmarkedWideEncoding(head) !== undefined;
  if (!isText) return 0;
  return plainExtensions.has(extension) ? 0.6 : 0.3;
}

function startsWith(head: Uint8Array, start: string): boolean {
  for (let i = 0; i < start.length; i++) if (head[i] !== start.charCodeAt(i)) return false;
  return true;
}

/** Share of bytes that no encoding of text uses, escape apart (ISO 2022 does). */
function controlShare(head: Uint8Array): number {
  let controls = 0;
  for (const byte of head)
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b && byte !== 0x1a) || byte === 0x7f)
      controls++;
  return controls / head.length;
}
