import type { Box, SheetText, TextRun } from '../model/extracted.ts';
import { type CutSheet, inPageOrder, loneNumber, pageRange, type SheetCell } from './sheet-cells.ts';

/** Two columns of pages on a sheet, in rows; what tells them is on the sheets that are `shown`. */
interface Grid {
  readonly rows: number;
  /** By sheet: the number of its first page, 0 where it shows none or nothing tells. */
  readonly firsts: readonly number[];
  readonly shown: readonly SheetText[];
}

/** Of as many rows of pages. */
const mostRows = 3;
/** So many sheets must show it, and this share of all with text: title pages and indexes do not. */
const fewestShown = 2;
const leastShown = 0.5;

/**
 * The cut of sheets that carry two printed pages side by side, or two columns of pages, and no numbers on each line to tell them by:
 * on most sheets pages are numbered on both halves and count on from sheet to sheet, or both halves have the same numbers of
 * lines, or people are asked and answer on both; and between the halves is white space. Undefined where a sheet is one page.
 */
export function cutByGrid(sheets: readonly SheetText[]): (CutSheet | undefined)[] {
  const none = () => sheets.map(() => undefined);
  if (!mayHaveGrid(sheets)) return none();
  const found = sheets.map(numbersOn);
  const lone = withoutLineNumbers(found);
  const grid = gridByNumbers(sheets, lone) ?? gridByLineNumbers(sheets, found) ?? gridByMarks(sheets, lone);
  if (grid === undefined) return none();
  const numbers = grid.firsts.map((first, index) => pagesOf(lone[index] ?? [], first, grid.rows));
  const gutter = gutterOf(grid.shown, numbers.flat());
  if (gutter === undefined) return none();
  const { width } = grid.shown[0] as SheetText; // a grid is shown
  const edges = rowEdges(sheets, numbers, grid.rows);
  return inPageOrder(
    sheets.map((sheet, index) =>
      Math.abs(sheet.width - width) > width * sameWidth
        ? undefined
        : cellsOf(sheet, gutter, edges(index), numbers[index] ?? []),
    ),
  );
}

/** How far the widths of two sheets may be from each other for the same grid, as a share of them. */
const sameWidth = 0.02;
/** How many sheets are looked at first: most documents are done with. */
const lookedAt = 9;

function mayHaveGrid(sheets: readonly SheetText[]): boolean {
  const step = Math.max(1, Math.floor(sheets.length / lookedAt));
  const some = sheets.filter(({ runs, width }, index) => index % step === 0 && runs.length > 0 && width > 0);
  const found = some.map(numbersOn);
  if (gridByLineNumbers(some, found) !== undefined) return true;
  const numbers = withoutLineNumbers(found);
  const shown = some.filter(
    (sheet, index) =>
      rowCounts.some((rows) => firstsOf(numbers[index] ?? [], rows).length > 0) ||
      isBothHalves(marksOn(sheet)),
  );
  return shown.length > 0 && shown.length * 3 >= some.length;
}

const rowCounts = Array.from({ length: mostRows }, (_, before) => before + 1);

interface LoneNumber {
  readonly value: number;
  readonly run: TextRun;
  readonly onRight: boolean;
}

/** A number that so many of the sheets have, in a column of so many on its own, is a line's and no page's. */
const mostAlike = 0.5;
const fewestInColumn = mostRows + 1;
/** How far apart the edges of numbers in one column may be, in points. */
const sameColumn = 6;
const longestNumber = 24;
/** A sheet with more numbers than these is a table. */
const mostNumbers = 300;

/** By sheet the numbers other than those of lines. */
function withoutLineNumbers(found: readonly (readonly LoneNumber[])[]): LoneNumber[][] {
  const isOfLine = lineNumbersIn(found);
  return found.map((own) => own.filter((number) => !isOfLine(number, own)));
}

/** Tells the numbers of lines from those of pages. */
function lineNumbersIn(
  found: readonly (readonly LoneNumber[])[],
): (number: LoneNumber, own: readonly LoneNumber[]) => boolean {
  const counts = new Map<number, number>();
  for (const own of found)
    for (const value of new Set(own.map(({ value }) => value)))
      counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(1, found.length * mostAlike);
  return (number, own) => (counts.get(number.value) ?? 0) > most && isInColumn(number, own);
}

/** Of ASCII: most runs end with one, and are no number. */
function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}

function isInColumn({ run: { box } }: LoneNumber, numbers: readonly LoneNumber[]): boolean {
  const alike = numbers.filter(
    ({ run: { box: other } }) =>
      Math.abs(box.left - other.left) <= sameColumn || Math.abs(box.right - other.right) <= sameColumn,
  );
  return alike.length >= fewestInColumn;
}

/** The runs that are nothing but a number. */
function numbersOn({ runs, width }: SheetText): LoneNumber[] {
  const found: LoneNumber[] = [];
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index] as TextRun; // index < length
    const { text, box, zone } = run;
    if (text.length > longestNumber || zone !== undefined || isLetter(text.charCodeAt(text.length - 1)))
      continue;
    const value = Number(loneNumber.exec(text)?.[1] ?? 0);
    if (value > 0) found.push({ value, run, onRight: box.left + box.right > width });
  }
  return found.length > mostNumbers ? [] : found;
}

/** The numbers with which so many rows of two pages can begin: each half has as many of them as the other. */
function firstsOf(numbers: readonly LoneNumber[], rows: number): number[] {
  if (numbers.length < 2 * rows) return [];
  const halves = [false, true].map(
    (right) => new Set(numbers.filter(({ onRight }) => onRight === right).map(({ value }) => value)),
  );
  const values = [...new Set(numbers.map(({ value }) => value))];
  return values.filter((first) => {
    const pages = Array.from({ length: 2 * rows }, (_, at) => first + at);
    return (
      pages.every((page) => halves.some((half) => half.has(page))) &&
      halves.every((half) => pages.filter((page) => half.has(page)).length >= rows)
    );
  });
}

/**
 * The grid in which the numbers of most sheets count on to, or from, those of a sheet beside. One may be lost of several, and the last
 * sheet may have fewer pages.
 */
function gridByNumbers(
  sheets: readonly SheetText[],
  numbers: readonly (readonly LoneNumber[])[],
): Grid | undefined {
  const filled = sheets.filter(({ runs }) => runs.length > 0).length;
  const grids = rowCounts.map((rows) => {
    const beside = (firsts: readonly (readonly number[])[], index: number) =>
      [...(firsts[index - 1] ?? []), ...(firsts[index + 1] ?? [])].flatMap((first) => [
        first + 2 * rows,
        first - 2 * rows,
      ]);
    const whole = numbers.map((own) => firstsOf(own, rows));
    const known = whole.map((own, index) => {
      const least = index === whole.length - 1 ? 1 : Math.max(2, 2 * rows - 1);
      const isPart = (first: number) => pagesOf(numbers[index] ?? [], first, rows).length >= least;
      return own.length > 0 ? own : beside(whole, index).filter(isPart);
    });
    const firsts = known.map((own, index) => own.find((first) => beside(known, index).includes(first)) ?? 0);
    return { rows, firsts, shown: sheets.filter((_, index) => (firsts[index] ?? 0) > 0) };
  });
  const best = grids.reduce((most, grid) => (grid.shown.length > most.shown.length ? grid : most));
  return best.shown.length >= Math.max(fewestShown, filled * leastShown) ? best : undefined;
}

/** One row of pages, on both halves of which the same numbers of lines go down in even steps. */
function gridByLineNumbers(
  sheets: readonly SheetText[],
  found: readonly (readonly LoneNumber[])[],
): Grid | undefined {
  const isOfLine = lineNumbersIn(found);
  return gridOfOneRow(sheets, (_, index) => {
    const own = found[index] ?? [];
    const ofLines = own.filter((number) => isOfLine(number, own));
    const [left = [], right = []] = [false, true].map((onRight) => evenColumn(ofLines, onRight));
    return left.filter((value) => right.includes(value)).length >= fewestInColumn;
  });
}

/** The grid where most sheets show one. */
function gridOfOneRow(
  sheets: readonly SheetText[],
  shows: (sheet: SheetText, index: number) => boolean,
): Grid | undefined {
  const filled = sheets.filter(({ runs }) => runs.length > 0).length;
  const shown = sheets.filter(shows);
  return shown.length >= Math.max(fewestShown, filled * leastShown)
    ? { rows: 1, firsts: sheets.map(() => 0), shown }
    : undefined;
}

/** How far a step from line to line may be from the usual one, as a share of it, and which share of them is not: a page number may stand below. */
const unevenness = 0.15;
const leastEven = 0.7;

/** The values of the numbers on one half, where they go up from the top in steps as high as they are wide; else none. */
function evenColumn(numbers: readonly LoneNumber[], right: boolean): number[] {
  const own = numbers
    .filter(({ onRight }) => onRight === right)
    .sort((a, b) => a.run.box.top - b.run.box.top);
  const steps = own.slice(1).map(({ value, run }, before) => {
    const above = own[before];
    return above === undefined ? 0 : (run.box.top - above.run.box.top) / (value - above.value);
  });
  const usual = [...steps].sort((a, b) => a - b)[steps.length >> 1] ?? 0;
  const even = steps.filter((step) => Math.abs(step - usual) <= usual * unevenness).length;
  return usual > 0 && even >= steps.length * leastEven ? own.map(({ value }) => value) : [];
}

/**
 * One row of pages, on the halves of which questions are asked and answered. Where a half has more than one number that may be a
 * page's there are several rows, and nobody knows which.
 */
function gridByMarks(
  sheets: readonly SheetText[],
  numbers: readonly (readonly LoneNumber[])[],
): Grid | undefined {
  const marks = sheets.map(marksOn);
  const enough = [0, 1, 2, 3].every(
    (kind) =>
      marks.reduce((sum, own) => sum + (own[kind] ?? 0), 0) >=
      Math.max(fewestMarks, sheets.length * leastShown),
  );
  const several = numbers.filter((own) =>
    [false, true].some((right) => own.filter(({ onRight }) => onRight === right).length > 1),
  );
  return enough && several.length * 2 <= sheets.length
    ? gridOfOneRow(sheets, (_, index) => isBothHalves(marks[index] ?? []))
    : undefined;
}

/** How often each of the marks must stand on each half, over all sheets. */
const fewestMarks = 4;

/** How many questions and answers begin on the left half, and on the right. */
function marksOn({ runs, width }: SheetText): readonly number[] {
  const counts = [0, 0, 0, 0];
  for (let index = 0; index < runs.length; index++) {
    const { text, box } = runs[index] as TextRun; // index < length
    const first = text.charCodeAt(0);
    if (first !== questionLetter && first !== answerLetter) continue;
    if (!/^[QA](?:[.:]|\s{2}|\s*$)/.test(text)) continue;
    const kind = (first === answerLetter ? 1 : 0) + (box.left + box.right > width ? 2 : 0);
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

function isBothHalves([
  asked = 0,
  answered = 0,
  askedRight = 0,
  answeredRight = 0,
]: readonly number[]): boolean {
  return asked + answered > 0 && askedRight + answeredRight > 0;
}

const [questionLetter, answerLetter] = [81, 65];

/** How much of the middle of a sheet is looked at, how wide the white space is at least, in points, and which share of the lines may run over it. */
const middle = { from: 0.25, to: 0.75 } as const;
const narrowestGutter = 9;
const mostOver = 0.06;
/** Each half has at least this share of the runs. */
const leastOnHalf = 0.2;

/** Where the right half begins: behind the white space nearest to the middle of the sheets, in which no page number stands. */
function gutterOf(shown: readonly SheetText[], numbers: readonly LoneNumber[]): number | undefined {
  const width = Math.ceil(shown[0]?.width ?? 0);
  const coverage = new Int32Array(width + 2);
  const cover = ({ left, right }: Box) => {
    const [from, to] = [Math.floor(left), Math.ceil(right)].map((x) => Math.min(Math.max(x, 0), width));
    coverage[from ?? 0] = (coverage[from ?? 0] ?? 0) + 1;
    coverage[to ?? 0] = (coverage[to ?? 0] ?? 0) - 1;
  };
  let [runs, onRight] = [0, 0];
  for (const sheet of shown) {
    for (const { box, zone } of sheet.runs) {
      if (zone !== undefined) continue;
      cover(box);
      runs++;
      if (box.left + box.right > width) onRight++;
    }
  }
  if (Math.min(onRight, runs - onRight) < runs * leastOnHalf) return undefined;
  for (let x = 1; x <= width; x++) coverage[x] = (coverage[x] ?? 0) + (coverage[x - 1] ?? 0);
  const most = coverage.reduce((a, b) => Math.max(a, b)) * mostOver;
  for (const { run } of numbers) coverage.fill(runs, Math.floor(run.box.left), Math.ceil(run.box.right));
  let [best, begun] = [Number.NaN, -1];
  for (let x = Math.floor(width * middle.from); x <= width * middle.to; x++) {
    const white = (coverage[x] ?? 0) <= most;
    if (white && begun < 0) begun = x;
    if (white || begun < 0) continue;
    const nearer = Number.isNaN(best) || Math.abs(x - width / 2) < Math.abs(best - width / 2);
    if (x - begun >= narrowestGutter && nearer) best = x - 2;
    begun = -1;
  }
  return Number.isNaN(best) ? undefined : best;
}

/** The page numbers of a sheet with so many rows, from its first page's on. */
function pagesOf(numbers: readonly LoneNumber[], first: number, rows: number): readonly LoneNumber[] {
  return first <= 0 ? [] : numbers.filter(({ value }) => value >= first && value < first + 2 * rows);
}

/**
 * Where each row of pages but the first begins, by sheet: below the numbers of the row above, or above its own where numbers stand
 * at the heads of pages. A sheet without numbers has the rows of the others.
 */
function rowEdges(
  sheets: readonly SheetText[],
  numbers: readonly (readonly LoneNumber[])[],
  rows: number,
): (index: number) => readonly number[] {
  if (rows === 1) return () => [];
  const heights = numbers.map((own) => {
    const left = own.filter(({ onRight }) => !onRight).map(({ run }) => run.box);
    return left.sort((a, b) => a.top - b.top).slice(0, rows);
  });
  let headSteps = 0;
  for (const [index, boxes] of heights.entries()) {
    const [first, last] = [boxes[0], boxes[rows - 1]];
    if (first === undefined || last === undefined) continue;
    const all = sheets[index]?.runs ?? [];
    const [top, bottom] = [
      Math.min(...all.map(({ box }) => box.top)),
      Math.max(...all.map(({ box }) => box.bottom)),
    ];
    headSteps += first.top - top < bottom - last.bottom ? 1 : -1;
  }
  const found = heights.map((boxes) =>
    headSteps > 0
      ? boxes.slice(1).map(({ top }) => top - 1)
      : boxes.slice(0, -1).map(({ bottom }) => bottom + 1),
  );
  const usual = Array.from({ length: rows - 1 }, (_, row) => {
    const own = found.flatMap((edges) => (edges.length === rows - 1 ? (edges[row] ?? []) : []));
    return own.sort((a, b) => a - b)[own.length >> 1] ?? 0;
  });
  return (index) => (found[index]?.length === rows - 1 ? found[index] : usual);
}

/** Of the runs of a sheet that is cut so many may run over the gutter: a whole page has more. */
const mostCrossing = 0.15;

function cellsOf(
  { runs }: SheetText,
  gutter: number,
  edges: readonly number[],
  numbers: readonly LoneNumber[],
): SheetCell[] | undefined {
  const cells = [0, 1].flatMap((column) =>
    Array.from(
      { length: edges.length + 1 },
      (_, row): SheetCell => ({ column, row, runs: [], page: undefined }),
    ),
  );
  const rest: SheetCell = { column: -1, row: -1, runs: [], page: undefined };
  const cellAt = ({ box }: TextRun) => {
    const row = edges.filter((edge) => (box.top + box.bottom) / 2 > edge).length;
    return cells[(box.left + box.right > 2 * gutter ? edges.length + 1 : 0) + row] ?? rest;
  };
  for (const run of runs) {
    const crosses = run.box.left < gutter - 1 && run.box.right > gutter + 1;
    (crosses || pageRange.test(run.text) ? rest : cellAt(run)).runs.push(run);
  }
  if (rest.runs.length > runs.length * mostCrossing) return undefined;
  for (const { run, value } of numbers) cellAt(run).page = value;
  return [...cells, rest];
}
