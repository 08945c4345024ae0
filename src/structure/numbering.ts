import type { Doubt } from '../model/place.ts';
import type { NumberFamily, NumberMark, NumberReading } from './paragraph-number.ts';

/** A paragraph whose number has been believed. */
export interface NumberedParagraph {
  /** Index of its first line in the layout. */
  readonly line: number;
  /** As printed, with the numbers it hangs under: "12", "12(a)", "4.7". */
  readonly label: string;
  /** Index of the outermost paragraph it belongs to, among those found; its own index when it is one. */
  readonly root: number;
  readonly left: number;
  /** Nothing else stands in its list. */
  readonly alone: boolean;
  readonly doubt?: Doubt;
}

interface Item {
  readonly mark: NumberMark;
  readonly reading: NumberReading;
  readonly list: OpenList;
  doubt: boolean;
}

interface OpenList {
  readonly family: NumberFamily;
  /** The item that the list began under. */
  readonly parent: Item | undefined;
  /** A heading stands between the parent and the first item. */
  readonly apart: boolean;
  /** Begins in the middle of a sequence while another goes on around it: a quotation with numbers of its own. */
  readonly foreign: boolean;
  readonly items: Item[];
  /** The last mark at each depth of number, for its left edge. */
  readonly edges: Map<number, NumberMark>;
  /** The list around it went on after it. */
  resumed: boolean;
}

/** Left edges closer than this, in points, count as the same. Covers numbers set flush right. */
const sameLeft = 14;
/** Margins of left and right pages may differ by as much. */
const looseLeft = 60;
/** How many marks ahead a sequence is looked for. */
const lookahead = 80;
/** So many numbers may be missing: where nothing counts on from the next one, and where something does. */
const widestGap = 3;
const widestKnownGap = 20;
/** Round and letter families number parts of a paragraph. */
const partFamilies: ReadonlySet<NumberFamily> = new Set(['round', 'letter', 'capital', 'roman']);

/**
 * Says which marks are paragraph numbers. A number is believed because it counts on: from the last number of its list,
 * or from 1 with another behind it. Lists lie in each other: when an outer one goes on, what lay in it was a list
 * inside a paragraph. Years, amounts and numbers at the beginning of a wrapped line count on from nothing and are left
 * in the text. Gaps are believed with a doubt on both sides. `headings` are the line indexes of headings that end a section, ascending.
 */
export function believeNumbers(
  marks: readonly NumberMark[],
  headings: readonly number[],
): NumberedParagraph[] {
  const reader = new SequenceReader(marks, headings);
  for (const index of marks.keys()) reader.read(index);
  return label(reader.items);
}

class SequenceReader {
  readonly items: Item[] = [];
  readonly #marks: readonly NumberMark[];
  readonly #headings: readonly number[];
  #open: OpenList[] = [];

  constructor(marks: readonly NumberMark[], headings: readonly number[]) {
    this.#marks = marks;
    this.#headings = headings;
  }

  read(index: number): void {
    const mark = this.#marks[index];
    if (mark === undefined) return;
    if (this.#continue(mark, sameLeft) || this.#begin(mark, index)) return;
    if (this.#continue(mark, looseLeft)) return;
    this.#leap(mark, index);
  }

  /** Takes the mark as the next of the innermost list that it counts on from. */
  #continue(mark: NumberMark, tolerance: number): boolean {
    for (let depth = this.#open.length - 1; depth >= 0; depth--) {
      const list = this.#open[depth];
      const last = list?.items.at(-1);
      if (list === undefined || last === undefined) continue;
      const reading = mark.readings.find(
        (one) => one.family === list.family && follows(last.reading.path, one.path),
      );
      if (list.foreign && reading?.path.length !== last.reading.path.length) continue;
      if (reading === undefined || !fitsLeft(list, mark, reading, tolerance)) continue;
      this.#take(list, mark, reading, false);
      this.#closeAbove(depth);
      return true;
    }
    return false;
  }

  /** Takes the mark as the first of a new list, when a second one comes. */
  #begin(mark: NumberMark, index: number): boolean {
    const first = mark.readings.filter(({ path }) => path.every((part) => part <= 1));
    const reading = first.find((one) => this.#next(one, index, mark) !== undefined);
    const only = this.#open.length === 0 || mark.automatic ? first[0] : undefined;
    const chosen = reading ?? only;
    if (chosen === undefined) return false;
    this.#push(mark, chosen, false);
    return true;
  }

  /** A number that counts on from nothing: a gap, a quotation, an extract that begins in the middle, or no number at all. */
  #leap(mark: NumberMark, index: number): void {
    if (!mark.begins) return;
    const level = this.#open.length > 0;
    const follower = mark.readings.find((reading) => this.#next(reading, index, mark, level) !== undefined);
    const list = this.#open.findLast(
      ({ family, foreign, items }) =>
        !foreign &&
        mark.readings.some((one) => one.family === family && isLater(items.at(-1)?.reading.path, one.path)),
    );
    const last = list?.items.at(-1);
    if (list === undefined || last === undefined) {
      if (follower !== undefined && !partFamilies.has(follower.family))
        this.#push(mark, follower, this.#open.length > 0);
    } else if (this.#next(last.reading, index, last.mark) !== undefined) {
      if (follower !== undefined) this.#push(mark, follower, true);
    } else this.#bridge(list, last, mark, follower === undefined ? widestGap : widestKnownGap);
  }

  /** Goes on with a list over a gap, with a doubt on both sides. */
  #bridge(list: OpenList, last: Item, mark: NumberMark, widest: number): void {
    const reading = mark.readings.find(({ family }) => family === list.family);
    if (reading === undefined || gapOf(last.reading.path, reading.path) > widest) return;
    if (!fitsLeft(list, mark, reading, sameLeft)) return;
    last.doubt = true;
    this.#take(list, mark, reading, true);
    this.#closeAbove(this.#open.indexOf(list));
  }

  #closeAbove(depth: number): void {
    for (const inner of this.#open.slice(depth + 1)) inner.resumed = true;
    this.#open.length = depth + 1;
  }

  /** The mark after `index` that counts on from a reading, standing as far left; `level` leaves out 4.8 → 5 and 4.8 → 4.8.1. */
  #next(from: NumberReading, index: number, near: NumberMark, level = false): NumberMark | undefined {
    for (let at = index + 1; at < this.#marks.length && at <= index + lookahead; at++) {
      const mark = this.#marks[at];
      const reading = mark?.readings.find(
        ({ family, path }) => family === from.family && follows(from.path, path),
      );
      if (mark === undefined || reading === undefined) continue;
      const deeper = reading.path.length !== from.path.length;
      if (deeper ? !level : standsUnder(near, mark, sameLeft)) return mark;
    }
    return undefined;
  }

  #push(mark: NumberMark, reading: NumberReading, foreign: boolean): void {
    if (!partFamilies.has(reading.family)) this.#closeParts(mark);
    const parent = this.#open.at(-1)?.items.at(-1);
    const apart = parent !== undefined && this.#isApart(parent.mark, mark);
    const list: OpenList = {
      family: reading.family,
      parent,
      apart,
      foreign,
      items: [],
      edges: new Map(),
      resumed: false,
    };
    this.#open.push(list);
    this.#take(list, mark, reading, false);
  }

  /** Parts of nothing, and parts that a heading has ended, do not go on after a list of paragraphs has begun. */
  #closeParts(mark: NumberMark): void {
    for (;;) {
      const list = this.#open.at(-1);
      const last = list?.items.at(-1);
      if (list === undefined || last === undefined || !partFamilies.has(list.family)) return;
      if (list.parent !== undefined && !this.#isApart(last.mark, mark)) return;
      this.#open.pop();
    }
  }

  #isApart(before: NumberMark, after: NumberMark): boolean {
    return this.#headings.some((line) => line > before.line && line < after.line);
  }

  #take(list: OpenList, mark: NumberMark, reading: NumberReading, doubt: boolean): void {
    const item: Item = { mark, reading, list, doubt };
    list.items.push(item);
    list.edges.set(reading.path.length, mark);
    this.items.push(item);
  }
}

/** Whether `next` is what is printed after `last`: 12 → 13, 4.7 → 4.8, 4.8, 4.7.1 or 5 or 5.1. */
function follows(last: readonly number[], next: readonly number[]): boolean {
  const common = last.findIndex((part, depth) => next[depth] !== part);
  if (common < 0) return next.length > last.length && next.slice(last.length).every((part) => part <= 1);
  const step = next[common];
  return step === (last[common] ?? 0) + 1 && next.slice(common + 1).every((part) => part <= 1);
}

function isLater(last: readonly number[] | undefined, next: readonly number[]): boolean {
  if (last === undefined || last.length !== next.length) return false;
  const differs = last.findIndex((part, depth) => next[depth] !== part);
  return differs >= 0 && (next[differs] ?? 0) > (last[differs] ?? 0);
}

/** How many numbers on from `last` the `next` is; infinite when they differ before their last part. */
function gapOf(last: readonly number[], next: readonly number[]): number {
  const depth = last.length - 1;
  if (last.slice(0, depth).some((part, at) => next[at] !== part)) return Number.POSITIVE_INFINITY;
  return (next[depth] ?? 0) - (last[depth] ?? 0);
}

function fitsLeft(list: OpenList, mark: NumberMark, reading: NumberReading, tolerance: number): boolean {
  const known = list.edges.get(reading.path.length);
  return known === undefined || standsUnder(known, mark, tolerance);
}

/** Typed and automatic numbers of one list need not stand at the same edge. */
function standsUnder(known: NumberMark, mark: NumberMark, tolerance: number): boolean {
  return known.automatic !== mark.automatic || Math.abs(known.left - mark.left) <= tolerance;
}

/** Labels those items that are paragraphs of their own; lists inside a paragraph and quoted numbers stay text. */
function label(items: readonly Item[]): NumberedParagraph[] {
  const numbered = items.some(({ list }) => !partFamilies.has(list.family) && list.parent === undefined);
  const found: NumberedParagraph[] = [];
  const places = new Map<Item, number>();
  for (const item of items) {
    const base = baseOf(item.list, places, numbered);
    if (base === undefined) continue;
    const parent = base === 'root' ? undefined : found[base];
    const { digits } = item.reading;
    const own = found.length;
    places.set(item, own);
    found.push({
      line: item.mark.line,
      label: parent === undefined ? digits : `${parent.label}(${digits})`,
      root: parent === undefined ? own : parent.root,
      left: item.mark.left,
      alone: item.list.items.length === 1,
      ...(item.doubt ? { doubt: 'paragraph-out-of-order' as const } : {}),
    });
  }
  return found;
}

/**
 * What the numbers of a list hang under: nothing, a paragraph found before, or undefined when they are no paragraphs.
 * `(1)` numbers paragraphs only in a document without 1., [1] or A1.
 */
function baseOf(
  list: OpenList,
  places: ReadonlyMap<Item, number>,
  numbered: boolean,
): number | 'root' | undefined {
  if (list.foreign) return undefined;
  if (!partFamilies.has(list.family))
    return list.parent === undefined || list.apart || !isInside(list) ? 'root' : undefined;
  if (list.parent === undefined) return list.family === 'round' && !numbered ? 'root' : undefined;
  return list.apart ? undefined : places.get(list.parent);
}

/** A list that the one around it goes on after, or that stands further in than its parent, is part of a paragraph. */
function isInside(list: OpenList): boolean {
  if (list.resumed) return true;
  const [first] = list.items;
  return (
    list.parent !== undefined && first !== undefined && first.mark.left > list.parent.mark.left + sameLeft
  );
}
