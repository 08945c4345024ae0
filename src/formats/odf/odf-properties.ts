import type { XmlHandler } from '../docx/xml.ts';
import type { FileMetadata } from '../extraction.ts';

/** `meta.xml`: what an OpenDocument file says of itself. */
export class OdfProperties implements XmlHandler {
  private readonly values = new Map<string, string>();
  private current = '';

  metadata(): FileMetadata {
    const title = this.values.get('dc:title')?.trim();
    const author = (this.values.get('meta:initial-creator') ?? this.values.get('dc:creator'))?.trim();
    const created = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})?)?/.exec(
      this.values.get('meta:creation-date')?.trim() ?? '',
    )?.[0];
    return { ...(title && { title }), ...(author && { author }), ...(created && { created }) };
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
