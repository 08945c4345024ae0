import type { OfficePackage } from '../docx/package.ts';
import { readXml, type XmlAttributes, XmlError, type XmlHandler } from '../docx/xml.ts';
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
import { XlsxSheet } from './xlsx-sheet.ts';
import { XlsxStyles } from './xlsx-styles.ts';
import { CellComments, SharedStrings } from './xlsx-texts.ts';

/** `workbook.xml`: its worksheets in the order of their tabs, the names it gives to cells, and the way it counts days. */
class WorkbookPart implements XmlHandler, WorkbookEntries {
  readonly sheets: SheetEntry[] = [];
  readonly names = new Map<string, string>();
  date1904 = false;
  private name = '';

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'sheet')
      this.sheets.push({
        name: attributes['name'] ?? '',
        relationship: attributes['r:id'] ?? '',
        hidden: (attributes['state'] ?? 'visible') !== 'visible',
      });
    else if (name === 'workbookPr') this.date1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
    else if (name === 'definedName') this.name = attributes['name'] ?? '';
  }

  close(name: string): void {
    if (name === 'definedName') this.name = '';
  }

  text(text: string): void {
    if (this.name === '' || this.name.startsWith('_xlnm.')) return;
    this.names.set(this.name, (this.names.get(this.name) ?? '') + text);
  }
}

/** The parts of a workbook in XML (ECMA-376 part 1, 18). */
class XlsxParts implements WorkbookParts {
  private readonly archive: OfficePackage;
  private readonly remarks: string[];

  /** @param remarks gets a sentence for each worksheet that is damaged */
  constructor(archive: OfficePackage, remarks: string[]) {
    this.archive = archive;
    this.remarks = remarks;
  }

  workbook(part: string): WorkbookEntries {
    return this.read(part, new WorkbookPart());
  }

  strings(part: string | undefined): readonly string[] {
    return this.read(part, new SharedStrings()).texts;
  }

  styles(part: string | undefined): CellStyles {
    return this.read(part, new XlsxStyles());
  }

  sheet(worksheet: Worksheet, part: string, context: SheetContext): SheetFindings {
    const sheet = new XlsxSheet(worksheet, context);
    try {
      readXml(this.archive.pieces(part), sheet);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.remarks.push(`${part} is damaged; what stands before the damage was read.`);
    }
    sheet.finish();
    return sheet;
  }

  comments(part: string): readonly CellComment[] {
    return this.read(part, new CellComments(new Map())).comments;
  }

  private read<Handler extends XmlHandler>(part: string | undefined, handler: Handler): Handler {
    this.archive.readOptional(part, handler);
    return handler;
  }
}

/**
 * All text of an XLSX workbook. What is damaged is read as far as it goes, and noted among the remarks.
 * @returns a sentence when there is no workbook to read.
 * @throws ZipError when a part is too large, encrypted or packed in an unknown way; WorkbookTooLarge.
 */
export function readXlsx(archive: OfficePackage): ReadWorkbook | string {
  if (archive.isEmpty) return 'The file is damaged: it is no archive that can be opened.';
  const main = mainPart(archive, 'xl/workbook.xml');
  if (main === undefined) return 'The archive holds no workbook that can be read.';
  const remarks: string[] = [];
  return new WorkbookReader(archive, main, new XlsxParts(archive, remarks), remarks).read();
}
