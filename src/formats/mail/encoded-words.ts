import { decodeDeclared } from './charset.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer-encoding.ts';

/** `=?charset?B?text?=`; a language may stand behind the charset (RFC 2231). */
const wordPattern = /=\?([\w.:+-]+)(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=/gi;

interface Word {
  readonly charset: string;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** The text of a field as written, on one line; bytes that are not ASCII as UTF-8, else by guess. Encoded words stay. */
export function unfolded(field: Uint8Array): string {
  return oneLine(decodeDeclared(field, undefined).text);
}

/**
 * Text with its encoded words (RFC 2047) decoded. White space between two of them is none of the text; words that cut
 * a character in two are joined before they are decoded. What a word holds stays on the field's line.
 */
export function decodeWords(text: string): string {
  const runs = joined(text);
  let decoded = '';
  let at = 0;
  for (const { charset, bytes, start, end } of runs) {
    decoded += text.slice(at, start) + decodeDeclared(bytes, charset).text;
    at = end;
  }
  return oneLine(decoded + text.slice(at));
}

/** Words side by side in one charset make one run. */
function joined(text: string): readonly Word[] {
  const runs: { charset: string; pieces: Uint8Array[]; start: number; end: number }[] = [];
  for (const match of text.matchAll(wordPattern)) {
    const [whole, charset = '', encoding = '', content = ''] = match;
    const start = match.index;
    const bytes = /b/i.test(encoding) ? decodeBase64(Buffer.from(content)) : decodeQ(content);
    const before = runs.at(-1);
    const adjacent = before !== undefined && /^\s*$/.test(text.slice(before.end, start));
    if (adjacent && before.charset.toLowerCase() === charset.toLowerCase()) {
      before.pieces.push(bytes);
      before.end = start + whole.length;
      continue;
    }
    runs.push({ charset, pieces: [bytes], start: adjacent ? before.end : start, end: start + whole.length });
  }
  return runs.map(({ pieces, ...run }) => ({ ...run, bytes: Buffer.concat(pieces) }));
}

function decodeQ(content: string): Uint8Array {
  return decodeQuotedPrintable(Buffer.from(content.replaceAll('_', '=20')));
}

/** No field reaches over a line: a line end in it, folded or encoded, is a space. */
function oneLine(text: string): string {
  return text.replaceAll(/\s*[\n\f\t]\s*/g, ' ').trim();
}
