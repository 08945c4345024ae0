import type { OfficePackage } from '../docx/package.ts';
import { addressOf } from './cell-address.ts';
import type { ReadWorkbook } from './workbook-extractions.ts';
import type {
  CellComment,
  CellStyles,
  SheetContext,
  SheetEntry,
  SheetFindings,
  WorkbookEntries,
  WorkbookParts,
} from './workbook-parts.ts';
import { mainPart, WorkbookReader } from './workbook-reader.ts';
import type { Worksheet } from './worksheet.ts';
import { xlsbFormats } from './xlsb-formats.ts';
import { definedNames } from './xlsb-names.ts';
import { takeRecords } from './xlsb-records.ts';
import { XlsbSheet } from './xlsb-sheet.ts';
import { XlsbValues } from './xlsb-values.ts';
import { attributed } from './xlsx-texts.ts';

/** Records of the parts beside worksheets, by their numbers in MS-XLSB 2.3.2. */
const workbookRecords = { properties: 0x99, sheet: 0x9c } as const;
const sharedText = 0x13;
const commentRecords = { author: 0x278, begin: 0x27b, text: 0x27d } as const;

/**
 * The binary form of an Office Open XML workbook (MS-XLSB): its parts are records, of which each is read by itself, so
 * that damage costs the record that it is in and no number in it is a number of things to make.
 * @returns a sentence when there is no workbook to read.
 * @throws ZipError when a part is too large, encrypted or packed in an unknown way; WorkbookTooLarge.
 */
export async function readXlsb(archive: OfficePackage): Promise<ReadWorkbook | string> {
  const main = mainPart(archive, 'xl/workbook.bin');
  if (main === undefined) return 'The archive holds no workbook that can be read.';
  const remarks: string[] = [];
  const names = await definedNames(archive.part(main) ?? new Uint8Array());
  if (names.unread > 0)
    remarks.push('What some of the names that it gives to cells stand for could not be read.');
  const parts = new XlsbParts(archive, names.references, remarks);
  return new WorkbookReader(archive, main, parts, remarks).read();
}

class XlsbParts implements WorkbookParts {
  private readonly archive: OfficePackage;
  private readonly names: ReadonlyMap<string, string>;
  private readonly remarks: string[];

  constructor(archive: OfficePackage, names: ReadonlyMap<string, string>, remarks: string[]) {
    this.archive = archive;
    this.names = names;
    this.remarks = remarks;
  }

  workbook(part: string): WorkbookEntries {
    const sheets: SheetEntry[] = [];
    let date1904 = false;
    this.read(part, Object.values(workbookRecords), (type, values) => {
      if (type === workbookRecords.properties) {
        date1904 = (values.long() & 1) === 1;
        return;
      }
      const hidden = values.long() > 0;
      values.skip(4);
      const entry = { relationship: values.nullableText(), name: values.text(), hidden };
      if (!values.isBroken) sheets.push(entry);
    });
    return { sheets, names: this.names, date1904 };
  }

  strings(part: string | undefined): readonly string[] {
    const texts: string[] = [];
    // One that is damaged keeps its place, so that cells name the others by their numbers.
    this.read(part, [sharedText], (_, values) => texts.push(values.richText()));
    return texts;
  }

  styles(part: string | undefined): CellStyles {
    const formats = xlsbFormats(
      (part === undefined ? undefined : this.archive.part(part)) ?? new Uint8Array(),
    );
    if (!formats.isWhole)
      this.remarks.push(
        'Its cell formats are damaged: some dates and times stand as the numbers that Excel keeps them as.',
      );
    return formats;
  }

  sheet(worksheet: Worksheet, part: string, context: SheetContext): SheetFindings {
    const sheet = new XlsbSheet(worksheet, context);
    sheet.read(this.archive.pieces(part));
    if (sheet.isDamaged) this.isDamaged(part);
    return sheet;
  }

  comments(part: string): readonly CellComment[] {
    const comments: CellComment[] = [];
    const authors: string[] = [];
    let author = '';
    let cell = '';
    this.read(part, Object.values(commentRecords), (type, values) => {
      if (type === commentRecords.author) authors.push(values.text());
      else if (type === commentRecords.begin) {
        author = authors[values.long()]?.trim() ?? '';
        const row = values.long();
        values.skip(4);
        cell = addressOf(row, values.long());
      } else {
        const text = values.richText().trim();
        if (text !== '') comments.push({ cell, text: attributed(author, text) });
      }
    });
    return comments;
  }

  /** Goes through the records of the kinds asked for; a remark where one is damaged. */
  private read(
    part: string | undefined,
    kinds: readonly number[],
    take: (type: number, values: XlsbValues) => void,
  ): void {
    if (part === undefined || !this.archive.has(part)) return;
    let damaged = 0;
    const { cut, tooLong } = takeRecords(this.archive.pieces(part), new Set(kinds), (type, content) => {
      const values = new XlsbValues(content);
      take(type, values);
      if (values.isBroken) damaged++;
    });
    if (cut || tooLong + damaged > 0) this.isDamaged(part);
  }

  private isDamaged(part: string): void {
    this.remarks.push(`${part} is damaged; what could be told in it was read.`);
  }
}
