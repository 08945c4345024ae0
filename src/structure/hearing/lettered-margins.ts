import type { Layout, LayoutLine } from '../layout.ts';
import { marginsOf } from './margin-edges.ts';
import { someOf, tailApart, withoutHead, withoutTail } from './margin-times.ts';

/** A layout whose lines have lost the letters in its margins, and where in the text those stand. */
export interface LetterlessLayout {
  readonly layout: Layout;
  readonly letters: readonly { readonly start: number; readonly end: number }[];
}

/** So many letters at least, of at least so many pages, on at least this share of the lines with text. */
const fewestLetters = 14;
const fewestPages = 2;
const leastShare = 0.08;
/** Of what stands alone at an edge this share must be capital letters: the others are misread. */
const leastCapital = 0.6;
/** Of these, this share must go on from the one before, or begin a page. */
const leastOrdered = 0.8;
/** A page has at least the letters A to E. */
const shortestPage = 5;
/** So many letters on at most, or in at most, as some may be misread. */
const longestStep = 3;

/** The marks of questions and answers, which stand at an edge of their own. */
const marks = new Set(['Q', 'A']);

/** A letter, or what it was read as, that stands apart at an end of a line. */
interface EdgeLetter {
  readonly letter: string;
  /** Where the text behind it begins; of one at the right, where itself does. */
  readonly at: number;
  /** In the units of `left`. */
  readonly edge: number;
}

/**
 * Older transcripts of English courts, and those of Hong Kong, have letters down the margins instead of line numbers: A to H
 * or A to V on each page, at the left, at the right or at both ends, on each second line or farther apart. They belong to
 * nobody's speech, and A is no answer. The layout itself where there are none.
 */
export function withoutLetters(layout: Layout): LetterlessLayout {
  if (!someOf(layout.lines, isLettered)) return { layout, letters: [] };
  const heads = marginOf(layout.lines, headLetter);
  const tails = marginOf(layout.lines, tailLetter);
  if (heads.size + tails.size === 0) return { layout, letters: [] };
  const letters: { start: number; end: number }[] = [];
  const lines = layout.lines.map((line, index) => {
    const tail = tails.get(index);
    const cut = tail === undefined ? line : withoutTail(line, tail);
    const head = Math.min(heads.get(index) ?? 0, cut.text.length);
    if (head > 0) letters.push({ start: line.start, end: line.start + head });
    if (tail !== undefined) letters.push({ start: line.start + tail, end: line.start + line.text.length });
    return head === 0 ? cut : withoutHead(cut, head);
  });
  return { layout: { ...layout, lines }, letters };
}

/** Where the letters of a margin end or begin, by line; empty when those at the commonest edge do not count on. */
function marginOf(
  lines: readonly LayoutLine[],
  letterOf: (line: LayoutLine) => EdgeLetter | undefined,
): ReadonlyMap<number, number> {
  const found = lines.flatMap((line, index) => {
    const letter = letterOf(line);
    return letter === undefined ? [] : [{ ...letter, index, column: line.column }];
  });
  const isInMargin = marginsOf(found.filter(({ letter }) => isOfMargin(letter)));
  const own = found.filter(isInMargin);
  const letters = own.flatMap(({ letter }) => (isCapital(letter) ? [letter] : []));
  const filled = lines.filter(({ text }) => text.length > 0).length;
  const many = letters.length >= Math.max(fewestLetters, filled * leastShare, own.length * leastCapital);
  return new Map(many && countOn(letters) ? own.map(({ index, at }) => [index, at]) : []);
}

/** Whether the letters go on one by one and begin anew page by page. */
function countOn(letters: readonly string[]): boolean {
  let [ordered, pages, before] = [0, 1, 0];
  for (const letter of letters) {
    const order = letter.charCodeAt(0) - 64;
    const begins = order <= longestStep && before >= shortestPage;
    if (begins || (order > before && order <= before + longestStep)) ordered++;
    if (begins) pages++;
    before = order;
  }
  return ordered >= letters.length * leastOrdered && pages >= fewestPages;
}

/** Whether a line has a letter at an end that is no mark: nearly no document has such lines. */
function isLettered(line: LayoutLine): number {
  const { text } = line;
  let first = 0;
  while (text[first] === ' ') first++;
  const atHead = isOfMargin(text.charAt(first)) && headLetter(line) !== undefined;
  return atHead || (isOfMargin(text.charAt(text.length - 1)) && tailLetter(line) !== undefined) ? 1 : 0;
}

const isCapital = (letter: string) => letter >= 'A' && letter <= 'Z' && letter.length === 1;

/** A capital that is no mark. */
const isOfMargin = (letter: string) => isCapital(letter) && !marks.has(letter);

function headLetter({ text, left, gaps }: LayoutLine): EdgeLetter | undefined {
  let first = 0;
  while (text[first] === ' ') first++;
  if (first >= text.length || (first + 1 < text.length && text[first + 1] !== ' ')) return undefined;
  let at = first + 1;
  while (text[at] === ' ') at++;
  const apart = at >= text.length || at > first + 2 || gaps?.some((gap) => gap.at === at) === true;
  return apart ? { letter: text.charAt(first), at, edge: Math.round(left) } : undefined;
}

function tailLetter(line: LayoutLine): EdgeLetter | undefined {
  const { text, right } = line;
  const last = text.length - 1;
  if (last < 0 || (last > 0 && text[last - 1] !== ' ')) return undefined;
  const at = tailApart(line, /(?<apart>^|\s+)(?<tail>\S)$/);
  return at < 0 ? undefined : { letter: text.charAt(at), at, edge: Math.round(right) };
}
