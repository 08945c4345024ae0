import type { Layout } from '../layout.ts';
import { restoreDisplaced, type Turns } from './displaced-turns.ts';
import { readHeading } from './headings.ts';
import { findInlineAnswers, type InlineAnswers } from './inline-answers.ts';
import { type Label, withoutNumber } from './labels.ts';
import { roomFor } from './line-room.ts';
import type { Mark } from './marks.ts';
import { addMisreadLabels, hasDigitWithin } from './misread-labels.ts';
import { lineIs, type PrintedPages } from './printed-pages.ts';
import { smallMarks } from './small-marks.ts';
import { stoppedLabels } from './stopped-labels.ts';
import { findCandidates, type TurnCandidates } from './turn-candidates.ts';
import { addWrappedLabels } from './wrapped-labels.ts';

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
  /** Those of these lines where it is not sure that anything begins, or who is named: see `restoreDisplaced`, `addMisreadLabels`. */
  readonly unsure: ReadonlySet<number>;
  /** 1 for lines that either of them stands on: what asks for every line asks here. */
  readonly begins: Uint8Array;
  readonly profile: IndentProfile;
  /** Where answers begin inside lines. */
  readonly inline: InlineAnswers;
}

/** Finds everything that looks like a mark or a label, learns from it where they stand in this document, and keeps those that stand there. */
export function findTurnMarks(layout: Layout, printed: PrintedPages): TurnMarks {
  const candidates = findCandidates(layout, printed);
  const { marks, labels, bare, loose, written, wrapped, numbered } = candidates;
  // Committees print who answers without title or capitals.
  if (numbered >= fewestNumbered)
    for (const [index, label] of bare)
      if (readHeading(wordsOf(layout, printed, index)).type === 'other')
        labels.set(index, { ...label, strength: 'weak' });
  if (written.size > 0) addWrittenMarks(printed, candidates);
  if (loose.size > 0) addLooseMarks(printed, loose, marks);
  if (marks.size === 0)
    for (const [index, mark] of smallMarks(layout, printed)) {
      marks.set(index, mark);
      loose.set(index, mark);
    }
  for (const [index, label] of stoppedLabels(layout, printed, marks.size + labels.size))
    labels.set(index, label);
  // Those that return show where labels stand: their second lines may hang where speech goes on.
  addWrappedLabels(layout, printed, wrapped, labels, (_, returns) => returns);
  const profile = learnProfile(layout, printed, { marks, labels, bare });
  const dropped: Turns = { marks: new Map(), labels: new Map() };
  keepMarks(layout, printed, { marks, loose, dropped: dropped.marks }, profile);
  keepLabels(layout, printed, { labels, dropped: dropped.labels }, profile);
  if (profile.labelsApart) addBareLabels(layout, printed, bare, labels, profile);
  const believed = (line: number, returns: boolean) => {
    const indent = printed.indents[line] ?? 0;
    if (!profile.isLabelColumn(indent)) return false;
    const own = profile.labelsApart && indent < profile.continuation - tolerance;
    return own || (returns && profile.hanging) || sentenceEndedBefore(layout, printed, line, profile);
  };
  addWrappedLabels(layout, printed, wrapped, labels, believed);
  const misread = addMisreadLabels(layout, printed, labels, marks, (line) => believed(line, false));
  const ended = (line: number) => sentenceEndedBefore(layout, printed, line, profile);
  const displaced = restoreDisplaced(printed, { marks, labels }, dropped, ended);
  const unsure = new Set([...misread, ...displaced]);
  const inline = findInlineAnswers(layout, printed, marks);
  return { marks, labels, unsure, begins: turnLines(layout, marks, labels), profile, inline };
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

/**
 * Marks that are written out or set off are taken where nearly all others are, too: where letters mark who speaks, or
 * labels do, somebody reads out what was said elsewhere.
 */
function addWrittenMarks(
  printed: PrintedPages,
  { written, marks, labels, bare, loose }: TurnCandidates,
): void {
  const indents = new Uint32Array(widest);
  for (const [index, { type }] of written)
    if (type === 'question') count(indents, printed.indents[index] ?? 0);
  const asked = sum(indents);
  const others = [...labels].filter(([index, { strength }]) => strength === 'strong' && !written.has(index));
  if (asked < fewestLooseQuestions || written.size - asked < fewestLooseQuestions) return;
  if (written.size < (marks.size + others.length) * leastWritten) return;
  const inColumn = columnTest(indents, fewestLooseQuestions);
  for (const [index, mark] of written) {
    if (!inColumn(printed.indents[index] ?? 0)) continue;
    marks.set(index, mark);
    loose.set(index, mark);
    labels.delete(index);
    bare.delete(index);
  }
}

/** How many written marks there must be for each other mark or sure label. */
const leastWritten = 0.5;

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
  const words = wordsOf(layout, printed, index);
  return /^[([]/.test(words) || !/\p{Ll}/u.test(words) || readHeading(words).type !== 'other';
}

function wordsOf(layout: Layout, printed: PrintedPages, index: number): string {
  return (layout.lines[index]?.text ?? '').slice(printed.textAt[index] ?? 0).trim();
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
  {
    marks,
    loose,
    dropped,
  }: { marks: Map<number, Mark>; loose: ReadonlyMap<number, Mark>; dropped: Map<number, Mark> },
  profile: IndentProfile,
): void {
  marks.forEach((mark, index) => {
    const indent = printed.indents[index] ?? 0;
    const inText = Math.abs(indent - profile.continuation) <= tolerance;
    // Where turns begin no further out than lines go on, a lone "A" may stand in the middle of a sentence.
    if (inText && loose.has(index) && !sentenceEndedBefore(layout, printed, index, profile))
      marks.delete(index);
    const withLabels = !inText && mark.stopped && profile.isLabelColumn(indent);
    if (profile.isMarkColumn(indent) || withLabels) return;
    if (marks.delete(index)) dropped.set(index, mark);
  });
}

/**
 * Labels in the document's label columns. Where only its capitals make a label, it must return, or stand in a column
 * of its own after a sentence that has ended, or have a misread letter: a sentence can begin with "NOTE:" or run on with "NHS:".
 */
function keepLabels(
  layout: Layout,
  printed: PrintedPages,
  { labels, dropped }: { labels: Map<number, Label>; dropped: Map<number, Label> },
  profile: IndentProfile,
): void {
  const counts = new Map<string, number>();
  for (const [index, label] of labels) {
    const indent = printed.indents[index] ?? 0;
    if (profile.isLabelColumn(indent) || profile.isMarkColumn(indent)) {
      counts.set(label.printed, (counts.get(label.printed) ?? 0) + 1);
    } else {
      labels.delete(index);
      dropped.set(index, label);
    }
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
          : ((counts.get(label.printed) ?? 0) >= 2 || hasDigitWithin(label.printed)) && finished;
    if (believable) continue;
    labels.delete(index);
    if (withoutNumber(label.printed) !== label.printed) dropped.set(index, label);
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
    const words = wordsOf(layout, printed, index);
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
  return right < width * 0.6 || !isSpeech || endsSaying(text) || looksSetApart(layout, printed, before);
}

/** Whether a line ends with a sign behind which somebody else can begin to speak: a sentence's, or that of one broken off. */
export function endsSaying(text: string): boolean {
  return /[.?!:;)\]"”'’…\-–—]\s*$/.test(text);
}

/** Whether the line's first word would have gone on the line before, had that been the same speech. */
export function hadRoomBefore(layout: Layout, printed: PrintedPages, index: number, width: number): boolean {
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
