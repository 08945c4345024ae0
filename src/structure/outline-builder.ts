import {
  type LineTable,
  type Outline,
  type Passage,
  runZones,
  type SheetRow,
  unindexedCode,
  type ZoneRun,
} from '../model/outline.ts';
import { type Doubt, doubts, type PassageKind, type Zone } from '../model/place.ts';
import { GatheredRuns, type OrderedRuns, type RunColumns } from './gathered-runs.ts';
import type { Layout, LayoutLine, LayoutSheet } from './layout.ts';
import { columnsOf } from './line-columns.ts';
import { nowhere, type Tiling, tileText } from './tiling.ts';

type RunZone = ZoneRun['zone'];

/** A body passage, which gets its own start and end when all are known. There may be a million: each is made once. */
type BegunPassage = Omit<Passage, 'start' | 'end'> & { start: number; end: number };

export interface PassageOptions {
  /** Default: one more than the passage before. */
  readonly turn?: number;
  /** Default: the passage's turn. */
  readonly exchange?: number;
  readonly doubt?: Doubt | undefined;
}

/** What an outline is made for: a layout, or one whose lines are in columns already. */
type OutlinedText = Omit<Layout, 'lines'> & { readonly lines: Layout['lines'] | LineTable };

/**
 * Collects what a recogniser finds and makes an `Outline` whose invariants hold whatever was put in: runs ascend and
 * do not overlap, body passages tile what is not in a run, white space between passages belongs to nobody.
 * Calls may come in any order of offsets; ascending ones are quickest.
 */
export class OutlineBuilder {
  readonly #layout: OutlinedText;
  readonly #lines: LineTable;
  readonly #runs = new GatheredRuns();
  readonly #passages: BegunPassage[] = [];
  readonly #sheets = new Map<number, SheetRow>();
  #day: number | undefined;

  /** Lines start with the layout's sheets, no printed page, no number, no doubt. */
  constructor(layout: OutlinedText) {
    this.#layout = layout;
    this.#lines = 'starts' in layout.lines ? layout.lines : tableOf(layout.lines);
    for (const sheet of layout.sheets) if (isRemarkable(sheet)) this.sheet(rowOf(sheet));
  }

  /** Printed page and printed line number of a line of the layout, by its index; 0 where there is none. */
  line(index: number, page: number, number: number, doubt?: Doubt): void {
    this.#lines.pages[index] = page;
    this.#lines.numbers[index] = number;
    if (doubt !== undefined) this.doubtLine(index, doubt);
  }

  /** The printed page of the lines `first` to `end` − 1. */
  linesOnPage(first: number, end: number, page: number): void {
    if (page !== 0) this.#lines.pages.fill(page, first, end);
  }

  /** The printed numbers of all lines of the layout. */
  lineNumbers(numbers: Uint32Array): void {
    this.#lines.numbers.set(numbers);
  }

  doubtLine(index: number, doubt: Doubt): void {
    this.#lines.doubts[index] = doubts.indexOf(doubt) + 1;
  }

  /**
   * A stretch that is not running body text. Empty stretches are ignored, overlaps go to the one that begins first.
   * `kind` is how the stretch is cited; a page of its sheet, or a line of its file, when not given.
   */
  run(start: number, end: number, zone: RunZone, kind?: PassageKind): void {
    if (start < end) this.#runs.add(start, end, runZones.indexOf(zone), kind);
  }

  /** A `run` of what is no words: the commonest. */
  unindexed(start: number, end: number): void {
    if (start < end) this.#runs.add(start, end, unindexedCode, undefined);
  }

  /** Many a `run` at once, none of them empty. `zones` are indexes of `runZones`; `kinds` how some are cited, by their order. */
  runs(runs: RunColumns): void {
    this.#runs.addAll(runs);
  }

  /** A body passage begins here and goes on to where the next begins. Vanishes when it has no text of its own. */
  passage(start: number, kind: PassageKind, options: PassageOptions = {}): void {
    const turn = options.turn ?? (this.#passages.at(-1)?.turn ?? 0) + 1;
    const exchange = options.exchange ?? turn;
    const { doubt } = options;
    const begun: BegunPassage = { start, end: start, zone: 'body', kind, turn, exchange };
    this.#passages.push(doubt === undefined ? begun : { ...begun, doubt });
  }

  /** Merges with what is known of the sheet already. */
  sheet(row: SheetRow): void {
    this.#sheets.set(row.sheet, { ...this.#sheets.get(row.sheet), ...row });
  }

  day(day: number | undefined): void {
    this.#day = day;
  }

  /** How many lines carry a printed page, in other words: distinct (sheet, page) pairs in order of the lines. */
  get pagesFound(): number {
    const { pages, sheets } = this.#lines;
    let found = 0;
    let last = '';
    for (let index = 0; index < pages.length; index++) {
      if (pages[index] === 0) continue;
      const key = `${sheets[index]}/${pages[index]}`;
      if (key !== last) found++;
      last = key;
    }
    return found;
  }

  finish(): Outline {
    const runs = this.#runs.inOrder(this.#layout.text.length + 1);
    const passages = sortIfNeeded(this.#passages);
    const tiling = tileText(this.#layout.text, Uint32Array.from(passages, startOf), runs);
    const body = tiledPassages(passages, tiling);
    const outline = {
      lines: this.#lines,
      runs: tiling.runs,
      passages: [...body, ...this.#zonePassages(runs, body)],
      sheets: [...this.#sheets.values()].sort((a, b) => a.sheet - b.sheet),
    };
    const { markup } = this.#layout;
    return {
      ...outline,
      ...(markup === undefined ? {} : { markup }),
      ...(this.#day === undefined ? {} : { day: this.#day }),
    };
  }

  /** A note, a comment or deleted text of a word processor is cited by the paragraph that it belongs to, which stands right before it. */
  #zonePassages({ count, starts, ends, zones, kinds }: OrderedRuns, body: readonly Passage[]): Passage[] {
    const fallback: PassageKind = this.#layout.sheets.length > 0 ? { kind: 'page' } : { kind: 'line' };
    let before = -1;
    const passages: Passage[] = [];
    for (let run = 0; run < count; run++) {
      if (zones[run] === unindexedCode) continue;
      const zone = runZones[zones[run] as number] as Zone; // codes are indexes of runZones, and this is not `unindexed`
      const [start, end] = [starts[run] as number, ends[run] as number]; // run < count
      while ((body[before + 1]?.start ?? end) < start) before++;
      const beside = this.#layout.geometry || !besideText.has(zone) ? undefined : paragraphKind(body[before]);
      passages.push({ start, end, zone, kind: kinds.get(run) ?? beside ?? fallback, turn: 0, exchange: 0 });
    }
    return passages;
  }
}

function tableOf(lines: readonly LayoutLine[]): LineTable {
  const { starts, sheets } = columnsOf(lines);
  const count = lines.length;
  const table = {
    starts: starts.slice(),
    sheets: sheets.slice(),
    pages: new Uint32Array(count),
    numbers: new Uint32Array(count),
    doubts: new Uint8Array(count),
  };
  // What stands before the first line belongs to it.
  table.starts.fill(0, 0, 1);
  return table;
}

const besideText: ReadonlySet<Zone> = new Set(['note', 'comment', 'hidden', 'deleted']);

/** Who speaks in testimony does not speak in a note on it. */
function paragraphKind(passage: Passage | undefined): PassageKind | undefined {
  const kind = passage?.kind;
  return kind?.kind === 'paragraph' || kind?.kind === 'block' || kind?.kind === 'row' ? kind : undefined;
}

function isRemarkable({ problem, ocr, confidence }: LayoutSheet): boolean {
  return problem !== undefined || ocr !== undefined || confidence !== undefined;
}

function rowOf({ width: _, height: __, ...row }: LayoutSheet): SheetRow {
  return row;
}

function sortIfNeeded<T extends { readonly start: number }>(items: readonly T[]): readonly T[] {
  for (let index = 1; index < items.length; index++) {
    // index < length
    if ((items[index - 1] as T).start > (items[index] as T).start)
      return [...items].sort((a, b) => a.start - b.start);
  }
  return items;
}

function startOf({ start }: BegunPassage): number {
  return start;
}

/** The passages that have text of their own, each from where it begins to where it ends. */
function tiledPassages(passages: readonly BegunPassage[], { starts, ends }: Tiling): Passage[] {
  const body: Passage[] = [];
  for (let index = 0; index < passages.length; index++) {
    const passage = passages[index] as BegunPassage; // index < length
    passage.start = starts[index] as number; // as many as passages
    passage.end = ends[index] as number;
    if (passage.start !== nowhere) body.push(passage);
  }
  return body;
}
