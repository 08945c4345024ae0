import { createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { ZipError } from '../docx/zip.ts';

/** How a member is encrypted, as the manifest says (OpenDocument 1.3 part 2, 3.4). Texts in base64 are decoded. */
export interface OdfEncryption {
  checksumType: string;
  checksum: Uint8Array;
  algorithm: string;
  vector: Uint8Array;
  derivation: string;
  salt: Uint8Array;
  iterations: number;
  startKey: string;
  /** Bytes of the member when it is unfolded. */
  size: number;
}

const longestDerivation = 10_000_000;
const mostBytes = 256 * 2 ** 20;

/**
 * A member's bytes, by the first password that fits.
 * @throws ZipError when there is none, when it is encrypted in an unknown way, or when it is too large.
 */
export function decryptMember(
  bytes: Uint8Array,
  encryption: OdfEncryption,
  passwords: readonly string[],
): Uint8Array {
  if (!/aes256-cbc$/i.test(encryption.algorithm) || !/pbkdf2$/i.test(encryption.derivation))
    throw unknownEncryption();
  if (encryption.size > mostBytes)
    throw new ZipError('A member of the document would unfold to too much.', 'too-large');
  for (const password of passwords) {
    const opened = decrypted(bytes, encryption, password);
    if (opened !== undefined) return opened;
  }
  throw new ZipError('The document is protected by a password.', 'encrypted');
}

export function unknownEncryption(): ZipError {
  return new ZipError(
    'The document is protected by a password, in a way that pincite cannot undo.',
    'encrypted',
  );
}

/** Undefined when the password is not the right one: the checksum is that of the packed bytes' first 1,024. */
function decrypted(bytes: Uint8Array, encryption: OdfEncryption, password: string): Uint8Array | undefined {
  const start = createHash(/sha256$/i.test(encryption.startKey) ? 'sha256' : 'sha1')
    .update(password, 'utf8')
    .digest();
  const iterations = Math.min(Math.max(encryption.iterations, 1), longestDerivation);
  const key = pbkdf2Sync(start, encryption.salt, iterations, 32, 'sha1');
  if (bytes.length % 16 !== 0 || encryption.vector.length !== 16) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key, encryption.vector).setAutoPadding(false);
  const packed = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const padding = packed.at(-1) ?? 0;
  if (padding < 1 || padding > 16) return undefined;
  const unpadded = packed.subarray(0, packed.length - padding);
  const hash = createHash(/sha256/i.test(encryption.checksumType) ? 'sha256' : 'sha1');
  const found = hash.update(unpadded.subarray(0, 1024)).digest();
  if (!found.equals(encryption.checksum)) return undefined;
  return new Uint8Array(inflateRawSync(unpadded, { maxOutputLength: Math.max(encryption.size, 1) }));
}
