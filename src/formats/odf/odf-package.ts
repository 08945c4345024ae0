import { OfficePackage } from '../docx/package.ts';
import { readXml, XmlError, type XmlHandler } from '../docx/xml.ts';
import type { FileMetadata } from '../extraction.ts';
import { decryptMember, unknownEncryption } from './encryption.ts';
import { OdfManifest } from './manifest.ts';
import { OdfProperties } from './odf-properties.ts';
import { PageHeads } from './page-heads.ts';

/** The members of an OpenDocument file, decrypted with the first password that fits. */
export class OdfPackage {
  private readonly archive: OfficePackage;
  private readonly manifest = new OdfManifest();
  private readonly passwords: readonly string[];

  /** @throws ZipError when the whole of it is encrypted as one. */
  constructor(bytes: Uint8Array, passwords: readonly string[] = []) {
    this.archive = new OfficePackage(bytes);
    this.passwords = passwords;
    this.read('META-INF/manifest.xml', this.manifest);
    if (this.has('content.xml')) return;
    if (this.manifest.encryptions.size > 0) throw unknownEncryption();
    this.archive.problems.push('The file is damaged: its content is missing.');
  }

  /** What was wrong with the members that were read, a sentence each, each once. */
  get problems(): readonly string[] {
    return [...new Set(this.archive.problems)];
  }

  get names(): readonly string[] {
    return this.archive.names;
  }

  has(name: string): boolean {
    return this.archive.has(name);
  }

  /** What the manifest says of a folder or member; empty where it says nothing. */
  mediaType(name: string): string {
    return this.manifest.types.get(name) ?? '';
  }

  /**
   * The bytes of a member, undefined when there is none.
   * @throws ZipError when it is too large, or no password opens it.
   */
  part(name: string): Uint8Array | undefined {
    const bytes = this.archive.part(name);
    const encryption = this.manifest.encryptions.get(name);
    return bytes === undefined || encryption === undefined
      ? bytes
      : decryptMember(bytes, encryption, this.passwords);
  }

  /** Hands the events of a member, if there is one, to a handler; where its XML breaks off, that is a problem noted. */
  read(name: string, handler: XmlHandler): void {
    // What is encrypted is decrypted whole; anything else may be larger than memory.
    const bytes = this.manifest.encryptions.has(name) ? this.part(name) : undefined;
    if (bytes === undefined && !this.has(name)) return;
    try {
      readXml(bytes ?? this.archive.pieces(name), handler);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.archive.problems.push(`${name} is damaged; what stands before the damage was read.`);
    }
  }

  metadata(): FileMetadata {
    const properties = new OdfProperties();
    this.read('meta.xml', properties);
    return properties.metadata();
  }

  /** Heads and feet of its pages, each text once. */
  pageHeads(): readonly string[] {
    const heads = new PageHeads();
    this.read('styles.xml', heads);
    return [...heads.texts];
  }
}
