import type { Doubt } from '../../model/place.ts';
import type { Layout } from '../layout.ts';
import { none, putPages, roomFor } from './line-room.ts';
import { columnWidth, type NumberCandidates, putCandidates } from './number-column.ts';
import type { PageExtent } from './printed-pages.ts';

/** Printed line numbers by line of the layout. `tokens` is 1 where a number is printed on the line. */
export interface NumberTable {
  readonly numbers: Uint32Array;
  readonly tokens: Uint8Array;
  readonly doubts: Map<number, Doubt>;
}

export function emptyTable(lines: number): NumberTable {
  return { numbers: new Uint32Array(lines), tokens: new Uint8Array(lines), doubts: new Map() };
}

/** Where the numbers of one page stand. */
export interface LineNumbers {
  /** Left edge of the column of numbers. */
  readonly left: number;
  /** Lines of the layout before this one, and from `lastLine` + 1 on, are outside the numbered text. */
  readonly firstLine: number;
  readonly lastLine: number;
}

interface Settings {
  /** Where the numbers go. */
  readonly into: NumberTable;
  readonly cell: number;
  /** The usual number of lines on a page. */
  readonly usual: number;
}

/** A line that has text or a number in the column of numbers. `value` is 0 where none is printed in plain digits. */
interface Entry {
  readonly line: number;
  readonly value: number;
  readonly token: boolean;
}

/**
 * Numbers the lines of each page from what is printed and, where that fails, from the neighbours. Undefined for a page that
 * has no column of numbers. A number is believed when a neighbour at most two lines away agrees with it.
 */
export function numberPages(
  layout: Layout,
  candidates: NumberCandidates,
  extents: readonly PageExtent[],
  settings: Settings,
): (LineNumbers | undefined)[] {
  const { cell, usual, into } = settings;
  const room = roomFor(layout.lines.length);
  putCandidates(room, candidates);
  putPages(room, extents);
  room.calls.findColumns(extents.length, cell * columnWidth);
  const lefts = room.pageLefts.slice(0, extents.length);
  for (const [order, left] of loneLefts(layout, candidates, extents, lefts, cell)) lefts[order] = left;
  room.pageLefts.set(lefts);
  const feet = extents.map((extent) => footStart(layout, candidates, extent, usual));
  room.lists[2].set(feet);
  room.calls.numberPlainPages(extents.length, cell * columnWidth, usual);
  into.numbers.set(room.numbers.subarray(0, into.numbers.length));
  into.tokens.set(room.tokens.subarray(0, into.tokens.length));
  const [firsts, lasts] = [room.lists[0].slice(0, extents.length), room.lists[1].slice(0, extents.length)];
  return extents.map(({ first }, order) => {
    const left = lefts[order] as number; // as many as pages
    const [firstLine = none, lastLine = none] = [firsts[order], lasts[order]];
    if (left === Number.POSITIVE_INFINITY) return undefined;
    if (firstLine !== none) return { left, firstLine, lastLine };
    return numberPage(layout, candidates, { first, end: feet[order] as number }, left, settings);
  });
}

/** Numbers the lines of a page on which some have no number of their own, or another than it should be. */
function numberPage(
  layout: Layout,
  candidates: NumberCandidates,
  numbered: PageExtent,
  left: number,
  settings: Settings,
): LineNumbers | undefined {
  const entries = entriesOf(layout, candidates, numbered, left, settings.cell);
  const page = new PageNumbering(settings.into, left);
  const anchors = isLoneFirst(entries) ? [0] : believed(entries);
  const [firstAnchor, lastAnchor] = [anchors[0], anchors.at(-1)];
  if (firstAnchor === undefined || lastAnchor === undefined) return undefined;
  for (const [order, anchor] of anchors.entries()) {
    const entry = entries[anchor];
    if (entry === undefined) continue;
    page.set(entry, entry.value);
    const next = anchors[order + 1];
    if (next !== undefined) numberBetween(page, entries, anchor, next);
  }
  const pitch = usualStep(layout, entries, anchors);
  extendUp(layout, page, entries, firstAnchor, pitch);
  extendDown(layout, page, entries, lastAnchor, pitch, settings.usual);
  doubtTwoPages(page, entries, anchors);
  doubtTwins(page, entries, settings.into);
  doubtBehindRepeated(page, entries, settings);
  return page.result();
}

/** A number that two lines of a page have is surely that of one alone, however far they lie apart. */
function doubtTwins(page: PageNumbering, entries: readonly Entry[], { numbers, doubts }: NumberTable): void {
  const seen = new Map<number, Entry>();
  for (const entry of entries) {
    const number = numbers[entry.line] ?? 0;
    if (number === 0) continue;
    const twin = seen.get(number);
    seen.set(number, entry);
    for (const own of twin === undefined ? [] : [twin, entry])
      if (!doubts.has(own.line)) page.doubt(own, 'line-repeated');
  }
}

/**
 * Where a number comes twice and one is skipped further down, or the usual last one is lacking, the lines between may each
 * be the next: the numbers of two are misread.
 */
function doubtBehindRepeated(
  page: PageNumbering,
  entries: readonly Entry[],
  { into, usual }: Settings,
): void {
  if (goUp(entries)) return;
  const numbered = entries.filter(({ line }) => (into.numbers[line] ?? 0) > 0);
  const numberAt = (at: number) => into.numbers[numbered[at]?.line ?? -1] ?? 0;
  let behind: Entry[] | undefined;
  for (const [at, entry] of numbered.entries()) {
    const [before, number] = [numberAt(at - 1), numberAt(at)];
    const isTwice = entry.value === number && numbered[at - 1]?.value === number;
    if (isTwice) behind = [];
    else if (behind !== undefined) {
      const isSkipped = number === before + 2;
      if (!isSkipped) behind.push(entry);
      if (!isSkipped && (at < numbered.length - 1 || number !== usual - 1)) continue;
      for (const own of behind) if (!into.doubts.has(own.line)) page.doubt(own, 'line-repeated');
      behind = undefined;
    }
  }
}

/** Whether no printed number comes twice or goes back, as on nearly all pages. */
function goUp(entries: readonly Entry[]): boolean {
  let last = 0;
  for (let at = 0; at < entries.length; at++) {
    const value = entries[at]?.value ?? 0;
    if (value <= 0) continue;
    if (value <= last) return false;
    last = value;
  }
  return true;
}

/** A page of one line has at most so many lines with text, heads and feet among them. */
const fewestFilled = 6;

/** Pages, by order, on which one line is numbered and no more, and where its number stands: in the column that other pages have. */
function loneLefts(
  layout: Layout,
  { values, exact, lefts, ends, lengths }: NumberCandidates,
  extents: readonly PageExtent[],
  columns: Float64Array,
  cell: number,
): [number, number][] {
  const known = columns.filter(Number.isFinite).sort();
  const usual = known[known.length >> 1];
  if (usual === undefined || known.length === columns.length) return [];
  return extents.flatMap(({ first, end }, order): [number, number][] => {
    if (Number.isFinite(columns[order]) || end - first > fewestFilled * 4) return [];
    const filled: number[] = [];
    for (let line = first; line < end; line++) if (layout.lines[line]?.text.trim() !== '') filled.push(line);
    const inColumn = filled.filter(
      (line) => exact[line] === 1 && Math.abs((lefts[line] ?? 0) - usual) <= cell * columnWidth,
    );
    const [one, other] = inColumn;
    if (one === undefined || other !== undefined || filled.length > fewestFilled) return [];
    if (values[one] !== 1 || (ends[one] ?? 0) >= (lengths[one] ?? 0)) return [];
    return [[order, lefts[one] as number]]; // one is a line
  });
}

function isLoneFirst(entries: readonly Entry[]): boolean {
  const [first, ...others] = entries.filter(({ value }) => value > 0);
  return first?.value === 1 && first === entries[0] && others.length === 0;
}

/**
 * Where a foot begins that holds nothing but a number, after the line that is usually last: a page number that stands
 * under the line numbers. The end of the page when there is none.
 */
function footStart(
  layout: Layout,
  { values, exact, ends, lengths }: NumberCandidates,
  { first, end }: PageExtent,
  usual: number,
): number {
  let last = end - 1;
  while (last > first && (lengths[last] === 0 || layout.lines[last]?.text.trim() === '')) last--;
  const bare = exact[last] === 1 && (ends[last] ?? 0) >= (lengths[last] ?? 0);
  if (!bare) return end;
  for (let index = last - 1; index >= first; index--) {
    if ((layout.lines[index]?.text.trim() ?? '') === '') continue;
    return exact[index] === 1 && values[index] === usual ? last : end;
  }
  return end;
}

class PageNumbering {
  readonly #into: NumberTable;
  readonly #left: number;
  #firstLine = Number.POSITIVE_INFINITY;
  #lastLine = -1;

  constructor(into: NumberTable, left: number) {
    this.#into = into;
    this.#left = left;
  }

  set(entry: Entry, number: number, doubt?: Doubt): void {
    this.#into.numbers[entry.line] = number;
    this.#into.tokens[entry.line] = entry.token ? 1 : 0;
    if (doubt !== undefined) this.#into.doubts.set(entry.line, doubt);
    this.#firstLine = Math.min(this.#firstLine, entry.line);
    this.#lastLine = Math.max(this.#lastLine, entry.line);
  }

  doubt(entry: Entry, doubt: Doubt): void {
    this.#into.doubts.set(entry.line, doubt);
  }

  result(): LineNumbers {
    return { left: this.#left, firstLine: this.#firstLine, lastLine: this.#lastLine };
  }
}

/** Left edges of the numbers of the pages: the smallest among candidates that are followed by their successor; Infinity without any. */
export function columnLefts(
  candidates: NumberCandidates,
  extents: readonly PageExtent[],
  cell: number,
): Float64Array {
  const room = roomFor(candidates.lengths.length);
  putCandidates(room, candidates);
  putPages(room, extents);
  room.calls.findColumns(extents.length, cell * columnWidth);
  return room.pageLefts.slice(0, extents.length);
}

function entriesOf(
  layout: Layout,
  { values, exact, lefts }: NumberCandidates,
  { first, end }: PageExtent,
  left: number,
  cell: number,
): Entry[] {
  const entries: Entry[] = [];
  for (let index = first; index < end; index++) {
    const line = layout.lines[index];
    if (line === undefined || line.zone !== undefined) continue;
    const value = values[index] ?? -1;
    const inColumn = value >= 0 && Math.abs((lefts[index] ?? 0) - left) <= cell * columnWidth;
    if (inColumn) entries.push({ line: index, value: exact[index] === 1 ? value : 0, token: true });
    else if (line.text.trim() !== '') entries.push({ line: index, value: 0, token: false });
  }
  return entries;
}

/** Indices of entries whose printed number fits that of another at most two entries away. */
function believed(entries: readonly Entry[]): number[] {
  const anchors: number[] = [];
  for (const [index, entry] of entries.entries()) {
    if (entry.value === 0) continue;
    for (const step of [-1, 1, -2, 2]) {
      const other = entries[index + step];
      if (other !== undefined && other.value > 0 && other.value === entry.value + step) {
        anchors.push(index);
        break;
      }
    }
  }
  return anchors;
}

/** How far numbers go back where another page begins. */
const leastBack = 5;

/** Where the numbers begin anew in the middle, or at once behind a head, there are two pages, and one page number: nothing shows whose. */
function doubtTwoPages(page: PageNumbering, entries: readonly Entry[], anchors: readonly number[]): void {
  const valueAt = (order: number) => entries[anchors[order] ?? -1]?.value ?? 0;
  const isTwo = anchors.some((anchor, order) => {
    const [before, value, next, after] = [-1, 0, 1, 2].map((step) => valueAt(order + step));
    if (before === undefined || value === undefined || next === undefined || after === undefined)
      return false;
    const anew = value <= before - leastBack && after < before;
    const behindHead = value === 1 && before > 0 && entries[anchor - 1]?.value === 0;
    return (anew || behindHead) && next > value && after > next;
  });
  if (isTwo) for (const entry of entries) page.doubt(entry, 'page-missing');
}

/** Numbers the entries between two believed ones, and says what is wrong with the step from one to the other. */
function numberBetween(page: PageNumbering, entries: readonly Entry[], from: number, to: number): void {
  const [before, after] = [entries[from], entries[to]];
  if (before === undefined || after === undefined) return;
  const between = entries.slice(from + 1, to);
  const missing = after.value - before.value - 1;
  if (between.length === 0) {
    if (missing > 0) page.doubt(after, 'line-missing');
    else if (missing === -1) {
      page.doubt(before, 'line-repeated');
      page.set(after, after.value, 'line-repeated');
    } else if (missing < -1) page.doubt(after, 'line-out-of-order');
    return;
  }
  if (missing === between.length) numberExactly(page, between, before.value);
  else numberSomehow(page, between, before.value, after.value);
  if (missing > between.length) page.doubt(after, 'line-missing');
  if (missing < -1) page.doubt(after, 'line-out-of-order');
}

/** As many lines as numbers are wanted. Numbers that are all there in another order are kept, and doubted. */
function numberExactly(page: PageNumbering, between: readonly Entry[], start: number): void {
  const printed = between.map((entry) => entry.value).sort((a, b) => a - b);
  const shuffled = printed.every((value, index) => value === start + 1 + index);
  for (const [index, entry] of between.entries()) {
    const wanted = start + 1 + index;
    if (entry.value === wanted) page.set(entry, wanted);
    else if (shuffled) page.set(entry, entry.value, 'line-out-of-order');
    else page.set(entry, wanted, 'line-repaired');
  }
}

/** More or fewer lines than numbers: a line without one is cited by the number before it, and doubted. */
function numberSomehow(page: PageNumbering, between: readonly Entry[], start: number, end: number): void {
  let last = start;
  for (const entry of between) {
    if (entry.value > last && entry.value < end) {
      page.set(entry, entry.value, 'line-missing');
      last = entry.value;
    } else if (entry.value > 0) {
      page.set(entry, entry.value, entry.value === last ? 'line-repeated' : 'line-out-of-order');
    } else page.set(entry, last, 'line-missing');
  }
}

/** The median distance between the tops of neighbouring believed lines. */
function usualStep(layout: Layout, entries: readonly Entry[], anchors: readonly number[]): number {
  const steps: number[] = [];
  for (let order = 1; order < anchors.length; order++) {
    const [a, b] = [entries[anchors[order - 1] ?? -1], entries[anchors[order] ?? -1]];
    if (!a || !b || b.value !== a.value + 1) continue;
    steps.push((layout.lines[b.line]?.top ?? 0) - (layout.lines[a.line]?.top ?? 0));
  }
  return new Float64Array(steps).sort()[steps.length >> 1] ?? 12;
}

const pageNumberAlone = /^\W*(?:page\s*)?\d{1,5}\W*(?:of\s+\d+)?\W*$/i;

/** A line next to a numbered one that carries a misread number, or none but stands where the next line must. */
function continuesColumn(layout: Layout, entry: Entry, neighbour: Entry, pitch: number): boolean {
  if (entry.token && entry.value === 0) return true;
  const [line, other] = [layout.lines[entry.line], layout.lines[neighbour.line]];
  if (line === undefined || other === undefined || pageNumberAlone.test(line.text)) return false;
  if (!entry.token && line.text.trim().length < 3) return false;
  const step = Math.abs(line.top - other.top);
  return step <= pitch * 1.15 && step >= pitch * 0.6;
}

/** Whether the line carries a number of its own that is as many lines away from its neighbour's as its place on the page. */
function skips(layout: Layout, entry: Entry, neighbour: Entry, apart: number, pitch: number): boolean {
  if (!entry.token || entry.value === 0 || apart < 2) return false;
  const [line, other] = [layout.lines[entry.line], layout.lines[neighbour.line]];
  const step = Math.abs((line?.top ?? 0) - (other?.top ?? 0));
  return Math.abs(step - apart * pitch) <= pitch * 0.5;
}

function extendUp(
  layout: Layout,
  page: PageNumbering,
  entries: readonly Entry[],
  from: number,
  pitch: number,
): void {
  let number = entries[from]?.value ?? 0;
  for (let index = from - 1; index >= 0; index--) {
    const [entry, below] = [entries[index], entries[index + 1]];
    if (!entry || !below) return;
    if (skips(layout, entry, below, number - entry.value, pitch)) {
      page.doubt(below, 'line-missing');
      number = entry.value;
    } else if (--number < 1 || !continuesColumn(layout, entry, below, pitch)) return;
    page.set(entry, number, entry.value === number ? undefined : 'line-repaired');
  }
}

function extendDown(
  layout: Layout,
  page: PageNumbering,
  entries: readonly Entry[],
  from: number,
  pitch: number,
  usual: number,
): void {
  let number = entries[from]?.value ?? 0;
  for (let index = from + 1; index < entries.length; index++) {
    const [entry, above] = [entries[index], entries[index - 1]];
    if (!entry || !above) return;
    const skipped = entry.value <= usual && skips(layout, entry, above, entry.value - number, pitch);
    if (skipped) number = entry.value;
    else if (++number > usual || !continuesColumn(layout, entry, above, pitch)) return;
    const repaired = entry.value === number ? undefined : 'line-repaired';
    page.set(entry, number, skipped ? 'line-missing' : repaired);
  }
}
