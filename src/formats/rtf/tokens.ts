/** A piece of RTF. `bytes` are text in the encoding that is in force; a `symbol` is a control of one character. */
export type Token =
  | { readonly type: 'open' | 'close' }
  | { readonly type: 'word'; readonly word: string; readonly value: number | undefined }
  | { readonly type: 'symbol'; readonly symbol: string }
  | { readonly type: 'byte'; readonly byte: number }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'binary'; readonly bytes: Uint8Array; readonly cut: boolean };

const code = { open: 0x7b, close: 0x7d, backslash: 0x5c, quote: 0x27, space: 0x20, minus: 0x2d };
const longestWord = 32;
const open: Token = { type: 'open' };
const close: Token = { type: 'close' };

/** Splits RTF into its pieces (RTF 1.9.1, "Contents of an RTF file"). Line ends are no text; nothing is looked up. */
export function* rtfTokens(bytes: Uint8Array): Generator<Token, void, undefined> {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at];
    if (byte === code.open || byte === code.close) {
      at++;
      yield byte === code.open ? open : close;
    } else if (byte === code.backslash) {
      const control = controlAt(bytes, at + 1);
      at = control.end;
      if (control.token !== undefined) yield control.token;
    } else {
      const end = textEnd(bytes, at);
      const text = bytes.subarray(at, end);
      yield { type: 'bytes', bytes: hasLineEnd(text) ? text.filter((one) => !isLineEnd(one)) : text };
      at = end;
    }
  }
}

function controlAt(bytes: Uint8Array, at: number): { readonly token?: Token; readonly end: number } {
  const first = bytes[at];
  if (first === undefined) return { end: at };
  if (isLetter(first)) return wordAt(bytes, at);
  if (first === code.quote) {
    const byte = Number.parseInt(String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0), 16);
    const whole = isHexDigit(bytes[at + 1]) && isHexDigit(bytes[at + 2]);
    return whole ? { token: { type: 'byte', byte }, end: at + 3 } : { end: at + 1 };
  }
  return { token: { type: 'symbol', symbol: String.fromCharCode(first) }, end: at + 1 };
}

function wordAt(bytes: Uint8Array, at: number): { readonly token: Token; readonly end: number } {
  let end = at;
  while (isLetter(bytes[end]) && end - at < longestWord) end++;
  const word = asciiOf(bytes, at, end);
  let digits = end;
  if (bytes[digits] === code.minus) digits++;
  const firstDigit = digits;
  while (isDigit(bytes[digits]) && digits - firstDigit < 10) digits++;
  const value = digits === firstDigit ? undefined : Number(asciiOf(bytes, end, digits));
  if (value !== undefined) end = digits;
  if (bytes[end] === code.space) end++;
  if (word !== 'bin') return { token: { type: 'word', word, value }, end };
  const length = Math.max(0, value ?? 0);
  const data = bytes.subarray(end, end + length);
  return { token: { type: 'binary', bytes: data, cut: data.length < length }, end: end + data.length };
}

function textEnd(bytes: Uint8Array, from: number): number {
  let end = from;
  while (end < bytes.length) {
    const byte = bytes[end];
    if (byte === code.open || byte === code.close || byte === code.backslash) break;
    end++;
  }
  return end;
}

function asciiOf(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

function hasLineEnd(bytes: Uint8Array): boolean {
  return bytes.includes(10) || bytes.includes(13);
}

function isLineEnd(byte: number): boolean {
  return byte === 10 || byte === 13;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a));
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isHexDigit(byte: number | undefined): boolean {
  return isDigit(byte) || (byte !== undefined && (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}
