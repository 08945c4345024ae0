/** The bytes of a body, and what was wrong with how they were sent. */
export interface Transferred {
  readonly bytes: Uint8Array;
  readonly problem?: string;
}

/** Undoes the transfer encoding that a part declares (RFC 2045). One that nobody knows, or that was not applied, leaves the bytes as they are. */
export function decodeTransfer(body: Uint8Array, declared: string): Transferred {
  const encoding = /[\w-]+/.exec(declared.toLowerCase())?.[0] ?? '';
  switch (encoding) {
    case 'base64':
      if (!looksBase64(body)) return { bytes: body, problem: 'A part is said to be base64 and is not.' };
      return { bytes: decodeBase64(body) };
    case 'quoted-printable':
      return { bytes: decodeQuotedPrintable(body) };
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
      return { bytes: decodeUuencoded(body)?.bytes ?? body };
    default:
      return { bytes: body };
  }
}

/** Bytes looked at to tell text from base64. */
const sampleBytes = 4096;

/** Words with spaces between them are no base64. */
function looksBase64(body: Uint8Array): boolean {
  const sample = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, sampleBytes)).toString(
    'latin1',
  );
  const spaces = sample.match(/[a-z,.;!?>]+ +[a-z<>]/gi)?.length ?? 0;
  return spaces * 40 < sample.length || spaces < 2;
}

/** Passes over whatever is not of the alphabet. Padding may stand in the middle, where pieces were put together. */
export function decodeBase64(body: Uint8Array): Uint8Array {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1');
  const padding = text.indexOf('=');
  if (padding < 0 || /^[=\s]*$/.test(text.slice(padding, padding + sampleBytes)) === false) {
    return Buffer.concat(text.split('=').map((piece) => Buffer.from(piece, 'base64')));
  }
  return Buffer.from(text, 'base64');
}

const equals = 0x3d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** An `=` that is followed by neither two hex digits nor a line end stays. */
export function decodeQuotedPrintable(body: Uint8Array): Uint8Array {
  const decoded = Buffer.alloc(body.length);
  let length = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at] as number; // at < length
    if (byte !== equals) {
      decoded[length++] = byte;
      continue;
    }
    const [high, low] = [hexValue(body[at + 1]), hexValue(body[at + 2])];
    if (high >= 0 && low >= 0) {
      decoded[length++] = high * 16 + low;
      at += 2;
      continue;
    }
    const next = softBreakEnd(body, at + 1);
    if (next < 0) decoded[length++] = byte;
    else at = next - 1;
  }
  return decoded.subarray(0, length);
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Where the line behind a soft line break begins; -1 where there is none. Only white space may stand before the line end. */
function softBreakEnd(body: Uint8Array, from: number): number {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09) at++;
  if (at >= body.length) return at;
  if (body[at] === carriageReturn) return body[at + 1] === lineFeed ? at + 2 : at + 1;
  return body[at] === lineFeed ? at + 1 : -1;
}

export interface UuencodedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The first uuencoded file in a body; undefined when there is none. */
export function decodeUuencoded(body: Uint8Array): UuencodedFile | undefined {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('latin1');
  return splitUuencoded(text).files[0];
}

/**
 * Files set into a text as uuencoded lines, from `begin 644 name` to `end`, and the text without them. Lines that are
 * no such encoding are text.
 */
export function splitUuencoded(text: string): {
  readonly text: string;
  readonly files: readonly UuencodedFile[];
} {
  if (!/^begin [0-7]{3,4} \S/m.test(text)) return { text, files: [] };
  const kept: string[] = [];
  const files: UuencodedFile[] = [];
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const name = /^begin [0-7]{3,4} (\S.*?)\s*$/.exec(line)?.[1];
    const found = name === undefined ? undefined : uuencodedLines(lines, at + 1);
    if (name === undefined || found === undefined) {
      kept.push(line);
      continue;
    }
    files.push({ name, bytes: found.bytes });
    at = found.last;
  }
  return { text: kept.join('\n'), files };
}

function uuencodedLines(
  lines: readonly string[],
  from: number,
): { readonly bytes: Uint8Array; readonly last: number } | undefined {
  const pieces: Uint8Array[] = [];
  for (let at = from; at < lines.length; at++) {
    const line = (lines[at] ?? '').replace(/\r$/, '');
    if (/^end\s*$/.test(line)) return { bytes: Buffer.concat(pieces), last: at };
    const piece = uuencodedLine(line);
    if (piece === undefined) break;
    pieces.push(piece);
  }
  return undefined;
}

function uuencodedLine(line: string): Uint8Array | undefined {
  if (line.trim() === '' || line === '`') return new Uint8Array();
  const length = (line.charCodeAt(0) - 32) & 63;
  const content = line.slice(1);
  if (!/^[ -`]*$/.test(content) || content.length < Math.ceil((length * 8) / 6)) return undefined;
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at++) {
    const bit = at * 8;
    const index = Math.floor(bit / 6);
    const pair = (sixBits(content, index) << 6) | sixBits(content, index + 1);
    bytes[at] = (pair >> (4 - (bit % 6))) & 0xff;
  }
  return bytes;
}

function sixBits(content: string, at: number): number {
  return at < content.length ? (content.charCodeAt(at) - 32) & 63 : 0;
}
