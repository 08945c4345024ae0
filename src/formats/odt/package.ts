import { createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { readXml, type XmlAttributes, XmlError, type XmlHandler } from '../docx/xml.ts';
import { readZipDirectory, readZipMember, type ZipDirectory, ZipError } from '../docx/zip.ts';

/** How a member is encrypted, as the manifest says (OpenDocument 1.3 part 2, 3.4). Texts in base64 are decoded. */
interface Encryption {
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

/** A package whose members cannot be read without a password that was not given. The message is a sentence. */
export class OdfEncryptionError extends Error {
  override readonly name = 'OdfEncryptionError';
}

const longestDerivation = 10_000_000;
const mostBytes = 256 * 2 ** 20;

/** The members of an OpenDocument package, decrypted with the first password that fits. */
export class OdfPackage {
  /** What was wrong with the members that were read, a sentence each. */
  readonly problems: string[] = [];
  private readonly bytes: Uint8Array;
  private readonly directory: ZipDirectory;
  private readonly manifest = new Manifest();
  private readonly passwords: readonly string[];

  constructor(bytes: Uint8Array, passwords: readonly string[] = []) {
    this.bytes = bytes;
    this.passwords = passwords;
    this.directory = readZipDirectory(bytes);
    if (this.directory.salvaged)
      this.problems.push('The end of the file is missing or damaged; what is left was read.');
    this.read('META-INF/manifest.xml', this.manifest);
  }

  get names(): readonly string[] {
    return [...this.directory.entries.keys()];
  }

  /** What the manifest says of a folder or member; empty where it says nothing. */
  mediaType(name: string): string {
    return this.manifest.types.get(name) ?? '';
  }

  /**
   * The bytes of a member, undefined when there is none.
   * @throws ZipError when it is too large, OdfEncryptionError when no password opens it.
   */
  part(name: string): Uint8Array | undefined {
    const entry = this.directory.entries.get(name);
    if (entry === undefined) return undefined;
    const encryption = this.manifest.encryptions.get(name);
    const member = readZipMember(this.bytes, entry);
    if (member.problem !== undefined && !this.directory.salvaged) this.problems.push(`${member.problem}.`);
    return encryption === undefined ? member.bytes : this.decrypt(member.bytes, encryption);
  }

  /** Hands a member's events to a handler; where its XML breaks off, that is noted. False when there is no such member. */
  read(name: string, handler: XmlHandler): boolean {
    const bytes = this.part(name);
    if (bytes === undefined) return false;
    try {
      readXml(bytes, handler);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.problems.push(`${name} is damaged; what stands before the damage was read.`);
    }
    return true;
  }

  private decrypt(bytes: Uint8Array, encryption: Encryption): Uint8Array {
    if (!/aes256-cbc$/i.test(encryption.algorithm) || !/pbkdf2$/i.test(encryption.derivation))
      throw new OdfEncryptionError(
        'The document is protected by a password, in a way that pincite cannot undo.',
      );
    if (encryption.size > mostBytes)
      throw new ZipError('A member of the document would unfold to too much.', 'too-large');
    for (const password of this.passwords) {
      const opened = decrypted(bytes, encryption, password);
      if (opened !== undefined) return opened;
    }
    throw new OdfEncryptionError('The document is protected by a password.');
  }
}

/** Undefined when the password is not the right one: the checksum is that of the packed bytes' first 1,024. */
function decrypted(bytes: Uint8Array, encryption: Encryption, password: string): Uint8Array | undefined {
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

/** `META-INF/manifest.xml`: hand it the member's events, then ask. */
class Manifest implements XmlHandler {
  readonly types = new Map<string, string>();
  readonly encryptions = new Map<string, Encryption>();
  private size = 0;
  private path = '';
  private current: Encryption | undefined;

  open(name: string, attributes: XmlAttributes): void {
    const text = (attribute: string) => attributes[`manifest:${attribute}`] ?? '';
    const bytes = (attribute: string) => new Uint8Array(Buffer.from(text(attribute), 'base64'));
    if (name === 'manifest:file-entry') {
      this.path = text('full-path');
      this.size = Number(text('size')) || 0;
      this.types.set(this.path, text('media-type'));
    } else if (name === 'manifest:encryption-data')
      this.current = {
        checksumType: text('checksum-type'),
        checksum: bytes('checksum'),
        algorithm: '',
        vector: new Uint8Array(),
        derivation: '',
        salt: new Uint8Array(),
        iterations: 1,
        startKey: 'sha1',
        size: this.size,
      };
    else if (this.current === undefined) return;
    else if (name === 'manifest:algorithm') {
      this.current.algorithm = text('algorithm-name');
      this.current.vector = bytes('initialisation-vector');
    } else if (name === 'manifest:key-derivation') {
      this.current.derivation = text('key-derivation-name');
      this.current.salt = bytes('salt');
      this.current.iterations = Number(text('iteration-count')) || 1;
    } else if (name === 'manifest:start-key-generation')
      this.current.startKey = text('start-key-generation-name');
  }

  close(name: string): void {
    if (name !== 'manifest:encryption-data' || this.current === undefined) return;
    this.encryptions.set(this.path, this.current);
    this.current = undefined;
  }

  text(): void {
    // the manifest holds no text
  }
}
