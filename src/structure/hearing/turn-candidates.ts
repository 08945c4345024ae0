import type { Layout, LayoutLine } from '../layout.ts';
import { type Label, labelAt } from './labels.ts';
import { none, roomFor } from './line-room.ts';
import { looseMarkAt, type Mark, markAt, writtenMarkAt } from './marks.ts';
import { type PrintedPages, putWords } from './printed-pages.ts';
import { type WrappedLabel, wrappedLabelOn } from './wrapped-labels.ts';

/** What looks like a mark or a label, by line of the layout, before it is known where these stand in the document. */
export interface TurnCandidates {
  readonly marks: Map<number, Mark>;
  readonly labels: Map<number, Label>;
  /** Labels for which nothing but a colon speaks. */
  readonly bare: Map<number, Label>;
  /** Marks that sentences can begin with: see `looseMarkAt` and `writtenMarkAt`. */
  readonly loose: Map<number, Mark>;
  readonly written: Map<number, Mark>;
  readonly wrapped: readonly WrappedLabel[];
  /** How many labels stand behind the number of a question. */
  readonly numbered: number;
}

/** Everything that looks like a mark or a label. Lines are looked at once. */
export function findCandidates(layout: Layout, printed: PrintedPages): TurnCandidates {
  const found = {
    ...{ marks: new Map<number, Mark>(), loose: new Map<number, Mark>(), written: new Map<number, Mark>() },
    ...{ labels: new Map<number, Label>(), bare: new Map<number, Label>() },
  };
  const wrapped: WrappedLabel[] = [];
  let numbered = 0;
  const heads = turnHeads(printed);
  for (let order = 0; order < heads.lines.length; order++) {
    const index = heads.lines[order] as number; // order < length
    const before = heads.before[order] as number; // as many
    const line = layout.lines[index] as LayoutLine; // a line of the layout
    const begin = printed.textAt[index] ?? 0;
    const at = line.text.charCodeAt(begin) === openingBracket ? behindTime(line.text, begin) : begin;
    const over = before === none ? undefined : wrappedLabelOn(layout, printed, before, index);
    if (over !== undefined) wrapped.push(over);
    if (readHead(line, at, index, found)) numbered++;
  }
  return { ...found, wrapped, numbered };
}

/** Puts what begins at index `at` of the line where it belongs; true when it is a label behind the number of a question. */
function readHead(
  line: LayoutLine,
  at: number,
  index: number,
  { marks, labels, bare, loose, written }: Omit<TurnCandidates, 'wrapped' | 'numbered'>,
): boolean {
  const first = line.text.charCodeAt(at);
  const mark = couldBeMark(first) ? markAt(line.text, at, apartAt(line.gaps, at)) : undefined;
  if (mark !== undefined) {
    marks.set(index, mark);
    return false;
  }
  const asking = first === 81 ? askerAt(line.text, at) : undefined;
  if (asking !== undefined) {
    labels.set(index, asking);
    return true;
  }
  const inFull = couldBeWritten(first, line.text, at)
    ? writtenMarkAt(line.text, at, apartAt(line.gaps, at))
    : undefined;
  if (inFull !== undefined) written.set(index, inFull);
  // A label begins with a capital or a digit: most lines do not.
  const label = first >= 97 && first <= 122 ? undefined : labelAt(line.text, at);
  if (couldBeMark(first) && (label === undefined || label.strength === 'bare')) {
    const unsure = looseMarkAt(line.text, at);
    if (unsure !== undefined) loose.set(index, unsure);
  }
  if (label !== undefined && !/^BY\s/i.test(label.printed))
    (label.strength === 'bare' ? bare : labels).set(index, label);
  return false;
}

/** The lines that may begin with a mark or a label, and the lines of text before them that may begin the label. */
function turnHeads(printed: PrintedPages) {
  const { is, heads } = printed;
  const room = roomFor(is.length);
  putWords(room, printed);
  room.lasts.set(heads.lasts);
  room.labelSigns.set(heads.labelSigns);
  const count = room.calls.listTurnHeads(is.length);
  return { lines: room.lists[0].slice(0, count), before: room.lists[1].slice(0, count) };
}

/** The label behind the number of a question: "Q12 Chair: …", "Q13 Jane Roe: …". */
function askerAt(text: string, from: number): Label | undefined {
  const number = /^Q\d{1,4}\.?\s+/.exec(text.slice(from, from + 12))?.[0].length ?? 0;
  const label = number === 0 ? undefined : labelAt(text, from + number);
  return label && { ...label, strength: 'strong' };
}

const openingBracket = 91;

/** Where the words go on behind a time of day in brackets, "[09:13] CHAIR: …", else `from`. */
function behindTime(text: string, from: number): number {
  return (
    from + (/^\[\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\]\s+(?=\S)/.exec(text.slice(from, from + 16))?.[0].length ?? 0)
  );
}

function couldBeMark(code: number): boolean {
  return code === 81 || code === 65 || (code >= 48 && code <= 57);
}

/** "Qu", "Ans", a bracket before a letter, or a letter before a stop, a bracket or a dash: told without a pattern. */
function couldBeWritten(first: number, text: string, at: number): boolean {
  const inBracket = first === 40 || first === openingBracket;
  if (!inBracket && first !== 81 && first !== 65) return false;
  const next = text.charCodeAt(at + 1);
  if (inBracket) return next === 81 || next === 65;
  if (next === 46 || next === 41 || next === 45 || next === 0x2013 || next === 0x2014) return true;
  const [letter, behind] = first === 81 ? [85, 69] : [78, 83];
  return (next | 32) === (letter | 32) && (text.charCodeAt(at + 2) | 32) === (behind | 32);
}

/** Index where the first run after `at` begins; -1 when there is none. */
export function apartAt(gaps: Layout['lines'][number]['gaps'], at: number): number {
  if (gaps === undefined) return -1;
  for (const gap of gaps) if (gap.at > at) return gap.at;
  return -1;
}
