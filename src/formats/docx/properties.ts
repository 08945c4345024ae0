import type { FileMetadata } from '../extraction.ts';
import type { NoteKind, SectionNotes } from './note-numbers.ts';
import type { OfficePackage } from './package.ts';
import type { XmlAttributes, XmlHandler } from './xml.ts';

/** `docProps/core.xml` and `docProps/app.xml`. */
export class Properties implements XmlHandler {
  private readonly values = new Map<string, string>();
  private current = '';

  /** How many pages the word processor counted. */
  get pages(): number | undefined {
    const pages = Number(this.values.get('Pages') ?? Number.NaN);
    return Number.isInteger(pages) ? pages : undefined;
  }

  metadata(): FileMetadata {
    const title = this.values.get('dc:title')?.trim();
    const author = this.values.get('dc:creator')?.trim();
    const created = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(
      this.values.get('dcterms:created')?.trim() ?? '',
    );
    return { ...(title && { title }), ...(author && { author }), ...(created && { created: created[0] }) };
  }

  open(name: string): void {
    this.current = name;
  }

  close(): void {
    this.current = '';
  }

  text(text: string): void {
    if (this.current !== '') this.values.set(this.current, (this.values.get(this.current) ?? '') + text);
  }
}

/** What a package says of itself in its core properties. */
export function packageMetadata(archive: OfficePackage): FileMetadata {
  const properties = new Properties();
  const core = archive
    .relationships('')
    .find(({ type, external }) => type === 'core-properties' && !external);
  archive.readOptional(core?.target, properties);
  return properties.metadata();
}

/** How `settings.xml` numbers the notes of the whole document. */
export class NoteSettings implements XmlHandler {
  readonly notes: SectionNotes = {};
  private kind: NoteKind | undefined;

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'w:footnotePr' || name === 'w:endnotePr') {
      this.kind = name === 'w:footnotePr' ? 'footnote' : 'endnote';
      this.notes[this.kind] = {};
      return;
    }
    const numbering = this.kind && this.notes[this.kind];
    const value = attributes['w:val'];
    if (!numbering || value === undefined) return;
    if (name === 'w:numFmt') numbering.format = value;
    else if (name === 'w:numStart') numbering.start = Number(value);
    else if (name === 'w:numRestart') numbering.restart = value;
  }

  close(name: string): void {
    if (name === 'w:footnotePr' || name === 'w:endnotePr') this.kind = undefined;
  }

  text(): void {
    // settings are attributes
  }
}
