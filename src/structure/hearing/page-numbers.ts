import type { Doubt } from '../../model/place.ts';
import { commonest } from '../commonest.ts';
import type { Layout } from '../layout.ts';
import {
  type Beside,
  type CountingNumber,
  countingNumbers,
  countsBeside,
  type EdgeOfPage,
} from './counting-numbers.ts';
import type { LineNumbers } from './line-numbers.ts';
import { loneCounts } from './lone-counts.ts';
import type { LoneNumberPages } from './lone-page-numbers.ts';
import { markAt } from './marks.ts';
import { countsOfAll, isOfContainer, withoutOtherCounts } from './other-counts.ts';
import { pageDoubts } from './page-doubts.ts';
import type { PageExtent } from './printed-pages.ts';
import { bareNumber, formOf } from './running-form.ts';
import { partsOfPages } from './sheet-parts.ts';
import { strokedNumbers } from './stroked-numbers.ts';
import { unpartedPages } from './unparted-pages.ts';

/** Printed page numbers by page in order, 0 where none was found, and the lines that are furniture. */
export interface PageNumbers {
  readonly pages: Uint32Array;
  readonly doubts: readonly (Doubt | undefined)[];
  /** Lines outside the text: running heads, feet, page numbers. */
  readonly furniture: readonly number[];
  /** Of these, the ones that hold nothing but the page's number. */
  readonly numberLines: readonly number[];
  /** Furniture that is like no other: it may be text whose number was lost. */
  readonly lone: readonly number[];
}

/** Where on a page a number was seen; a document keeps to one of them. In order of trust. */
const slots = [
  'foot-alone',
  'head-alone',
  'foot-page',
  'head-page',
  'head-last',
  'foot-last',
  'head-first',
  'foot-first',
] as const;
type Slot = (typeof slots)[number];

/** Whether a number there is likely to be a page's even when no other bears it out: it stands alone or is called a page. */
function standsForItself(slot: Slot): boolean {
  return slot.endsWith('-alone') || slot.endsWith('-page');
}

interface Sighting {
  readonly slot: Slot;
  readonly value: number;
  readonly line: number;
  readonly alone: boolean;
}

const alone = /^[\s\-–—[(|~]*(?:page|p[.-]?)?\s*(\d{1,5}|\d{1,2},\d{3})[\s\-–—\])|~.]*$/i;
const named = /\b(?:page\s*:?\s*|P-|day\s*\d+(?:\s*[/:]\s*|-)(?=\d+\W*$))(\d{1,5})\b(?:\s*(?:of|\/)\s*\d+)?/i;
const range = /^\s*(?:[([]?\d+[)\]]?\s*)?[([]?pages?\s+\d+\s*(?:-|–|—|to)\s*\d+/i;

/**
 * Which of the lines at the edges of pages are furniture, and which printed page number they give, in the slot that counts on best.
 */
export function findPageNumbers(
  layout: Layout,
  extents: readonly PageExtent[],
  numbered: readonly (LineNumbers | undefined)[],
  { unsure, recognised, lost = new Map() }: PartingOfPages,
): PageNumbers {
  const { pages: printed, two, unsettled, ...edges } = numbersAtEdges(layout, extents, numbered);
  const pages = printed.map((page, order) => lost.get(order)?.page ?? page);
  const uncertain = new Set([...lost].flatMap(([order, { beside }]) => [order, beside]));
  const { anew, halves } = partsOfPages(layout, extents, pages);
  const several = pages.filter((page) => page > 0).length > 1;
  const doubts = pageDoubts(pages, two).map((doubt, order) => {
    if (recognised && several && doubt === undefined && !isBorneOut(pages, order)) return 'page-out-of-order';
    const unknown = unsure || (pages[order] === 0 && !isAloneOnSheet(layout, extents, order));
    const missing = unsure || [unsettled, uncertain, halves].some((found) => found.has(order));
    if ((missing || (unknown && extents.length > 1)) && (doubt === undefined || doubt === 'two-numberings'))
      return 'page-missing';
    return doubt ?? (anew.has(order) ? 'line-repeated' : undefined);
  });
  const furniture = [...edges.furniture, ...Array.from(lost.values(), ({ line }) => line)];
  return { ...edges, furniture, pages, doubts };
}

/** What is known of how the pages were parted. */
interface PartingOfPages {
  /** See `PageBreaks`. */
  readonly unsure: boolean;
  /** Whether the text is of scans, so that figures may be misread. */
  readonly recognised: boolean;
  /** See `LoneNumberPages`. */
  readonly lost?: LoneNumberPages['lost'] | undefined;
}

/**
 * Whether the number of a recognised page follows or goes before that of another near it: one figure misread makes a number
 * that is as good as any. What has no number is for others to doubt.
 */
function isBorneOut(pages: Uint32Array, order: number): boolean {
  const own = pages[order] as number; // order < length
  if (own === 0) return true;
  for (const step of [-1, 1]) {
    let near = order + step;
    while (pages[near] === 0) near += step;
    if (pages[near] === own + step) return true;
    for (let away = 1; away <= 3; away++) if (pages[order + step * away] === own + step * away) return true;
  }
  return false;
}

/** Page numbers, of which `two` says whether another number counts on beside them; `unsettled`: see `StrokedNumbers`. */
interface NumbersAtEdges extends Omit<PageNumbers, 'doubts'> {
  readonly two: boolean;
  readonly unsettled: ReadonlySet<number>;
}

/** The same without the doubts. */
export function numbersAtEdges(
  layout: Layout,
  extents: readonly PageExtent[],
  numbered: readonly (LineNumbers | undefined)[],
): NumbersAtEdges {
  const printed = extents.map((extent, order) =>
    isWholeText(layout, extent) ? [] : edgeLines(layout, extent, numbered[order]),
  );
  const counts = loneCounts(printed);
  if (counts !== undefined) {
    const { pages, lines } = counts;
    return { pages, two: false, unsettled: new Set(), furniture: lines, numberLines: lines, lone: [] };
  }
  const edges = ownCounts(printed);
  const repeated = repeatedEdges(layout, edges);
  const furniture: number[] = [];
  const sightings = edges.map((lines) => {
    const seen: Sighting[] = [];
    for (const edge of lines) {
      const furnished = edge.outside || repeated.has(edge.line);
      if (furnished) furniture.push(edge.line);
      addSightings(seen, edge, furnished, edge.text === layout.lines[edge.line]?.text);
    }
    return seen;
  });
  const alone = sightings.flatMap((seen) => seen.filter((number) => number.alone).map(({ line }) => line));
  const best = bestNumbers(edges, sightings, {
    apart: new Set([...repeated, ...alone]),
    several: extents.some(({ first }) => (layout.lines[first]?.column ?? 0) > 0),
  });
  for (const line of best.lines) furniture.push(line);
  return {
    pages: Uint32Array.from(best.chosen, (number) => number?.value ?? 0),
    two: best.two,
    unsettled: new Set([...(best.unsettled ?? []), ...unpartedPages(printed)]),
    furniture,
    numberLines: best.numberLines,
    lone: loneLines(layout, edges, best.chosen),
  };
}

/** Lines outside the numbered text that are like none on another page, but for those of a title and of what ends the document. */
function loneLines(
  layout: Layout,
  edges: readonly (readonly EdgeOfPage[])[],
  chosen: readonly (CountingNumber | undefined)[],
): number[] {
  const alike = new Map<string, number>();
  for (const [page, lines] of edges.entries()) {
    for (const { line, head, outside } of lines) {
      const apart = head ? page === 0 : page === edges.length - 1;
      if (!outside || line === chosen[page]?.line) continue;
      const form = formOf(layout.lines[line]?.text ?? '');
      alike.set(form, apart || alike.has(form) ? -1 : line);
    }
  }
  return [...alike.values()].filter((line) => line >= 0);
}

/** No page is longer, in lines. */
export const longestPage = 120;

/** Whether this is no page but a text of which nothing shows where its pages end. */
export function isWholeText({ lines }: Layout, { first, end }: PageExtent): boolean {
  return end - first > longestPage && lines[first]?.sheet === 0;
}

/** Whether the page can be cited by its sheet. */
export function isAloneOnSheet({ lines }: Layout, extents: readonly PageExtent[], order: number): boolean {
  const sheetOf = (at: number) => lines[extents[at]?.first ?? -1]?.sheet;
  const own = sheetOf(order);
  return own !== undefined && own > 0 && own !== sheetOf(order - 1) && own !== sheetOf(order + 1);
}

interface BestNumbers {
  readonly chosen: readonly (CountingNumber | undefined)[];
  /** Whether another number counts on beside them. */
  readonly two: boolean;
  /** Lines that are furniture because of their numbers. */
  readonly lines: readonly number[];
  readonly numberLines: readonly number[];
  readonly unsettled?: ReadonlySet<number>;
}

/** Numbers are looked for anywhere in running heads where those of the best slot count on over fewer pages than this. */
const steadyShare = 0.8;

function bestNumbers(
  edges: readonly (readonly EdgeOfPage[])[],
  sightings: readonly (readonly Sighting[])[],
  beside: Beside,
): BestNumbers {
  const best = rankSlots(sightings)[0];
  const chosen = best === undefined ? sightings.map(() => undefined) : chooseNumbers(sightings, best.slot);
  const steps = stepsIn(chosen);
  if (steps < (chosen.length - 1) * steadyShare) {
    const counting = countingNumbers(edges);
    const lines = counting.flatMap((number) => number?.line ?? []);
    if (stepsIn(counting) > steps)
      return { chosen: counting, two: countsBeside(edges, counting, beside), lines, numberLines: [] };
  }
  const stroked = best === undefined ? strokedNumbers(edges) : undefined;
  if (stroked !== undefined) return { ...stroked, two: false, lines: [], numberLines: [] };
  return {
    chosen,
    two: countsBeside(edges, chosen, beside),
    lines: [],
    numberLines: aloneLines(sightings, chosen),
  };
}

/** On how many pages the number is one more than on the page before. */
function stepsIn(chosen: readonly (CountingNumber | undefined)[]): number {
  let steps = 0;
  for (let page = 1; page < chosen.length; page++) {
    const [before, here] = [chosen[page - 1], chosen[page]];
    if (before !== undefined && here?.value === before.value + 1) steps++;
  }
  return steps;
}

/** The lines that hold nothing but their page's number. */
function aloneLines(
  sightings: readonly (readonly Sighting[])[],
  chosen: readonly (Sighting | undefined)[],
): number[] {
  return sightings.flatMap((seen, order) => {
    const own = chosen[order];
    return own === undefined
      ? []
      : seen.flatMap(({ alone, value, line }) => (alone && value === own.value ? line : []));
  });
}

/** Print-outs and filings have a line of their own on so many of the pages. */
const contained = 1 / 3;

/** The lines at the edges of pages, by page, without what is known to count something else. */
function ownCounts(edges: readonly (readonly EdgeOfPage[])[]): readonly (readonly EdgeOfPage[])[] {
  const containers = edges.filter((lines) => lines.some(({ text }) => isOfContainer(text)));
  const within = containers.length > 0 && containers.length >= edges.length * contained;
  // Running heads and feet differ in their digits alone, of which none but a nought tells one count from another.
  const plain = new Set<string>();
  return edges.map((lines) => {
    // Most pages have a number at their foot and nothing else.
    if (lines.every(({ text }) => bareNumber(text) >= 0)) return lines;
    return lines.map((edge) => {
      if (within && countsOfAll(edge.text)) return { ...edge, text: '' };
      const form = edge.text.replace(/[1-9]/g, '1');
      if (plain.has(form)) return edge;
      const text = withoutOtherCounts(edge.text);
      if (text !== edge.text) return { ...edge, text };
      plain.add(form);
      return edge;
    });
  });
}

/** Lines above and below the numbered text; where lines are not numbered, the first and last three with text. */
function edgeLines(
  layout: Layout,
  { first, end }: PageExtent,
  numbers: LineNumbers | undefined,
): EdgeOfPage[] {
  const edges: EdgeOfPage[] = [];
  const textOf = (line: number) => layout.lines[line]?.text ?? '';
  if (numbers !== undefined) {
    const head = Math.min(numbers.firstLine, end);
    for (let line = first; line < head; line++)
      if (hasText(layout, line))
        edges.push({ line, head: true, outside: true, place: 0, text: textOf(line) });
    for (let line = Math.max(head, numbers.lastLine + 1); line < end; line++)
      if (hasText(layout, line))
        edges.push({ line, head: false, outside: true, place: 0, text: textOf(line) });
    return edges;
  }
  const filled: number[] = [];
  for (let line = first; line < end; line++) if (hasText(layout, line)) filled.push(line);
  for (const [order, line] of filled.entries()) {
    const place = order < 3 ? order : order - filled.length;
    if (order < 3 || place >= -3)
      edges.push({ line, head: order < 3, outside: false, place, text: textOf(line) });
  }
  return edges;
}

function hasText(layout: Layout, index: number): boolean {
  const line = layout.lines[index];
  return line !== undefined && line.zone === undefined && line.text.length > 0 && line.text.trim() !== '';
}

/**
 * Lines that may be speech and are a running head or foot: alike but for their numbers, they stand in the same place on
 * at least three pages, and on more than a third of them. "Yes." comes on many pages, but anywhere; "A. Yes." is an answer.
 */
function repeatedEdges(layout: Layout, edges: readonly (readonly EdgeOfPage[])[]): ReadonlySet<number> {
  const alike = new Map<string, number[]>();
  for (const lines of edges) {
    for (const { line, place, outside } of lines) {
      const text = layout.lines[line]?.text ?? '';
      if (outside || markAt(text, text.length - text.trimStart().length, -1) !== undefined) continue;
      const key = `${place} ${formOf(text)}`;
      const known = alike.get(key);
      if (known === undefined) alike.set(key, [line]);
      else known.push(line);
    }
  }
  const repeated = new Set<number>();
  for (const lines of alike.values())
    if (lines.length >= 3 && lines.length > edges.length / 3) for (const line of lines) repeated.add(line);
  return repeated;
}

function addSightings(
  found: Sighting[],
  { text, line, head }: EdgeOfPage,
  furniture: boolean,
  whole: boolean,
): void {
  const bare = bareNumber(text);
  if (bare >= 0) {
    found.push({ slot: head ? 'head-alone' : 'foot-alone', value: bare, line, alone: whole });
    return;
  }
  if (!/\d/.test(text) || range.test(text)) return;
  const edge = head ? 'head' : 'foot';
  const single = alone.exec(text);
  if (single) {
    found.push({ slot: `${edge}-alone`, value: Number(single[1]?.replace(',', '')), line, alone: whole });
    return;
  }
  const page = named.exec(text);
  if (page) found.push({ slot: `${edge}-page`, value: Number(page[1]), line, alone: false });
  if (!furniture) return;
  const last = /(?:^|\s)(\d{1,5})\s*$/.exec(text);
  if (last) found.push({ slot: `${edge}-last`, value: Number(last[1]), line, alone: false });
  const first = /^\s*(\d{1,5})\s/.exec(text);
  if (first) found.push({ slot: `${edge}-first`, value: Number(first[1]), line, alone: false });
}

/** The first number of a page in each slot, by slot and page; -1 where there is none. */
function valuesBySlot(sightings: readonly (readonly Sighting[])[]): Map<Slot, Int32Array> {
  const values = new Map<Slot, Int32Array>();
  for (let page = 0; page < sightings.length; page++) {
    for (const { slot, value } of sightings[page] ?? []) {
      let own = values.get(slot);
      if (own === undefined) {
        own = new Int32Array(sightings.length).fill(-1);
        values.set(slot, own);
      }
      if (own[page] === -1) own[page] = value;
    }
  }
  return values;
}

/** From so many steps on, and none other, numbers that count down are those of pages wherever they stand. */
const fewestDown = 3;

/**
 * Slots whose numbers keep pace with the pages, the steadiest first. Where no two neighbours do (pages in disorder, or
 * only one page), a number is believed when it stands alone or is called a page.
 */
function rankSlots(sightings: readonly (readonly Sighting[])[]): { slot: Slot; score: number }[] {
  const bySlot = valuesBySlot(sightings);
  const ranked = slots.map((slot) => {
    const values = bySlot.get(slot);
    if (values === undefined) return { slot, score: 0 };
    let [steps, downs, pairs] = [0, 0, 0];
    const distances = new Map<number, number>();
    for (let page = 0; page < values.length; page++) {
      const value = values[page] as number; // page < length
      if (value < 0) continue;
      const before = values[page - 1] ?? -1;
      if (before >= 0) {
        pairs++;
        if (value === before + 1) steps++;
        else if (value === before - 1) downs++;
      }
      distances.set(value - page, (distances.get(value - page) ?? 0) + 1);
    }
    // The last page of a stack that was scanned from its back comes first.
    if (standsForItself(slot) || (downs === pairs && downs >= fewestDown)) steps += downs;
    const support = Math.max(0, ...distances.values());
    const believed = standsForItself(slot) && (support >= 2 || (support === 1 && values.length <= 2));
    return { slot, score: steps === 0 && !believed ? 0 : steps + support / 2 };
  });
  return ranked.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score);
}

/** How far the numbers of the slot are mostly ahead of the pages. */
function usuallyAhead(sightings: readonly (readonly Sighting[])[], slot: Slot): number {
  const counts = new Map<number, number>();
  for (const [page, seen] of sightings.entries())
    for (const { slot: own, value } of seen)
      if (own === slot) counts.set(value - page, (counts.get(value - page) ?? 0) + 1);
  return commonest(counts) ?? 0;
}

/**
 * The numbers of the best slot; a page without one there, or with one that counts on from neither neighbour, takes another
 * number that follows or goes before its neighbour's.
 */
function chooseNumbers(sightings: readonly (readonly Sighting[])[], slot: Slot): (Sighting | undefined)[] {
  const ahead = usuallyAhead(sightings, slot);
  const inSlot = sightings.map((seen, page) => {
    const own = seen.filter((sighting) => sighting.slot === slot);
    // A title above the first page may end with a number as well.
    return own.length > 1 ? (own.find(({ value }) => value - page === ahead) ?? own[0]) : own[0];
  });
  const chosen = inSlot.map((own, page) => {
    const wanted = (inSlot[page - 1]?.value ?? Number.NaN) + 1;
    if (own === undefined || own.value === wanted || inSlot[page + 1]?.value === own.value + 1) return own;
    return (
      sightings[page]?.find(({ slot: other, value }) => standsForItself(other) && value === wanted) ?? own
    );
  });
  const fill = (page: number, wanted: number | undefined) => {
    if (chosen[page] !== undefined || wanted === undefined) return;
    chosen[page] = sightings[page]?.find((sighting) => sighting.value === wanted);
  };
  const neighbour = (page: number, step: number) => {
    const value = chosen[page]?.value;
    return value === undefined ? undefined : value + step;
  };
  for (let page = 1; page < chosen.length; page++) fill(page, neighbour(page - 1, 1));
  for (let page = chosen.length - 2; page >= 0; page--) fill(page, neighbour(page + 1, -1));
  return chosen;
}
