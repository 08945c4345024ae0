import { OfficePackage } from '../docx/package.ts';
import { readXml, XmlError, type XmlHandler } from '../docx/xml.ts';
import type { Extraction, FileMetadata } from '../extraction.ts';
import { OdfProperties } from './odf-properties.ts';
import { PageHeads } from './page-heads.ts';

/** `META-INF/manifest.xml`: whether the members of the archive are encrypted. */
class Manifest implements XmlHandler {
  encrypted = false;

  open(name: string): void {
    if (name === 'manifest:encryption-data') this.encrypted = true;
  }

  close(): void {
    // only its beginning counts
  }

  text(): void {
    // the manifest is elements and attributes
  }
}

/** The parts of an OpenDocument file that all of its kinds have. */
export class OdfPackage {
  readonly archive: OfficePackage;

  constructor(bytes: Uint8Array) {
    this.archive = new OfficePackage(bytes);
  }

  /** Why there is nothing to read, where that can be told from the outside. */
  obstacle(): Extract<Extraction, { type: 'unreadable' }> | undefined {
    const manifest = new Manifest();
    this.archive.readOptional('META-INF/manifest.xml', manifest);
    if (manifest.encrypted)
      return { type: 'unreadable', outcome: 'encrypted', reason: 'The document is protected by a password.' };
    return this.archive.has('content.xml')
      ? undefined
      : { type: 'unreadable', outcome: 'failed', reason: 'The file is damaged: its content is missing.' };
  }

  /** Reads `content.xml`, or that of an object; what stands before damage is kept, and the damage noted. */
  readContent(handler: XmlHandler, folder = ''): void {
    const name = `${folder}content.xml`;
    try {
      readXml(this.archive.pieces(name), handler);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.archive.problems.push(`${name} is damaged; what stands before the damage was read.`);
    }
  }

  metadata(): FileMetadata {
    const properties = new OdfProperties();
    this.archive.readOptional('meta.xml', properties);
    return properties.metadata();
  }

  /** Heads and feet of its pages, each text once. */
  pageHeads(): readonly string[] {
    const heads = new PageHeads();
    this.archive.readOptional('styles.xml', heads);
    return [...heads.texts];
  }
}
