import type { XmlAttributes } from '../docx/xml.ts';

/** Fields whose text the program at hand fills in: a page's number, today's date, the file's name. */
const fields = new Set([
  'text:page-number',
  'text:page-count',
  'text:sheet-name',
  'text:file-name',
  'text:title',
  'text:date',
  'text:time',
]);

/** The most spaces that one element may stand for. */
const mostSpaces = 1000;

/** Gathers the text of one paragraph after the other (`text:p`, `text:h`), with the white space that ODF writes as elements. */
export class OdfText {
  private words = '';
  private depth = 0;
  private readonly skipsFields: boolean;
  private field = 0;

  /** `skipsFields`: for heads and feet, whose fields say nothing of the document. */
  constructor(skipsFields = false) {
    this.skipsFields = skipsFields;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (isParagraph(name)) {
      if (this.depth === 0) this.words = '';
      this.depth++;
    } else if (name === 'text:s')
      this.words += ' '.repeat(Math.min(Math.max(1, Number(attributes['text:c'] ?? 1) || 1), mostSpaces));
    else if (name === 'text:tab' || name === 'text:line-break') this.words += ' ';
    else if (this.skipsFields && fields.has(name)) this.field++;
  }

  /** The paragraph's text when this is its end. */
  close(name: string): string | undefined {
    if (this.skipsFields && fields.has(name)) this.field--;
    if (!isParagraph(name)) return undefined;
    this.depth = Math.max(0, this.depth - 1);
    return this.depth === 0 ? this.words : undefined;
  }

  text(text: string): void {
    if (this.depth > 0 && this.field === 0) this.words += text;
  }
}

function isParagraph(name: string): boolean {
  return name === 'text:p' || name === 'text:h';
}
