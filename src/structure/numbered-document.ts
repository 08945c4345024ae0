import type { Outline } from '../model/outline.ts';
import type { PassageKind } from '../model/place.ts';
import { type Furniture, findFurniture } from './furniture.ts';
import { findHeadings, type Heading } from './headings.ts';
import type { Layout, LayoutLine } from './layout.ts';
import { believeNumbers } from './numbering.ts';
import { OutlineBuilder } from './outline-builder.ts';
import type { NumberedParagraph } from './paragraph-labels.ts';
import { type NumberMark, numberMark } from './paragraph-number.ts';
import { endsSentence, type TextLine, textLines } from './text-lines.ts';

/** The running text of a document, parted from what is printed around it. */
export interface RunningText {
  readonly layout: Layout;
  readonly furniture: Furniture;
  readonly lines: readonly TextLine[];
}

/** A document of paragraphs, numbered or not, before anybody says what kind it is. */
export interface ParagraphedDocument extends RunningText {
  /** Whatever looks like the number of a paragraph: of `numbered` there are at most as many. */
  readonly marks: readonly NumberMark[];
  readonly headings: readonly Heading[];
  readonly numbered: readonly NumberedParagraph[];
  /** Line indexes from which on it is not sure that the text belongs to the paragraph before: see `BelievedNumbers`. */
  readonly strays: ReadonlySet<number>;
}

export function readRunningText(layout: Layout): RunningText {
  const furniture = findFurniture(layout);
  return { layout, furniture, lines: textLines(layout, furniture) };
}

/** Finds furniture; headings and numbered paragraphs when they are asked for, for most kinds are told without them. */
export function readParagraphs(layout: Layout): ParagraphedDocument {
  return new LazyParagraphs(readRunningText(layout));
}

type PartedParagraphs = Pick<ParagraphedDocument, 'headings' | 'numbered' | 'strays'>;

class LazyParagraphs implements ParagraphedDocument {
  readonly layout: Layout;
  readonly furniture: Furniture;
  readonly lines: readonly TextLine[];
  #marks: readonly NumberMark[] | undefined;
  #parted: PartedParagraphs | undefined;

  constructor({ layout, furniture, lines }: RunningText) {
    this.layout = layout;
    this.furniture = furniture;
    this.lines = lines;
  }

  get marks(): readonly NumberMark[] {
    this.#marks ??= this.lines.flatMap((line, at) => markOf(this.layout, line, this.lines[at - 1]));
    return this.#marks;
  }

  get headings(): readonly Heading[] {
    return this.#parts().headings;
  }

  get numbered(): readonly NumberedParagraph[] {
    return this.#parts().numbered;
  }

  get strays(): ReadonlySet<number> {
    return this.#parts().strays;
  }

  #parts(): PartedParagraphs {
    this.#parted ??= partParagraphs(this.lines, this.marks);
    return this.#parted;
  }
}

function partParagraphs(lines: readonly TextLine[], marks: readonly NumberMark[]): PartedParagraphs {
  const marked = new Map(marks.map((mark) => [mark.line, mark]));
  const candidates = findHeadings(lines);
  const parting = candidates.filter(({ strong, line }) => strong && !marked.has(line));
  const { numbered: believed, strays } = believeNumbers(
    marks,
    parting.map(({ line }) => line),
  );
  const lined = new Set(believed.map(({ line }) => line));
  const numbers = new Map(
    marks.filter(({ weak, line }) => !weak || lined.has(line)).map((mark) => [mark.line, mark]),
  );
  const { headings, numbered } = partHeadings(candidates, believed, numbers);
  return { headings, numbered: withRestartsDoubted(numbered, headings, lines), strays };
}

function markOf(
  layout: Layout,
  { line, index, begins }: TextLine,
  before: TextLine | undefined,
): NumberMark[] {
  if (line.continues === true || (line.blockType === 'row' && line.number === undefined)) return [];
  const mark = numberMark(line, index, layout.geometry);
  if (mark === undefined || isContentsLine(line)) return [];
  return [{ ...mark, begins: begins || (before !== undefined && mayBegin(line, before.line, layout)) }];
}

/** A number this much further out than the line before, in points, stands in the margin beside the text. */
const hangingIndent = 10;

/** A line that ends so much before the next one, in points, ends a paragraph: its first word would have fitted in. */
const longestWord = 90;

/** Whether a number can be that of a paragraph though no white space stands above it. */
function mayBegin(line: LayoutLine, before: LayoutLine, { geometry }: Layout): boolean {
  if (line.blockType !== undefined) return false;
  const sameSheet = line.sheet === before.sheet;
  const hangs = sameSheet && before.left - line.left > hangingIndent;
  const isShort = geometry && sameSheet && line.right - before.right > longestWord;
  return hangs || isShort || endsSentence(before.text);
}

/** A line of a table of contents ends in a page number behind leaders or a wide gap. */
export function isContentsLine({ text, gaps }: LayoutLine): boolean {
  if (text.length > 200) return false;
  if (/(?:\.\s?){4,}\s*\d{1,4}\s*$/.test(text) || /\S(?:\t|\s{4,})\d{1,4}\s*$/.test(text)) return true;
  const last = gaps?.at(-1);
  return (
    last !== undefined && gaps !== undefined && gaps.length > 1 && /^\d{1,4}\s*$/.test(text.slice(last.at))
  );
}

/**
 * Parts headings from paragraphs. A heading that only looks like one must stand right above a numbered paragraph, or
 * above a heading that does; before the first paragraph, above one that the file itself calls a heading, it is what is printed over a title. A heading may have a number of its own, (i) or (2), which is no part of the paragraph before.
 */
function partHeadings(
  candidates: readonly Heading[],
  believed: readonly NumberedParagraph[],
  marked: ReadonlyMap<number, NumberMark>,
): Omit<PartedParagraphs, 'strays'> {
  const roots = new Set(believed.filter(({ root }, at) => root === at).map(({ line }) => line));
  const chapters = new Set(believed.filter((_, at) => isChapter(believed, at)).map(({ line }) => line));
  const inLists = new Set(believed.filter(({ alone }) => !alone).map(({ line }) => line));
  const around = new Set(believed.filter((paragraph) => paragraph.around).map(({ line }) => line));
  const kept: Heading[] = [];
  const keptLines = new Set<number>();
  const firstNumbered = believed[0]?.line ?? Number.POSITIVE_INFINITY;
  const titles = new Set(
    candidates.filter(({ said, line }) => said && line < firstNumbered).map(({ line }) => line),
  );
  for (const heading of candidates.toReversed()) {
    const { line, next, strong } = heading;
    const mark = marked.get(line);
    const above = roots.has(next) || (keptLines.has(next) && !titles.has(next));
    if (
      mark === undefined
        ? !strong && !above
        : !above || ((roots.has(line) || inLists.has(line)) && !chapters.has(line) && !around.has(line))
    )
      continue;
    kept.push(around.has(line) ? heading : named(heading, mark, chapters.has(line)));
    keptLines.add(line);
  }
  return { headings: kept.reverse(), numbered: withoutLines(believed, keptLines) };
}

/** Whether the next paragraph is the first one under this number: 2 before 2.1. */
function isChapter(believed: readonly NumberedParagraph[], at: number): boolean {
  const [here, next] = [believed[at], believed[at + 1]];
  return (
    here !== undefined &&
    next !== undefined &&
    /^[01]$/.test(next.label.slice(here.label.length + 1)) &&
    next.label.startsWith(`${here.label}.`)
  );
}

/** A chapter's number is told by its paragraphs; other numbered headings keep theirs. */
function named(heading: Heading, mark: NumberMark | undefined, chapter: boolean): Heading {
  const number = mark?.readings[0]?.digits;
  if (chapter)
    return {
      ...heading,
      text: mark?.automatic === true ? heading.text : heading.text.replace(/^\S+\s+/, ''),
    };
  return number === undefined ? heading : { ...heading, number };
}

/** Indexes of roots are adjusted to the paragraphs that are left. */
function withoutLines(
  paragraphs: readonly NumberedParagraph[],
  lines: ReadonlySet<number>,
): NumberedParagraph[] {
  const places = new Map<number, number>();
  const left: NumberedParagraph[] = [];
  for (const [at, paragraph] of paragraphs.entries()) {
    if (lines.has(paragraph.line)) continue;
    places.set(at, left.length);
    left.push({ ...paragraph, root: places.get(paragraph.root) ?? left.length });
  }
  return left;
}

/**
 * Numbers that begin again are told apart by the headings above them. Where no heading and no end of a paper stands
 * between, they may be those of a list inside a paragraph.
 */
function withRestartsDoubted(
  numbered: readonly NumberedParagraph[],
  headings: readonly Heading[],
  lines: readonly TextLine[],
): readonly NumberedParagraph[] {
  const doubted = new Set<number>();
  const firsts = firstsOfLists(numbered);
  for (const [at, { list, again, line }] of numbered.entries()) {
    const before = numbered[at - 1];
    if (!again || before === undefined || !firsts.has(line)) continue;
    const isBetween = (index: number) => index > before.line && index < line;
    const parted =
      headings.some((heading) => isBetween(heading.line)) ||
      lines.some(({ index, line: { text } }) => isBetween(index) && closingLine.test(text.trim()));
    if (!parted) doubted.add(list);
  }
  if (doubted.size === 0) return numbered;
  return numbered.map((paragraph) =>
    doubted.has(numbered[paragraph.root]?.list ?? paragraph.list)
      ? { ...paragraph, doubt: 'paragraph-out-of-order' as const }
      : paragraph,
  );
}

/** Lines on which lists of whole paragraphs begin. */
function firstsOfLists(numbered: readonly NumberedParagraph[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const firsts = new Set<number>();
  for (const [at, { root, list, line }] of numbered.entries()) {
    if (root !== at || seen.has(list)) continue;
    seen.add(list);
    firsts.add(line);
  }
  return firsts;
}

/** Lays the places beside the text: furniture, printed pages, a passage a paragraph. */
export function outlineParagraphs(document: ParagraphedDocument): { outline: Outline; pagesFound: number } {
  const builder = new OutlineBuilder(document.layout);
  layFurniture(builder, document);
  new PassageWriter(builder, document).write();
  return { outline: builder.finish(), pagesFound: builder.pagesFound };
}

/** Runs of heads, feet, stamps and what the file itself sets apart; printed pages and stamps by sheet. */
export function layFurniture(builder: OutlineBuilder, { layout, furniture }: RunningText): void {
  const textFile = layout.sheets.length === 0 && layout.lines[0]?.blockType === undefined;
  for (const [index, line] of layout.lines.entries()) {
    const printed = furniture.lineNumbers.get(index);
    builder.line(index, furniture.pages.get(line.sheet) ?? 0, printed?.number ?? (textFile ? index + 1 : 0));
    if (printed !== undefined) builder.run(line.start, line.start + printed.length, 'unindexed');
    const around = furniture.lines.get(index);
    const zone = line.zone ?? (around === 'note' ? undefined : around);
    if (zone !== undefined) builder.run(line.start, line.start + line.text.length, zone);
  }
  for (const { first, last } of furniture.notes) {
    const [begin, end] = [layout.lines[first], layout.lines[last]];
    if (begin !== undefined && end !== undefined)
      builder.run(begin.start, end.start + end.text.length, 'note');
  }
  for (const [sheet, stamp] of furniture.stamps) builder.sheet({ sheet, stamp });
}

/** Ends what a numbered paragraph holds: signatures and declarations belong to the document. */
const closingLine =
  /^(?:signed\b|signature\b|dated?\s*:|dated this|yours (?:sincerely|faithfully|truly)|statement of truth|declaration of truth|i believe (?:that )?the facts|this statement \(consisting|(?:appendix|annex|schedule)\b[\s\dA-Z.:-]*$)/i;

/** The words by which a statement is declared true, at the beginning of a paragraph of their own. */
const closingFormulas: readonly RegExp[] = [
  /^i have (?:carefully |now )?read (?:over |through )?(?:this|my|the above|the foregoing) (?:[a-z]+ ){0,2}(?:statement|deposition|declaration)\b/i,
  /^(?:i (?:confirm|declare|certify|swear|affirm|believe) (?:that )?)?(?:(?:the )?(?:facts|contents)\b.{0,20}\b)?(?:this|my|the above|the foregoing) (?:[a-z]+ ){0,2}(?:statement|deposition|declaration)\b.{0,60}\b(?:true|correct|accurate)\b/i,
  /^i (?:make|sign) this (?:statement|deposition|declaration) (?:conscientiously|believing|knowing|of my own free will)\b/i,
  /^i understand that proceedings for contempt of court\b/i,
];

class PassageWriter {
  readonly #builder: OutlineBuilder;
  readonly #document: ParagraphedDocument;
  readonly #byLine: ReadonlyMap<number, NumberedParagraph>;
  readonly #headings: ReadonlyMap<number, Heading>;
  /** Lines on which lists of paragraphs begin, and none after the last: a paper ends before them. */
  readonly #firsts: ReadonlySet<number>;
  #at = 0;
  #heading: string | undefined;
  #current: NumberedParagraph | undefined;
  #isStray = false;
  #ordinal = 0;
  #turn = 0;

  constructor(builder: OutlineBuilder, document: ParagraphedDocument) {
    this.#builder = builder;
    this.#document = document;
    this.#byLine = new Map(document.numbered.map((paragraph) => [paragraph.line, paragraph]));
    this.#headings = new Map(document.headings.map((heading) => [heading.line, heading]));
    this.#firsts = firstsOfLists(document.numbered);
  }

  write(): void {
    for (const line of this.#document.lines) this.#line(line);
  }

  #line({ index, line, begins }: TextLine): void {
    const numbered = this.#byLine.get(index);
    const heading = this.#headings.get(index);
    if (numbered !== undefined) this.#numbered(numbered, line.start);
    else if (heading !== undefined) this.#headed(heading, line.start);
    else if (this.#document.strays.has(index) && this.#current !== undefined)
      this.#strayed(this.#current, line.start);
    else if (begins || this.#closes(line, begins)) this.#unnumbered(line, begins);
  }

  #numbered(paragraph: NumberedParagraph, start: number): void {
    this.#at++;
    if (this.#document.numbered[paragraph.root] === paragraph) {
      this.#turn++;
      this.#isStray = false;
    }
    this.#current = paragraph;
    this.#write(start, paragraph);
  }

  /** From a stray number on it is in doubt which paragraph the text belongs to. */
  #strayed(current: NumberedParagraph, start: number): void {
    if (this.#isStray) return;
    this.#isStray = true;
    this.#write(start, current);
  }

  #headed({ text, number }: Heading, start: number): void {
    this.#isStray = false;
    this.#current = undefined;
    this.#heading = text;
    this.#turn++;
    if (number === undefined) this.#block(start);
    else
      this.#builder.passage(
        start,
        { kind: 'paragraph', paragraph: number, heading: text },
        { turn: this.#turn },
      );
  }

  #unnumbered(line: LayoutLine, begins: boolean): void {
    if (this.#current !== undefined && !this.#closes(line, begins)) {
      this.#back(this.#current, line);
      return;
    }
    this.#turn++;
    this.#current = undefined;
    this.#block(line.start);
  }

  #closes(line: LayoutLine, begins: boolean): boolean {
    const next = this.#document.numbered[this.#at];
    if (this.#current === undefined || (next !== undefined && !this.#firsts.has(next.line))) return false;
    const text = line.text.trim();
    return closingLine.test(text) || (begins && closingFormulas.some((formula) => formula.test(text)));
  }

  /** A paragraph without a number after a part, (a) or (i), belongs to the whole again unless it stands as far in as the part. */
  #back(current: NumberedParagraph, line: LayoutLine): void {
    const root = this.#document.numbered[current.root];
    if (root === undefined || root === current) return;
    const known = line.blockType === undefined;
    if (known && line.left > current.left - 6) return;
    this.#current = root;
    this.#write(line.start, root);
  }

  #write(start: number, { label, doubt: known }: NumberedParagraph): void {
    const doubt = this.#isStray ? 'paragraph-out-of-order' : known;
    this.#builder.passage(
      start,
      { kind: 'paragraph', paragraph: label, ...this.#under() },
      { turn: this.#turn, doubt },
    );
  }

  #block(start: number): void {
    this.#ordinal++;
    const kind: PassageKind = { kind: 'block', ordinal: this.#ordinal, ...this.#under() };
    this.#builder.passage(start, kind, { turn: this.#turn });
  }

  #under(): { heading?: string } {
    return this.#heading === undefined ? {} : { heading: this.#heading };
  }
}
