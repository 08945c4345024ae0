const signature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Name of the stream that holds an encrypted Office file, as the directory of a compound file writes it. */
const encryptedStream = Buffer.from('EncryptedPackage', 'utf16le');

/** Whether the bytes are a Compound File (MS-CFB): Office before 2007, or a wrapper around an encrypted newer file. */
export function isCompoundFile(bytes: Uint8Array): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

/** Whether a compound file wraps an encrypted Office file (MS-OFFCRYPTO). */
export function isOfficeEncryption(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(encryptedStream);
}
