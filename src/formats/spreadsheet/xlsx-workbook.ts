import { DrawingText, drawingTypes } from '../docx/drawing-text.ts';
import type { OfficePackage, Relationship } from '../docx/package.ts';
import { Properties } from '../docx/properties.ts';
import { readXml, type XmlAttributes, XmlError, type XmlHandler } from '../docx/xml.ts';
import { objectInBytes } from '../embedded-objects.ts';
import type { Extraction, FileMetadata, TextBlock } from '../extraction.ts';
import { rowOfAddress } from './cell-address.ts';
import { CellText } from './cell-text.ts';
import type { ReadWorkbook } from './workbook-extractions.ts';
import { WorkbookSize, Worksheet } from './worksheet.ts';
import { type XlsxContext, XlsxSheet } from './xlsx-sheet.ts';
import { XlsxStyles } from './xlsx-styles.ts';
import { CellComments, Persons, SharedStrings } from './xlsx-texts.ts';

interface SheetEntry {
  readonly name: string;
  readonly relationship: string;
  readonly state: string;
}

/** `workbook.xml`: its worksheets in the order of their tabs, the names it gives to cells, and the way it counts days. */
class WorkbookPart implements XmlHandler {
  readonly sheets: SheetEntry[] = [];
  readonly names = new Map<string, string>();
  date1904 = false;
  private name = '';

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'sheet')
      this.sheets.push({
        name: attributes['name'] ?? '',
        relationship: attributes['r:id'] ?? '',
        state: attributes['state'] ?? 'visible',
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

/**
 * All text of an XLSX workbook. What is damaged is read as far as it goes, and noted among the remarks.
 * @returns a sentence when there is no workbook to read.
 * @throws ZipError when a part is too large, encrypted or packed in an unknown way; WorkbookTooLarge.
 */
export function readXlsx(archive: OfficePackage): ReadWorkbook | string {
  if (archive.isEmpty) return 'The file is damaged: it is no archive that can be opened.';
  const main = mainPart(archive);
  if (main === undefined) return 'The archive holds no workbook that can be read.';
  return new WorkbookReader(archive, main).read();
}

function mainPart(archive: OfficePackage): string | undefined {
  const named = archive.relationships('').find(({ type }) => type === 'officeDocument')?.target;
  return [named, 'xl/workbook.xml'].find((name) => name !== undefined && archive.has(name));
}

/** Relationships to parts that are read as files of their own. */
const childTypes = new Set(['package', 'oleObject']);
/** What a workbook may hold besides, which is said but not read. */
const unreadTypes: Readonly<Record<string, string>> = {
  pivotCacheDefinition: 'data kept for a pivot table',
  externalLink: 'values kept from another workbook',
};

class WorkbookReader {
  private readonly archive: OfficePackage;
  private readonly main: string;
  private readonly workbook = new WorkbookPart();
  private readonly size = new WorkbookSize();
  private readonly remarks: string[] = [];
  private readonly children = new Map<string, Extraction>();
  private uncalculated = 0;
  private missing = 0;

  constructor(archive: OfficePackage, main: string) {
    this.archive = archive;
    this.main = main;
  }

  read(): ReadWorkbook {
    const { archive } = this;
    archive.readOptional(this.main, this.workbook);
    const relationships = archive.relationships(this.main);
    const context = this.context(relationships);
    const persons = this.persons(relationships);
    const worksheets = this.sheetEntries(relationships).map((entry) =>
      this.worksheet(entry, relationships, context, persons),
    );
    const notes = [...this.workbook.names].map(
      ([name, value]): TextBlock => ({ type: 'note', text: `${name} = ${value}` }),
    );
    this.noteLosses(relationships);
    return {
      worksheets,
      notes,
      metadata: this.metadata(),
      remarks: [...new Set([...archive.problems, ...this.remarks])],
      children: [...this.children.values()],
    };
  }

  /** Where the list of worksheets is lost, those that there are. */
  private sheetEntries(relationships: readonly Relationship[]): readonly SheetEntry[] {
    if (this.workbook.sheets.length > 0) return this.workbook.sheets;
    return relationships
      .filter(({ type }) => type === 'worksheet')
      .map(({ id, target }) => ({
        name: target.replace(/^.*\/|\.xml$/g, ''),
        relationship: id,
        state: 'visible',
      }));
  }

  private context(relationships: readonly Relationship[]): XlsxContext {
    const strings = new SharedStrings();
    this.archive.readOptional(targetOf(relationships, 'sharedStrings'), strings);
    const styles = new XlsxStyles();
    this.archive.readOptional(targetOf(relationships, 'styles'), styles);
    return { strings: strings.texts, styles, cellText: new CellText(this.workbook.date1904) };
  }

  private persons(relationships: readonly Relationship[]): ReadonlyMap<string, string> {
    const persons = new Persons();
    this.archive.readOptional(targetOf(relationships, 'person'), persons);
    return persons.names;
  }

  private worksheet(
    entry: SheetEntry,
    relationships: readonly Relationship[],
    context: XlsxContext,
    persons: ReadonlyMap<string, string>,
  ): Worksheet {
    const hidden = entry.state !== 'visible';
    const worksheet = new Worksheet(entry.name, hidden, this.size);
    const part = relationships.find(({ id }) => id === entry.relationship);
    if (part === undefined || !this.archive.has(part.target)) {
      this.remarks.push(`The worksheet “${worksheet.name}” is missing from the file.`);
      return worksheet;
    }
    const own = this.archive.relationships(part.target);
    this.readComments(worksheet, own, persons);
    const links = this.readSheet(worksheet, part.target, context);
    for (const { row, relationship } of links) {
      const target = own.find(({ id, external }) => external && id === relationship)?.target;
      if (target !== undefined) worksheet.aside(row, 'note', target);
    }
    this.readDrawings(worksheet, own);
    this.takeChildren(own);
    if (hidden && !worksheet.isEmpty) this.remarks.push(`The worksheet “${worksheet.name}” is hidden.`);
    return worksheet;
  }

  private readSheet(worksheet: Worksheet, name: string, context: XlsxContext): XlsxSheet['links'] {
    const sheet = new XlsxSheet(worksheet, context);
    try {
      readXml(this.archive.pieces(name), sheet);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.remarks.push(`${name} is damaged; what stands before the damage was read.`);
    }
    sheet.finish();
    this.uncalculated += sheet.uncalculated;
    this.missing += sheet.missing;
    return sheet.links;
  }

  /** Newer programs keep a discussion in a part of its own, and a copy in the old form for older ones. */
  private readComments(
    worksheet: Worksheet,
    own: readonly Relationship[],
    persons: ReadonlyMap<string, string>,
  ): void {
    const threaded = this.commentsOf(own, 'threadedComment', persons);
    const inThreads = new Set(threaded.map(({ cell }) => cell));
    const plain = this.commentsOf(own, 'comments', persons).filter(({ cell }) => !inThreads.has(cell));
    for (const { cell, text } of [...threaded, ...plain])
      worksheet.aside(rowOfAddress(cell) ?? 1, 'comment', text);
  }

  private commentsOf(own: readonly Relationship[], type: string, persons: ReadonlyMap<string, string>) {
    const comments = new CellComments(persons);
    for (const part of own.filter((one) => one.type === type && !one.external))
      this.archive.readOptional(part.target, comments);
    return comments.comments;
  }

  /** Text boxes stand in the drawing itself, charts and diagrams in parts of their own. */
  private readDrawings(worksheet: Worksheet, own: readonly Relationship[]): void {
    for (const { target } of own.filter(({ type, external }) => type === 'drawing' && !external)) {
      const parts = this.archive.relationships(target);
      const charts = parts.filter(({ type, external }) => drawingTypes.has(type) && !external);
      for (const name of [target, ...charts.map((chart) => chart.target)]) {
        const drawing = new DrawingText();
        this.archive.readOptional(name, drawing);
        for (const text of drawing.texts) worksheet.drawing(text);
      }
      this.takeChildren(parts);
    }
  }

  private takeChildren(relationships: readonly Relationship[]): void {
    for (const { type, external, target } of relationships) {
      if (!childTypes.has(type) || external || this.children.has(target)) continue;
      const bytes = this.archive.part(target);
      if (bytes !== undefined)
        this.children.set(target, objectInBytes(bytes, target.replace(/^xl\/(?:embeddings\/)?/, '')));
    }
  }

  private noteLosses(relationships: readonly Relationship[]): void {
    const { uncalculated, missing } = this;
    if (uncalculated > 0)
      this.remarks.push(
        `${uncalculated} ${uncalculated === 1 ? 'formula has' : 'formulas have'} no result in the file.`,
      );
    if (missing > 0)
      this.remarks.push(
        `${missing} ${missing === 1 ? 'cell names a text that is' : 'cells name texts that are'} not in the file.`,
      );
    for (const [type, what] of Object.entries(unreadTypes))
      if (relationships.some((one) => one.type === type))
        this.remarks.push(`The file holds ${what}, which was not read.`);
  }

  private metadata(): FileMetadata {
    const properties = new Properties();
    this.archive.readOptional(targetOf(this.archive.relationships(''), 'core-properties'), properties);
    return properties.metadata();
  }
}

function targetOf(relationships: readonly Relationship[], type: string): string | undefined {
  return relationships.find((found) => found.type === type && !found.external)?.target;
}
