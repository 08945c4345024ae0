import type { Layout, LayoutLine } from '../layout.ts';
import { readHeading } from './headings.ts';
import { type Label, labelAt } from './labels.ts';
import { none, roomFor } from './line-room.ts';
import { looseMarkAt, type Mark, markAt } from './marks.ts';
import { addMisreadLabels } from './misread-labels.ts';
import { lineIs, type PrintedPages, putWords } from './printed-pages.ts';
import { addWrappedLabels, type WrappedLabel, wrappedLabelOn } from './wrapped-labels.ts';

/** How far from a column's indent a line may begin and still stand in it, in characters. */
const tolerance = 1;
const widest = 120;
/** Headings stand in the labels' own column, too: for each turn that begins there at most so many other lines. */
const mostBeside = 0.1;
/** How far in a turn goes on when no line of the document shows it. */
const assumedHang = 4;

/**
 * Where on the page things begin in this document, in characters from the numbers: the lines that go on a turn, and
 * those that begin one. In hanging layouts labels stand left of what goes on; in others right of it or in one column.
 */
export interface IndentProfile {
  readonly continuation: number;
  /** Where the first lines of paragraphs begin: the commonest indent further in, else the same as `continuation`. */
  readonly paragraph: number;
  /** Right end of full lines. */
  readonly width: number;
  readonly hanging: boolean;
  readonly isMarkColumn: (indent: number) => boolean;
  readonly isLabelColumn: (indent: number) => boolean;
  /** Labels hang in a column of their own, in which no speech goes on or begins a paragraph. */
  readonly labelsApart: boolean;
}

/** The marks and labels that begin turns, by line of the layout. */
export interface TurnMarks {
  readonly marks: ReadonlyMap<number, Mark>;
  readonly labels: ReadonlyMap<number, Label>;
  /** 1 for lines that either of them stands on: what asks for every line asks here. */
  readonly begins: Uint8Array;
  readonly profile: IndentProfile;
}

/** Finds everything that looks like a mark or a label, learns from it where they stand in this document, and keeps those that stand there. */
export function findTurnMarks(layout: Layout, printed: PrintedPages): TurnMarks {
  const marks = new Map<number, Mark>();
  const labels = new Map<number, Label>();
  const bare = new Map<number, Label>();
  const loose = new Map<number, Mark>();
  const wrapped: WrappedLabel[] = [];
  let numbered = 0;
  const heads = turnHeads(printed);
  for (let order = 0; order < heads.lines.length; order++) {
    const index = heads.lines[order] as number; // order < length
    const before = heads.before[order] as number; // as many
    const line = layout.lines[index] as LayoutLine; // a line of the layout
    const begin = printed.textAt[index] ?? 0;
    const at = line.text.charCodeAt(begin) === openingBracket ? behindTime(line.text, begin) : begin;
    const first = line.text.charCodeAt(at);
    const over = before === none ? undefined : wrappedLabelOn(layout, printed, before, index);
    if (over !== undefined) wrapped.push(over);
    const mark = couldBeMark(first) ? markAt(line.text, at, apartAt(line.gaps, at)) : undefined;
    if (mark !== undefined) {
      marks.set(index, mark);
      continue;
    }
    const asking = first === 81 ? askerAt(line.text, at) : undefined;
    if (asking !== undefined) {
      labels.set(index, asking);
      numbered++;
      continue;
    }
    // A label begins with a capital or a digit: most lines do not.
    const label = first >= 97 && first <= 122 ? undefined : labelAt(line.text, at);
    if (couldBeMark(first) && (label === undefined || label.strength === 'bare')) {
      const unsure = looseMarkAt(line.text, at);
      if (unsure !== undefined) loose.set(index, unsure);
    }
    if (label === undefined || /^BY\s/i.test(label.printed)) continue;
    (label.strength === 'bare' ? bare : labels).set(index, label);
  }
  // Committees print who answers without title or capitals.
  if (numbered >= fewestNumbered)
    for (const [index, label] of bare) labels.set(index, { ...label, strength: 'weak' });
  if (loose.size > 0) addLooseMarks(printed, loose, marks);
  // Those that return show where labels stand: their second lines may hang where speech goes on.
  addWrappedLabels(layout, printed, wrapped, labels, (_, returns) => returns);
  const profile = learnProfile(layout, printed, { marks, labels, bare });
  keepMarks(layout, printed, { marks, loose }, profile);
  keepLabels(layout, printed, labels, profile);
  if (profile.labelsApart) addBareLabels(layout, printed, bare, labels, profile);
  const believed = (line: number, returns: boolean) => {
    const indent = printed.indents[line] ?? 0;
    if (!profile.isLabelColumn(indent)) return false;
    const own = profile.labelsApart && indent < profile.continuation - tolerance;
    return own || (returns && profile.hanging) || sentenceEndedBefore(layout, printed, line, profile);
  };
  addWrappedLabels(layout, printed, wrapped, labels, believed);
  addMisreadLabels(layout, printed, labels, marks, (line) => believed(line, false));
  return { marks, labels, begins: turnLines(layout, marks, labels), profile };
}

/** The lines that may begin with a mark or a label, and the lines of text before them. */
function turnHeads(printed: PrintedPages) {
  const { is, heads } = printed;
  const room = roomFor(is.length);
  putWords(room, printed);
  room.lasts.set(heads.lasts);
  room.colons.set(heads.colons);
  const count = room.calls.listTurnHeads(is.length);
  return { lines: room.lists[0].slice(0, count), before: room.lists[1].slice(0, count) };
}

const fewestLooseQuestions = 3;

/**
 * Where questions are marked by a bare letter and one blank, answers are, too. No line of speech begins with a lone "Q";
 * a lone "A" begins sentences, but not in the column of the questions.
 */
function addLooseMarks(
  printed: PrintedPages,
  loose: ReadonlyMap<number, Mark>,
  marks: Map<number, Mark>,
): void {
  const indents = new Uint32Array(widest);
  for (const [index, mark] of loose)
    if (mark.type === 'question') count(indents, printed.indents[index] ?? 0);
  const questions = sum(indents);
  if (questions < fewestLooseQuestions || questions < marks.size / 4) return;
  const inColumn = columnTest(indents, fewestLooseQuestions);
  for (const [index, mark] of loose) if (inColumn(printed.indents[index] ?? 0)) marks.set(index, mark);
}

/** 1 for each line that begins a turn. */
function turnLines(
  layout: Layout,
  marks: ReadonlyMap<number, Mark>,
  labels: ReadonlyMap<number, Label>,
): Uint8Array {
  const begins = new Uint8Array(layout.lines.length);
  const begin = (_: unknown, index: number) => {
    begins[index] = 1;
  };
  marks.forEach(begin);
  labels.forEach(begin);
  return begins;
}

/** Counts one at the value, the ends of the table taking what lies outside. */
function count(counts: Uint32Array, value: number): void {
  const index = Math.min(Math.max(value, 0), counts.length - 1);
  counts[index] = (counts[index] ?? 0) + 1;
}

function uncount(counts: Uint32Array, value: number): void {
  const index = Math.min(Math.max(value, 0), counts.length - 1);
  counts[index] = Math.max((counts[index] ?? 0) - 1, 0);
}

/** From how many questions on they count as numbered, with who asks behind the number. */
const fewestNumbered = 3;

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

/** Index where the first run after `at` begins. */
function apartAt(gaps: Layout['lines'][number]['gaps'], at: number): number {
  if (gaps === undefined) return -1;
  for (const gap of gaps) if (gap.at > at) return gap.at;
  return -1;
}

function clampIndent(indent: number): number {
  return Math.min(Math.max(indent, 0), widest - 1);
}

interface Beginnings {
  readonly marks: ReadonlyMap<number, Mark>;
  readonly labels: ReadonlyMap<number, Label>;
  readonly bare: ReadonlyMap<number, Label>;
}

function learnProfile(
  layout: Layout,
  printed: PrintedPages,
  { marks, labels, bare }: Beginnings,
): IndentProfile {
  const markIndents = new Uint32Array(widest);
  const labelIndents = new Uint32Array(widest);
  marks.forEach((_, index) => {
    count(markIndents, printed.indents[index] ?? 0);
  });
  const repeated = repeatedLabels(labels);
  for (const [index, label] of labels) {
    if (label.strength === 'strong' || repeated.has(label.printed))
      count(labelIndents, printed.indents[index] ?? 0);
  }
  const first = mode(labels.size > 0 ? labelIndents : markIndents);
  const { width, hung, wrapped, fresh, plain } = plainIndents(
    layout,
    printed,
    turnLines(layout, marks, labels),
  );
  const shown = sum(hung) > 0 ? hung : wrapped;
  const continuation = sum(shown) > 0 ? mode(shown) : first + assumedHang;
  const hanging = continuation > first + tolerance;
  for (const index of bare.keys()) uncount(plain, printed.indents[index] ?? 0);
  const hangingTurns =
    sum(markIndents.subarray(0, continuation)) + sum(labelIndents.subarray(0, continuation));
  return {
    continuation,
    paragraph: paragraphIndent(fresh, wrapped, continuation),
    width,
    hanging,
    labelsApart: hanging && sum(plain.subarray(0, continuation - tolerance)) <= hangingTurns * mostBeside,
    isMarkColumn: columnTest(markIndents, 2),
    isLabelColumn: columnTest(labelIndents, 1),
  };
}

/** Labels that come at least three times: bare surnames are told from sentences by this. */
function repeatedLabels(labels: ReadonlyMap<number, Label>): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { printed } of labels.values()) counts.set(printed, (counts.get(printed) ?? 0) + 1);
  return new Set([...counts].filter(([, times]) => times >= 3).map(([printed]) => printed));
}

/**
 * Indents of lines that begin no turn: `wrapped` after a full line, so that they go on what it says (`hung` where that
 * line begins a turn), and `fresh` after a line that stopped short. `width` is where full lines end.
 */
function plainIndents(layout: Layout, printed: PrintedPages, begins: Uint8Array) {
  const { is, lengths, textAt, indents } = printed;
  const room = roomFor(is.length);
  room.is.set(is);
  room.lengths.set(lengths);
  room.words.set(textAt);
  room.indents.set(indents);
  room.marks.set(begins);
  if (is.length < fewLines) {
    for (let index = 0; index < is.length; index++) {
      const plain = is[index] === lineIs.text && begins[index] !== 1;
      if (plain && looksSetApart(layout, printed, index)) room.marks[index] = lineSetApart;
    }
  }
  const width = room.calls.countIndents(is.length, 0.98);
  const [hung, wrapped, fresh] = [room.hung.slice(), room.wrapped.slice(), room.fresh.slice()];
  return { width, hung, wrapped, fresh, plain: added(fresh, wrapped) };
}

/** In a text of fewer lines the headings would outweigh what is said. */
const fewLines = 400;
/** A line that begins no turn and is none of the plain ones either. */
const lineSetApart = 2;

function added(some: Uint32Array, others: Uint32Array): Uint32Array {
  const sums = some.slice();
  for (let index = 0; index < sums.length; index++) sums[index] = (some[index] ?? 0) + (others[index] ?? 0);
  return sums;
}

function looksSetApart(layout: Layout, printed: PrintedPages, index: number): boolean {
  const words = (layout.lines[index]?.text ?? '').slice(printed.textAt[index] ?? 0).trim();
  return /^[([]/.test(words) || !/\p{Ll}/u.test(words) || readHeading(words).type !== 'other';
}

function sum(counts: Uint32Array): number {
  let total = 0;
  for (let index = 0; index < counts.length; index++) total += counts[index] ?? 0;
  return total;
}

/** The commonest indent right of the continuation's of lines after a short one, when more than a few stand there. */
function paragraphIndent(fresh: Uint32Array, wrapped: Uint32Array, continuation: number): number {
  const further = fresh.map((here, index) => (index < continuation + 2 ? 0 : here + (wrapped[index] ?? 0)));
  const best = mode(further);
  const few = Math.max(2, sum(fresh) / 20);
  return (further[best] ?? 0) >= few ? best : continuation;
}

function mode(counts: Uint32Array): number {
  let best = 0;
  for (let index = 1; index < counts.length; index++)
    if ((counts[index] ?? 0) > (counts[best] ?? 0)) best = index;
  return best;
}

/** Whether an indent is one where at least an eighth of all such marks stand, and at least `least` of them. */
function columnTest(counts: Uint32Array, least: number): (indent: number) => boolean {
  const total = sum(counts);
  const allowed = new Uint8Array(widest);
  for (let index = 0; index < widest; index++) {
    let near = 0;
    for (let other = index - tolerance; other <= index + tolerance; other++) near += counts[other] ?? 0;
    if (near >= least && near >= total / 8) allowed[index] = 1;
  }
  return (indent) => allowed[clampIndent(indent)] === 1;
}

/** Marks in the document's mark columns, or in the labels' where that is not the text's own. */
function keepMarks(
  layout: Layout,
  printed: PrintedPages,
  { marks, loose }: { marks: Map<number, Mark>; loose: ReadonlyMap<number, Mark> },
  profile: IndentProfile,
): void {
  marks.forEach((mark, index) => {
    const indent = printed.indents[index] ?? 0;
    const inText = Math.abs(indent - profile.continuation) <= tolerance;
    // Where turns begin no further out than lines go on, a lone "A" may stand in the middle of a sentence.
    if (inText && loose.has(index) && !sentenceEndedBefore(layout, printed, index, profile))
      marks.delete(index);
    const withLabels = !inText && mark.stopped && profile.isLabelColumn(indent);
    if (!profile.isMarkColumn(indent) && !withLabels) marks.delete(index);
  });
}

/**
 * Labels in the document's label columns. Where only its capitals make a label, it must return, or stand in a column
 * of its own after a sentence that has ended: a sentence can begin with "NOTE:" or run on with "NHS:".
 */
function keepLabels(
  layout: Layout,
  printed: PrintedPages,
  labels: Map<number, Label>,
  profile: IndentProfile,
): void {
  const counts = new Map<string, number>();
  for (const [index, label] of labels) {
    const indent = printed.indents[index] ?? 0;
    if (profile.isLabelColumn(indent) || profile.isMarkColumn(indent)) {
      counts.set(label.printed, (counts.get(label.printed) ?? 0) + 1);
    } else labels.delete(index);
  }
  for (const [index, label] of labels) {
    if ((counts.get(label.printed) ?? 0) >= 2 && (label.strength === 'strong' || profile.hanging)) continue;
    const indent = printed.indents[index] ?? 0;
    const own = profile.hanging && indent < profile.continuation - tolerance;
    const finished = sentenceEndedBefore(layout, printed, index, profile);
    const believable =
      label.strength === 'strong'
        ? own || finished || hadRoomBefore(layout, printed, index, profile.width)
        : own
          ? finished
          : (counts.get(label.printed) ?? 0) >= 2 && finished;
    if (!believable) labels.delete(index);
  }
}

/** In a hanging layout whatever stands in the labels' own column before a colon is a label, once a sentence has ended. */
function addBareLabels(
  layout: Layout,
  printed: PrintedPages,
  bare: ReadonlyMap<number, Label>,
  labels: Map<number, Label>,
  profile: IndentProfile,
): void {
  const { continuation, isLabelColumn } = profile;
  for (const [index, label] of bare) {
    const indent = printed.indents[index] ?? 0;
    if (indent >= continuation - tolerance || !isLabelColumn(indent)) continue;
    const words = (layout.lines[index]?.text ?? '').slice(printed.textAt[index] ?? 0).trim();
    if (readHeading(words).type !== 'other' || !sentenceEndedBefore(layout, printed, index, profile))
      continue;
    labels.set(index, label);
  }
}

/** Whether the text before the line stops short, stands further in than speech does, or ends as speech ends: with a stop, a dash, a bracket, a quotation mark. */
function sentenceEndedBefore(
  layout: Layout,
  printed: PrintedPages,
  index: number,
  { continuation, paragraph, width, isLabelColumn, isMarkColumn }: IndentProfile,
): boolean {
  const before = textBefore(printed, index);
  if (before < 0) return true;
  const text = layout.lines[before]?.text ?? '';
  const indent = printed.indents[before] ?? 0;
  const right = indent + text.length - (printed.textAt[before] ?? 0);
  const isSpeech =
    indent <= continuation + tolerance ||
    Math.abs(indent - paragraph) <= tolerance ||
    isLabelColumn(indent) ||
    isMarkColumn(indent);
  return (
    right < width * 0.6 ||
    !isSpeech ||
    /[.?!:;)\]"”'’…\-–—]\s*$/.test(text) ||
    looksSetApart(layout, printed, before)
  );
}

/** Whether the line's first word would have gone on the line before, had that been the same speech. */
function hadRoomBefore(layout: Layout, printed: PrintedPages, index: number, width: number): boolean {
  const own = (layout.lines[index]?.text ?? '').slice(printed.textAt[index]);
  const word = own.search(/\s/);
  const before = textBefore(printed, index);
  const right =
    (printed.indents[before] ?? 0) + (printed.lengths[before] ?? 0) - (printed.textAt[before] ?? 0);
  return word > 0 && right + 1 + word < width * 0.97;
}

/** The nearest line of text above a line; -1 when there is none. */
function textBefore({ is }: PrintedPages, index: number): number {
  let before = index - 1;
  while (before >= 0 && is[before] !== lineIs.text) before--;
  return before;
}
