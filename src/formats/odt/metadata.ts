import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import type { FileMetadata } from '../extraction.ts';

/** `office:meta` of a document: hand it the part's events, then ask. */
export class OdfMetadata implements XmlHandler {
  /** How many pages the word processor counted. */
  pages: number | undefined;
  private readonly texts = new Map<string, string>();
  private inside = false;
  private element = '';

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'office:meta') this.inside = true;
    this.element = this.inside ? name : '';
    if (this.inside && name === 'meta:document-statistic') {
      const pages = Number(attributes['meta:page-count']);
      if (pages > 0) this.pages = pages;
    }
  }

  close(name: string): void {
    if (name === 'office:meta') this.inside = false;
    this.element = '';
  }

  text(text: string): void {
    if (this.element !== '') this.texts.set(this.element, (this.texts.get(this.element) ?? '') + text);
  }

  metadata(): FileMetadata {
    const title = this.texts.get('dc:title')?.trim();
    const author = (this.texts.get('meta:initial-creator') ?? this.texts.get('dc:creator'))?.trim();
    const created = this.texts.get('meta:creation-date')?.trim();
    return { ...(title && { title }), ...(author && { author }), ...(created && { created }) };
  }
}
