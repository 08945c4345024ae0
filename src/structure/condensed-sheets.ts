import type { Box, SheetText, TextRun } from '../model/extracted.ts';
import { type NumberColumn, type NumberRun, withBlankColumn, withBlankRows } from './condensed-blanks.ts';
import { cutByGrid } from './page-grid.ts';
import { type CutSheet, inPageOrder, loneNumber, pageRange, type SheetCell } from './sheet-cells.ts';

interface Cell extends SheetCell {
  /** What ends above the one, or begins below the other, is outside the numbered lines: where page numbers stand. */
  readonly top: number;
  readonly bottom: number;
}

/**
 * The cut of each sheet that carries several printed pages, by index, told by their columns of line numbers, or else by their page
 * numbers; undefined where a sheet is one page.
 */
export function cutCondensed(sheets: readonly SheetText[]): (CutSheet | undefined)[] {
  const clustered = sheets.map((sheet) => clusters(bareNumbers(sheet)));
  if (!clustered.some(mayBeCondensed)) return cutByGrid(sheets);
  const columns = withoutRunningCounts(clustered.map(numberColumns));
  const known = columns.filter((found) => found.length > 1).flat();
  const condensed = columns.map((found) => found.length > 1 || fullRows(found[0]) > 1);
  if (!condensed.includes(true)) return cutByGrid(sheets);
  const all = columns.map((found, index) => {
    const counted = found.length > 1 ? found : withKnownColumns(clustered[index] ?? [], found, known);
    return withBlankRows(sheets[index], withBlankColumn(sheets[index], counted, known));
  });
  const stand = { atHead: pageNumbersAtHead(sheets, all), atRight: numbersAtRight(sheets, all) };
  return inPageOrder(sheets.map((sheet, index) => cutSheet(sheet, all[index] ?? [], stand)));
}

/** A column of line numbers has at least so many. */
const fewestNumbers = 5;

/** No printed page is narrower, in points: numbers nearer to each other are those of paragraphs and of lists in them. */
const narrowestPage = 90;

/** Columns of bare numbers of which most are followed by their successor, or by 1 again, in steps of one height. */
function numberColumns(clustered: readonly NumberRun[][]): NumberColumn[] {
  const columns = clustered.flatMap((cluster) => {
    if (cluster.length < fewestNumbers) return [];
    const column = toColumn(cluster);
    return isSequential(column) && isEven(column) ? [column] : [];
  });
  const isPage = ({ left }: NumberColumn, at: number) =>
    left - (columns[at - 1]?.left ?? Number.NEGATIVE_INFINITY) >= narrowestPage;
  const pages = columns.filter(isPage);
  // Where lines have numbers at both ends, those of one page stand near those of the next.
  return pages.length > 1 ? columns : pages;
}

/**
 * Drops the columns that count something else than lines, as numbered questions do: in their place most sheets do not
 * begin near 1. Where no column begins there the sheets keep theirs.
 */
function withoutRunningCounts(sheets: readonly (readonly NumberColumn[])[]): (readonly NumberColumn[])[] {
  const all = sheets.flat();
  const fresh = all.filter(beginsAfresh);
  if (fresh.length === all.length || fresh.length === 0) return [...sheets];
  const isOfLines = (column: NumberColumn) => {
    const near = (other: NumberColumn) => other.left <= column.right && other.right >= column.left;
    return fresh.filter(near).length * 2 >= all.filter(near).length;
  };
  return sheets.map((columns) => (columns.length > 1 ? columns.filter(isOfLines) : columns));
}

/** How many of a page's first numbers may be lost. */
const mostLost = 2;

function beginsAfresh({ rows }: NumberColumn): boolean {
  return (rows[0]?.[0]?.value ?? Number.POSITIVE_INFINITY) <= 1 + mostLost;
}

/** Whether there can be several columns of line numbers, or one that begins anew: no sheet of most documents has more than one. */
function mayBeCondensed(clustered: readonly NumberRun[][]): boolean {
  const columns = clustered.filter(({ length }) => length >= fewestNumbers);
  return columns.length > 1 || columns.some(canBeginAnew);
}

/** Whether a number 1 stands below another number. */
function canBeginAnew(cluster: readonly NumberRun[]): boolean {
  let ones = 0;
  let topOfOne = Number.POSITIVE_INFINITY;
  let topOfOthers = Number.POSITIVE_INFINITY;
  for (let index = 0; index < cluster.length; index++) {
    const number = cluster[index] as NumberRun; // index < length
    if (number.value !== 1) topOfOthers = Math.min(topOfOthers, topOf(number));
    else if (++ones > 1) return true;
    else topOfOne = topOf(number);
  }
  return ones > 0 && topOfOthers <= topOfOne;
}

/** A page with few lines on it: its numbers count where other sheets have a column of numbers. */
function withKnownColumns(
  clustered: readonly NumberRun[][],
  found: readonly NumberColumn[],
  known: readonly NumberColumn[],
): readonly NumberColumn[] {
  if (known.length === 0) return found;
  const more = clustered.filter((cluster) => {
    const { left, right } = toColumn(cluster);
    return known.some((column) => left < column.right + 2 && right > column.left - 2);
  });
  return more.length > found.length ? more.map((cluster) => toColumn(cluster)) : found;
}

function bareNumbers(sheet: SheetText): NumberRun[] {
  const numbers: NumberRun[] = [];
  const { runs } = sheet;
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index] as TextRun; // index < length
    const { text } = run;
    if (beginsWithLetter(text)) continue;
    const alone = aloneNumber(text);
    if (alone >= 0) {
      numbers.push({ value: alone, run, right: run.box.right });
      continue;
    }
    if (text.length > 60 && !/^\s*[[(]?\d/.test(text)) continue;
    const number = /^(\s*[[(]?(\d{1,2})[\])]?)(?:$|\s)/.exec(text);
    if (number) numbers.push({ value: Number(number[2]), run, right: edgeAt(run, number[1]?.length ?? 0) });
  }
  return numbers;
}

/** Most runs do, and are told by one character; so do those that begin with an ASCII sign after the digits but "[". */
function beginsWithLetter(text: string): boolean {
  const first = text.charCodeAt(0);
  return first > 0x39 && first < 0x80 && first !== 0x5b;
}

/** The number of a run that is nothing but one or two digits, as most numbers of lines are; -1 for any other. */
function aloneNumber(text: string): number {
  if (text.length > 2) return -1;
  const first = text.charCodeAt(0) - 48;
  if (!(first >= 0 && first <= 9) || text.length === 1) return first >= 0 && first <= 9 ? first : -1;
  const second = text.charCodeAt(1) - 48;
  return second >= 0 && second <= 9 ? first * 10 + second : -1;
}

/** Numbers whose boxes lie over one another, from left to right. */
function clusters(numbers: readonly NumberRun[]): NumberRun[][] {
  const found: { left: number; right: number; readonly numbers: NumberRun[] }[] = [];
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] as NumberRun; // index < length
    const { left } = number.run.box;
    const { right } = number;
    let own: (typeof found)[number] | undefined;
    for (const other of found) {
      if (left > other.right || right < other.left) continue;
      // It joins what so far was apart.
      if (own !== undefined) return clustersInOrder(numbers);
      own = other;
    }
    if (own === undefined) found.push({ left, right, numbers: [number] });
    else {
      own.left = Math.min(own.left, left);
      own.right = Math.max(own.right, right);
      own.numbers.push(number);
    }
  }
  return found.sort((a, b) => a.left - b.left).map(({ numbers }) => numbers);
}

/** The same, of numbers in any order. */
function clustersInOrder(numbers: readonly NumberRun[]): NumberRun[][] {
  const sorted = [...numbers].sort((a, b) => a.run.box.left - b.run.box.left);
  const found: NumberRun[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const number of sorted) {
    const { left } = number.run.box;
    if (left <= right) found.at(-1)?.push(number);
    else found.push([number]);
    right = left <= right ? Math.max(right, number.right) : number.right;
  }
  return found;
}

/** Right edge of the first `length` characters of a run. */
function edgeAt(run: TextRun, length: number): number {
  return run.box.left + ((run.box.right - run.box.left) * length) / Math.max(run.text.length, 1);
}

function toColumn(cluster: readonly NumberRun[]): NumberColumn {
  const rows: NumberRun[][] = [];
  let row: NumberRun[] = [];
  let last = Number.POSITIVE_INFINITY;
  let highest = 0;
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  const numbers = fromTop(cluster);
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] as NumberRun; // index < length
    const one = number.value === 1 && last !== 1 && isBelowAll(numbers[index + 1], highest);
    const anew = (one && row.length > 1) || beginsBehindUnread(numbers, index, highest);
    if (row.length === 0 || (highest > 4 && anew)) {
      row = [];
      rows.push(row);
      highest = 0;
    }
    row.push(number);
    last = number.value;
    highest = Math.max(highest, last);
    left = Math.min(left, number.run.box.left);
    right = Math.max(right, number.right);
  }
  return {
    left,
    right,
    rows: rows
      .filter((row, index) => !isPageNumberBelow(row, rows[index - 1]))
      .map((row) => withoutPageNumber(row)),
  };
}

/** Whether a number that follows a 1 is another page's: a 7 that was read as 1 has an 8 below it. */
function isBelowAll(next: NumberRun | undefined, highest: number): boolean {
  return next === undefined || next.value <= highest;
}

/** How far the numbers of the page above must be ahead, and how many of a lower page's first ones may be unread. */
const [leastBack, mostUnread] = [5, 4];

/** Whether a page begins here whose first numbers were not recognised: far back from the highest so far, and on from there. */
function beginsBehindUnread(numbers: readonly NumberRun[], index: number, highest: number): boolean {
  const value = numbers[index]?.value ?? 0;
  const above = numbers[index - 1]?.value ?? 0;
  if (value < 2 || value > 1 + mostUnread || above <= value || highest < value + leastBack) return false;
  const [next, after] = [numbers[index + 1]?.value ?? 0, numbers[index + 2]?.value ?? 0];
  return next > value && after > next && after < highest && after <= value + 2 * mostUnread;
}

/** By their tops, and from left to right where these are the same. Most files have them so already. */
function fromTop(numbers: readonly NumberRun[]): readonly NumberRun[] {
  let last = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < numbers.length; index++) {
    const top = topOf(numbers[index] as NumberRun); // index < length
    if (top <= last)
      return [...numbers].sort((a, b) => topOf(a) - topOf(b) || a.run.box.left - b.run.box.left);
    last = top;
  }
  return numbers;
}

/**
 * A page number can stand right above or below the line numbers: before a 1, or after the last one and out of step with
 * the others or farther from it than they are from each other.
 */
function withoutPageNumber(row: readonly NumberRun[]): readonly NumberRun[] {
  const [first, second] = row;
  const [last, before] = [row.at(-1), row.at(-2)];
  if (row.length < 6 || first === undefined || before === undefined || last === undefined) return row;
  const above = second?.value === 1 && first.value > 0;
  const step = last.value - before.value;
  const pitch = (topOf(before) - topOf(second ?? first)) / (row.length - 3);
  const below = step < 1 || step > 3 || topOf(last) - topOf(before) > pitch * (step + 0.4);
  return row.slice(above ? 1 : 0, below ? -1 : undefined);
}

function topOf({ run }: NumberRun): number {
  return run.box.top;
}

/** A row of one number right below another row is the page number 1, not a page of one line. */
function isPageNumberBelow(row: readonly NumberRun[], above: readonly NumberRun[] | undefined): boolean {
  const [only, first, last] = [row[0], above?.[0], above?.at(-1)];
  if (row.length > 1 || only === undefined || first === undefined || last === undefined) return false;
  const pitch = (topOf(last) - topOf(first)) / Math.max(last.value - first.value, 1);
  return last.value > 5 && topOf(only) - topOf(last) < pitch * 2.6;
}

/** How many rows have more than one number: one alone is the page's. */
function fullRows(column: NumberColumn | undefined): number {
  return column?.rows.filter((row) => row.length > 1).length ?? 0;
}

function isSequential({ rows }: NumberColumn): boolean {
  let steps = 0;
  let good = 0;
  for (const row of rows) {
    steps += Math.max(0, row.length - 1);
    let before = Number.NaN;
    for (let index = 0; index < row.length; index++) {
      const { value } = row[index] as NumberRun; // index < length
      if (value === before + 1) good++;
      before = value;
    }
  }
  return steps > 0 && good / steps > 0.6;
}

/** Whether printed page numbers stand above the numbered lines rather than below them, by the pages at the edges of the sheets. */
function pageNumbersAtHead(
  sheets: readonly SheetText[],
  columns: readonly (readonly NumberColumn[])[],
): boolean {
  let [above, below] = [0, 0];
  for (const [index, sheet] of sheets.entries()) {
    const heights = (columns[index] ?? []).map(heightOf);
    // What stands beside the numbers of every column is neither above nor below any.
    const lowestTop = Math.max(...heights.map(({ top }) => top));
    const highestBottom = Math.min(...heights.map(({ bottom }) => bottom));
    for (let order = 0; order < sheet.runs.length; order++) {
      const { box, text } = sheet.runs[order] as TextRun; // order < length
      if ((box.bottom > lowestTop && box.top < highestBottom) || !loneNumber.test(text)) continue;
      for (const [column, { left, top, bottom }] of heights.entries()) {
        const next = heights[column + 1]?.left ?? Number.POSITIVE_INFINITY;
        if (box.left < left || box.left >= next || (box.bottom > top && box.top < bottom)) continue;
        if (box.bottom <= top) above++;
        else below++;
      }
    }
  }
  return above > below;
}

/** How much more text must stand left of the first column of numbers than right of the last where lines have theirs at the right. */
const mostlyBefore = 2;

/** So many of the sheets with several columns are looked at. */
const lookedAt = 20;

/** Whether lines have their numbers right of the text. */
function numbersAtRight(
  sheets: readonly SheetText[],
  columns: readonly (readonly NumberColumn[])[],
): boolean {
  let [before, behind, looked] = [0, 0, 0];
  for (const [index, { runs }] of sheets.entries()) {
    if (looked === lookedAt) break;
    const [first, last] = [columns[index]?.[0], columns[index]?.at(-1)];
    if (first === undefined || last === undefined || first === last) continue;
    looked++;
    for (let order = 0; order < runs.length; order++) {
      const { box } = runs[order] as TextRun; // order < length
      if (box.right <= first.left) before++;
      else if (box.left >= last.right) behind++;
    }
  }
  return before > behind * mostlyBefore;
}

/** From the top of a column's first number to the bottom of its last. */
function heightOf({ left, rows }: NumberColumn) {
  return { left, top: rows[0]?.[0]?.run.box.top ?? 0, bottom: rows.at(-1)?.at(-1)?.run.box.bottom ?? 0 };
}

/** How far a step from line to line may be from the usual one, as a share of it. */
const unevenness = 0.3;

/** Lines stand one below the other in even steps, numbered paragraphs as they come. */
function isEven({ rows }: NumberColumn): boolean {
  const steps: number[] = [];
  for (const row of rows) {
    for (let index = 1; index < row.length; index++) {
      const [before, here] = [row[index - 1] as NumberRun, row[index] as NumberRun]; // index < length
      if (here.value === before.value + 1) steps.push(topOf(here) - topOf(before));
    }
  }
  const usual = new Float64Array(steps).sort()[steps.length >> 1] ?? 0;
  const even = steps.filter((step) => Math.abs(step - usual) <= usual * unevenness).length;
  return even > steps.length / 2;
}

/** Where numbers stand: those of pages at the heads of these, those of lines right of the text. */
interface NumberPlaces {
  readonly atHead: boolean;
  readonly atRight: boolean;
}

function cutSheet(
  sheet: SheetText,
  columns: readonly NumberColumn[],
  { atHead, atRight }: NumberPlaces,
): Cell[] | undefined {
  const rows = Math.max(0, ...columns.map((column) => column.rows.length));
  if (columns.length * rows < 2) return undefined;
  const cells = columns.flatMap(({ rows }, order) =>
    rows.map((numbers, row) => cellFor(order, row, numbers)),
  );
  const rest = cellFor(-1, -1, []);
  const edges = columns.map((column) => rowEdges(column, atHead));
  const { runs } = sheet;
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index] as TextRun; // index < length
    const { box } = run;
    const cell = cells[cellOf(box, columns, edges, atRight)];
    if (cell === undefined) throw new RangeError('a sheet without cells was cut');
    if (box.bottom > cell.top && box.top < cell.bottom) {
      cell.runs.push(run);
      continue;
    }
    if (pageRange.test(run.text)) {
      rest.runs.push(run);
      continue;
    }
    cell.runs.push(run);
    const number = loneNumber.exec(run.text);
    if (number) cell.page = Number(number[1]);
  }
  return [...cells, rest];
}

function cellFor(column: number, row: number, numbers: readonly NumberRun[]): Cell {
  const top = firstTop(numbers) + 1;
  const bottom = (numbers.at(-1)?.run.box.bottom ?? Number.NEGATIVE_INFINITY) - 1;
  return { column, row, runs: [], page: undefined, top, bottom };
}

/** Where each row of a column but the first begins, from the top of the sheet. */
function rowEdges({ rows }: NumberColumn, atHead: boolean): number[] {
  return rows
    .slice(1)
    .map((row, before) =>
      atHead ? (rows[before]?.at(-1)?.run.box.bottom ?? 0) : firstTop(row) - lineHeight(row) / 2,
    );
}

/** Where the first line of a row is, also where the first numbers were not recognised. */
function firstTop([first, second]: readonly NumberRun[]): number {
  if (first === undefined) return Number.POSITIVE_INFINITY;
  const unread = first.value - 1;
  const steps = (second?.value ?? 0) - first.value;
  if (second === undefined || unread < 1 || unread > mostUnread || steps < 1) return topOf(first);
  return topOf(first) - (unread * (topOf(second) - topOf(first))) / steps;
}

/** Index of the cell that a run is in: cells stand column by column. */
function cellOf(
  box: Box,
  columns: readonly NumberColumn[],
  edges: readonly (readonly number[])[],
  atRight: boolean,
): number {
  let order = 0;
  let firstCell = 0;
  let cellsBefore = 0;
  let endBefore = Number.POSITIVE_INFINITY;
  const middle = (box.left + box.right) / 2;
  for (let index = 0; index < columns.length; index++) {
    const column = columns[index] as NumberColumn; // index < length
    const begun = atRight ? middle > endBefore : box.left >= column.left - 3 || middle > column.right;
    endBefore = column.right;
    if (begun) {
      order = index;
      firstCell = cellsBefore;
    }
    cellsBefore += column.rows.length;
  }
  const height = (box.top + box.bottom) / 2;
  const own = edges[order] ?? [];
  let row = 0;
  for (let index = 0; index < own.length; index++) if (height > (own[index] ?? 0)) row = index + 1;
  return firstCell + row;
}

function lineHeight(row: readonly NumberRun[] | undefined): number {
  const box = row?.[0]?.run.box;
  return box === undefined ? 0 : box.bottom - box.top;
}
