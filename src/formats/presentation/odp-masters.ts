import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { OdfText } from '../odf/odf-text.ts';

/** `styles.xml` of a presentation: what stands on its master pages, and so on each of their slides; texts by master. */
export class OdpMasters implements XmlHandler {
  readonly texts = new Map<string, string[]>();
  private readonly words = new OdfText(true);
  private master: string[] | undefined;
  private inNotes = false;

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'style:master-page') {
      this.master = [];
      this.texts.set(attributes['style:name'] ?? '', this.master);
    } else if (name === 'presentation:notes') this.inNotes = true;
    else this.words.open(name, attributes);
  }

  close(name: string): void {
    if (name === 'style:master-page') this.master = undefined;
    else if (name === 'presentation:notes') this.inNotes = false;
    else this.put(this.words.close(name));
  }

  text(text: string): void {
    this.words.text(text);
  }

  private put(text: string | undefined): void {
    if (text !== undefined && !this.inNotes) this.master?.push(text);
  }
}
