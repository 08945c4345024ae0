import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { CompoundStreams } from '../compound-streams.ts';
import { isCompoundFile } from '../docx/compound-file.ts';
import { objectInStorage } from '../embedded-objects.ts';
import type { Extraction, FileMetadata } from '../extraction.ts';
import { documentProperties } from '../property-set.ts';
import { type BiffAsides, biffAsides } from './biff-asides.ts';
import { CellText, errorNames, type ShownText } from './cell-text.ts';
import type { ReadWorkbook } from './workbook-extractions.ts';
import { type Cell, mostColumns, WorkbookSize, Worksheet } from './worksheet.ts';

type Library = typeof import('@e965/xlsx');

/** Formats that stand for a date as the machine at hand writes it, as SheetJS names them. */
const machineDates: Readonly<Record<string, string>> = {
  'm/d/yy': 'yyyy-mm-dd',
  'm/d/yy h:mm': 'yyyy-mm-dd h:mm',
};

/**
 * All text of an XLS workbook (BIFF 2 to 8), or one in Excel's XML of 2003, which SheetJS reads.
 * @throws WorkbookTooLarge; Error when SheetJS finds no workbook.
 */
export async function readBinaryWorkbook(bytes: Uint8Array): Promise<ReadWorkbook> {
  const library = await import('@e965/xlsx');
  const tables = await import('@e965/xlsx/dist/cpexcel');
  library.set_cptable('default' in tables ? tables.default : tables);
  const streams = isCompoundFile(bytes) ? new CompoundStreams(bytes) : undefined;
  const { workbook, remarks } = parse(library, streams === undefined ? withoutEndlessSpans(bytes) : bytes);
  const book = streams?.stream('Workbook');
  const asides = book === undefined ? [] : biffAsides(book);
  const date1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const reader = new SheetReader(new CellText(date1904));
  const worksheets = workbook.SheetNames.map((name, index) => {
    const hidden = (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) > 0;
    const sheet = workbook.Sheets[name];
    // Its cells are many times as large as their text, which is what is kept.
    delete workbook.Sheets[name];
    return reader.read(name, sheet, hidden, asides[index]);
  });
  const names = (workbook.Workbook?.Names ?? []).filter(
    ({ Name }) => !/^_xlnm\.|^\u0001|^[\x00-\x1f]/.test(Name),
  );
  return {
    worksheets,
    notes: names.map(({ Name, Ref }) => ({ type: 'note', text: `${Name} = ${Ref}` })),
    metadata: streams === undefined ? metadataOf(workbook) : documentProperties(streams),
    remarks: [...remarks, ...reader.remarks()],
    children: streams === undefined ? [] : await childrenOf(streams),
  };
}

interface Parsed {
  readonly workbook: WorkBook;
  readonly remarks: readonly string[];
}

/** Where SheetJS does not know how a formula is written, the workbook is read without any: their results stand beside them. */
function parse(library: Library, bytes: Uint8Array): Parsed {
  try {
    return { workbook: parseWith(library, bytes, true), remarks: [] };
  } catch (error) {
    if (!(error instanceof Error) || !/\bELFs|Formula Token/.test(error.message)) throw error;
    return {
      workbook: parseWith(library, bytes, false),
      remarks: [
        'The formulas are written in a way that is not known; of those without a result nothing is read.',
      ],
    };
  }
}

function parseWith(library: Library, bytes: Uint8Array, formulas: boolean): WorkBook {
  return library.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
    type: 'buffer',
    dense: true,
    cellNF: true,
    cellText: false,
    cellHTML: false,
    cellStyles: true,
    cellFormula: formulas,
  });
}

/** Puts what SheetJS gives of each sheet into a worksheet. */
class SheetReader {
  private readonly cellText: CellText;
  private readonly size = new WorkbookSize();
  private readonly hidden: string[] = [];
  private readonly lost: string[] = [];
  private uncalculated = 0;

  constructor(cellText: CellText) {
    this.cellText = cellText;
  }

  read(
    name: string,
    sheet: WorkSheet | undefined,
    hidden: boolean,
    asides: BiffAsides | undefined,
  ): Worksheet {
    const worksheet = new Worksheet(name, hidden, this.size);
    for (const text of asides?.headers ?? []) worksheet.header(text);
    for (const text of asides?.drawings ?? []) worksheet.drawing(text);
    if (sheet === undefined) this.lost.push(worksheet.name);
    else this.readRows(worksheet, sheet);
    if (hidden && !worksheet.isEmpty) this.hidden.push(worksheet.name);
    return worksheet;
  }

  remarks(): readonly string[] {
    const remarks = [
      ...this.lost.map((name) => `The worksheet “${name}” is damaged and could not be read.`),
      ...this.hidden.map((name) => `The worksheet “${name}” is hidden.`),
    ];
    const { uncalculated } = this;
    if (uncalculated > 0)
      remarks.push(
        `${uncalculated} ${uncalculated === 1 ? 'formula has' : 'formulas have'} no result in the file.`,
      );
    return remarks;
  }

  private readRows(worksheet: Worksheet, sheet: WorkSheet): void {
    const rows: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? [];
    for (const index of filledIn(rows)) {
      const cells = rows[index] ?? [];
      const row = index + 1;
      const filled: Cell[] = [];
      for (const column of filledIn(cells)) {
        const cell = cells[column];
        if (cell === undefined) continue;
        this.readAsides(worksheet, row, cell);
        const { text, hidden } = this.shown(cell);
        filled.push({ column, text, hidden: hidden || sheet['!cols']?.[column]?.hidden === true });
      }
      worksheet.row(row, filled, sheet['!rows']?.[index]?.hidden === true);
    }
  }

  private readAsides(worksheet: Worksheet, row: number, { c: comments, l: link }: CellObject): void {
    for (const { a: author, t: text } of comments ?? []) {
      const words = text.trim();
      const named = author === undefined || author === '' || words.startsWith(author);
      if (words !== '') worksheet.aside(row, 'comment', named ? words : `${author}: ${words}`);
    }
    const target = link?.Target ?? '';
    if (target !== '' && !target.startsWith('#')) worksheet.aside(row, 'note', target);
  }

  private shown({ t: type, v: value, z: format, f: formula, w: written }: CellObject): ShownText {
    const named = typeof format === 'string' ? format : 'General';
    const pattern = machineDates[named] ?? named;
    if (type === 'e') return { text: written ?? errorNames[Number(value)] ?? '', hidden: false };
    if (type === 'b') return { text: value === true ? 'TRUE' : 'FALSE', hidden: false };
    if (typeof value === 'number') return this.cellText.ofNumber(value, pattern);
    if (typeof value === 'string' && value !== '') return this.cellText.ofText(value, pattern);
    if (formula === undefined || value !== undefined) return { text: '', hidden: false };
    this.uncalculated++;
    return { text: `=${formula}`, hidden: false };
  }
}

/** Indexes at which there is something. Where a number in the file has made a list of millions, it is nearly all holes. */
function filledIn(list: readonly unknown[]): Iterable<number> {
  return list.length > 2 ** 20 ? Object.keys(list).map(Number) : list.keys();
}

/**
 * Excel's XML of 2003 says of how many columns a description holds; SheetJS makes as many. More than a worksheet has are
 * written as many as it has, in as many digits.
 */
function withoutEndlessSpans(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (text.search(endlessSpan) < 0) return bytes;
  return Buffer.from(
    text.replaceAll(
      endlessSpan,
      (_, before: string, digits: string) => before + String(mostColumns).padStart(digits.length, '0'),
    ),
    'latin1',
  );
}

const endlessSpan = /(\bSpan\s*=\s*["'])([0-9.eE+]{6,})/g;

function metadataOf({ Props }: WorkBook): FileMetadata {
  const title = Props?.Title?.trim();
  const author = Props?.Author?.trim();
  const created = Props?.CreatedDate;
  const isDate = created instanceof Date && !Number.isNaN(created.getTime());
  return {
    ...(title && { title }),
    ...(author && { author }),
    ...(isDate && { created: created.toISOString().replace(/\.\d{3}Z$/, 'Z') }),
  };
}

/** Objects set into the sheets: each has a storage of its own at the top of the file. */
async function childrenOf(streams: CompoundStreams): Promise<readonly Extraction[]> {
  const storages = new Set(streams.names.flatMap((name) => /^MBD[0-9A-F]{8}(?=\/)/i.exec(name)?.[0] ?? []));
  const children: Extraction[] = [];
  for (const storage of storages) children.push(objectInStorage(streams, `${storage}/`, storage));
  return children;
}
