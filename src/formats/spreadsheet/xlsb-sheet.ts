import { errorNames, type ShownText } from './cell-text.ts';
import { headerFooterText } from './header-footer.ts';
import type { SheetContext, SheetFindings, SheetLink } from './workbook-parts.ts';
import { type Cell, mostColumns, type Worksheet } from './worksheet.ts';
import { takeRecords } from './xlsb-records.ts';
import { XlsbValues } from './xlsb-values.ts';

/** Records of a worksheet (MS-XLSB 2.3.2) of which something is read, besides those of cells. */
const records = { row: 0x00, columns: 0x3c, link: 0x1ee, headerFooter: 0x1df } as const;
/** BrtEndSheet: the last record of each worksheet. */
const endOfSheet = 0x82;

/** What a kind of cell holds. */
type CellKind = 'blank' | 'packed' | 'error' | 'truth' | 'number' | 'text' | 'shared' | 'rich';

/** Cells that say their column, and those that stand right of the one before. */
const placedCells: ReadonlyMap<number, CellKind> = new Map([
  [0x01, 'blank'],
  [0x02, 'packed'],
  [0x03, 'error'],
  [0x04, 'truth'],
  [0x05, 'number'],
  [0x06, 'text'],
  [0x07, 'shared'],
  [0x08, 'text'],
  [0x09, 'number'],
  [0x0a, 'truth'],
  [0x0b, 'error'],
  [0x3e, 'rich'],
]);
const nextCells: ReadonlyMap<number, CellKind> = new Map([
  [0x0c, 'blank'],
  [0x0d, 'packed'],
  [0x0e, 'error'],
  [0x0f, 'truth'],
  [0x10, 'number'],
  [0x11, 'text'],
  [0x12, 'shared'],
]);
const wanted = new Set([...Object.values(records), ...placedCells.keys(), ...nextCells.keys()]);

/** A worksheet has rows 1 to 1,048,576. */
const mostRowNumber = 2 ** 20;

/** Reads `sheet1.bin` into a worksheet, a row at a time. */
export class XlsbSheet implements SheetFindings {
  readonly links: SheetLink[] = [];
  /** Each formula is kept with its result. */
  readonly uncalculated = 0;
  missing = 0;
  isDamaged = false;
  private readonly sheet: Worksheet;
  private readonly context: SheetContext;
  private readonly hiddenColumns = new Uint8Array(mostColumns);
  /** From 1; 0 before the first, and in one that no worksheet has. */
  private row = 0;
  private rowHidden = false;
  private cells: Cell[] = [];
  private column = -1;

  constructor(sheet: Worksheet, context: SheetContext) {
    this.sheet = sheet;
    this.context = context;
  }

  /** Reads the part to its end, or to where it is damaged. */
  read(pieces: Iterable<Uint8Array>): void {
    const { last, cut, tooLong } = takeRecords(pieces, wanted, (type, content) => {
      const values = new XlsbValues(content);
      if (!this.take(type, values) || values.isBroken) this.isDamaged = true;
    });
    if (cut || tooLong > 0 || last !== endOfSheet) this.isDamaged = true;
    this.endRow();
  }

  /** Whether the record says what one of its kind can say. */
  private take(type: number, values: XlsbValues): boolean {
    const placed = placedCells.get(type);
    if (placed !== undefined) return this.cell(placed, values.long(), values);
    const next = nextCells.get(type);
    if (next !== undefined) return this.cell(next, this.column + 1, values);
    if (type === records.row) return this.beginRow(values);
    if (type === records.columns) return this.hideColumns(values);
    if (type === records.link) return this.link(values);
    return this.headers(values);
  }

  private beginRow(values: XlsbValues): boolean {
    this.endRow();
    const row = values.long() + 1;
    values.skip(7);
    this.rowHidden = (values.byte() & 0x10) !== 0;
    const isRow = !values.isBroken && row <= mostRowNumber;
    this.row = isRow ? row : 0;
    return isRow;
  }

  private endRow(): void {
    if (this.cells.length > 0) this.sheet.row(this.row, this.cells, this.rowHidden);
    this.cells = [];
    this.column = -1;
  }

  private cell(kind: CellKind, column: number, values: XlsbValues): boolean {
    const style = values.short() + (values.byte() << 16);
    values.skip(1);
    const { text, hidden } = this.shown(kind, values, this.context.styles.pattern(style));
    // Rows and their cells ascend.
    if (values.isBroken || this.row === 0 || column <= this.column || column >= mostColumns) return false;
    this.column = column;
    if (text !== '') this.cells.push({ column, text, hidden: hidden || this.hiddenColumns[column] === 1 });
    return true;
  }

  private shown(kind: CellKind, values: XlsbValues, pattern: string): ShownText {
    const { cellText } = this.context;
    switch (kind) {
      case 'blank':
        return { text: '', hidden: false };
      case 'packed':
        return cellText.ofNumber(values.packedNumber(), pattern);
      case 'number':
        return cellText.ofNumber(values.double(), pattern);
      case 'truth':
        return { text: values.byte() === 0 ? 'FALSE' : 'TRUE', hidden: false };
      case 'error':
        return { text: errorNames[values.byte()] ?? '', hidden: false };
      case 'shared':
        return cellText.ofText(this.sharedString(values.long()), pattern);
      case 'rich':
        return cellText.ofText(values.richText(), pattern);
      case 'text':
        return cellText.ofText(values.text(), pattern);
    }
  }

  private sharedString(index: number): string {
    const text = this.context.strings[index];
    if (text === undefined) this.missing++;
    return text ?? '';
  }

  /** BrtColInfo (MS-XLSB 2.4.323): a run of columns that share a width, and whether they are hidden. */
  private hideColumns(values: XlsbValues): boolean {
    const first = values.long();
    const last = values.long();
    values.skip(8);
    const hidden = (values.short() & 1) !== 0;
    if (values.isBroken || last >= mostColumns) return false;
    if (hidden) this.hiddenColumns.fill(1, first, last + 1);
    return true;
  }

  /** BrtHLink (MS-XLSB 2.4.685). */
  private link(values: XlsbValues): boolean {
    const row = values.long() + 1;
    values.skip(12);
    const relationship = values.nullableText();
    if (values.isBroken || row > mostRowNumber) return false;
    this.links.push({ row, relationship });
    return true;
  }

  /** BrtBeginHeaderFooter (MS-XLSB 2.4.81): heads and feet of odd, even and first pages. */
  private headers(values: XlsbValues): boolean {
    values.skip(2);
    for (let part = 0; part < 6; part++)
      for (const line of headerFooterText(values.nullableText())) this.sheet.header(line);
    return true;
  }
}
