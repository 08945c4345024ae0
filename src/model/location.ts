import { lastAtOrBefore, type Outline, type Passage, type SheetRow, unindexedCode } from './outline.ts';
import { type Doubt, doubts, type Markup, type PassageKind, type Place } from './place.ts';

/**
 * The place of the stretch `[start, end)` (UTF-16 offsets into the stored text) that begins in a passage. Pages, lines
 * and sheets are those of its first and its last character, so the stretch should begin and end with a word. `endPage`
 * and `endLine` of testimony are given whenever they are known, other ends where they differ from the beginning.
 * @throws RangeError when the outline has no such passage or the stretch is empty.
 */
export function placeOf(outline: Outline, passageIndex: number, start: number, end: number): Place {
  const passage = outline.passages[passageIndex];
  if (passage === undefined) throw new RangeError(`no passage ${passageIndex}`);
  if (end <= start) throw new RangeError(`an empty stretch at ${start}`);
  const firstLine = lastAtOrBefore(outline.lines.starts, start);
  const lastLine = lastAtOrBefore(outline.lines.starts, end - 1);
  const first = lineRow(outline, firstLine);
  const last = lineRow(outline, lastLine);
  const common = {
    zone: passage.zone,
    ...optional('doubt', worstDoubt(outline, passage, firstLine, lastLine)),
    ...optional('markup', markupIn(outline, start, end)),
    ...sheetFields(outline, first.sheet, last.sheet),
  };
  const lastPassage =
    end <= passage.end ? passage : outline.passages[passageAt(outline, end - 1) ?? passageIndex];
  return { ...common, ...placeFields(outline, passage.kind, lastPassage?.kind ?? passage.kind, first, last) };
}

/** The line table's row for one line; absent numbers are undefined. */
interface LineRow {
  /** From 1, counted in the stored text. */
  readonly ordinal: number;
  readonly sheet: number | undefined;
  readonly page: number | undefined;
  readonly number: number | undefined;
}

function lineRow({ lines }: Outline, line: number): LineRow {
  const present = (number: number | undefined) => (number === 0 ? undefined : number);
  return {
    ordinal: line + 1,
    sheet: present(lines.sheets[line]),
    page: present(lines.pages[line]),
    number: present(lines.numbers[line]),
  };
}

type WithoutCommon<P> = P extends Place
  ? Omit<P, 'zone' | 'markup' | 'doubt' | 'ocr' | 'confidence' | 'stamp'>
  : never;

function placeFields(
  outline: Outline,
  kind: PassageKind,
  lastKind: PassageKind,
  first: LineRow,
  last: LineRow,
): WithoutCommon<Place> {
  switch (kind.kind) {
    case 'testimony':
      return { ...kind, ...printedFields(first, last), ...optional('day', outline.day) };
    case 'paragraph': {
      const endParagraph = lastKind.kind === 'paragraph' ? lastKind.paragraph : undefined;
      return {
        ...kind,
        ...unlessSame('endParagraph', kind.paragraph, endParagraph),
        ...pageFields(first, last),
      };
    }
    case 'block': {
      const endOrdinal = lastKind.kind === 'block' ? lastKind.ordinal : undefined;
      return { ...kind, ...unlessSame('endOrdinal', kind.ordinal, endOrdinal), ...pageFields(first, last) };
    }
    case 'page':
      return { ...kind, ...sheetPlace(first, last) };
    case 'message': {
      // Header and body count their lines apart: an end in the other one would say nothing.
      const ends = lastKind.kind === 'message' && isHeader(lastKind) === isHeader(kind);
      return {
        ...kind,
        line: fileLine(first),
        ...unlessSame('endLine', fileLine(first), ends ? fileLine(last) : undefined),
      };
    }
    case 'row':
      return {
        ...kind,
        ...unlessSame('endRow', kind.row, lastKind.kind === 'row' ? lastKind.row : undefined),
      };
    case 'line':
      return { ...kind, line: fileLine(first), endLine: fileLine(last) };
  }
}

function printedFields(first: LineRow, last: LineRow) {
  return {
    ...optional('page', first.page),
    ...optional('line', first.number),
    ...optional('endPage', last.page),
    ...optional('endLine', last.number),
    ...optional('sheet', first.sheet),
  };
}

function pageFields(first: LineRow, last: LineRow) {
  return {
    ...optional('page', first.page),
    ...unlessSame('endPage', first.page, last.page),
    ...optional('sheet', first.sheet),
  };
}

/** A document without sheets is one sheet. */
function sheetPlace(first: LineRow, last: LineRow) {
  const sheet = first.sheet ?? 1;
  return {
    ...pageFields(first, last),
    sheet,
    ...unlessSame('endSheet', sheet, last.sheet),
    ...optional('line', first.number),
    ...optional('endLine', last.number),
  };
}

function isHeader({ part }: PassageKind & { kind: 'message' }): boolean {
  return part === 'header';
}

/** A line's number in its file, else its ordinal. */
function fileLine(line: LineRow): number {
  return line.number ?? line.ordinal;
}

function unlessSame<Key extends string, Value>(key: Key, first: Value | undefined, last: Value | undefined) {
  return optional(key, last === first ? undefined : last);
}

/** An object with the key only when there is a value: absent and undefined are different things to JSON and to types. */
function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  const one: { [K in Key]?: Value } = {};
  if (value !== undefined) one[key] = value;
  return one;
}

/** The stamp is that of the first sheet; of several sheets' OCR the one that is trusted least is told. */
function sheetFields(
  outline: Outline,
  firstSheet: number | undefined,
  lastSheet: number | undefined,
): Pick<Place, 'stamp' | 'ocr' | 'confidence'> {
  if (firstSheet === undefined) return {};
  const rows = sheetRows(outline.sheets, firstSheet, lastSheet ?? firstSheet);
  const stamp = rows.find((row) => row.sheet === firstSheet)?.stamp;
  const recognised = rows.filter((row) => row.ocr !== undefined);
  const worst = recognised.reduce<SheetRow | undefined>(
    (least, row) => ((row.confidence ?? 1) < (least?.confidence ?? 1) ? row : (least ?? row)),
    undefined,
  );
  return {
    ...optional('stamp', stamp),
    ...optional('ocr', worst?.ocr),
    ...optional('confidence', worst?.confidence),
  };
}

/** The rows of the sheets `first` to `last`, by binary search: rows ascend by sheet. */
function sheetRows(sheets: readonly SheetRow[], first: number, last: number): readonly SheetRow[] {
  let low = 0;
  let high = sheets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sheets[middle]?.sheet ?? 0) < first) low = middle + 1;
    else high = middle;
  }
  const rows: SheetRow[] = [];
  for (let row = sheets[low]; row !== undefined && row.sheet <= last; row = sheets[++low]) rows.push(row);
  return rows;
}

/** What is recorded of the first stretch that shares a character with `[start, end)`. */
function markupIn({ markup = [] }: Outline, start: number, end: number): Markup | undefined {
  const found = markup.find((run) => run.end > start);
  if (found === undefined || found.start >= end) return undefined;
  const { start: _, end: __, ...said } = found;
  return said;
}

/** From the doubt that most likely makes a citation wrong to the one that hardly does. */
const severity: readonly Doubt[] = [
  'two-numberings',
  'page-out-of-order',
  'page-repeated',
  'page-missing',
  'line-out-of-order',
  'line-repeated',
  'line-missing',
  'kind-unsure',
  'paragraph-out-of-order',
  'no-examiner',
  'no-witness',
  'speaker-unsure',
  'line-repaired',
];

function worstDoubt(
  outline: Outline,
  passage: Passage,
  firstLine: number,
  lastLine: number,
): Doubt | undefined {
  let worst = passage.doubt;
  for (let line = firstLine; line <= lastLine; line++) {
    const code = outline.lines.doubts[line] ?? 0;
    const doubt = code === 0 ? undefined : doubts[code - 1];
    if (doubt !== undefined && (worst === undefined || rank(doubt) < rank(worst))) worst = doubt;
  }
  return worst;
}

/** A doubt that is not in the list counts as the worst. */
function rank(doubt: Doubt): number {
  return severity.indexOf(doubt);
}

/** A passage's own words as people read them, with the way back to the stored text. */
export interface PassageText {
  /** Without furniture and runs of other zones; every run of white space, line ends too, is one space; trimmed. */
  readonly text: string;
  /** Where the stretch `[start, end)` of the stored text stands in `text`. What is not in `text` falls together at the place where it would be. */
  fold(start: number, end: number): { readonly start: number; readonly end: number };
  /** Where the stretch `[start, end)` of `text` stands in the stored text. A space that stands for several characters begins where the word before it ends. */
  unfold(start: number, end: number): { readonly start: number; readonly end: number };
}

/**
 * The text of a passage. `text` is the stored text from the UTF-16 offset `textBase` on, and must reach over the
 * whole passage. Offsets given to `fold` and from `unfold` are those of the whole stored text.
 * @throws RangeError when the outline has no such passage or the text does not reach over it.
 */
export function passageText(text: string, outline: Outline, passageIndex: number, textBase = 0): PassageText {
  const passage = outline.passages[passageIndex];
  if (passage === undefined) throw new RangeError(`no passage ${passageIndex}`);
  if (passage.start < textBase || passage.end > textBase + text.length)
    throw new RangeError(`the text does not reach over passage ${passageIndex}`);
  const builder = new WordJoiner(text, textBase);
  for (const [start, end] of ownStretches(outline, passage)) builder.add(start, end);
  return builder.finish();
}

/** The stretches of the stored text that are the passage's own, in order: its extent without the runs in it. */
export function ownStretches(outline: Outline, passage: Passage): readonly (readonly [number, number])[] {
  if (passage.zone !== 'body') return [[passage.start, passage.end]];
  const stretches: [number, number][] = [];
  let from = passage.start;
  const { starts, ends } = outline.runs;
  for (let i = firstRunAfter(outline, passage.start); i < starts.length; i++) {
    const [start = 0, end = 0] = [starts[i], ends[i]];
    if (start >= passage.end) break;
    if (start > from) stretches.push([from, start]);
    from = Math.max(from, end);
  }
  if (from < passage.end) stretches.push([from, passage.end]);
  return stretches;
}

/** Index of the first run that ends after `offset`; runs ascend and do not overlap. */
function firstRunAfter({ runs }: Outline, offset: number): number {
  return lastAtOrBefore(runs.ends, offset) + 1;
}

/** Joins the words of stretches by single spaces and remembers where each stood. */
class WordJoiner {
  readonly #source: string;
  readonly #base: number;
  readonly #words: string[] = [];
  readonly #storedStarts: number[] = [];
  readonly #foldedStarts: number[] = [];
  #length = 0;

  constructor(source: string, base: number) {
    this.#source = source;
    this.#base = base;
  }

  /** The end of a stretch ends a word: no word reaches across a run. */
  add(start: number, end: number): void {
    const stretch = this.#source.slice(start - this.#base, end - this.#base);
    for (const word of stretch.matchAll(/\S+/g)) {
      if (this.#words.length > 0) this.#length++;
      this.#storedStarts.push(start + word.index);
      this.#foldedStarts.push(this.#length);
      this.#words.push(word[0]);
      this.#length += word[0].length;
    }
  }

  finish(): PassageText {
    const words = this.#words;
    const stored = this.#storedStarts;
    const folded = this.#foldedStarts;
    const map = (offset: number, from: readonly number[], to: readonly number[]) => {
      const word = lastAtOrBefore(from, offset);
      const fromStart = from[word];
      const toStart = to[word];
      const length = words[word]?.length;
      // Before the first word, or in a passage without words.
      if (fromStart === undefined || toStart === undefined || length === undefined) return to[0] ?? 0;
      return toStart + Math.min(offset - fromStart, length);
    };
    const stretch = (start: number, end: number, from: readonly number[], to: readonly number[]) => {
      const mapped = map(start, from, to);
      return { start: mapped, end: Math.max(mapped, map(end, from, to)) };
    };
    return {
      text: words.join(' '),
      fold: (start, end) => stretch(start, end, stored, folded),
      unfold: (start, end) => stretch(start, end, folded, stored),
    };
  }
}

/** How many of the passages are body passages; they come first. */
export function bodyPassageCount({ passages }: Outline): number {
  let low = 0;
  let high = passages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passages[middle]?.zone === 'body') low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The passage that the character at a UTF-16 offset belongs to; undefined for furniture and past the end. */
export function passageAt(outline: Outline, offset: number): number | undefined {
  const { starts, zones } = outline.runs;
  const run = firstRunAfter(outline, offset);
  const inRun = (starts[run] ?? Number.POSITIVE_INFINITY) <= offset;
  if (inRun && zones[run] === unindexedCode) return undefined;
  const body = bodyPassageCount(outline);
  const index = inRun
    ? lastStartingBy(outline.passages, body, outline.passages.length, offset)
    : lastStartingBy(outline.passages, 0, body, offset);
  const passage = index === undefined ? undefined : outline.passages[index];
  return passage !== undefined && offset < passage.end ? index : undefined;
}

/** Index of the last passage in `[from, to)` that starts at or before `offset`. */
export function lastStartingBy(
  passages: readonly Passage[],
  from: number,
  to: number,
  offset: number,
): number | undefined {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((passages[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low > from ? low - 1 : undefined;
}

/**
 * Indices of all passages in reading order: by where they start, a body passage before one of another zone that
 * starts at the same offset.
 */
export function passagesInReadingOrder(outline: Outline): readonly number[] {
  const { passages } = outline;
  const start = (index: number) => passages[index]?.start ?? 0;
  return passages.map((_, index) => index).sort((a, b) => start(a) - start(b) || a - b);
}
