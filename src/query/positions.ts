import {
  type LineTable,
  lastAtOrBefore,
  type Outline,
  type Passage,
  type RunTable,
  runAt,
  unindexedCode,
  type ZoneRun,
} from '../model/outline.ts';
import { signatureOf } from './near/signature.ts';
import { type Occurring, packPostings } from './postings.ts';
import { sentenceEndsBetween } from './sentences.ts';
import { type NumberedWords, tokeniseStretches } from './tokenizer.ts';
import { Vocabulary } from './vocabulary.ts';
import { type PositionedDocument, type Units, zoneGap } from './words.ts';

/** How many words lie between two checkpoints. */
export const checkpointEvery = 64;

/**
 * Splits a document's text into words and lays them out in positions: body words 0 to n − 1 in order, then each run of
 * another zone from the next multiple of `zoneGap` that is at least `zoneGap` beyond the word before. Runs that are
 * `unindexed` have no words. Words over a line-end hyphen are joined across whatever is not body.
 * @throws RangeError when the document has more runs than positions can number (over 400,000).
 */
export function positionDocument(text: string, outline: Outline): PositionedDocument {
  const words = layOutWords(text, outline);
  return {
    words: words.ids.length,
    units: unitsOf(text, outline, words),
    postings: packPostings(
      { terms: words.vocabulary, ids: words.ids, positions: words.positions },
      joinedWords(words),
    ),
    signature: signatureOf(words),
    checkpoints: checkpointsOf(words),
  };
}

/**
 * The words of a whole document in order of position. Word i is `vocabulary[ids[i]]`, at `positions[i]` and at the
 * UTF-16 offsets `[starts[i], ends[i])`; `joins` as in `Words`. `runs[r]` is the position at which the r-th indexed
 * run begins and `runEnds[r]` the one behind its last word; `bodyWords` is the number of words in the body.
 */
export interface PositionedWords extends NumberedWords {
  readonly positions: Uint32Array;
  readonly bodyWords: number;
  readonly runs: Uint32Array;
  readonly runEnds: Uint32Array;
}

/** The words and positions alone, for highlights and for engines without postings. Same laws and errors as `positionDocument`. */
export function layOutWords(text: string, outline: Pick<Outline, 'runs'>): PositionedWords {
  const body = tokeniseStretches(text, bodyStretches(text.length, outline.runs));
  const others = indexedRuns(outline.runs).map(({ start, end }) => tokeniseStretches(text, [start, end]));
  return others.length === 0 ? bodyAlone(body) : withRuns(body, others);
}

/** The runs that hold words. */
function indexedRuns(runs: RunTable): ZoneRun[] {
  const indexed: ZoneRun[] = [];
  runs.zones.forEach((code, index) => {
    if (code !== unindexedCode) indexed.push(runAt(runs, index));
  });
  return indexed;
}

/** The stretches of a text that lie outside all runs. */
function bodyStretches(length: number, { starts, ends }: RunTable): number[] {
  const stretches: number[] = [];
  let from = 0;
  for (let run = 0; run < starts.length; run++) {
    // columns of the same length
    const start = starts[run] as number;
    if (start > from) stretches.push(from, start);
    from = Math.max(from, ends[run] as number);
  }
  if (from < length) stretches.push(from, length);
  return stretches;
}

function bodyAlone(body: NumberedWords): PositionedWords {
  const positions = new Uint32Array(body.ids.length);
  for (let at = 0; at < positions.length; at++) positions[at] = at;
  return {
    ...body,
    positions,
    bodyWords: positions.length,
    runs: new Uint32Array(0),
    runEnds: new Uint32Array(0),
  };
}

/** Puts the words of the other runs behind the body's, each run a gap away. */
function withRuns(body: NumberedWords, others: readonly NumberedWords[]): PositionedWords {
  const total = others.reduce((sum, { ids }) => sum + ids.length, body.ids.length);
  const ids = column(total, body.ids);
  const starts = column(total, body.starts);
  const ends = column(total, body.ends);
  const positions = new Uint32Array(total);
  for (let at = 0; at < body.ids.length; at++) positions[at] = at;
  const joins = [...body.joins];
  const runs = new Uint32Array(others.length);
  const runEnds = new Uint32Array(others.length);
  const numbering = renumbering(body.vocabulary);
  let count = body.ids.length;
  let last = count - 1;
  others.forEach((words, run) => {
    const begin = (Math.floor(last / zoneGap) + 2) * zoneGap;
    if (begin + words.ids.length > 0xffff_ffff) throw new RangeError('too many runs outside the body');
    runs[run] = begin;
    runEnds[run] = begin + words.ids.length;
    if (words.ids.length === 0) return;
    starts.set(words.starts, count);
    ends.set(words.ends, count);
    for (const join of words.joins) joins.push(count + join);
    const numbers = words.vocabulary.map(numbering.number);
    for (let at = 0; at < words.ids.length; at++) {
      ids[count + at] = numbers[words.ids[at] as number] as number; // ids index the run's vocabulary
      positions[count + at] = begin + at;
    }
    count += words.ids.length;
    last = begin + words.ids.length - 1;
  });
  const vocabulary = numbering.terms;
  const bodyWords = body.ids.length;
  return {
    vocabulary,
    ids,
    starts,
    ends,
    joins: Uint32Array.from(joins),
    positions,
    bodyWords,
    runs,
    runEnds,
  };
}

/** Numbers terms on from a vocabulary that there is. */
function renumbering(vocabulary: readonly string[]) {
  const terms = [...vocabulary];
  const known = new Map(terms.map((term, id) => [term, id]));
  const number = (term: string): number => {
    const id = known.get(term) ?? terms.push(term) - 1;
    known.set(term, id);
    return id;
  };
  return { terms, number };
}

function column(length: number, beginning: Uint32Array): Uint32Array<ArrayBuffer> {
  const filled = new Uint32Array(length);
  filled.set(beginning);
  return filled;
}

/** Each pair of halves as the one word that they make, at the first half's position. */
function joinedWords({ vocabulary, ids, positions, joins }: PositionedWords): Occurring {
  const joined = new Vocabulary();
  // a join's index and the next are words
  const term = (at: number): string => vocabulary[ids[at] as number] as string;
  return {
    ids: Array.from(joins, (at) => joined.intern(term(at) + term(at + 1))),
    positions: Array.from(joins, (at) => positions[at] as number),
    terms: joined.terms,
  };
}

function checkpointsOf({ positions, starts }: PositionedWords): PositionedDocument['checkpoints'] {
  const count = Math.ceil(positions.length / checkpointEvery);
  const pick = (from: Uint32Array) => {
    const picked = new Uint32Array(count);
    for (let at = 0; at < count; at++) picked[at] = from[at * checkpointEvery] as number; // < length
    return picked;
  };
  return { positions: pick(positions), offsets: pick(starts) };
}

function unitsOf(text: string, outline: Outline, words: PositionedWords): Units {
  const bodyStarts = words.starts.subarray(0, words.bodyWords);
  const body = outline.passages.filter(({ zone }) => zone === 'body');
  const starts = positionsOf(
    body.map(({ start }) => start),
    bodyStarts,
  );
  return {
    passage: joinColumns(starts, words.runs),
    turn: joinColumns(whereChanges(body, starts, 'turn'), words.runs),
    exchange: joinColumns(whereChanges(body, starts, 'exchange'), words.runs),
    sentence: sentences(text, starts, words),
    page: joinColumns(
      positionsOf(
        bodyPages(outline.lines).map(({ start }) => start),
        bodyStarts,
      ),
      words.runs,
    ),
    ends: joinColumns(Uint32Array.of(words.bodyWords), words.runEnds),
  };
}

/** For each of some ascending offsets the first body word at or behind it. */
function positionsOf(offsets: readonly number[], bodyStarts: Uint32Array): Uint32Array {
  let word = 0;
  const positions = new Uint32Array(offsets.length);
  for (let at = 0; at < offsets.length; at++) {
    word = firstFrom(bodyStarts, word, offsets[at] as number); // at < length
    positions[at] = word;
  }
  return positions;
}

/** Index of the first element at or behind `from` that is not below the value: in strides twice as long each time, then by halves. */
function firstFrom(ascending: Uint32Array, from: number, value: number): number {
  let low = from;
  let high = from;
  for (let stride = 8; high < ascending.length && (ascending[high] as number) < value; stride *= 2) {
    low = high + 1;
    high += stride; // what lies beyond the end is cut off below
  }
  high = Math.min(high, ascending.length);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < value)
      low = middle + 1; // middle < length
    else high = middle;
  }
  return low;
}

function whereChanges(body: readonly Passage[], starts: Uint32Array, key: 'turn' | 'exchange'): Uint32Array {
  return starts.filter((_, at) => at === 0 || body[at]?.[key] !== body[at - 1]?.[key]);
}

/** The pages of a document in the order of `units.page`: where each begins, its printed page and its sheet, 0 where there is none. */
export interface PageRow {
  readonly start: number;
  readonly page: number;
  readonly sheet: number;
}

/**
 * A row for each unit of `units.page`: the printed pages of the body, or sheets where no page is printed, then the runs
 * of other zones. A line without a page number belongs to the page before it on its sheet.
 */
export function pageRows({ lines, runs }: Pick<Outline, 'lines' | 'runs'>): readonly PageRow[] {
  const ofRuns = indexedRuns(runs).map(({ start }) => {
    const line = Math.max(0, lastAtOrBefore(lines.starts, start));
    return { start, page: lines.pages[line] ?? 0, sheet: lines.sheets[line] ?? 0 };
  });
  return [...bodyPages(lines), ...ofRuns];
}

function bodyPages({ starts, sheets, pages }: LineTable): PageRow[] {
  const rows: { start: number; page: number; sheet: number }[] = [];
  let current = { start: 0, page: 0, sheet: -1 };
  for (let line = 0; line < starts.length; line++) {
    // columns of the same length
    const sheet = sheets[line] as number;
    const page = pages[line] as number;
    const other = page !== 0 && current.page !== 0 && page !== current.page;
    if (sheet !== current.sheet || other) {
      current = { start: starts[line] as number, page, sheet };
      rows.push(current);
    } else if (page !== 0) current.page = page;
  }
  return rows;
}

/** Sentences begin behind the end of one, with each passage, and with each run of another zone. */
function sentences(text: string, passages: Uint32Array, words: PositionedWords): Uint32Array {
  const begins = new Uint32Array(words.ids.length);
  const inBody = sentencesFrom(text, words, 0, words.bodyWords, passages, begins, 0);
  const count = sentencesFrom(text, words, words.bodyWords, words.ids.length, words.runs, begins, inBody);
  return begins.slice(0, count);
}

/**
 * Adds the positions at which sentences begin among the words `[from, to)` to `begins`, behind the `count` that are
 * there; gives their new number. `units`: positions at which a sentence begins whatever stands before.
 */
function sentencesFrom(
  text: string,
  { vocabulary, ids, starts, ends, positions }: PositionedWords,
  from: number,
  to: number,
  units: Uint32Array,
  begins: Uint32Array,
  count: number,
): number {
  let unit = 0;
  let unitBegins = units[0] ?? Number.POSITIVE_INFINITY;
  for (let word = from; word < to; word++) {
    // columns of the same length; the first word of all is asked nothing about the one before
    const position = positions[word] as number;
    const start = starts[word] as number;
    let begin = word === 0;
    while (unitBegins <= position) {
      begin = true;
      unitBegins = units[++unit] ?? Number.POSITIVE_INFINITY;
    }
    if (!begin) {
      const end = ends[word - 1] as number;
      // A mark and white space: nothing less parts two sentences.
      begin =
        start - end >= 2 &&
        sentenceEndsBetween(text, vocabulary[ids[word - 1] as number] as string, end, start);
    }
    if (begin) begins[count++] = position;
  }
  return count;
}

function joinColumns(first: Uint32Array, second: Uint32Array): Uint32Array {
  const joined = column(first.length + second.length, first);
  joined.set(second, first.length);
  return joined;
}
