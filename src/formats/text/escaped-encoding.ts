import { isAscii } from 'node:buffer';

const escapeByte = 0x1b;

/** Escape sequences of ISO 2022 that choose a character set, as RFC 1468, RFC 1557 and RFC 1922 have them. */
const designations: readonly (readonly [RegExp, string])[] = [
  [/\x1B\$(?:[@B]|\([D])/, 'ISO-2022-JP'],
  [/\x1B\$\)C/, 'ISO-2022-KR'],
  [/\x1B\$\)[AG]/, 'ISO-2022-CN'],
];

/** ISO 2022 writes other scripts in seven bits, between escape sequences that choose a character set. Undefined when no known one stands there. */
export function escapedEncoding(bytes: Uint8Array): string | undefined {
  if (!bytes.includes(escapeByte) || !isAscii(bytes)) return undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return designations.find(([sequence]) => sequence.test(text))?.[1];
}
