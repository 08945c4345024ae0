import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import type { FileMetadata } from '../extraction.ts';

/** `office:meta`: what an OpenDocument file says of itself. Hand it the part's events, then ask. */
export class OdfProperties implements XmlHandler {
  /** How many pages the word processor counted. */
  pages: number | undefined;
  private readonly values = new Map<string, string>();
  private inside = false;
  private current = '';

  metadata(): FileMetadata {
    const title = this.values.get('dc:title')?.trim();
    const author = (this.values.get('meta:initial-creator') ?? this.values.get('dc:creator'))?.trim();
    const created = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})?)?/.exec(
      this.values.get('meta:creation-date')?.trim() ?? '',
    )?.[0];
    return { ...(title && { title }), ...(author && { author }), ...(created && { created }) };
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'office:meta') this.inside = true;
    this.current = this.inside ? name : '';
    if (this.inside && name === 'meta:document-statistic') {
      const pages = Number(attributes['meta:page-count']);
      if (pages > 0) this.pages = pages;
    }
  }

  close(name: string): void {
    if (name === 'office:meta') this.inside = false;
    this.current = '';
  }

  text(text: string): void {
    if (this.current !== '') this.values.set(this.current, (this.values.get(this.current) ?? '') + text);
  }
}
