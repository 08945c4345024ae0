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
  /** Nothing else stands in its list, before it is closed or goes on. */
  readonly alone: boolean;
  /** Indexes, in its list of paragraphs, of those it is counted with from their first one on. */
  readonly list: number;
  /** Its list counts from the beginning again, and nothing parts it from the one before. */
  readonly again: boolean;
  /** Another list runs on over the numbers of its own: it is of chapters or questions, and its short lines are headings. */
  readonly around: boolean;
  readonly doubt?: Doubt;
}

/** What a reading of the numbers comes to. */
export interface BelievedNumbers {
  readonly numbered: NumberedParagraph[];
  /** Line indexes of numbers that may be those of paragraphs, or be quoted: what they stand before is not sure of its paragraph. */
  readonly strays: ReadonlySet<number>;
}

interface Item {
  readonly mark: NumberMark;
  readonly reading: NumberReading;
  readonly list: OpenList;
  /** How often the list had been closed before. */
  readonly stretch: number;
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
  /** The list whose numbers come a second time in this one. */
  readonly repeats: OpenList | undefined;
  readonly items: Item[];
  /** The last mark at each depth of number, for its left edge. */
  readonly edges: Map<number, NumberMark>;
  /** The list around it went on after it. */
  resumed: boolean;
  /** How often it went on after the list around it had. */
  reopened: number;
}

/** A mark further on, in the reading that was looked for. */
interface Found {
  readonly at: number;
  readonly mark: NumberMark;
  readonly reading: NumberReading;
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
const partFamilies: ReadonlySet<NumberFamily> = new Set([
  'round',
  'half-round',
  'letter',
  'capital',
  'roman',
]);
/** Those of them that number whole paragraphs where nothing else does. */
const roundFamilies: ReadonlySet<NumberFamily> = new Set(['round', 'half-round']);

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
    if (!isTyped && !(mark.weak ? !last.mark.weak : isLoose)) return false;
    const rival = this.#next(last.reading, index, last.mark);
    if (rival === undefined || rival.reading.path.join() !== path.join()) return false;
    return !isTyped || rival.mark.automatic;
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
   * Weak numbers begin a list where nothing else is numbered, and when a second and a third one come; a gap in such a
   * list is bridged.
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

/** Numbers in round brackets that hang under nothing are taken for those of paragraphs. */
function isPart({ family, parent }: OpenList): boolean {
  return partFamilies.has(family) && !(parent === undefined && roundFamilies.has(family));
}

/** How a mark can be read as the number after an item. */
function readingAfter({ reading, list }: Item, mark: NumberMark): NumberReading | undefined {
  return mark.readings.find((one) => one.family === list.family && follows(reading.path, one.path));
}

/** How a mark can be read as a number of a list, of as many parts as the list has had. */
function readingsIn(list: OpenList, mark: NumberMark): readonly NumberReading[] {
  return mark.readings.filter(({ family, path }) => family === list.family && list.edges.has(path.length));
}

/** Whether `next` is what is printed after `last`: 12 → 13, 4.7 → 4.8, 4.8, 4.7.1 or 5 or 5.1. */
function follows(last: readonly number[], next: readonly number[]): boolean {
  const common = last.findIndex((part, depth) => next[depth] !== part);
  if (common < 0) return next.length > last.length && next.slice(last.length).every((part) => part <= 1);
  const step = next[common];
  return step === (last[common] ?? 0) + 1 && next.slice(common + 1).every((part) => part <= 1);
}

function isLater(last: Item | undefined, next: readonly number[]): boolean {
  if (last === undefined) return false;
  const { path } = last.reading;
  const differs = path.findIndex((part, depth) => next[depth] !== part);
  return differs < 0 ? next.length > path.length : (next[differs] ?? 0) > (path[differs] ?? 0);
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

/** Whether a number is one of the next few after a list's last. */
function isNear(list: OpenList, last: Item, mark: NumberMark): boolean {
  return readingsIn(list, mark).some(({ path }) => gapOf(last.reading.path, path) <= widestGap);
}

/** Whether a number stands further in than those of its list do, on the same sheet. */
function isFurtherIn(list: OpenList, mark: NumberMark, reading: NumberReading): boolean {
  const known = list.edges.get(reading.path.length);
  return !isPart(list) && known?.sheet === mark.sheet && mark.left > known.left + sameLeft;
}

/** Typed and automatic numbers of one list need not stand at the same edge. */
function standsUnder(known: NumberMark, mark: NumberMark, tolerance: number): boolean {
  return known.automatic !== mark.automatic || Math.abs(known.left - mark.left) <= tolerance;
}

/** Labels those items that are paragraphs of their own; lists inside a paragraph and quoted numbers stay text. */
function label(items: readonly Item[], strays: Set<number>): BelievedNumbers {
  const numbered = isNumberedOtherwise(items);
  const found: NumberedParagraph[] = [];
  const places = new Map<Item, number>();
  const lists = new Map<OpenList, number>();
  const around = new Set<OpenList>();
  for (const { list } of items) {
    const outer = list.parent?.list;
    if (outer !== undefined && runsOn(list)) around.add(goesThrough(list) ? outer : list);
  }
  for (const item of items) {
    const { list, mark } = item;
    const isAstray = item.stretch > 0 && !runsOn(list);
    const base = isAstray ? undefined : baseOf(list, places, numbered);
    if (base === undefined) {
      if (isAstray || standsAmongParagraphs(item)) strays.add(mark.line);
      continue;
    }
    const parent = base === 'root' ? undefined : found[base];
    const { digits } = item.reading;
    const own = found.length;
    places.set(item, own);
    lists.set(list, lists.get(list) ?? lists.size);
    found.push({
      line: mark.line,
      label: parent === undefined ? digits : `${parent.label}(${digits})`,
      root: parent === undefined ? own : parent.root,
      left: mark.left,
      alone: list.items.every(({ stretch }, at) => list.items[at] === item || stretch !== item.stretch),
      list: lists.get(list) ?? 0,
      again: base === 'root' && beginsAgain(list),
      around: around.has(list),
      ...(item.doubt || around.has(list) || parent?.doubt !== undefined
        ? { doubt: 'paragraph-out-of-order' as const }
        : {}),
    });
  }
  return { numbered: found, strays };
}

/** Whether numbers of another form than `(1)` or `1)` are those of the paragraphs: of those under nothing, most are. */
function isNumberedOtherwise(items: readonly Item[]): boolean {
  let [round, others] = [0, 0];
  for (const { list } of items) {
    if (list.parent !== undefined) continue;
    if (roundFamilies.has(list.family)) round++;
    else if (!partFamilies.has(list.family)) others++;
  }
  return others > round;
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
  if (list.repeats !== undefined) return baseOf(list.repeats, places, numbered);
  const { parent } = list;
  if (runsOn(list)) return 'root';
  const isOwn = parent === undefined || list.apart || !isInside(list);
  if (!partFamilies.has(list.family)) return isOwn ? 'root' : undefined;
  if (!numbered && roundFamilies.has(list.family) && isOwn && outermost(list).family === list.family)
    return 'root';
  return parent === undefined || list.apart ? undefined : places.get(parent);
}

/** Whether a list runs on over the numbers of the list around it again and again. Letters only number parts. */
function runsOn(list: OpenList): boolean {
  return list.reopened > 1 && (!partFamilies.has(list.family) || roundFamilies.has(list.family));
}

/** Whether it is that of the paragraphs: the one that counts further. */
function goesThrough(list: OpenList): boolean {
  return runsOn(list) && list.items.length > (list.parent?.list.items.length ?? 0);
}

/** A list that the one around it goes on after, or that stands further in than its parent, is part of a paragraph. */
function isInside(list: OpenList): boolean {
  if (list.resumed) return true;
  const [first] = list.items;
  return (
    list.parent !== undefined && first !== undefined && first.mark.left > list.parent.mark.left + sameLeft
  );
}

/** Whether a list of paragraphs comes after another, and no heading between that would be told by its looks. */
function beginsAgain(list: OpenList): boolean {
  return list.parent !== undefined && !list.apart && !runsOn(list) && list.repeats === undefined;
}

function outermost(list: OpenList): OpenList {
  let outer = list;
  while (outer.parent !== undefined) outer = outer.parent.list;
  return outer;
}

/**
 * Whether a number that was not believed stands where those of paragraphs do, so that it may be one. Where nothing says
 * where it stands, it may be one when it has parts, as the numbers of quotations and short lists seldom have.
 */
function standsAmongParagraphs({ mark, reading, list }: Item): boolean {
  const outer = outermost(list).items[0]?.mark;
  if (outer === undefined || isPart(list)) return false;
  if (outer.placed && mark.placed) return Math.abs(outer.left - mark.left) <= sameLeft;
  return !list.foreign && reading.path.length > 1;
}
