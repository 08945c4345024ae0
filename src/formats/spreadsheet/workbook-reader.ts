import { DrawingText, drawingTypes } from '../docx/drawing-text.ts';
import type { OfficePackage, Relationship } from '../docx/package.ts';
import { packageMetadata } from '../docx/properties.ts';
import { objectInBytes } from '../embedded-objects.ts';
import type { Extraction, TextBlock } from '../extraction.ts';
import { rowOfAddress } from './cell-address.ts';
import { CellText } from './cell-text.ts';
import type { ReadWorkbook } from './workbook-extractions.ts';
import type {
  CellComment,
  SheetContext,
  SheetEntry,
  SheetLink,
  WorkbookEntries,
  WorkbookParts,
} from './workbook-parts.ts';
import { WorkbookSize, Worksheet } from './worksheet.ts';
import { CellComments, Persons } from './xlsx-texts.ts';

/** The name of the part that lists the worksheets. @param usual its name where the package does not say. */
export function mainPart(archive: OfficePackage, usual: string): string | undefined {
  const named = archive.relationships('').find(({ type }) => type === 'officeDocument')?.target;
  return [named, usual].find((name) => name !== undefined && archive.has(name));
}

/** Relationships to parts that are read as files of their own. */
const childTypes = new Set(['package', 'oleObject']);
/** What a workbook may hold besides, which is said but not read. */
const unreadTypes: Readonly<Record<string, string>> = {
  pivotCacheDefinition: 'data kept for a pivot table',
  externalLink: 'values kept from another workbook',
};

/** Reads a workbook in an Office Open XML package, whatever its parts are written in. */
export class WorkbookReader {
  private readonly archive: OfficePackage;
  private readonly main: string;
  private readonly parts: WorkbookParts;
  private readonly workbook: WorkbookEntries;
  private readonly size = new WorkbookSize();
  private readonly remarks: string[];
  private readonly children = new Map<string, Extraction>();
  private uncalculated = 0;
  private missing = 0;

  /** @param remarks what is to be said of the workbook, to which more is added */
  constructor(archive: OfficePackage, main: string, parts: WorkbookParts, remarks: string[]) {
    this.archive = archive;
    this.remarks = remarks;
    this.main = main;
    this.parts = parts;
    this.workbook = parts.workbook(main);
  }

  /** @throws ZipError when a part is too large, encrypted or packed in an unknown way; WorkbookTooLarge. */
  read(): ReadWorkbook {
    const { archive } = this;
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
      metadata: packageMetadata(archive),
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
        name: target.replace(/^.*\/|\.(?:xml|bin)$/g, ''),
        relationship: id,
        hidden: false,
      }));
  }

  private context(relationships: readonly Relationship[]): SheetContext {
    return {
      strings: this.parts.strings(targetOf(relationships, 'sharedStrings')),
      styles: this.parts.styles(targetOf(relationships, 'styles')),
      cellText: new CellText(this.workbook.date1904),
    };
  }

  private persons(relationships: readonly Relationship[]): ReadonlyMap<string, string> {
    const persons = new Persons();
    this.archive.readOptional(targetOf(relationships, 'person'), persons);
    return persons.names;
  }

  private worksheet(
    entry: SheetEntry,
    relationships: readonly Relationship[],
    context: SheetContext,
    persons: ReadonlyMap<string, string>,
  ): Worksheet {
    const { hidden } = entry;
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

  private readSheet(worksheet: Worksheet, part: string, context: SheetContext): readonly SheetLink[] {
    const { links, uncalculated, missing } = this.parts.sheet(worksheet, part, context);
    this.uncalculated += uncalculated;
    this.missing += missing;
    return links;
  }

  /** Newer programs keep a discussion in a part of its own, and a copy in the old form for older ones. */
  private readComments(
    worksheet: Worksheet,
    own: readonly Relationship[],
    persons: ReadonlyMap<string, string>,
  ): void {
    const threaded = targetsOf(own, 'threadedComment').flatMap((part) => this.discussion(part, persons));
    const inThreads = new Set(threaded.map(({ cell }) => cell));
    const plain = targetsOf(own, 'comments').flatMap((part) => this.parts.comments(part));
    for (const { cell, text } of [...threaded, ...plain.filter((one) => !inThreads.has(one.cell))])
      worksheet.aside(rowOfAddress(cell) ?? 1, 'comment', text);
  }

  private discussion(part: string, persons: ReadonlyMap<string, string>): readonly CellComment[] {
    const comments = new CellComments(persons);
    this.archive.readOptional(part, comments);
    return comments.comments;
  }

  /** Text boxes stand in the drawing itself, charts and diagrams in parts of their own. */
  private readDrawings(worksheet: Worksheet, own: readonly Relationship[]): void {
    for (const target of targetsOf(own, 'drawing')) {
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
}

function targetOf(relationships: readonly Relationship[], type: string): string | undefined {
  return targetsOf(relationships, type)[0];
}

/** The parts of a type. */
function targetsOf(relationships: readonly Relationship[], type: string): readonly string[] {
  return relationships.filter((one) => one.type === type && !one.external).map(({ target }) => target);
}
