import { formOf } from './running-form.ts';

/** A line at the edge of a page that is, or may be, a running head or foot. */
export interface EdgeOfPage {
  readonly line: number;
  readonly head: boolean;
  /** Whether it stands outside the numbered text, so that nobody says it. */
  readonly outside: boolean;
  /** Counted from the page's first line with text (0, 1, …) or from its last (−1, −2, …); 0 for all that stand outside. */
  readonly place: number;
  /** What the line has that may count the pages of the transcript: see `withoutOtherCounts`. */
  readonly text: string;
}

/** A number somewhere in such a line. */
export interface CountingNumber {
  readonly line: number;
  readonly value: number;
}

interface Sighting extends CountingNumber {
  readonly page: number;
}

/** How often a line must return to be a running head: outside the numbered text, and where it may be speech. */
const fewest = { outside: 2, inText: 3 } as const;
/** More digits than these are of no page. */
const mostDigits = 5;

/**
 * The page numbers that stand anywhere in running heads and feet, by page: "Day 3/12", "T123", left pages that begin
 * with their number and right ones that end with it. Lines that are alike but for their numbers are held together, and
 * a number in one place of them is the page's where it counts on with the pages; a page whose line is like no other
 * has the number that its neighbours want.
 */
export function countingNumbers(
  edges: readonly (readonly EdgeOfPage[])[],
): readonly (CountingNumber | undefined)[] {
  const groups = new Map<string, Sighting[]>();
  const seen = edges.map((lines, page) => lines.flatMap((edge) => sightingsOf(edge, page, groups)));
  const steady = edges.map((): Sighting[] => []);
  const support = new Map<number, number>();
  for (const [key, group] of groups) {
    if (!countsOn(group, key.endsWith(inText) ? fewest.inText : fewest.outside)) continue;
    for (const sighting of group) {
      steady[sighting.page]?.push(sighting);
      support.set(ahead(sighting), (support.get(ahead(sighting)) ?? 0) + 1);
    }
  }
  const supportOf = (sighting: Sighting) => support.get(ahead(sighting)) ?? 0;
  const chosen = steady.map((own) => own.toSorted((a, b) => supportOf(b) - supportOf(a))[0]);
  fillBesides(chosen, seen);
  return chosen;
}

function ahead({ value, page }: Sighting): number {
  return value - page;
}

const inText = ' in text';

/** The numbers of a line, of which each goes to those in the same place of lines that are alike; none of a line that may be speech. */
function sightingsOf(
  { line, head, outside, text }: EdgeOfPage,
  page: number,
  groups: Map<string, Sighting[]>,
): Sighting[] {
  const digits = text.match(/\d+/g);
  if (digits === null) return [];
  const form = `${head ? 'head' : 'foot'} ${formOf(text)}${outside ? '' : inText}`;
  const found: Sighting[] = [];
  for (const [place, number] of digits.entries()) {
    if (number.length > mostDigits) continue;
    const sighting = { line, page, value: Number(number) };
    found.push(sighting);
    const group = groups.get(`${place} ${form}`);
    if (group === undefined) groups.set(`${place} ${form}`, [sighting]);
    else group.push(sighting);
  }
  return outside ? found : [];
}

/** Whether most numbers of the group are as far from the one before as their pages are. */
function countsOn(group: readonly Sighting[], least: number): boolean {
  if (group.length < least) return false;
  let kept = 0;
  for (let at = 1; at < group.length; at++) {
    const [before, here] = [group[at - 1] as Sighting, group[at] as Sighting]; // at < length
    if (here.page > before.page && ahead(here) === ahead(before)) kept++;
  }
  return kept * 2 > group.length - 1;
}

/** A page without a number takes one that follows or goes before its neighbour's. */
function fillBesides(chosen: (Sighting | undefined)[], seen: readonly (readonly Sighting[])[]): void {
  const fill = (page: number, beside: Sighting | undefined) => {
    if (beside === undefined) return;
    chosen[page] ??= seen[page]?.find((sighting) => ahead(sighting) === ahead(beside));
  };
  for (let page = 1; page < chosen.length; page++) fill(page, chosen[page - 1]);
  for (let page = chosen.length - 2; page >= 0; page--) fill(page, chosen[page + 1]);
}

/**
 * A number that stands by itself, or behind nothing but a day: those of stamps and references are glued to letters,
 * strokes and stops.
 */
const standing =
  /(?<![\p{L}\p{N}_/.,:-])\d{1,5}(?![\p{L}\p{N}_]|[/.,:-]\p{N})|(?<=^\W*(?:day\s*)?\d{1,3}[/.:-])\d{1,5}(?=\W*$)/giu;

/**
 * A second number is seen on so many of the pages, for either may be lost on most. Of several pages on a sheet one has its
 * foot, which may name the first of them and the last.
 */
const leastBeside = { single: 0.2, several: 0.6 } as const;

/** Where a second number may stand. */
export interface Beside {
  /** Lines within the text that nobody says. */
  readonly apart: ReadonlySet<number>;
  /** Whether sheets have several pages. */
  readonly several: boolean;
}

/** What says which pages a condensed sheet has: "(3) Pages 9 - 10". */
const ofSheet = /\bpages?\s+\d+\s*(?:-|–|—|to)\s*\d/i;

/** Whether another number stands outside the text on some pages, a fixed distance away from the chosen one, or going down as that goes up. */
export function countsBeside(
  edges: readonly (readonly EdgeOfPage[])[],
  chosen: readonly (CountingNumber | undefined)[],
  { apart, several }: Beside,
): boolean {
  const others = edges.map((lines, page) => {
    const own = chosen[page];
    if (own === undefined || (lines.length === 1 && lines[0]?.line === own.line)) return new Set<number>();
    const found = lines.flatMap(({ line, outside, text }) =>
      (outside || apart.has(line)) && !ofSheet.test(text) ? (text.match(standing)?.map(Number) ?? []) : [],
    );
    return new Set(found);
  });
  const pagesOf = new Map<number, number>();
  for (const values of others) for (const value of values) add(pagesOf, value);
  const [distances, sums] = [new Map<number, number>(), new Map<number, number>()];
  for (const [page, values] of others.entries()) {
    const own = chosen[page]?.value ?? 0;
    // What stands on several pages is a day, a year or a telephone number.
    for (const value of values) {
      if (value === own || (pagesOf.get(value) ?? 0) > mostPages) continue;
      add(distances, value - own);
      add(sums, value + own);
    }
  }
  const least = several ? leastBeside.several : leastBeside.single;
  return Math.max(0, ...distances.values(), ...sums.values()) >= Math.max(3, edges.length * least);
}

/** A number that counts pages stands on one of them, or on two where one is there twice. */
const mostPages = 2;

function add(counts: Map<number, number>, value: number): void {
  counts.set(value, (counts.get(value) ?? 0) + 1);
}
