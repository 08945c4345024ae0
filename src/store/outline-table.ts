import {
  type LineTable,
  lastAtOrBefore,
  type MarkupRun,
  type Outline,
  type Passage,
  type RunTable,
  runZones,
  type SheetRow,
} from '../model/outline.ts';
import { doubts, markupKinds, type PassageKind, roles, type Zone, zones } from '../model/place.ts';
import { type ColumnReader, type ColumnWriter, DamagedColumns } from './columns.ts';

/*
 * An outline as columns. Offsets of runs and passages are written as (line, offset in the line), because they mostly
 * begin where a line begins or a fixed way into it; passages end where the next begins. What many passages share
 * (a speaker with a role and a witness) is a row of a table of its own; numbers that count up are columns.
 */

/** The layout of a text without markup, which nearly all are, and of one with it. */
const layouts = { plain: 1, withMarkup: 2 } as const;
const ocrKinds = ['file', 'ours'] as const;
const messageParts = ['header', 'body', 'quoted'] as const;
const kindNames = ['testimony', 'paragraph', 'block', 'page', 'message', 'row', 'line'] as const;

/** @throws RangeError when an offset, count or number is no unsigned 32-bit integer, or a name is not in its list. */
export function writeOutline(writer: ColumnWriter, outline: Outline): void {
  const strings = new StringTable();
  writer.number(outline.markup === undefined ? layouts.plain : layouts.withMarkup);
  writer.column(outline.day === undefined ? [] : [outline.day]);
  writeLines(writer, outline.lines);
  writeRuns(writer, outline);
  writePassages(writer, outline, strings);
  writeSheets(writer, outline.sheets, strings);
  if (outline.markup !== undefined) writeMarkup(writer, outline.markup, strings);
  writer.strings(strings.all);
}

/** @throws DamagedColumns when the bytes are not from `writeOutline`. */
export function readOutline(reader: ColumnReader): Outline {
  const version = reader.number();
  if (version !== layouts.plain && version !== layouts.withMarkup)
    throw new DamagedColumns(`an outline of the unknown layout ${version}`);
  const day = reader.column()[0];
  const lines = readLines(reader);
  const runs = readRuns(reader, lines);
  const columns = readPassageColumns(reader, lines);
  const sheetColumns = readSheetColumns(reader);
  const markupColumns = version === layouts.withMarkup ? readMarkupColumns(reader) : undefined;
  const strings = reader.strings();
  const outline = {
    lines,
    runs,
    passages: buildPassages(columns, strings),
    sheets: buildSheets(sheetColumns, strings),
  };
  return {
    ...outline,
    ...(markupColumns === undefined ? {} : { markup: buildMarkup(markupColumns, strings) }),
    ...(day === undefined ? {} : { day }),
  };
}

/** Strings by number, each once. 0 stands for absence. */
class StringTable {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(text: string | undefined): number {
    if (text === undefined) return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.all.push(text));
    return this.all.length;
  }
}

function writeLines(writer: ColumnWriter, lines: LineTable): void {
  writer.column(lines.starts);
  writer.column(lines.sheets);
  writer.column(lines.pages);
  writer.column(lines.numbers);
  writer.column(lines.doubts);
}

function readLines(reader: ColumnReader): LineTable {
  const starts = reader.column();
  const sheets = reader.column();
  const pages = reader.column();
  const numbers = reader.column();
  const doubtCodes = new Uint8Array(reader.column());
  for (const column of [sheets, pages, numbers, doubtCodes])
    if (column.length !== starts.length) throw new DamagedColumns('the columns of lines differ in length');
  return { starts, sheets, pages, numbers, doubts: doubtCodes };
}

function writeOffsets(writer: ColumnWriter, lineStarts: Uint32Array, offsets: Uint32Array): void {
  const lines = new Uint32Array(offsets.length);
  const within = new Uint32Array(offsets.length);
  // Offsets ascend but for where a zone begins anew; the search goes on from the line of the one before.
  let line = -1;
  let from = 0;
  let to = lineStarts[0] ?? Number.POSITIVE_INFINITY;
  for (let i = 0; i < offsets.length; i++) {
    const offset = offsets[i] as number; // i < length
    if (offset < from) {
      line = lastAtOrBefore(lineStarts, offset);
      from = lineStarts[line] ?? 0;
      to = lineStarts[line + 1] ?? Number.POSITIVE_INFINITY;
    }
    while (to <= offset) {
      line++;
      from = to;
      to = lineStarts[line + 1] ?? Number.POSITIVE_INFINITY;
    }
    lines[i] = line + 1;
    within[i] = offset - from;
  }
  writer.column(lines);
  writer.column(within);
}

function readOffsets(reader: ColumnReader, lineStarts: Uint32Array): Uint32Array {
  const lines = reader.column();
  const offsets = reader.column();
  assertLength(offsets, lines.length);
  for (let i = 0; i < lines.length; i++)
    offsets[i] = offsetIn(lineStarts, lines[i] as number, offsets[i] as number); // of the same length
  return offsets;
}

/** The offset of what stands so far into a line. Line 0 is the text before the first line. */
function offsetIn(lineStarts: Uint32Array, line: number, within: number): number {
  if (line === 0) return within;
  const start = lineStarts[line - 1];
  if (start === undefined) throw new DamagedColumns('an offset in a line that is not there');
  return start + within;
}

function writeRuns(writer: ColumnWriter, outline: Outline): void {
  const { runs, lines } = outline;
  const lengths = new Uint32Array(runs.starts.length);
  for (let i = 0; i < lengths.length; i++) {
    // columns of the same length
    const start = runs.starts[i] as number;
    const end = runs.ends[i] as number;
    if (end < start) throw new RangeError(`run ${i} ends before it begins`);
    lengths[i] = end - start;
  }
  writeOffsets(writer, lines.starts, runs.starts);
  writer.column(lengths);
  writer.column(runs.zones);
}

function readRuns(reader: ColumnReader, { starts: lineStarts }: LineTable): RunTable {
  const lines = reader.column();
  const starts = reader.column();
  const ends = reader.column();
  const codes = reader.column();
  for (const column of [starts, ends, codes]) assertLength(column, lines.length);
  for (let i = 0; i < lines.length; i++) {
    // columns of the same length
    const start = offsetIn(lineStarts, lines[i] as number, starts[i] as number);
    starts[i] = start;
    ends[i] = start + (ends[i] as number);
    if ((codes[i] as number) >= runZones.length) throw new DamagedColumns(`unknown zone ${codes[i]}`);
  }
  return { starts, ends, zones: new Uint8Array(codes) };
}

/** The columns of a passage that differ from its neighbours; `kinds` are rows of the table of kinds, `details` what the kind leaves open. */
interface PassageColumns {
  readonly starts: Uint32Array;
  readonly gaps: Uint32Array;
  readonly zones: Uint32Array;
  readonly kinds: Uint32Array;
  readonly details: Uint32Array;
  readonly turns: Uint32Array;
  readonly exchanges: Uint32Array;
  readonly doubts: Uint32Array;
  readonly kindRows: readonly KindRow[];
}

/** What passages of one kind share: the kind's number in `kindNames`, then its role, part, strings … by kind. */
type KindRow = readonly [kind: number, a: number, b: number, c: number, d: number];

function writePassages(writer: ColumnWriter, outline: Outline, strings: StringTable): void {
  const { passages, lines } = outline;
  const kinds = new KindTable(strings);
  const starts = new Uint32Array(passages.length);
  const gaps: number[] = [];
  const zoneCodes: number[] = [];
  const rows: number[] = [];
  const details: number[] = [];
  const turns: number[] = [];
  const exchanges: number[] = [];
  const doubtCodes: number[] = [];
  for (let i = 0; i < passages.length; i++) {
    const { start, end, zone, kind, turn, exchange, doubt } = passages[i] as Passage; // i < length
    const { row, detail } = kinds.describe(kind);
    starts[i] = start;
    gaps.push((end - (passages[i + 1]?.start ?? 0)) >>> 0);
    zoneCodes.push(codeOf(zones, zone));
    rows.push(row);
    details.push(detail);
    turns.push(turn);
    exchanges.push(exchange);
    doubtCodes.push(doubt === undefined ? 0 : 1 + codeOf(doubts, doubt));
  }
  writeOffsets(writer, lines.starts, starts);
  for (const column of [gaps, zoneCodes, rows, details, turns, exchanges, doubtCodes]) writer.column(column);
  writer.column(kinds.numbers());
}

/** The distinct kinds of a document's passages. Recognisers share a kind's object among passages: it is described once. Rows share none, and there may be a million. */
class KindTable {
  readonly #strings: StringTable;
  readonly #rows = new Map<string, number>();
  readonly #described = new Map<PassageKind, { row: number; detail: number }>();

  constructor(strings: StringTable) {
    this.#strings = strings;
  }

  /** The number of the kind's row, and what the row leaves open. */
  describe(kind: PassageKind): { row: number; detail: number } {
    const isShared = kind.kind !== 'row';
    const known = isShared ? this.#described.get(kind) : undefined;
    if (known !== undefined) return known;
    const { row, detail } = describeKind(kind, this.#strings);
    const key = row.join();
    const number = this.#rows.get(key) ?? this.#rows.size;
    this.#rows.set(key, number);
    const described = { row: number, detail };
    if (isShared) this.#described.set(kind, described);
    return described;
  }

  /** All rows, one after the other. */
  numbers(): number[] {
    return [...this.#rows.keys()].flatMap((key) => key.split(',').map(Number));
  }
}

function readPassageColumns(reader: ColumnReader, lines: LineTable): PassageColumns {
  return {
    starts: readOffsets(reader, lines.starts),
    gaps: reader.column(),
    zones: reader.column(),
    kinds: reader.column(),
    details: reader.column(),
    turns: reader.column(),
    exchanges: reader.column(),
    doubts: reader.column(),
    kindRows: rowsOfFive(reader.column()),
  };
}

function rowsOfFive(numbers: Uint32Array): KindRow[] {
  const rows: KindRow[] = [];
  for (let i = 0; i < numbers.length; i += 5)
    rows.push([
      at(numbers, i),
      at(numbers, i + 1),
      at(numbers, i + 2),
      at(numbers, i + 3),
      at(numbers, i + 4),
    ]);
  return rows;
}

/** `detail` is the part that differs from passage to passage: a paragraph's number (a string), a block's ordinal, a row's number. */
function describeKind(kind: PassageKind, strings: StringTable): { row: KindRow; detail: number } {
  const code = codeOf(kindNames, kind.kind);
  switch (kind.kind) {
    case 'testimony': {
      const role = codeOf(roles, kind.role);
      const names = [kind.speaker, kind.witness, kind.examiner] as const;
      const [speaker, witness, examiner] = names.map((name) => strings.numberOf(name));
      return { row: [code, role, speaker ?? 0, witness ?? 0, examiner ?? 0], detail: 0 };
    }
    case 'paragraph':
      return {
        row: [code, strings.numberOf(kind.heading), 0, 0, 0],
        detail: strings.numberOf(kind.paragraph),
      };
    case 'block':
      return { row: [code, strings.numberOf(kind.heading), 0, 0, 0], detail: kind.ordinal };
    case 'message':
      return { row: [code, codeOf(messageParts, kind.part), 0, 0, 0], detail: 0 };
    case 'row':
      return { row: [code, strings.numberOf(kind.worksheet), kind.header ?? 0, 0, 0], detail: kind.row };
    case 'line':
      return { row: [code, strings.numberOf(kind.heading), 0, 0, 0], detail: 0 };
    case 'page':
      return { row: [code, 0, 0, 0, 0], detail: 0 };
  }
}

function kindOf(row: KindRow, detail: number, strings: readonly string[]): PassageKind {
  const [code, a, b, c, d] = row;
  const kind = nameOf(kindNames, code);
  switch (kind) {
    case 'testimony': {
      const role = nameOf(roles, a);
      const [speaker, witness, examiner] = [b, c, d].map((number) => stringOf(strings, number));
      return {
        kind,
        role,
        ...(speaker !== undefined && { speaker }),
        ...(witness !== undefined && { witness }),
        ...(examiner !== undefined && { examiner }),
      };
    }
    case 'paragraph':
      return { kind, paragraph: stringOf(strings, detail) ?? '', ...headingOf(strings, a) };
    case 'block':
      return { kind, ordinal: detail, ...headingOf(strings, a) };
    case 'message':
      return { kind, part: nameOf(messageParts, a) };
    case 'row':
      return { kind, worksheet: stringOf(strings, a) ?? '', row: detail, ...(b !== 0 && { header: b }) };
    case 'line':
      return { kind, ...headingOf(strings, a) };
    case 'page':
      return { kind };
  }
}

function headingOf(strings: readonly string[], number: number): { heading?: string } {
  const heading = stringOf(strings, number);
  return heading === undefined ? {} : { heading };
}

function buildPassages(columns: PassageColumns, strings: readonly string[]): readonly Passage[] {
  const { starts, gaps, kindRows, kinds, details, turns, exchanges } = columns;
  for (const column of [gaps, columns.zones, kinds, details, turns, exchanges, columns.doubts])
    assertLength(column, starts.length);
  // Passages without a detail share one object for their kind: most of a hearing's thousands of passages.
  const shared = kindRows.map((row) => kindOf(row, 0, strings));
  const passages: Passage[] = [];
  for (let i = 0; i < starts.length; i++) {
    // columns of the same length
    const number = kinds[i] as number;
    const detail = details[i] as number;
    const kind = shared[number];
    if (kind === undefined) throw new DamagedColumns('a passage of an unknown kind');
    const passage = {
      start: starts[i] as number,
      end: ((starts[i + 1] ?? 0) + (gaps[i] as number)) >>> 0,
      zone: nameOf<Zone>(zones, columns.zones[i] as number),
      kind: detail === 0 ? kind : kindOf(kindRows[number] as KindRow, detail, strings),
      turn: turns[i] as number,
      exchange: exchanges[i] as number,
    };
    const doubt = columns.doubts[i] as number;
    passages.push(doubt === 0 ? passage : { ...passage, doubt: nameOf(doubts, doubt - 1) });
  }
  return passages;
}

interface SheetColumns {
  readonly sheets: Uint32Array;
  readonly stamps: Uint32Array;
  readonly ocr: Uint32Array;
  readonly problems: Uint32Array;
  readonly confidences: Float64Array;
}

function writeSheets(writer: ColumnWriter, sheets: readonly SheetRow[], strings: StringTable): void {
  writer.column(sheets.map((row) => row.sheet));
  writer.column(sheets.map((row) => strings.numberOf(row.stamp)));
  writer.column(sheets.map((row) => (row.ocr === undefined ? 0 : 1 + codeOf(ocrKinds, row.ocr))));
  writer.column(sheets.map((row) => strings.numberOf(row.problem)));
  const known = sheets.some((row) => row.confidence !== undefined);
  writer.bytes(doubleBytes(known ? sheets.map((row) => row.confidence ?? Number.NaN) : []));
}

function readSheetColumns(reader: ColumnReader): SheetColumns {
  return {
    sheets: reader.column(),
    stamps: reader.column(),
    ocr: reader.column(),
    problems: reader.column(),
    confidences: doublesOf(reader.bytes()),
  };
}

function buildSheets(columns: SheetColumns, strings: readonly string[]): readonly SheetRow[] {
  return Array.from(columns.sheets, (sheet, i) => {
    const stamp = stringOf(strings, at(columns.stamps, i));
    const ocr = at(columns.ocr, i);
    const confidence = columns.confidences[i] ?? Number.NaN;
    const problem = stringOf(strings, at(columns.problems, i));
    return {
      sheet,
      ...(stamp !== undefined && { stamp }),
      ...(ocr !== 0 && { ocr: nameOf(ocrKinds, ocr - 1) }),
      ...(!Number.isNaN(confidence) && { confidence }),
      ...(problem !== undefined && { problem }),
    };
  });
}

interface MarkupColumns {
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
  readonly kinds: Uint32Array;
  readonly authors: Uint32Array;
  readonly times: Uint32Array;
  readonly subjects: Uint32Array;
  readonly resolved: Uint32Array;
}

function writeMarkup(writer: ColumnWriter, markup: readonly MarkupRun[], strings: StringTable): void {
  writer.column(markup.map((run) => run.start));
  writer.column(markup.map((run) => run.end - run.start));
  writer.column(markup.map((run) => codeOf(markupKinds, run.kind)));
  writer.column(markup.map((run) => strings.numberOf(run.by)));
  writer.column(markup.map((run) => strings.numberOf(run.at)));
  writer.column(markup.map((run) => strings.numberOf(run.about)));
  writer.column(markup.map((run) => (run.resolved === undefined ? 0 : 1)));
}

function readMarkupColumns(reader: ColumnReader): MarkupColumns {
  return {
    starts: reader.column(),
    lengths: reader.column(),
    kinds: reader.column(),
    authors: reader.column(),
    times: reader.column(),
    subjects: reader.column(),
    resolved: reader.column(),
  };
}

function buildMarkup(columns: MarkupColumns, strings: readonly string[]): readonly MarkupRun[] {
  return Array.from(columns.starts, (start, i) => {
    const by = stringOf(strings, at(columns.authors, i));
    const time = stringOf(strings, at(columns.times, i));
    const about = stringOf(strings, at(columns.subjects, i));
    return {
      start,
      end: start + at(columns.lengths, i),
      kind: nameOf(markupKinds, at(columns.kinds, i)),
      ...(by !== undefined && { by }),
      ...(time !== undefined && { at: time }),
      ...(about !== undefined && { about }),
      ...(at(columns.resolved, i) !== 0 && { resolved: true as const }),
    };
  });
}

/** Little-endian whatever the machine, so that the same document gives the same bytes everywhere. */
function doubleBytes(numbers: readonly number[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(numbers.length * 8));
  numbers.forEach((number, i) => {
    bytes.setFloat64(i * 8, number, true);
  });
  return new Uint8Array(bytes.buffer);
}

function doublesOf(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) => view.getFloat64(i * 8, true));
}

function assertLength(column: Uint32Array, length: number): void {
  if (column.length !== length) throw new DamagedColumns('the columns of the outline differ in length');
}

function at(numbers: Uint32Array, index: number): number {
  const number = numbers[index];
  if (number === undefined) throw new DamagedColumns('the columns of the outline differ in length');
  return number;
}

function codeOf<Name extends string>(names: readonly Name[], name: Name): number {
  const code = names.indexOf(name);
  if (code < 0) throw new RangeError(`unknown name: ${JSON.stringify(name)}`);
  return code;
}

function nameOf<Name extends string>(names: readonly Name[], code: number): Name {
  const name = names[code];
  if (name === undefined) throw new DamagedColumns(`unknown code ${code}`);
  return name;
}

function stringOf(strings: readonly string[], number: number): string | undefined {
  if (number === 0) return undefined;
  const text = strings[number - 1];
  if (text === undefined) throw new DamagedColumns(`no string has the number ${number}`);
  return text;
}
