import type { Doubt } from '../../model/place.ts';

/** Pages that count on together: each number is as far ahead of its page as the others are. */
interface Row {
  readonly ahead: number;
  readonly first: number;
  last: number;
  length: number;
}

/** So few pages in a row may be misread alike, or stand apart. */
const mostAstray = 2;
/** A document counts on where this share of at least so many pages is as far ahead. */
const steadyShare = 0.5;
const steadyPages = 6;
/** So many ways of counting are asked whether they belie a row. */
const mostSpans = 8;

/**
 * Page numbers are as printed; what is odd about them is a doubt on the page. Out of order: the page that should come
 * before is elsewhere in the document, or the number breaks an otherwise steady row. Missing: its neighbours have one.
 */
export function pageDoubts(pages: Uint32Array, two: boolean): (Doubt | undefined)[] {
  const seen = new Map<number, number>();
  const astray = new Set([...outOfStep(pages), ...outOfStepOverGaps(pages)]);
  for (const page of pages) if (page > 0) seen.set(page, (seen.get(page) ?? 0) + 1);
  return Array.from(pages, (page, index): Doubt | undefined => {
    const before = pages[index - 1] ?? 0;
    const after = pages[index + 1] ?? 0;
    if (page === 0) return before > 0 && after > 0 ? 'page-missing' : undefined;
    if ((seen.get(page) ?? 0) > 1) return 'page-repeated';
    if (astray.has(index)) return 'page-out-of-order';
    const misplaced = before > 0 && before !== page - 1 && (seen.has(page - 1) || page < before);
    const odd = before > 0 && after === before + 2 && page !== before + 1;
    const afterOdd = before > 0 && pages[index - 2] === page - 2;
    if (odd || (misplaced && !afterOdd)) return 'page-out-of-order';
    return two ? 'two-numberings' : undefined;
  });
}

/** Pages with numbers that are not between those around them, where such without a number are no pages but parts or inserts. */
function outOfStepOverGaps(pages: Uint32Array): readonly number[] {
  const numbered = Array.from(pages, (page, index) => (page > 0 ? index : -1)).filter((index) => index >= 0);
  if (numbered.length === pages.length) return [];
  const rows = rowsOf(Uint32Array.from(numbered, (index) => pages[index] as number)); // an index of pages
  const [longerBefore, longerAfter] = [nearestLonger(rows), nearestLonger(rows.toReversed()).toReversed()];
  return rows.flatMap((row, at) =>
    row.length <= mostAstray && !isBetween(row, longerBefore[at], longerAfter[at])
      ? numbered.slice(row.first, row.last + 1)
      : [],
  );
}

/** Where pages begin and end that are as far ahead, and how many they are. */
interface Span {
  first: number;
  last: number;
  total: number;
}

/**
 * Pages with numbers that the pages around them belie: more pages, before them and behind, count on as if these were not
 * there; or they are few and not between the numbers of the rows around them; or few at an end, to which a document that
 * otherwise counts on does not lead; or they are the last figures of what they must be for it to count on.
 */
function outOfStep(pages: Uint32Array): ReadonlySet<number> {
  const rows = rowsOf(pages);
  const found = new Set<number>();
  if (rows.length < 2) return found;
  const spans = spansOf(rows);
  const largest = [...spans.values()].sort((a, b) => b.total - a.total).slice(0, mostSpans);
  const most = largest[0]?.total ?? 0;
  const usual = rows.find(({ ahead }) => spans.get(ahead) === largest[0])?.ahead ?? 0;
  const numbered = rows.reduce((sum, { length }) => sum + length, 0);
  const steady = numbered >= steadyPages && most >= numbered * steadyShare;
  const [longerBefore, longerAfter] = [nearestLonger(rows), nearestLonger(rows.toReversed()).toReversed()];
  for (const [at, row] of rows.entries()) {
    const own = spans.get(row.ahead)?.total ?? 0;
    if (steady && own === most) continue;
    const [before, after] = [longerBefore[at], longerAfter[at]];
    const alone = before === undefined || after === undefined;
    const astray = row.length <= mostAstray && (!isBetween(row, before, after) || (alone && steady));
    const belied = largest.some((span) => span.total > own && span.first < row.first && span.last > row.last);
    const shortened = steady && String(usual + row.first).endsWith(String(row.ahead + row.first));
    for (let page = row.first; (astray || belied || shortened) && page <= row.last; page++) found.add(page);
  }
  return found;
}

function spansOf(rows: readonly Row[]): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  for (const { ahead, first, last, length } of rows) {
    const span = spans.get(ahead);
    if (span === undefined) spans.set(ahead, { first, last, total: length });
    else {
      span.last = last;
      span.total += length;
    }
  }
  return spans;
}

/** Of each row the nearest one before it that is longer. */
function nearestLonger(rows: readonly Row[]): (Row | undefined)[] {
  const open: Row[] = [];
  return rows.map((row) => {
    while (open.length > 0 && (open.at(-1)?.length ?? 0) <= row.length) open.pop();
    const longer = open.at(-1);
    open.push(row);
    return longer;
  });
}

function rowsOf(pages: Uint32Array): Row[] {
  const rows: Row[] = [];
  for (const [page, value] of pages.entries()) {
    if (value === 0) continue;
    const row = rows.at(-1);
    if (row?.ahead === value - page) {
      row.last = page;
      row.length++;
    } else rows.push({ ahead: value - page, first: page, last: page, length: 1 });
  }
  return rows;
}

/** Whether the numbers of a row come after those of the one and before those of the other, where there are such. */
function isBetween(row: Row, before: Row | undefined, after: Row | undefined): boolean {
  const [first, last] = [row.ahead + row.first, row.ahead + row.last];
  return (
    (before === undefined || first > before.ahead + before.last) &&
    (after === undefined || last < after.ahead + after.first)
  );
}
