import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { columnOfAddress, rowNumber, rowOfAddress } from './cell-address.ts';
import type { ShownText } from './cell-text.ts';
import { headerFooterText } from './header-footer.ts';
import type { SheetContext, SheetFindings, SheetLink } from './workbook-parts.ts';
import { type Cell, mostColumns, type Worksheet } from './worksheet.ts';
import { RichText, unescaped } from './xlsx-texts.ts';

const headerParts = new Set([
  'oddHeader',
  'oddFooter',
  'evenHeader',
  'evenFooter',
  'firstHeader',
  'firstFooter',
]);

/** Reads `sheet1.xml` into a worksheet, a row at a time. */
export class XlsxSheet implements XmlHandler, SheetFindings {
  readonly links: SheetLink[] = [];
  uncalculated = 0;
  missing = 0;
  private readonly sheet: Worksheet;
  private readonly context: SheetContext;
  private readonly hiddenColumns = new Uint8Array(mostColumns);
  private readonly rich = new RichText();
  private row = 0;
  private rowHidden = false;
  private cells: Cell[] = [];
  private column = -1;
  private type = '';
  private style = 0;
  private value = '';
  private formula = '';
  private inCell = false;
  private part = '';

  constructor(sheet: Worksheet, context: SheetContext) {
    this.sheet = sheet;
    this.context = context;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.inCell) this.openInCell(name);
    else if (name === 'c') this.beginCell(attributes);
    else if (name === 'row') this.beginRow(attributes);
    else if (name === 'col') this.hideColumns(attributes);
    else if (name === 'hyperlink') this.link(attributes);
    else if (headerParts.has(name)) this.beginPart(name);
  }

  close(name: string): void {
    if (name === 'c') this.endCell();
    else if (name === 'row') this.endRow();
    else if (name === this.part) this.endPart();
    else if (this.inCell) this.rich.close(name);
  }

  text(text: string): void {
    if (this.part === 'v' || (this.part !== 'f' && headerParts.has(this.part))) this.value += text;
    else if (this.part === 'f') this.formula += text;
    else if (this.inCell) this.rich.text(text);
  }

  /** The row that was begun when the file broke off. */
  finish(): void {
    if (this.inCell) this.endCell();
    if (this.cells.length > 0) this.endRow();
  }

  private beginRow(attributes: XmlAttributes): void {
    this.row = rowNumber(attributes['r']) ?? this.row + 1;
    this.rowHidden = isTrue(attributes['hidden']);
    this.cells = [];
    this.column = -1;
  }

  private endRow(): void {
    this.sheet.row(this.row, this.cells, this.rowHidden);
    this.cells = [];
  }

  private beginCell(attributes: XmlAttributes): void {
    this.column = columnOfAddress(attributes['r']) ?? this.column + 1;
    this.type = attributes['t'] ?? 'n';
    this.style = Number(attributes['s'] ?? 0);
    this.value = '';
    this.formula = '';
    this.inCell = true;
    this.rich.begin();
  }

  private openInCell(name: string): void {
    if (name === 'v' || name === 'f') this.part = name;
    else this.rich.open(name);
  }

  private endCell(): void {
    this.inCell = false;
    const { text, hidden } = this.shown();
    if (text === '') return;
    this.cells.push({ column: this.column, text, hidden: hidden || this.hiddenColumns[this.column] === 1 });
  }

  private shown(): ShownText {
    const pattern = this.context.styles.pattern(this.style);
    const { value } = this;
    if (this.type === 'inlineStr') return this.context.cellText.ofText(this.rich.end(), pattern);
    if (value === '' && this.formula !== '' && this.type !== 'str') {
      this.uncalculated++;
      return { text: `=${this.formula}`, hidden: false };
    }
    switch (this.type) {
      case 's':
        return this.context.cellText.ofText(this.sharedString(value), pattern);
      case 'str':
        return this.context.cellText.ofText(unescaped(value), pattern);
      case 'b':
        return {
          text: value === '1' || value === 'true' ? 'TRUE' : value === '' ? '' : 'FALSE',
          hidden: false,
        };
      case 'd':
        return {
          text: value.replace(/T(?:00:00(?::00)?(?:\.0+)?Z?)?/, (time) => (time === 'T' ? ' ' : '')),
          hidden: false,
        };
      case 'e':
        return { text: value, hidden: false };
    }
    const number = Number(value);
    if (value.trim() === '' || Number.isNaN(number)) return { text: value, hidden: false };
    return this.context.cellText.ofNumber(number, pattern);
  }

  private sharedString(index: string): string {
    const text = this.context.strings[Number(index)];
    if (text === undefined) this.missing++;
    return text ?? '';
  }

  private hideColumns(attributes: XmlAttributes): void {
    if (!isTrue(attributes['hidden'])) return;
    const first = Number(attributes['min'] ?? 1) - 1;
    const last = Number(attributes['max'] ?? attributes['min'] ?? 1);
    this.hiddenColumns.fill(1, Math.max(0, first), last);
  }

  private link(attributes: XmlAttributes): void {
    const row = rowOfAddress(attributes['ref'] ?? '');
    if (row !== undefined) this.links.push({ row, relationship: attributes['r:id'] });
  }

  private beginPart(name: string): void {
    this.part = name;
    this.value = '';
  }

  private endPart(): void {
    if (headerParts.has(this.part)) for (const line of headerFooterText(this.value)) this.sheet.header(line);
    this.part = '';
  }
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
