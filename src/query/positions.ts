import { GrowingColumn } from '../model/growing-column.ts';
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
import { writtenNumber } from '../model/written-number.ts';
import { signatureOf } from './near/signature.ts';
import { type Occurring, packPostings } from './postings.ts';
import { sentenceEndsBetween } from './sentences.ts';
import { type NumberedWords, type Stretches, tokeniseParts } from './tokenizer.ts';
import { Vocabulary } from './vocabulary.ts';
import type { WordLengths } from './word-lengths.ts';
import { narrowGap, type PositionedDocument, type Units, zoneGap } from './words.ts';

/** How many words lie between two checkpoints. */
export const checkpointEvery = 64;

/**
 * Splits a document's text into words and lays them out in positions: body words 0 to n − 1 in order, then each run of
 * another zone from the next multiple of `zoneGap` that is at least `zoneGap` beyond the word before; where runs are too
 * many for that (over 200,000), `narrowGap` beyond it. Runs that are `unindexed` have no words. Words over a line-end
 * hyphen are joined across whatever is not body.
 * @throws RangeError when the document has more runs than positions can number (over 4,000,000).
 */
export function positionDocument(text: string, outline: Outline): PositionedDocument {
  const words = numberedWords(text, outline);
  return {
    words: words.ids.length,
    units: unitsOf(text, outline, words),
    postings: packPostings(
      {
        terms: words.vocabulary,
        ids: words.ids,
        inOrder: words.bodyWords,
        positions: words.otherPositions,
      },
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
  const { otherPositions, lengths, sentenceEnds, ...words } = numberedWords(text, outline);
  const positions = new Uint32Array(words.ids.length);
  for (let at = 0; at < words.bodyWords; at++) positions[at] = at;
  positions.set(otherPositions, words.bodyWords);
  return { ...words, ends: lengths.endsOf(words.starts), positions };
}

/**
 * The same with shorter columns, which in a long text are most of what it takes: lengths for ends, and the positions of
 * the words behind the body alone, since in the body a word's position is its number.
 */
type WordsByZone = Omit<PositionedWords, 'positions' | 'ends'> & {
  readonly lengths: WordLengths;
  readonly otherPositions: Uint32Array;
  readonly sentenceEnds?: Uint32Array;
};

function numberedWords(text: string, { runs }: Pick<Outline, 'runs'>): WordsByZone {
  const { partEnds, ...words } = tokeniseParts(
    text,
    bodyStretches(text.length, runs),
    indexedStretches(runs),
  );
  const bodyWords = partEnds[0] ?? 0;
  return { ...words, bodyWords, ...numberOthers(bodyWords, partEnds.subarray(1)) };
}

function positionAt({ bodyWords, otherPositions }: WordsByZone, word: number): number {
  return word < bodyWords ? word : (otherPositions[word - bodyWords] as number); // for words that there are
}

/** Positions of the words behind the body, each run of them a gap away. @param ends words up to the end of each run */
function numberOthers(
  bodyWords: number,
  ends: Uint32Array,
): Pick<WordsByZone, 'otherPositions' | 'runs' | 'runEnds'> {
  const runs = beginsOf(bodyWords, ends, widely) ?? beginsOf(bodyWords, ends, narrowly);
  if (runs === undefined)
    throw new RangeError(
      `It has ${writtenNumber(ends.length)} headers, notes, comments and stretches of hidden text, more than can be numbered.`,
    );
  const otherPositions = new Uint32Array((ends.at(-1) ?? bodyWords) - bodyWords);
  let word = bodyWords;
  const runEnds = runs.map((begin, run) => {
    const end = ends[run] as number; // columns of the same length
    let position = begin;
    for (; word < end; word++) otherPositions[word - bodyWords] = position++;
    return position;
  });
  return { otherPositions, runs, runEnds };
}

/** Where each run begins; undefined when the last would end behind all positions. @param after where the next begins behind a word's position */
function beginsOf(
  bodyWords: number,
  ends: Uint32Array,
  after: (last: number) => number,
): Uint32Array | undefined {
  const begins = new Uint32Array(ends.length);
  let word = bodyWords;
  let last = bodyWords - 1;
  for (let run = 0; run < ends.length; run++) {
    const end = ends[run] as number; // run < length
    const begin = after(last);
    if (begin + end - word > mostPositions) return undefined;
    begins[run] = begin;
    if (end > word) last = begin + end - word - 1;
    word = end;
  }
  return begins;
}

const mostPositions = 0xffff_ffff;

function widely(last: number): number {
  return (Math.floor(last / zoneGap) + 2) * zoneGap;
}

function narrowly(last: number): number {
  return last + narrowGap;
}

/** The stretches of the runs that hold words. */
function indexedStretches({ zones, starts, ends }: RunTable): Stretches {
  const stretches = new GrowingColumn();
  zones.forEach((code, run) => {
    if (code !== unindexedCode) addStretch(stretches, starts[run] as number, ends[run] as number); // columns of the same length
  });
  return stretches.values;
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
function bodyStretches(length: number, { starts, ends }: RunTable): Stretches {
  const stretches = new GrowingColumn();
  let from = 0;
  for (let run = 0; run < starts.length; run++) {
    // columns of the same length
    const start = starts[run] as number;
    if (start > from) addStretch(stretches, from, start);
    from = Math.max(from, ends[run] as number);
  }
  if (from < length) addStretch(stretches, from, length);
  return stretches.values;
}

function addStretch(stretches: GrowingColumn, from: number, to: number): void {
  stretches.push(from);
  stretches.push(to);
}

/** Each pair of halves as the one word that they make, at the first half's position. */
function joinedWords(words: WordsByZone): Occurring {
  const { vocabulary, ids, joins } = words;
  const joined = new Vocabulary();
  // a join's index and the next are words
  const term = (at: number): string => vocabulary[ids[at] as number] as string;
  return {
    ids: joins.map((at) => joined.intern(term(at) + term(at + 1))),
    inOrder: 0,
    positions: joins.map((at) => positionAt(words, at)),
    terms: joined.terms,
  };
}

function checkpointsOf(words: WordsByZone): PositionedDocument['checkpoints'] {
  const count = Math.ceil(words.ids.length / checkpointEvery);
  const positions = new Uint32Array(count);
  const offsets = new Uint32Array(count);
  for (let at = 0; at < count; at++) {
    positions[at] = positionAt(words, at * checkpointEvery);
    offsets[at] = words.starts[at * checkpointEvery] as number; // < length
  }
  return { positions, offsets };
}

function unitsOf(text: string, outline: Outline, words: WordsByZone): Units {
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

/** Positions at which sentences begin: behind the end of one, with each passage, and with each run of another zone. */
function sentences(text: string, passages: Uint32Array, words: WordsByZone): Uint32Array {
  const begins = new GrowingColumn();
  const units = unitWords(passages, words);
  const { sentenceEnds } = words;
  const count = sentenceEnds?.length ?? words.ids.length;
  let last = -1;
  const begin = (word: number): void => {
    if (word > last) begins.push(positionAt(words, word));
    last = word;
  };
  let unit = 0;
  for (let at = 0; at < count; at++) {
    const word = sentenceEnds ? (sentenceEnds[at] as number) : at; // at < length
    for (; unit < units.length && (units[unit] as number) <= word; unit++) begin(units[unit] as number); // unit < length
    if (word > last && sentenceEndsBefore(text, words, word)) begin(word);
  }
  for (; unit < units.length; unit++) begin(units[unit] as number); // unit < length
  return begins.values;
}

/** Numbers of the words that begin a passage of the body or a run of another zone, ascending, and of the first word. */
function unitWords(passages: Uint32Array, { ids, bodyWords, runs, runEnds }: WordsByZone): Uint32Array {
  const units = new GrowingColumn();
  if (ids.length > 0) units.push(0);
  for (const word of passages) if (word < bodyWords) units.push(word);
  let word = bodyWords;
  for (let run = 0; run < runs.length; run++) {
    const length = (runEnds[run] as number) - (runs[run] as number); // columns of the same length
    if (length > 0) units.push(word);
    word += length;
  }
  return units.values;
}

/** Whether a sentence ends between a word, which is not the first, and the one before. */
function sentenceEndsBefore(text: string, words: WordsByZone, word: number): boolean {
  const { vocabulary, ids, starts, lengths } = words;
  // columns of the same length
  const start = starts[word] as number;
  const end = (starts[word - 1] as number) + lengths.at(word - 1);
  // A mark and white space: nothing less parts two sentences.
  if (start - end < 2) return false;
  return sentenceEndsBetween(text, vocabulary[ids[word - 1] as number] as string, end, start);
}

function joinColumns(first: Uint32Array, second: Uint32Array): Uint32Array {
  const joined = new Uint32Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
