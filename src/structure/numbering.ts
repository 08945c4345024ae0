import { type BelievedNumbers, label } from './paragraph-labels.ts';
import {
  fitsLeft,
  follows,
  gapOf,
  type Item,
  isFurtherIn,
  isLater,
  isPart,
  type OpenList,
  partFamilies,
  readingAfter,
  readingsIn,
  sameLeft,
  standsUnder,
} from './paragraph-lists.ts';
import type { NumberFamily, NumberMark, NumberReading } from './paragraph-number.ts';

/** A mark further on, in the reading that was looked for. */
interface Found {
  readonly at: number;
  readonly mark: NumberMark;
  readonly reading: NumberReading;
}

/** Margins of left and right pages may differ by as much. */
const looseLeft = 60;
/** How many marks ahead a sequence is looked for. */
const lookahead = 80;
/** So many numbers may be missing: where nothing counts on from the next one, and where something does. */
const widestGap = 3;
const widestKnownGap = 20;
/**
 * Says which marks are paragraph numbers. A number is believed because it counts on: from the last number of its list,
 * or from 1 with another behind it. Lists lie in each other: when an outer one goes on, what lay in it was a list
 * inside a paragraph. Years, amounts and numbers at the beginning of a wrapped line count on from nothing and are left
 * in the text. Gaps are believed with a doubt on both sides, and so are numbers that come twice. A number that stands
 * where those of paragraphs stand, and that the count passes over, is a stray. `headings` are the line indexes of headings
 * that end a section, ascending.
 */
export function believeNumbers(marks: readonly NumberMark[], headings: readonly number[]): BelievedNumbers {
  const reader = new SequenceReader(marks, headings);
  for (const index of marks.keys()) reader.read(index);
  return label(reader.items, reader.strays);
}

class SequenceReader {
  readonly items: Item[] = [];
  readonly strays = new Set<number>();
  readonly #marks: readonly NumberMark[];
  readonly #headings: readonly number[];
  #open: OpenList[] = [];
  /** The list of each family that was closed last by one around it that went on. */
  readonly #closed = new Map<NumberFamily, OpenList>();

  constructor(marks: readonly NumberMark[], headings: readonly number[]) {
    this.#marks = marks;
    this.#headings = headings;
  }

  read(index: number): void {
    const mark = this.#marks[index];
    if (mark === undefined) return;
    if (mark.weak) {
      if (mark.begins && !this.#continue(mark, index, sameLeft)) this.#readWeak(mark, index);
      return;
    }
    if (this.#continue(mark, index, sameLeft) || this.#begin(mark, index)) return;
    if (this.#continue(mark, index, looseLeft)) return;
    this.#leap(mark, index);
  }

  /** Takes the mark as the next of the innermost list that it counts on from. */
  #continue(mark: NumberMark, index: number, tolerance: number): boolean {
    for (let depth = this.#open.length - 1; depth >= 0; depth--) {
      const list = this.#open[depth];
      const last = list?.items.at(-1);
      if (list === undefined || last === undefined) continue;
      const reading = readingAfter(last, mark);
      if (list.foreign && reading?.path.length !== last.reading.path.length) continue;
      if (reading === undefined || !fitsLeft(list, mark, reading, tolerance)) continue;
      if (list.repeats !== undefined && this.#isDueOutside(depth, mark)) continue;
      if (this.#hasRival(last, mark, reading, index, tolerance) || this.#isFirstRoman(mark, reading, index))
        continue;
      this.#take(list, mark, reading, tolerance > sameLeft && isFurtherIn(list, mark, reading));
      this.#closeAbove(depth);
      return true;
    }
    return false;
  }

  /** Whether a list around that at `depth` goes on with the mark. */
  #isDueOutside(depth: number, mark: NumberMark): boolean {
    return this.#open.slice(0, depth).some((list) => {
      const last = list.items.at(-1);
      const reading = last && readingAfter(last, mark);
      return reading !== undefined && fitsLeft(list, mark, reading, sameLeft);
    });
  }

  /** Whether the same number comes further on, as good or better: then a weak one, or one out of its column, is not meant. */
  #hasRival(
    last: Item,
    mark: NumberMark,
    { path }: NumberReading,
    index: number,
    tolerance: number,
  ): boolean {
    const isTyped = !mark.automatic && last.mark.automatic;
    const isLoose = tolerance > sameLeft && !isPart(last.list);
    const isDoubtful = mark.weak ? !last.mark.weak : isLoose;
    if (!isTyped && !isDoubtful) return false;
    const rival = this.#next(last.reading, index, last.mark);
    if (rival === undefined || rival.reading.path.join() !== path.join()) return false;
    return isDoubtful || rival.mark.automatic;
  }

  /** Whether "(i)" behind "(h)" is the first Roman number: "(ii)" comes, and before "(j)". */
  #isFirstRoman(mark: NumberMark, reading: NumberReading, index: number): boolean {
    const roman = mark.readings.find(({ family }) => family === 'roman');
    if (reading.family === 'roman' || roman?.path[0] !== 1) return false;
    const second = this.#next(roman, index, mark);
    return (
      second !== undefined && second.at < (this.#next(reading, index, mark)?.at ?? Number.POSITIVE_INFINITY)
    );
  }

  /** Takes the mark as the first of a new list, when a second one comes. */
  #begin(mark: NumberMark, index: number): boolean {
    const first = mark.readings.filter(({ path }) => path.every((part) => part <= 1));
    const reading = first.find((one) => this.#next(one, index, mark) !== undefined);
    const only = this.#open.length === 0 || mark.automatic ? first[0] : undefined;
    const chosen = reading ?? only;
    if (chosen === undefined) return false;
    this.#push(mark, chosen, 'own');
    return true;
  }

  /**
   * Weak numbers begin a list where no others are numbers of paragraphs, and when a second and a third one come; a gap in
   * such a list is bridged.
   */
  #readWeak(mark: NumberMark, index: number): void {
    const [reading] = mark.readings;
    const list = this.#open.findLast((one) => readingsIn(one, mark).length > 0);
    const last = list?.items.at(-1);
    if (reading === undefined || (this.#open.length > 0 && last?.mark.weak !== true)) return;
    if (this.#isThree(mark, reading, index)) this.#push(mark, reading, 'own');
    else if (list !== undefined && last !== undefined && isLater(last, reading.path))
      this.#bridge(list, last, mark, false);
    else this.#goBack(mark, index, undefined);
  }

  /** Whether a number is a first one, with a second and a third one behind it. */
  #isThree(mark: NumberMark, reading: NumberReading, index: number): boolean {
    if (reading.path.some((part) => part > 1)) return false;
    const second = this.#next(reading, index, mark, true);
    return second !== undefined && this.#next(second.reading, second.at, second.mark, true) !== undefined;
  }

  /** A number that counts on from nothing: a gap, a quotation, an extract that begins in the middle, or no number at all. */
  #leap(mark: NumberMark, index: number): void {
    if (this.#reopen(mark) || !mark.begins) return;
    const follower = this.#follower(mark, index);
    const list = this.#open.findLast(
      (one) => !one.foreign && readingsIn(one, mark).some(({ path }) => isLater(one.items.at(-1), path)),
    );
    const last = list?.items.at(-1);
    if (list === undefined || last === undefined) {
      if (this.#goBack(mark, index, follower)) return;
      if (follower !== undefined && !partFamilies.has(follower.from.family))
        this.#push(mark, follower.from, this.#open.length > 0 ? 'foreign' : 'own');
      return;
    }
    const due = this.#next(last.reading, index, last.mark);
    if (due === undefined) this.#bridge(list, last, mark, follower !== undefined);
    else if (follower !== undefined && follower.at < due.at) this.#push(mark, follower.from, 'foreign');
    else if (this.#stands(list, mark) || isNear(list, last, mark)) this.strays.add(mark.line);
  }

  /** Goes on with a list that was closed as part of a paragraph. */
  #reopen(mark: NumberMark): boolean {
    for (const { family } of mark.readings) {
      const list = this.#closed.get(family);
      const last = list?.items.at(-1);
      const reading = last && readingAfter(last, mark);
      if (list === undefined || reading === undefined || !fitsLeft(list, mark, reading, sameLeft)) continue;
      list.reopened++;
      this.#open.push(list);
      this.#take(list, mark, reading, false);
      return true;
    }
    return false;
  }

  /** The first mark that counts on from a reading of this one. */
  #follower(mark: NumberMark, index: number): (Found & { readonly from: NumberReading }) | undefined {
    for (const from of mark.readings) {
      const found = this.#next(from, index, mark, this.#open.length > 0);
      if (found !== undefined) return { ...found, from };
    }
    return undefined;
  }

  /**
   * A number that its list has passed already: it comes twice where those after it lead up to what is due, or where
   * nothing is due. Else it is quoted. Whether the mark has been dealt with.
   */
  #goBack(mark: NumberMark, index: number, follower: Found | undefined): boolean {
    const list = this.#open.findLast(
      (one) => !one.foreign && !isPart(one) && readingsIn(one, mark).length > 0,
    );
    const [last, [reading]] = [list?.items.at(-1), list === undefined ? [] : readingsIn(list, mark)];
    if (list === undefined || last === undefined || reading === undefined) return false;
    if (!fitsLeft(list, mark, reading, sameLeft)) return false;
    const due = this.#next(last.reading, index, last.mark);
    if (due === undefined || this.#leadsTo(due, { at: index, mark, reading })) {
      this.#closeAbove(this.#open.indexOf(list));
      const near = list.items.slice(-widestKnownGap);
      const twin = near.findIndex((item) => item.reading.digits === reading.digits);
      for (const item of twin < 0 ? [] : near.slice(twin)) item.doubt = true;
      this.#push(mark, reading, 'own', list.repeats ?? list);
      return true;
    }
    if (follower !== undefined && follower.at < due.at) return false;
    if (this.#stands(list, mark)) this.strays.add(mark.line);
    return true;
  }

  /** Whether counting on from a mark comes to what is due. */
  #leadsTo(due: Found, from: Found): boolean {
    for (let step: Found | undefined = from; step !== undefined && step.at < due.at; ) {
      step = this.#next(step.reading, step.at, step.mark, true);
      if (step?.at === due.at) return true;
    }
    return false;
  }

  /** Goes on with a list over a gap, with a doubt on both sides. */
  #bridge(list: OpenList, last: Item, mark: NumberMark, goesOn: boolean): void {
    const reading = readingsIn(list, mark)[0];
    if (reading === undefined) return;
    const gap = gapOf(last.reading.path, reading.path);
    const isTooWide = goesOn ? isPart(list) && gap > widestKnownGap : gap > widestGap;
    if (!fitsLeft(list, mark, reading, sameLeft)) return;
    if (isTooWide) {
      this.strays.add(mark.line);
      return;
    }
    // What is missing may have stood before any of the parts since.
    for (const item of this.items.slice(this.items.indexOf(last))) item.doubt = true;
    this.#take(list, mark, reading, true);
    this.#closeAbove(this.#open.indexOf(list));
  }

  /** Whether a number is seen to stand in the column of a list. */
  #stands(list: OpenList, mark: NumberMark): boolean {
    const reading = readingsIn(list, mark)[0];
    const known = reading && list.edges.get(reading.path.length);
    return known?.placed === true && mark.placed && standsUnder(known, mark, sameLeft);
  }

  #closeAbove(depth: number): void {
    for (const inner of this.#open.slice(depth + 1)) {
      inner.resumed = true;
      if (!inner.foreign) this.#closed.set(inner.family, inner);
    }
    this.#open.length = depth + 1;
  }

  /** The mark after `index` that counts on from a reading, standing as far left; `level` leaves out 4.8 → 5 and 4.8 → 4.8.1. */
  #next(from: NumberReading, index: number, near: NumberMark, level = false): Found | undefined {
    for (let at = index + 1; at < this.#marks.length && at <= index + lookahead; at++) {
      const mark = this.#marks[at];
      if (mark === undefined || (mark.weak && !(near.weak && mark.begins))) continue;
      const reading = mark.readings.find(
        ({ family, path }) => family === from.family && follows(from.path, path),
      );
      if (reading === undefined) continue;
      const deeper = reading.path.length !== from.path.length;
      if (deeper ? !level : standsUnder(near, mark, sameLeft)) return { at, mark, reading };
    }
    return undefined;
  }

  #push(mark: NumberMark, reading: NumberReading, kind: 'own' | 'foreign', repeats?: OpenList): void {
    if (!partFamilies.has(reading.family)) this.#closeParts(mark);
    const parent = this.#open.at(-1)?.items.at(-1);
    const apart = parent !== undefined && this.#isApart(parent.mark, mark);
    const list: OpenList = {
      family: reading.family,
      parent,
      apart,
      foreign: kind === 'foreign',
      repeats,
      items: [],
      edges: new Map(),
      resumed: false,
      reopened: 0,
    };
    this.#closed.delete(list.family);
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
      if (list.parent === undefined) this.#closed.set(list.family, list);
    }
  }

  #isApart(before: NumberMark, after: NumberMark): boolean {
    return this.#headings.some((line) => line > before.line && line < after.line);
  }

  #take(list: OpenList, mark: NumberMark, reading: NumberReading, doubt: boolean): void {
    const isTwin = list.repeats !== undefined;
    const item: Item = { mark, reading, list, stretch: list.reopened, doubt: doubt || isTwin };
    list.items.push(item);
    list.edges.set(reading.path.length, mark);
    this.items.push(item);
  }
}

/** Whether a number is one of the next few after a list's last. */
function isNear(list: OpenList, last: Item, mark: NumberMark): boolean {
  return readingsIn(list, mark).some(({ path }) => gapOf(last.reading.path, path) <= widestGap);
}
