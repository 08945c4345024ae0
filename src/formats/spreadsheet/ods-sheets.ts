import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { OdfText } from '../odf/odf-text.ts';
import { type Cell, mostColumns, type WorkbookSize, Worksheet } from './worksheet.ts';

interface OpenRow {
  readonly number: number;
  readonly repeated: number;
  readonly hidden: boolean;
  readonly cells: Cell[];
  /** The column of the next cell. */
  column: number;
}

interface OpenCell {
  readonly repeated: number;
  /** What it holds, where the program that wrote it did not say how it is shown. */
  readonly value: string;
  readonly date: string | undefined;
  readonly paragraphs: string[];
}

interface OpenComment {
  author: string;
  readonly paragraphs: string[];
}

/** Reads the worksheets in `content.xml` of an OpenDocument spreadsheet, their cells as the program that wrote it showed them. */
export class OdsSheets implements XmlHandler {
  readonly worksheets: Worksheet[] = [];
  readonly hidden: string[] = [];
  /** Objects set into the sheets: the worksheet, and the name of the object's folder or file. */
  readonly objects: { readonly worksheet: Worksheet; readonly path: string }[] = [];
  /** The file keeps what its cells held before they were changed. */
  hasChanges = false;
  private readonly size: WorkbookSize;
  private readonly hiddenStyles = new Set<string>();
  private readonly words = new OdfText();
  private style = '';
  private worksheet: Worksheet | undefined;
  /** Tables open: one within another belongs to a drawing or a cell. */
  private depth = 0;
  private rowNumber = 0;
  private columnsDeclared = 0;
  private hiddenColumns = new Uint8Array(mostColumns);
  private row: OpenRow | undefined;
  private cell: OpenCell | undefined;
  private comment: OpenComment | undefined;
  private inCreator = false;
  private drawings = 0;
  private unread = 0;

  constructor(size: WorkbookSize) {
    this.size = size;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.unread > 0 || name === 'table:tracked-changes') this.unread++;
    else if (name.startsWith('table:')) this.openTable(name, attributes);
    else if (name.startsWith('style:')) this.openStyle(name, attributes);
    else if (name.startsWith('draw:')) this.openDrawing(attributes);
    else if (name.startsWith('form:')) this.worksheet?.drawing(attributes['form:label'] ?? '');
    else if (name === 'office:annotation') this.comment = { author: '', paragraphs: [] };
    else if (name === 'dc:creator') this.inCreator = true;
    else if (name === 'text:a') this.link(attributes['xlink:href'] ?? '');
    else this.words.open(name, attributes);
  }

  close(name: string): void {
    if (this.unread > 0) {
      this.unread--;
      this.hasChanges = true;
    } else if (name.startsWith('table:')) this.closeTable(name);
    else if (name.startsWith('draw:')) this.drawings--;
    else if (name === 'office:annotation') this.endComment();
    else if (name === 'dc:creator') this.inCreator = false;
    else this.endParagraph(this.words.close(name));
  }

  text(text: string): void {
    if (this.unread > 0) return;
    if (this.inCreator && this.comment !== undefined) this.comment.author += text;
    else this.words.text(text);
  }

  /** What was begun when the file broke off. */
  finish(): void {
    this.endCell();
    this.endRow();
  }

  private openStyle(name: string, attributes: XmlAttributes): void {
    if (name === 'style:style') this.style = attributes['style:name'] ?? '';
    else if (attributes['table:display'] === 'false') this.hiddenStyles.add(this.style);
  }

  private openTable(name: string, attributes: XmlAttributes): void {
    if (name === 'table:table') {
      if (this.depth === 0) this.beginSheet(attributes);
      this.depth++;
    } else if (this.depth !== 1) return;
    else if (name === 'table:table-column') this.declareColumns(attributes);
    else if (name === 'table:table-row') this.beginRow(attributes);
    else if (isCell(name)) this.beginCell(attributes);
  }

  private closeTable(name: string): void {
    if (name === 'table:table') this.depth--;
    else if (this.depth !== 1) return;
    else if (name === 'table:table-row') this.endRow();
    else if (isCell(name)) this.endCell();
  }

  private beginSheet(attributes: XmlAttributes): void {
    const hidden = this.hiddenStyles.has(attributes['table:style-name'] ?? '');
    this.worksheet = new Worksheet(attributes['table:name'] ?? '', hidden, this.size);
    this.worksheets.push(this.worksheet);
    if (hidden) this.hidden.push(this.worksheet.name);
    this.rowNumber = 0;
    this.columnsDeclared = 0;
    this.hiddenColumns = new Uint8Array(mostColumns);
  }

  private declareColumns(attributes: XmlAttributes): void {
    const end = this.columnsDeclared + countOf(attributes['table:number-columns-repeated']);
    if (isHidden(attributes)) this.hiddenColumns.fill(1, this.columnsDeclared, end);
    this.columnsDeclared = end;
  }

  private beginRow(attributes: XmlAttributes): void {
    const repeated = countOf(attributes['table:number-rows-repeated']);
    this.row = { number: this.rowNumber + 1, repeated, hidden: isHidden(attributes), cells: [], column: 0 };
    this.rowNumber += repeated;
  }

  private endRow(): void {
    const { row } = this;
    this.row = undefined;
    if (row === undefined || row.cells.length === 0) return;
    for (let at = 0; at < row.repeated; at++) this.worksheet?.row(row.number + at, row.cells, row.hidden);
  }

  private beginCell(attributes: XmlAttributes): void {
    this.cell = {
      repeated: countOf(attributes['table:number-columns-repeated']),
      value:
        attributes['office:string-value'] ??
        attributes['office:value'] ??
        attributes['office:boolean-value'] ??
        '',
      date: attributes['office:date-value'],
      paragraphs: [],
    };
  }

  private endCell(): void {
    const { cell, row } = this;
    this.cell = undefined;
    if (cell === undefined || row === undefined) return;
    const text = shownText(cell);
    const from = row.column;
    row.column += cell.repeated;
    if (text.trim() === '') return;
    for (let column = from; column < Math.min(row.column, mostColumns); column++)
      row.cells.push({ column, text, hidden: this.hiddenColumns[column] === 1 });
  }

  private openDrawing(attributes: XmlAttributes): void {
    this.drawings++;
    const path = attributes['xlink:href']?.replace(/^\.\//, '') ?? '';
    if (this.worksheet !== undefined && path !== '' && !/^[a-z]+:/i.test(path))
      this.objects.push({ worksheet: this.worksheet, path });
  }

  private link(target: string): void {
    if (target !== '' && !target.startsWith('#') && this.row !== undefined)
      this.worksheet?.aside(this.row.number, 'note', target);
  }

  private endComment(): void {
    const { comment } = this;
    this.comment = undefined;
    if (comment === undefined || this.worksheet === undefined) return;
    const text = comment.paragraphs.join(' ').trim();
    const author = comment.author.trim();
    if (text !== '')
      this.worksheet.aside(this.row?.number ?? 1, 'comment', author === '' ? text : `${author}: ${text}`);
  }

  private endParagraph(text: string | undefined): void {
    if (text === undefined) return;
    if (this.comment !== undefined) this.comment.paragraphs.push(text);
    else if (this.drawings > 0) this.worksheet?.drawing(text);
    else this.cell?.paragraphs.push(text);
  }
}

function shownText({ paragraphs, value, date }: OpenCell): string {
  const shown = paragraphs.join(' ').trim();
  const iso = date?.replace(/T(?:00:00(?::00)?(?:\.0+)?)?$/, '').replace('T', ' ') ?? '';
  if (shown === '') return iso === '' ? value : iso;
  const day = iso.slice(0, 10);
  if (iso === '' || shown.includes(day)) return shown;
  return `${shown} (${/\d:\d\d/.test(shown) ? day : iso})`;
}

function isCell(name: string): boolean {
  return name === 'table:table-cell' || name === 'table:covered-table-cell';
}

function countOf(written: string | undefined): number {
  const count = Number(written ?? 1);
  return Number.isInteger(count) && count >= 1 ? Math.min(count, 2 ** 31) : 1;
}

function isHidden(attributes: XmlAttributes): boolean {
  const visibility = attributes['table:visibility'];
  return visibility === 'collapse' || visibility === 'filter';
}
