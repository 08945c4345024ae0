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
import type { Layout } from './layout.ts';

type RunZone = ZoneRun['zone'];

interface BegunPassage {
  readonly start: number;
  readonly kind: PassageKind;
  readonly turn: number;
  readonly exchange: number;
  readonly doubt: Doubt | undefined;
}

export interface PassageOptions {
  /** Default: one more than the passage before. */
  readonly turn?: number;
  /** Default: the passage's turn. */
  readonly exchange?: number;
  readonly doubt?: Doubt | undefined;
}

/**
 * Collects what a recogniser finds and makes an `Outline` whose invariants hold whatever was put in: runs ascend and
 * do not overlap, body passages tile what is not in a run, white space between passages belongs to nobody.
 * Calls may come in any order of offsets; ascending ones are quickest.
 */
export class OutlineBuilder {
  readonly #layout: Layout;
  readonly #lines: LineTable;
  readonly #runs: OwnedRun[] = [];
  readonly #passages: BegunPassage[] = [];
  readonly #sheets = new Map<number, SheetRow>();
  #day: number | undefined;

  /** Lines start with the layout's sheets, no printed page, no number, no doubt. */
  constructor(layout: Layout) {
    this.#layout = layout;
    const count = layout.lines.length;
    this.#lines = {
      starts: new Uint32Array(count),
      sheets: new Uint32Array(count),
      pages: new Uint32Array(count),
      numbers: new Uint32Array(count),
      doubts: new Uint8Array(count),
    };
    for (const [index, line] of layout.lines.entries()) {
      this.#lines.starts[index] = index === 0 ? 0 : line.start;
      this.#lines.sheets[index] = line.sheet;
    }
    for (const { sheet, problem } of layout.sheets) if (problem !== undefined) this.sheet({ sheet, problem });
  }

  /** Printed page and printed line number of a line of the layout, by its index; 0 where there is none. */
  line(index: number, page: number, number: number, doubt?: Doubt): void {
    this.#lines.pages[index] = page;
    this.#lines.numbers[index] = number;
    if (doubt !== undefined) this.#lines.doubts[index] = doubts.indexOf(doubt) + 1;
  }

  /**
   * A stretch that is not running body text. Empty stretches are ignored, overlaps go to the one that begins first.
   * `kind` is how the stretch is cited; a page of its sheet, or a line of its file, when not given.
   */
  run(start: number, end: number, zone: RunZone, kind?: PassageKind): void {
    if (start < end) this.#runs.push({ start, end, zone, kind });
  }

  /** A body passage begins here and goes on to where the next begins. Vanishes when it has no text of its own. */
  passage(start: number, kind: PassageKind, options: PassageOptions = {}): void {
    const turn = options.turn ?? (this.#passages.at(-1)?.turn ?? 0) + 1;
    this.#passages.push({ start, kind, turn, exchange: options.exchange ?? turn, doubt: options.doubt });
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
    const runs = this.#orderedRuns();
    const { body, gaps } = tileBody(this.#layout.text, sortIfNeeded(this.#passages), runs);
    const outline = {
      lines: this.#lines,
      runs: withGaps(runs, gaps),
      passages: [...body, ...this.#zonePassages(runs)],
      sheets: [...this.#sheets.values()].sort((a, b) => a.sheet - b.sheet),
    };
    return this.#day === undefined ? outline : { ...outline, day: this.#day };
  }

  /** Ascending and without overlaps; the builder's own list when it is so already. */
  #orderedRuns(): readonly OwnedRun[] {
    const sorted = sortIfNeeded(this.#runs);
    let end = 0;
    const tidy = sorted.every((run) => {
      const apart = run.start >= end;
      end = run.end;
      return apart;
    });
    return tidy ? sorted : withoutOverlaps(sorted);
  }

  #zonePassages(runs: readonly OwnedRun[]): Passage[] {
    const fallback: PassageKind = this.#layout.sheets.length > 0 ? { kind: 'page' } : { kind: 'line' };
    const passages: Passage[] = [];
    for (const { start, end, zone, kind } of runs) {
      if (zone === 'unindexed') continue;
      passages.push({ start, end, zone: zone satisfies Zone, kind: kind ?? fallback, turn: 0, exchange: 0 });
    }
    return passages;
  }
}

interface OwnedRun {
  readonly start: number;
  readonly end: number;
  readonly zone: RunZone;
  readonly kind: PassageKind | undefined;
}

function withoutOverlaps(sorted: readonly OwnedRun[]): OwnedRun[] {
  const kept: OwnedRun[] = [];
  let end = 0;
  for (const run of sorted) {
    const start = Math.max(run.start, end);
    if (start >= run.end) continue;
    kept.push(start === run.start ? run : { ...run, start });
    end = run.end;
  }
  return kept;
}

function sortIfNeeded<T extends { readonly start: number }>(items: readonly T[]): readonly T[] {
  for (let index = 1; index < items.length; index++) {
    const [before, here] = [items[index - 1], items[index]];
    if (before && here && before.start > here.start) return [...items].sort((a, b) => a.start - b.start);
  }
  return items;
}

/**
 * Cuts each passage to its own text: from its first character that is neither white space nor in a run to its last.
 * What lies between passages comes back as `gaps`.
 */
function tileBody(text: string, begun: readonly BegunPassage[], runs: readonly OwnedRun[]) {
  const body: Passage[] = [];
  /** Starts and ends in turn. */
  const gaps: number[] = [];
  let nextRun = 0;
  let covered = 0;
  const fill = (end: number, from: number) => {
    for (let index = from; covered < end; index++) {
      const run = runs[index];
      const stop = Math.min(run?.start ?? end, end);
      if (covered < stop) gaps.push(covered, stop);
      covered = Math.max(covered, run && run.start < end ? Math.min(run.end, end) : end);
    }
  };
  for (const [index, passage] of begun.entries()) {
    const limit = begun[index + 1]?.start ?? text.length;
    const from = Math.max(index === 0 ? 0 : passage.start, covered);
    while ((runs[nextRun]?.end ?? text.length) <= covered && nextRun < runs.length) nextRun++;
    const extent = contentExtent(text, from, limit, runs, nextRun);
    if (extent === undefined) continue;
    fill(extent.start, nextRun);
    body.push(toPassage(passage, extent));
    covered = extent.end;
    nextRun = extent.run;
  }
  fill(text.length, nextRun);
  return { body, gaps };
}

function toPassage(passage: BegunPassage, extent: { start: number; end: number }): Passage {
  const { kind, turn, exchange, doubt } = passage;
  const made: Passage = { start: extent.start, end: extent.end, zone: 'body', kind, turn, exchange };
  return doubt === undefined ? made : { ...made, doubt };
}

/** First and last+1 offset of text in [from, limit) outside runs, and the first run that ends after it; undefined when there is none. */
function contentExtent(
  text: string,
  from: number,
  limit: number,
  runs: readonly OwnedRun[],
  firstRun: number,
) {
  let start = -1;
  let end = -1;
  let endRun = firstRun;
  let position = from;
  let index = firstRun;
  while (position < limit) {
    while ((runs[index]?.end ?? Number.POSITIVE_INFINITY) <= position) index++;
    const run = runs[index];
    if (run && run.start <= position) {
      position = run.end;
      continue;
    }
    const stop = Math.min(run?.start ?? limit, limit);
    const first = skipSpace(text, position, stop);
    if (first < stop) {
      if (start < 0) start = first;
      end = skipSpaceBack(text, stop, first);
      endRun = index;
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
function withGaps(runs: readonly OwnedRun[], gaps: readonly number[]): RunTable {
  const most = runs.length + gaps.length / 2;
  const starts = new Uint32Array(most);
  const ends = new Uint32Array(most);
  const zones = new Uint8Array(most);
  let count = 0;
  const put = (start: number, end: number, zone: number) => {
    if (zone === unindexedCode && count > 0 && zones[count - 1] === zone && ends[count - 1] === start)
      count--;
    else starts[count] = start;
    ends[count] = end;
    zones[count++] = zone;
  };
  let gap = 0;
  for (const run of runs) {
    for (; (gaps[gap] ?? Number.POSITIVE_INFINITY) < run.start; gap += 2)
      put(gaps[gap] ?? 0, gaps[gap + 1] ?? 0, unindexedCode);
    put(run.start, run.end, runZones.indexOf(run.zone));
  }
  for (; gap < gaps.length; gap += 2) put(gaps[gap] ?? 0, gaps[gap + 1] ?? 0, unindexedCode);
  return { starts: starts.slice(0, count), ends: ends.slice(0, count), zones: zones.slice(0, count) };
}
