import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { OdfText } from './odf-text.ts';

/** `styles.xml`: the heads and feet of the master pages, each text once. */
export class PageHeads implements XmlHandler {
  readonly texts = new Set<string>();
  private readonly words = new OdfText(true);
  private inside = 0;

  open(name: string, attributes: XmlAttributes): void {
    if (isHead(name)) this.inside++;
    else if (this.inside > 0) this.words.open(name, attributes);
  }

  close(name: string): void {
    if (isHead(name)) this.inside--;
    else if (this.inside > 0) this.put(this.words.close(name));
  }

  text(text: string): void {
    if (this.inside > 0) this.words.text(text);
  }

  /** What is left of "Page 1" without its number says nothing. */
  private put(text: string | undefined): void {
    const words = text?.replaceAll(/\s+/g, ' ').trim() ?? '';
    if (/[\p{L}\p{N}]/u.test(words) && !/^page\W*(?:of)?\W*$/i.test(words)) this.texts.add(words);
  }
}

function isHead(name: string): boolean {
  return /^style:(?:header|footer)(?:-left|-first)?$/.test(name);
}
