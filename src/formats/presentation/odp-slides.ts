import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { OdfText } from '../odf/odf-text.ts';
import { pictureDescriptions } from '../picture-description.ts';
import { Slide } from './slide.ts';

/** Frames whose text the program fills in. */
const filledIn = new Set(['page-number', 'page', 'handout']);

interface OpenComment {
  author: string;
  readonly paragraphs: string[];
}

/** Reads the pages in `content.xml` of an OpenDocument presentation. */
export class OdpSlides implements XmlHandler {
  readonly slides: Slide[] = [];
  /** Objects set into the slides: the slide, and the name of the object's folder or file. */
  readonly objects: { readonly slide: Slide; readonly path: string }[] = [];
  private readonly hiddenStyles = new Set<string>();
  private readonly words = new OdfText();
  private readonly masters: ReadonlyMap<string, string[]>;
  private readonly shownMasters = new Set<string>();
  private readonly footers = new Map<string, string>();
  private footer: string | undefined;
  private style = '';
  private slide: Slide | undefined;
  private inNotes = false;
  /** What the frames around the text are for, innermost last. */
  private readonly classes: string[] = [];
  private cells: string[][] | undefined;
  private comment: OpenComment | undefined;
  private inCreator = false;
  /** Title or description of something drawn, while it is being read. */
  private description: string | undefined;

  /** `masters`: the texts of each master page. */
  constructor(masters: ReadonlyMap<string, string[]>) {
    this.masters = masters;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'style:style') this.style = attributes['style:name'] ?? '';
    else if (attributes['presentation:visibility'] === 'hidden') this.hiddenStyles.add(this.style);
    else if (name === 'draw:page') this.beginPage(attributes);
    else if (name === 'presentation:footer-decl') this.footer = attributes['presentation:name'] ?? '';
    else if (name === 'presentation:notes') this.inNotes = true;
    else if (name.startsWith('form:')) this.slide?.add('paragraph', attributes['form:label'] ?? '');
    else if (name === 'office:annotation') this.comment = { author: '', paragraphs: [] };
    else if (name === 'dc:creator') this.inCreator = true;
    else if (name === 'table:table-row') this.cells = [];
    else if (name === 'table:table-cell') this.cells?.push([]);
    else if (name.startsWith('draw:')) this.openDrawing(attributes);
    else if (name === 'svg:title' || name === 'svg:desc') this.description = '';
    else if (name === 'text:a') this.link(attributes['xlink:href'] ?? '');
    else this.words.open(name, attributes);
  }

  close(name: string): void {
    if (name === 'draw:page') this.slide = undefined;
    else if (name === 'presentation:footer-decl') this.footer = undefined;
    else if (name === 'presentation:notes') this.inNotes = false;
    else if (name === 'office:annotation') this.endComment();
    else if (name === 'dc:creator') this.inCreator = false;
    else if (name === 'table:table-row') this.endRow();
    else if (name.startsWith('draw:')) this.classes.pop();
    else if (name === 'svg:title' || name === 'svg:desc') this.endDescription();
    else this.endParagraph(this.words.close(name));
  }

  text(text: string): void {
    if (this.description !== undefined) this.description += text;
    else if (this.inCreator && this.comment !== undefined) this.comment.author += text;
    else if (this.footer !== undefined)
      this.footers.set(this.footer, (this.footers.get(this.footer) ?? '') + text);
    else this.words.text(text);
  }

  private beginPage(attributes: XmlAttributes): void {
    this.slide = new Slide(this.slides.length + 1);
    this.slide.hidden = this.hiddenStyles.has(attributes['draw:style-name'] ?? '');
    this.slides.push(this.slide);
    const master = attributes['draw:master-page-name'] ?? '';
    if (!this.shownMasters.has(master))
      for (const text of this.masters.get(master) ?? []) this.slide.add('header', text);
    this.shownMasters.add(master);
    this.slide.add('header', this.footers.get(attributes['presentation:use-footer-name'] ?? '') ?? '');
  }

  private openDrawing(attributes: XmlAttributes): void {
    this.classes.push(attributes['presentation:class'] ?? this.classes.at(-1) ?? '');
    const path = attributes['xlink:href']?.replace(/^\.\//, '') ?? '';
    if (this.slide !== undefined && path !== '' && !/^[a-z]+:/i.test(path))
      this.objects.push({ slide: this.slide, path });
  }

  private link(target: string): void {
    if (target !== '' && !target.startsWith('#')) this.slide?.add('note', target);
  }

  private endParagraph(text: string | undefined): void {
    if (text === undefined) return;
    const cell = this.cells?.at(-1);
    const purpose = this.classes.at(-1) ?? '';
    if (this.comment !== undefined) this.comment.paragraphs.push(text);
    else if (cell !== undefined) cell.push(text);
    else if (filledIn.has(purpose)) return;
    else if (this.inNotes) this.putNote(purpose, text);
    else if (purpose === 'title') this.slide?.add('heading', text);
    else this.slide?.add(isRunning(purpose) ? 'header' : 'paragraph', text);
  }

  private endDescription(): void {
    const purpose = this.classes.at(-1) ?? '';
    for (const text of filledIn.has(purpose) ? [] : pictureDescriptions(this.description)) {
      if (this.inNotes) this.putNote(purpose, text);
      else this.slide?.add(isRunning(purpose) ? 'header' : 'paragraph', text);
    }
    this.description = undefined;
  }

  private putNote(purpose: string, text: string): void {
    if (!isRunning(purpose)) this.slide?.add('note', text);
  }

  private endRow(): void {
    if (this.cells !== undefined) this.slide?.addRow(this.cells);
    this.cells = undefined;
  }

  private endComment(): void {
    const text = this.comment?.paragraphs.join(' ').trim() ?? '';
    const author = this.comment?.author.trim() ?? '';
    this.comment = undefined;
    this.slide?.add('comment', author === '' || text === '' ? text : `${author}: ${text}`);
  }
}

function isRunning(purpose: string): boolean {
  return purpose === 'header' || purpose === 'footer' || purpose === 'date-time';
}
