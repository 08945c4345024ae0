import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { encryptionDictionary } from './encryption.ts';

/** Gives a file as it was before it was encrypted; undefined where it cannot. */
export type Decrypt = (bytes: Uint8Array) => Uint8Array | undefined;

/**
 * Opens files that are attached to an otherwise open PDF and encrypted by themselves (AES-256, revisions 5 and 6 of the
 * standard security handler: ISO 32000-2, 7.6.4). Undefined when the encryption is another, or no password fits.
 * @param keys Forms of the passwords.
 * @param limit Bytes that a file may unfold to.
 */
export function decryptionApart(
  bytes: Uint8Array,
  keys: readonly Uint8Array[],
  limit: number,
): Decrypt | undefined {
  const dictionary = encryptionDictionary(bytes);
  const revision = Number(/\/R\s+(\d+)/.exec(dictionary)?.[1]);
  if (revision !== 5 && revision !== 6) return undefined;
  for (const password of keys) {
    const key = fileKey(dictionary, password.subarray(0, longestPassword), revision);
    if (key !== undefined) return (packed) => decrypted(packed, key, limit);
  }
  return undefined;
}

/** In bytes; what is longer is cut. */
const longestPassword = 127;
const noVector = Buffer.alloc(16);

/** The user's entries first, then the owner's: each a hash of 32 bytes, two salts of 8, and the key wrapped in another entry. */
function fileKey(dictionary: string, password: Uint8Array, revision: number): Buffer | undefined {
  const [u, o] = [entry(dictionary, 'U').subarray(0, 48), entry(dictionary, 'O').subarray(0, 48)];
  const nothing = Buffer.alloc(0);
  for (const [own, wrapped, others] of [
    [u, 'UE', nothing],
    [o, 'OE', u],
  ] as const) {
    const key = entry(dictionary, wrapped).subarray(0, 32);
    if (own.length < 48 || key.length < 32) continue;
    if (!hash(password, own.subarray(32, 40), others, revision).equals(own.subarray(0, 32))) continue;
    const wrapping = hash(password, own.subarray(40, 48), others, revision);
    const cipher = createDecipheriv('aes-256-cbc', wrapping, noVector).setAutoPadding(false);
    return Buffer.concat([cipher.update(key), cipher.final()]);
  }
  return undefined;
}

/** Algorithm 2.B; in revision 5 its first step alone. */
function hash(password: Uint8Array, salt: Uint8Array, others: Uint8Array, revision: number): Buffer {
  let key = createHash('sha256').update(password).update(salt).update(others).digest();
  if (revision === 5) return key;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round++) {
    const once = Buffer.concat([password, key, others]);
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32));
    const mixed = cipher.setAutoPadding(false).update(Buffer.concat(Array<Buffer>(64).fill(once)));
    const rest = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(['sha256', 'sha384', 'sha512'][rest] ?? 'sha256')
      .update(mixed)
      .digest();
    last = mixed.at(-1) ?? 0;
  }
  return key.subarray(0, 32);
}

/** A string of the dictionary, as its bytes. */
function entry(dictionary: string, key: string): Buffer {
  const [, bracket] = new RegExp(`/${key}\\s*([(<])`).exec(dictionary) ?? [];
  const start = dictionary.search(new RegExp(`/${key}\\s*[(<]`));
  if (bracket === undefined) return Buffer.alloc(0);
  const body = dictionary.slice(dictionary.indexOf(bracket, start) + 1);
  if (bracket === '<') return Buffer.from(body.slice(0, body.indexOf('>')).replace(/\s/g, ''), 'hex');
  return Buffer.from(literal(body), 'latin1');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** A literal string (ISO 32000-1, 7.3.4.2) from behind its opening bracket. */
function literal(body: string): string {
  let text = '';
  let depth = 1;
  for (const [piece] of body.matchAll(/\\(?:[0-7]{1,3}|\r\n|[\s\S])|[\s\S]/g)) {
    if (piece === '(') depth++;
    if (piece === ')') depth--;
    if (depth === 0) break;
    text += piece.length > 1 ? unescaped(piece.slice(1)) : piece;
  }
  return text;
}

function unescaped(piece: string): string {
  if (/^[0-7]/.test(piece)) return String.fromCharCode(Number.parseInt(piece, 8) & 0xff);
  return /^[\r\n]/.test(piece) ? '' : (escapes[piece] ?? piece);
}

/** The first block is the vector of the others; what was deflated before is unfolded. */
function decrypted(bytes: Uint8Array, key: Buffer, limit: number): Uint8Array | undefined {
  let plain: Buffer;
  try {
    const cipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
    plain = Buffer.concat([cipher.update(bytes.subarray(16)), cipher.final()]);
  } catch {
    // Not of whole blocks, or padded as no file is: it was not encrypted with this key.
    return undefined;
  }
  try {
    return inflateSync(plain, { maxOutputLength: limit });
  } catch (error) {
    // It was not deflated, unless it is only too large.
    return error instanceof RangeError ? undefined : plain;
  }
}
