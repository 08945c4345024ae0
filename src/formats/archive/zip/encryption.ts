import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import type { ZipEntry } from './entry.ts';

/** Undoes the encryption of a member's packed bytes. Undefined when the password is not the right one, as far as can be told. */
export function decrypt(packed: Uint8Array, entry: ZipEntry, password: string): Uint8Array | undefined {
  return entry.aes === undefined
    ? decryptTraditional(packed, entry, password)
    : decryptAes(packed, entry.aes.keyBits, password);
}

const crcTable = Uint32Array.from({ length: 256 }, (_, value) => {
  let crc = value;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ 0xedb88320;
  return crc;
});

function crcStep(crc: number, byte: number): number {
  return (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
}

const traditionalHeaderSize = 12;

/** APPNOTE.TXT 6.1: three keys, stepped on by each byte of the plain text. The last byte of the header tells one wrong password of 256 from the right one. */
function decryptTraditional(packed: Uint8Array, entry: ZipEntry, password: string): Uint8Array | undefined {
  let [key0, key1, key2] = [0x12345678, 0x23456789, 0x34567890];
  const step = (byte: number) => {
    key0 = crcStep(key0, byte);
    key1 = (Math.imul((key1 + (key0 & 0xff)) | 0, 134775813) + 1) | 0;
    key2 = crcStep(key2, key1 >>> 24);
  };
  for (const byte of Buffer.from(password)) step(byte);
  const plain = Buffer.allocUnsafe(packed.length);
  for (let at = 0; at < packed.length; at++) {
    const mask = (key2 | 2) & 0xffff;
    const byte = (packed[at] ?? 0) ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 0xff);
    step(byte);
    plain[at] = byte;
  }
  const check = entry.hasDescriptor ? entry.time >>> 8 : entry.crc >>> 24;
  return plain[traditionalHeaderSize - 1] === check ? plain.subarray(traditionalHeaderSize) : undefined;
}

const macSize = 10;
const verifierSize = 2;
const rounds = 1000;
const blockSize = 16;

/** WinZip's AE-1 and AE-2: a key from the password and a salt, AES in counter mode, and a code over the packed bytes that proves the password. */
function decryptAes(packed: Uint8Array, keyBits: number, password: string): Uint8Array | undefined {
  const keySize = keyBits / 8;
  const saltSize = keySize / 2;
  const salt = packed.subarray(0, saltSize);
  const keys = pbkdf2Sync(password, salt, rounds, keySize * 2 + verifierSize, 'sha1');
  const verifier = packed.subarray(saltSize, saltSize + verifierSize);
  if (verifier.length < verifierSize || !timingSafeEqual(keys.subarray(keySize * 2), verifier))
    return undefined;
  const data = packed.subarray(saltSize + verifierSize, packed.length - macSize);
  const mac = createHmac('sha1', keys.subarray(keySize, keySize * 2))
    .update(data)
    .digest();
  const isWhole = mac.subarray(0, macSize).equals(packed.subarray(packed.length - macSize));
  return isWhole ? counterMode(data, keys.subarray(0, keySize)) : undefined;
}

/** The counter counts from 1 with its lowest byte first, which no mode of Node's own does. */
function counterMode(data: Uint8Array, key: Uint8Array): Uint8Array {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  const counters = Buffer.alloc(Math.ceil(data.length / blockSize) * blockSize);
  for (let block = 0; block * blockSize < counters.length; block++)
    counters.writeUInt32LE(block + 1, block * blockSize);
  const stream = cipher.update(counters);
  for (let at = 0; at < data.length; at++) stream[at] = (stream[at] ?? 0) ^ (data[at] ?? 0);
  return stream.subarray(0, data.length);
}
