import type { NumberFamily, NumberMark, NumberReading } from './paragraph-number.ts';

/** A mark that has been taken into a list. */
export interface Item {
  readonly mark: NumberMark;
  readonly reading: NumberReading;
  readonly list: OpenList;
  /** How often the list had been closed before. */
  readonly stretch: number;
  doubt: boolean;
}

/** Numbers that count on from each other, of one family, as far as they have been read. */
export interface OpenList {
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

/** Left edges closer than this, in points, count as the same. Covers numbers set flush right. */
export const sameLeft = 14;
/** Round and letter families number parts of a paragraph. */
export const partFamilies: ReadonlySet<NumberFamily> = new Set([
  'round',
  'half-round',
  'letter',
  'capital',
  'roman',
]);
/** Those of them that number whole paragraphs where nothing else does. */
export const roundFamilies: ReadonlySet<NumberFamily> = new Set(['round', 'half-round']);

/** Numbers in round brackets that hang under nothing are taken for those of paragraphs. */
export function isPart({ family, parent }: OpenList): boolean {
  return partFamilies.has(family) && !(parent === undefined && roundFamilies.has(family));
}

/** How a mark can be read as the number after an item. */
export function readingAfter({ reading, list }: Item, mark: NumberMark): NumberReading | undefined {
  return mark.readings.find((one) => one.family === list.family && follows(reading.path, one.path));
}

/** How a mark can be read as a number of a list, of as many parts as the list has had. */
export function readingsIn(list: OpenList, mark: NumberMark): readonly NumberReading[] {
  return mark.readings.filter(({ family, path }) => family === list.family && list.edges.has(path.length));
}

/** Whether `next` is what is printed after `last`: 12 → 13, 4.7 → 4.8, 4.8, 4.7.1 or 5 or 5.1. */
export function follows(last: readonly number[], next: readonly number[]): boolean {
  const common = last.findIndex((part, depth) => next[depth] !== part);
  if (common < 0) return next.length > last.length && next.slice(last.length).every((part) => part <= 1);
  const step = next[common];
  return step === (last[common] ?? 0) + 1 && next.slice(common + 1).every((part) => part <= 1);
}

/** Whether a number comes later in the count than an item does, near or far. */
export function isLater(last: Item | undefined, next: readonly number[]): boolean {
  if (last === undefined) return false;
  const { path } = last.reading;
  const differs = path.findIndex((part, depth) => next[depth] !== part);
  return differs < 0 ? next.length > path.length : (next[differs] ?? 0) > (path[differs] ?? 0);
}

/** How many numbers on from `last` the `next` is; infinite when they differ before their last part. */
export function gapOf(last: readonly number[], next: readonly number[]): number {
  const depth = last.length - 1;
  if (last.slice(0, depth).some((part, at) => next[at] !== part)) return Number.POSITIVE_INFINITY;
  return (next[depth] ?? 0) - (last[depth] ?? 0);
}

/** Whether a number stands where the last one with as many parts did; true where the list has had none. */
export function fitsLeft(
  list: OpenList,
  mark: NumberMark,
  reading: NumberReading,
  tolerance: number,
): boolean {
  const known = list.edges.get(reading.path.length);
  return known === undefined || standsUnder(known, mark, tolerance);
}

/** Whether a number stands further in than those of its list do, on the same sheet. */
export function isFurtherIn(list: OpenList, mark: NumberMark, reading: NumberReading): boolean {
  const known = list.edges.get(reading.path.length);
  return !isPart(list) && known?.sheet === mark.sheet && mark.left > known.left + sameLeft;
}

/** Typed and automatic numbers of one list need not stand at the same edge. */
export function standsUnder(known: NumberMark, mark: NumberMark, tolerance: number): boolean {
  return known.automatic !== mark.automatic || Math.abs(known.left - mark.left) <= tolerance;
}

/** The list that a list lies in, or the list around that, and so on: itself where it lies in none. */
export function outermost(list: OpenList): OpenList {
  let outer = list;
  while (outer.parent !== undefined) outer = outer.parent.list;
  return outer;
}
