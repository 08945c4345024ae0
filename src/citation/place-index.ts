import { bodyPassageCount, lastStartingBy } from '../model/location.ts';
import {
  type LineTable,
  lastAtOrBefore,
  type Outline,
  type Passage,
  runZones,
  unindexedCode,
} from '../model/outline.ts';
import type { Zone } from '../model/place.ts';
import { type Anchor, formatAnchor, labelOfParagraph, type MessagePart } from './place-name.ts';

/** UTF-16 offsets into the stored text; the end is not included. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Consecutive lines of one printed page on one sheet; `from` and `to` are line indexes, `to` not included. */
interface PageRun {
  readonly page: number;
  readonly sheet: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Finds places in one document's outline. Tables are made when first asked for, so that citing a single hit of a
 * long document costs little and citing ten thousand costs little more.
 */
export class PlaceIndex {
  readonly outline: Outline;
  readonly #bodyPassages: number;
  /** Runs of the pages asked for so far; of all pages once they were many. */
  #pageRuns = new Map<number, readonly PageRun[]>();
  #allPages = false;
  #sheetLines: ReadonlyMap<number, readonly [number, number]> | undefined;
  #names: PassageNames | undefined;

  constructor(outline: Outline) {
    this.outline = outline;
    this.#bodyPassages = bodyPassageCount(outline);
  }

  /** Length of the text that the outline describes. */
  get textEnd(): number {
    const { passages, runs, lines } = this.outline;
    const lastBody = passages[this.#bodyPassages - 1]?.end ?? 0;
    return Math.max(lastBody, runs.ends.at(-1) ?? 0, lines.starts.at(-1) ?? 0);
  }

  /** Index of the line that holds the offset; 0 for a text without lines. */
  lineAt(offset: number): number {
    return Math.max(0, lastAtOrBefore(this.outline.lines.starts, offset));
  }

  zoneAt(offset: number): Zone {
    const { starts, ends, zones } = this.outline.runs;
    const run = lastAtOrBefore(starts, offset);
    const zone = run < 0 || offset >= (ends[run] ?? 0) ? 'unindexed' : runZones[zones[run] ?? unindexedCode];
    return zone === undefined || zone === 'unindexed' ? 'body' : zone;
  }

  /** Index of the passage whose words stand at the offset; -1 where there is none. */
  passageAt(offset: number): number {
    const { passages } = this.outline;
    if (this.zoneAt(offset) === 'body') return lastStartingBy(passages, 0, this.#bodyPassages, offset) ?? -1;
    return passages.findIndex(
      (passage, index) => index >= this.#bodyPassages && passage.start <= offset && offset < passage.end,
    );
  }

  /** What belongs to `zone` within a stretch: start, end, start, end …, ascending. */
  partsIn(zone: Zone, { start, end }: Stretch): number[] {
    const { starts, ends, zones } = this.outline.runs;
    const parts: number[] = [];
    let at = start;
    for (let i = Math.max(0, lastAtOrBefore(starts, start)); i < starts.length; i++) {
      const [from = 0, to = 0] = [starts[i], ends[i]];
      if (from >= end) break;
      if (to <= start) continue;
      if (zone === 'body' && from > at) parts.push(at, from);
      if (zone === runZones[zones[i] ?? unindexedCode]) parts.push(Math.max(start, from), Math.min(end, to));
      at = Math.max(at, to);
    }
    if (zone === 'body' && at < end) parts.push(at, end);
    return parts;
  }

  /** Every stretch that the anchor names; exactly one when it is a good name. */
  stretches(anchor: Anchor): readonly Stretch[] {
    switch (anchor.type) {
      case 'line':
        return this.#lines(anchor.page, anchor.line, anchor.sheet);
      case 'page':
        return this.#pages(anchor.page, anchor.sheet).map((run) => this.#linesStretch(run.from, run.to));
      case 'sheet-line':
        return this.#linesOfSheet(anchor.sheet, anchor.line);
      case 'sheet':
        return this.#wholeSheet(anchor.sheet);
      case 'message':
        return this.#messageLine(anchor.part, anchor.line);
      case 'passage':
        return this.#passages([anchor.ordinal - 1]);
      case 'text-line':
        return this.#textLines(anchor.ordinal - 1, anchor.ordinal);
      case 'paragraph':
        return this.#paragraphs(this.#passageNames().indexes.get(formatAnchor(anchor)) ?? []);
      default:
        return this.#passages(this.#passageNames().indexes.get(formatAnchor(anchor)) ?? []);
    }
  }

  /** The names that might tell the offset's place apart, best first; the last one always does. */
  candidates(offset: number): readonly Anchor[] {
    const index = this.passageAt(offset);
    const passage = this.outline.passages[index];
    const line = this.lineAt(offset);
    const textLine: Anchor = { type: 'text-line', ordinal: line + 1 };
    if (passage === undefined) return [textLine];
    const { zone, kind } = passage;
    if (zone === 'body' && kind.kind === 'line') return [textLine];
    if (zone === 'body' && kind.kind === 'message') {
      const number = this.outline.lines.numbers[line] || line + 1;
      return [{ type: 'message', part: kind.part, line: number }, textLine];
    }
    if (zone === 'body' && (kind.kind === 'testimony' || kind.kind === 'page'))
      return [...paperNames(this.outline.lines, line), textLine];
    return [
      ...(this.#passageNames().anchors[index] ?? []),
      { type: 'passage', ordinal: index + 1 },
      textLine,
    ];
  }

  /** Lines whose own number, printed or counted in a text file, is `number`, whatever page they stand on. */
  linesNumbered(number: number): readonly Stretch[] {
    const { numbers } = this.outline.lines;
    const found: Stretch[] = [];
    for (let line = numbers.indexOf(number); line >= 0; line = numbers.indexOf(number, line + 1))
      found.push(this.#linesStretch(line, line + 1));
    return found;
  }

  /** Lines with this printed number on a sheet, whatever printed page they stand on. */
  numberedOnSheet(sheet: number, number: number): readonly Stretch[] {
    const { numbers, sheets } = this.outline.lines;
    const [from, to] = this.#sheetRange(sheet) ?? [0, 0];
    const found: Stretch[] = [];
    for (let line = from; line < to; line++) {
      if (numbers[line] === number && sheets[line] === sheet) found.push(this.#linesStretch(line, line + 1));
    }
    return found;
  }

  /** Whether more than one paragraph of the document carries this printed number. */
  isRepeated(paragraph: string): boolean {
    return this.stretches({ type: 'paragraph', label: labelOfParagraph(paragraph) }).length > 1;
  }

  #linesStretch(from: number, to: number): Stretch {
    const { starts } = this.outline.lines;
    return { start: starts[from] ?? this.textEnd, end: starts[to] ?? this.textEnd };
  }

  #textLines(from: number, to: number): readonly Stretch[] {
    return from < this.outline.lines.starts.length ? [this.#linesStretch(from, to)] : [];
  }

  #pages(page: number, sheet: number | undefined): readonly PageRun[] {
    const runs = this.#runsOf(page);
    return sheet === undefined ? runs : runs.filter((run) => run.sheet === sheet);
  }

  #runsOf(page: number): readonly PageRun[] {
    const known = this.#pageRuns.get(page);
    if (known !== undefined || this.#allPages) return known ?? [];
    const { lines } = this.outline;
    if (this.#pageRuns.size >= fewPages) {
      this.#pageRuns = pageRuns(lines);
      this.#allPages = true;
      return this.#pageRuns.get(page) ?? [];
    }
    const runs = runsOfPage(lines, page);
    this.#pageRuns.set(page, runs);
    return runs;
  }

  #lines(page: number, line: number, sheet: number | undefined): readonly Stretch[] {
    const { pages, numbers } = this.outline.lines;
    const found: Stretch[] = [];
    for (const run of this.#pages(page, sheet)) {
      for (let i = run.from; i < run.to; i++) {
        if (numbers[i] === line && pages[i] === page) found.push(this.#linesStretch(i, i + 1));
      }
    }
    return found;
  }

  #sheetRange(sheet: number): readonly [number, number] | undefined {
    this.#sheetLines ??= sheetRanges(this.outline.lines);
    return this.#sheetLines.get(sheet);
  }

  #wholeSheet(sheet: number): readonly Stretch[] {
    const range = this.#sheetRange(sheet);
    return range === undefined ? [] : [this.#linesStretch(range[0], range[1])];
  }

  /** Only lines without a printed page: with one, the page names them. */
  #linesOfSheet(sheet: number, line: number): readonly Stretch[] {
    const [from, to] = this.#sheetRange(sheet) ?? [0, 0];
    const { pages, numbers, sheets } = this.outline.lines;
    const found: Stretch[] = [];
    for (let i = from; i < to; i++) {
      if (numbers[i] === line && pages[i] === 0 && sheets[i] === sheet)
        found.push(this.#linesStretch(i, i + 1));
    }
    return found;
  }

  /** By the line's number in the header or in the body, else by counting from the top. */
  #messageLine(part: MessagePart, line: number): readonly Stretch[] {
    const numbered = this.linesNumbered(line);
    const found = numbered.length > 0 ? numbered : this.#textLines(line - 1, line);
    return found.filter(({ start, end }) => this.#isPart(part, start, end));
  }

  #isPart(part: MessagePart, start: number, end: number): boolean {
    return [start, end - 1].some((offset) => {
      const kind = this.outline.passages[this.passageAt(offset)]?.kind;
      return kind?.kind === 'message' && kind.part === part;
    });
  }

  #passages(indexes: readonly number[]): readonly Stretch[] {
    return indexes.flatMap((index) => {
      const passage = this.outline.passages[index];
      return passage === undefined ? [] : [{ start: passage.start, end: passage.end }];
    });
  }

  /** Passages with one number in one turn are one paragraph that goes on after its parts. */
  #paragraphs(indexes: readonly number[]): readonly Stretch[] {
    const found: { start: number; end: number; turn: number }[] = [];
    for (const index of indexes) {
      const passage = this.outline.passages[index];
      const last = found.at(-1);
      if (passage === undefined) continue;
      if (last?.turn === passage.turn) last.end = passage.end;
      else found.push({ start: passage.start, end: passage.end, turn: passage.turn });
    }
    return found.map(({ start, end }) => ({ start, end }));
  }

  #passageNames(): PassageNames {
    this.#names ??= namePassages(this);
    return this.#names;
  }
}

/** The names of each passage, best first, and the passages of each name. */
interface PassageNames {
  readonly anchors: readonly (readonly Anchor[])[];
  readonly indexes: ReadonlyMap<string, readonly number[]>;
}

function namePassages(index: PlaceIndex): PassageNames {
  const counters = new Map<string, number>();
  const worksheets = new Map<string, number>();
  const indexes = new Map<string, number[]>();
  const anchors = index.outline.passages.map((passage, i) => {
    const sheet = index.outline.lines.sheets[index.lineAt(passage.start)] ?? 0;
    const names = namesOfPassage(passage, sheet, counters, worksheets);
    for (const name of names.map(formatAnchor)) {
      const known = indexes.get(name);
      if (known === undefined) indexes.set(name, [i]);
      else known.push(i);
    }
    return names;
  });
  return { anchors, indexes };
}

function namesOfPassage(
  passage: Passage,
  sheet: number,
  counters: Map<string, number>,
  worksheets: Map<string, number>,
): readonly Anchor[] {
  const onSheet = sheet === 0 ? {} : { sheet };
  const { zone, kind } = passage;
  if (zone !== 'body') {
    const key = `${zone}${sheet}`;
    const ordinal = (counters.get(key) ?? 0) + 1;
    counters.set(key, ordinal);
    return [{ type: 'zone', zone, ordinal, ...onSheet }];
  }
  if (kind.kind === 'paragraph') return paragraphNames(labelOfParagraph(kind.paragraph), sheet);
  if (kind.kind === 'block') return [{ type: 'block', ordinal: kind.ordinal }];
  if (kind.kind !== 'row') return [];
  if (!worksheets.has(kind.worksheet)) worksheets.set(kind.worksheet, worksheets.size + 1);
  return [{ type: 'row', worksheet: worksheets.get(kind.worksheet) ?? 0, row: kind.row }];
}

function paragraphNames(label: string, sheet: number): readonly Anchor[] {
  if (label === '') return [];
  const bare: Anchor = { type: 'paragraph', label };
  return sheet === 0 ? [bare] : [bare, { ...bare, sheet }];
}

/** Names by what is printed on paper: page and line, else sheet and line, else the whole page or sheet. */
function paperNames(lines: LineTable, line: number): readonly Anchor[] {
  const page = lines.pages[line] ?? 0;
  const number = lines.numbers[line] ?? 0;
  const sheet = lines.sheets[line] ?? 0;
  const onSheet: readonly { readonly sheet?: number }[] = sheet === 0 ? [{}] : [{}, { sheet }];
  if (page > 0 && number > 0) return onSheet.map((given) => ({ type: 'line', page, line: number, ...given }));
  if (page > 0) return onSheet.map((given) => ({ type: 'page', page, ...given }));
  if (sheet === 0) return [];
  return number > 0 ? [{ type: 'sheet-line', sheet, line: number }] : [{ type: 'sheet', sheet }];
}

/** Up to so many pages are looked for one by one, which for each costs a pass over the lines, but of the quickest kind. */
const fewPages = 16;

/** The same as `pageRuns` has under `page`. */
function runsOfPage({ pages, sheets }: LineTable, page: number): readonly PageRun[] {
  const runs: { page: number; sheet: number; from: number; to: number }[] = [];
  if (page === 0) return runs;
  for (let i = pages.indexOf(page); i >= 0; i = pages.indexOf(page, i + 1)) {
    const sheet = sheets[i] ?? 0;
    const run = runs.at(-1);
    if (run !== undefined && run.sheet === sheet && isUnnumbered(pages, run.to, i)) run.to = i + 1;
    else runs.push({ page, sheet, from: i, to: i + 1 });
  }
  return runs;
}

/** Whether the lines `[from, to)` have no printed page. */
function isUnnumbered(pages: Uint32Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (pages[i] !== 0) return false;
  return true;
}

/** Lines without a printed page between two lines of the same page belong to that page. */
function pageRuns({ pages, sheets }: LineTable): Map<number, readonly PageRun[]> {
  const runs: { page: number; sheet: number; from: number; to: number }[] = [];
  for (let i = 0; i < pages.length; i++) {
    const page = pages[i] ?? 0;
    const sheet = sheets[i] ?? 0;
    const run = runs.at(-1);
    if (page === 0) continue;
    if (run !== undefined && run.page === page && run.sheet === sheet) run.to = i + 1;
    else runs.push({ page, sheet, from: i, to: i + 1 });
  }
  const byPage = new Map<number, PageRun[]>();
  for (const run of runs) {
    const known = byPage.get(run.page);
    if (known === undefined) byPage.set(run.page, [run]);
    else known.push(run);
  }
  return byPage;
}

/** First line and line after the last of each sheet. */
function sheetRanges({ sheets }: LineTable): ReadonlyMap<number, readonly [number, number]> {
  const ranges = new Map<number, [number, number]>();
  for (let i = 0; i < sheets.length; i++) {
    const sheet = sheets[i] ?? 0;
    const range = ranges.get(sheet);
    if (sheet === 0) continue;
    if (range === undefined) ranges.set(sheet, [i, i + 1]);
    else range[1] = i + 1;
  }
  return ranges;
}
