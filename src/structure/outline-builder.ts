import { GrowingColumn } from '../model/growing-column.ts';
import {
  type LineTable,
  type Outline,
  type Passage,
  type RunTable,
  runZones,
  type SheetRow,
  unindexedCode,
  type ZoneRun,
} from '../model/outline.ts';
import { type Doubt, doubts, type PassageKind, type Zone } from '../model/place.ts';
import { GatheredRuns, type OrderedRuns } from './gathered-runs.ts';
import type { Layout, LayoutLine, LayoutSheet } from './layout.ts';

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

  /** `line` for the lines `first` to `end` − 1, which stand on one printed page. `numbers` has those of every line of the layout. */
  linesOnPage(first: number, end: number, page: number, numbers: Uint32Array): void {
    this.#lines.pages.fill(page, first, end);
    this.#lines.numbers.set(numbers.subarray(first, end), first);
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
    const { body, gaps } = tileBody(this.#layout.text, sortIfNeeded(this.#passages), runs);
    const outline = {
      lines: this.#lines,
      runs: withGaps(runs, gaps),
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
  const count = lines.length;
  const table = {
    starts: new Uint32Array(count),
    sheets: new Uint32Array(count),
    pages: new Uint32Array(count),
    numbers: new Uint32Array(count),
    doubts: new Uint8Array(count),
  };
  for (let index = 0; index < count; index++) {
    const line = lines[index] as LayoutLine; // index < count
    table.starts[index] = index === 0 ? 0 : line.start;
    table.sheets[index] = line.sheet;
  }
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

/**
 * Cuts each passage to its own text: from its first character that is neither white space nor in a run to its last.
 * What lies between passages comes back as `gaps`, starts and ends in turn.
 */
function tileBody(text: string, begun: readonly BegunPassage[], runs: OrderedRuns) {
  const body: Passage[] = [];
  const gaps = new GrowingColumn();
  const { count, ends } = runs;
  let nextRun = 0;
  let covered = 0;
  for (let index = 0; index < begun.length; index++) {
    const passage = begun[index] as BegunPassage; // index < length
    const limit = begun[index + 1]?.start ?? text.length;
    const from = Math.max(index === 0 ? 0 : passage.start, covered);
    while (nextRun < count && (ends[nextRun] as number) <= covered) nextRun++;
    const extent = contentExtent(text, from, limit, runs, nextRun);
    if (extent === undefined) continue;
    fillGaps(gaps, covered, extent.start, runs, nextRun);
    passage.start = extent.start;
    passage.end = extent.end;
    body.push(passage);
    covered = extent.end;
    nextRun = extent.run;
  }
  fillGaps(gaps, covered, text.length, runs, nextRun);
  return { body, gaps: gaps.values };
}

/** Adds what lies in `[covered, end)` outside the runs from `firstRun` on. */
function fillGaps(
  gaps: GrowingColumn,
  covered: number,
  end: number,
  { starts, ends }: OrderedRuns,
  firstRun: number,
) {
  for (let run = firstRun; covered < end; run++) {
    // The run behind the last begins behind the text, so that this comes to an end before it.
    const start = starts[run] as number;
    const stop = Math.min(start, end);
    if (covered < stop) {
      gaps.push(covered);
      gaps.push(stop);
    }
    covered = Math.max(covered, start < end ? Math.min(ends[run] as number, end) : end);
  }
}

/** First and last+1 offset of text in [from, limit) outside runs, and the first run that ends after it; undefined when there is none. */
function contentExtent(
  text: string,
  from: number,
  limit: number,
  { starts, ends }: OrderedRuns,
  firstRun: number,
) {
  let start = -1;
  let end = -1;
  let run = firstRun;
  let endRun = firstRun;
  // The run behind the last begins behind the text.
  for (let position = from; position < limit; ) {
    while ((ends[run] as number) <= position) run++;
    const runStart = starts[run] as number;
    if (runStart <= position) {
      position = ends[run] as number;
      continue;
    }
    const stop = runStart < limit ? runStart : limit;
    const first = skipSpace(text, position, stop);
    if (first < stop) {
      if (start < 0) start = first;
      end = skipSpaceBack(text, stop, first);
      endRun = run;
    }
    position = stop;
  }
  return start < 0 ? undefined : { start, end, run: endRun };
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

function skipSpace(text: string, from: number, to: number): number {
  while (from < to && isSpace(text.charCodeAt(from))) from++;
  return from;
}

function skipSpaceBack(text: string, from: number, to: number): number {
  while (from > to && isSpace(text.charCodeAt(from - 1))) from--;
  return from;
}

/** Runs and gaps in one ascending list; gaps are unindexed, and unindexed neighbours become one run. */
function withGaps(runs: OrderedRuns, gaps: Uint32Array): RunTable {
  const most = runs.count + gaps.length / 2;
  const starts = new Uint32Array(most);
  const ends = new Uint32Array(most);
  const zones = new Uint8Array(most);
  let count = 0;
  let end = -1;
  let zone = -1;
  let [run, gap] = [0, 0];
  for (let left = most; left > 0; left--) {
    const runStart = runs.starts[run] as number; // behind the text for the run behind the last
    const isGap = gap < gaps.length && (gaps[gap] as number) < runStart;
    const start = isGap ? (gaps[gap] as number) : runStart;
    const nextZone = isGap ? unindexedCode : (runs.zones[run] as number);
    const goesOn = zone === unindexedCode && nextZone === zone && start === end;
    end = isGap ? (gaps[gap + 1] as number) : (runs.ends[run] as number);
    zone = nextZone;
    if (isGap) gap += 2;
    else run++;
    if (!goesOn) {
      starts[count] = start;
      zones[count++] = zone;
    }
    ends[count - 1] = end;
  }
  return { starts: starts.slice(0, count), ends: ends.slice(0, count), zones: zones.slice(0, count) };
}
