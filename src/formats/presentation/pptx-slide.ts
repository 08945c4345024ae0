import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { pictureDescriptions } from '../picture-description.ts';
import type { Slide } from './slide.ts';

/** Placeholders whose text the program fills in: numbers of slides, pictures of slides on pages of notes. */
const filledIn = new Set(['sldNum', 'sldImg']);
const titles = new Set(['title', 'ctrTitle']);
const runningText = new Set(['ftr', 'hdr', 'dt']);

interface OpenShape {
  placeholder: string | undefined;
  hidden: boolean;
  descriptions: readonly string[];
}

/** What a part is to the slide: itself, its page of notes, or a master whose own words are shown on it. */
export type SlidePart = 'slide' | 'notes' | 'master';

/** Reads `slide1.xml`, or another part that belongs to a slide, in the order of its shapes. */
export class PptxSlide implements XmlHandler {
  /** Ids of relationships to the targets of links. */
  readonly links = new Set<string>();
  private readonly slide: Slide;
  private readonly part: SlidePart;
  private readonly shapes: OpenShape[] = [];
  private cells: string[][] | undefined;
  private words = '';
  private inText = false;
  private fallback = 0;

  constructor(slide: Slide, part: SlidePart) {
    this.slide = slide;
    this.part = part;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.fallback > 0 || name === 'mc:Fallback') this.fallback++;
    else if (name === 'p:sld')
      this.slide.hidden = attributes['show'] === '0' || attributes['show'] === 'false';
    else if (isShape(name)) this.openShape();
    else if (name === 'p:cNvPr') this.describe(attributes);
    else if (name === 'p:ph') this.place(attributes['type'] ?? 'body');
    else if (name === 'a:tr') this.cells = [];
    else if (name === 'a:tc') this.cells?.push([]);
    else if (name === 'a:p') this.words = '';
    else if (name === 'a:br') this.words += '\n';
    else if (name === 'a:t') this.inText = true;
    else if (name === 'a:hlinkClick') this.links.add(attributes['r:id'] ?? '');
  }

  close(name: string): void {
    if (this.fallback > 0) this.fallback--;
    else if (isShape(name)) this.closeShape();
    else if (name === 'a:t') this.inText = false;
    else if (name === 'a:p') this.endParagraph();
    else if (name === 'a:tr') this.endRow();
  }

  text(text: string): void {
    if (this.inText && this.fallback === 0) this.words += text;
  }

  private get shape(): OpenShape | undefined {
    return this.shapes.at(-1);
  }

  private openShape(): void {
    this.shapes.push({ placeholder: undefined, hidden: this.shape?.hidden ?? false, descriptions: [] });
  }

  private describe({ hidden, title, descr }: XmlAttributes): void {
    if (this.shape === undefined) return;
    if (hidden === '1' || hidden === 'true') this.shape.hidden = true;
    this.shape.descriptions = pictureDescriptions(title, descr);
  }

  /** What is said of a picture follows what is written in it. */
  private closeShape(): void {
    const { placeholder = '', descriptions = [], hidden = false } = this.shapes.pop() ?? {};
    if (filledIn.has(placeholder)) return;
    for (const text of descriptions) {
      if (this.part === 'notes') this.putNote(placeholder, text);
      else if (this.part === 'master') this.putHeader(placeholder, text);
      else this.slide.add(runningText.has(placeholder) ? 'header' : 'paragraph', text, hidden);
    }
  }

  private place(placeholder: string): void {
    if (this.shape !== undefined) this.shape.placeholder = placeholder;
  }

  private endParagraph(): void {
    const cell = this.cells?.at(-1);
    const { placeholder = '', hidden = false } = this.shape ?? {};
    if (cell !== undefined) cell.push(this.words);
    else if (filledIn.has(placeholder)) return;
    else if (this.part === 'notes') this.putNote(placeholder, this.words);
    else if (this.part === 'master') this.putHeader(placeholder, this.words);
    else if (titles.has(placeholder)) this.slide.add('heading', this.words, hidden);
    else this.slide.add(runningText.has(placeholder) ? 'header' : 'paragraph', this.words, hidden);
  }

  private putNote(placeholder: string, text: string): void {
    if (!runningText.has(placeholder)) this.slide.add('note', text);
  }

  /** A master's placeholders only say what belongs there. */
  private putHeader(placeholder: string, text: string): void {
    if (placeholder === '') this.slide.add('header', text);
  }

  private endRow(): void {
    const { cells } = this;
    this.cells = undefined;
    if (cells === undefined) return;
    if (this.part !== 'slide')
      for (const text of cells.flat()) this.slide.add(this.part === 'notes' ? 'note' : 'header', text);
    else this.slide.addRow(cells);
  }
}

function isShape(name: string): boolean {
  return (
    name === 'p:sp' ||
    name === 'p:graphicFrame' ||
    name === 'p:grpSp' ||
    name === 'p:cxnSp' ||
    name === 'p:pic'
  );
}
