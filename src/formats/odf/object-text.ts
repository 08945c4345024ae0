import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { OdfText } from './odf-text.ts';

/** The words of an object's own `content.xml`: a chart's titles, series and categories, a drawing's texts; each once. */
export class ObjectText implements XmlHandler {
  readonly texts = new Set<string>();
  private readonly words = new OdfText();
  private number = false;

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'table:table-cell') this.number = attributes['office:value-type'] === 'float';
    this.words.open(name, attributes);
  }

  close(name: string): void {
    if (name === 'table:table-cell') this.number = false;
    const text = this.words.close(name)?.trim() ?? '';
    if (text !== '' && !this.number) this.texts.add(text);
  }

  text(text: string): void {
    this.words.text(text);
  }
}
