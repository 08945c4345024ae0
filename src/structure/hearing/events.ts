import type { Doubt } from '../../model/place.ts';
import type { Layout } from '../layout.ts';
import { inCapitals } from './capitals.ts';
import { type Gap, gapsOf } from './gaps.ts';
import { asFollows, type Heading, isNameLine, isSetOff, readHeading } from './headings.ts';
import { type InlineAnswer, withInlineAnswers } from './inline-answers.ts';
import { type Label, labelAt } from './labels.ts';
import { roomFor } from './line-room.ts';
import { isDigit } from './marks.ts';
import { gluedMarkAt, type MisreadMark, misreadMarkAt } from './misread-marks.ts';
import { headsList } from './page-kinds.ts';
import { paragraphBreaks, questionBreaks } from './paragraph-breaks.ts';
import { lineIs, type PrintedPages, putWords } from './printed-pages.ts';
import { apartAt } from './turn-candidates.ts';
import type { TurnMarks } from './turn-marks.ts';

/** What begins on a line. Lines between events go on what began before them. */
export type HearingEvent = {
  readonly line: number;
} /** `by`: the name of whoever asks, where it is written after the mark. */ & (
  | {
      readonly type: 'question' | 'answer';
      readonly by: string | undefined;
      /** Of an answer that does not begin its line. */
      readonly behind?: InlineAnswer;
      readonly doubt?: Doubt | undefined;
    }
  | { readonly type: 'label'; readonly label: Label; readonly doubt?: Doubt | undefined }
  /** A turn begins, and nothing says whose. */
  | { readonly type: 'unknown' }
  /** `answered`: whether there is an answer in it, where answers stand inside paragraphs. */
  | { readonly type: 'paragraph'; readonly answered?: boolean }
  /** A line that nobody speaks: a note in brackets, a heading. `name`: it is only a person's name. */
  | { readonly type: 'apart'; readonly words: string; readonly heading: Heading; readonly name: boolean }
  /** A page, or the rest of one, that is no testimony. */
  | { readonly type: 'page' }
  /** Lines are lost before this one: see `Gap`. */
  | { readonly type: 'gap'; readonly pages: boolean }
);

/** A line of capitals with so many characters is a heading however wide it is. */
const longHeading = 30;
/** Longest note in brackets, in lines. */
const longestNote = 6;

/** Reads the document from line to line into events, in order. `apart` says by printed page which are no testimony. */
export function hearingEvents(
  layout: Layout,
  printed: PrintedPages,
  turns: TurnMarks,
  apart: readonly boolean[],
): readonly HearingEvent[] {
  const reader = new EventReader(layout, printed, turns);
  for (const [order, page] of printed.pages.entries()) {
    if (apart[order] === true) reader.pageApart(page.first, page.end);
    else reader.testimony(page.first, page.end);
  }
  return withGaps(reader.withAnswers(), gapsOf(printed));
}

/** The events with the gaps, each before what begins on its line. */
function withGaps(events: readonly HearingEvent[], gaps: readonly Gap[]): readonly HearingEvent[] {
  if (gaps.length === 0) return events;
  const found = gaps.map(({ line, pages }): HearingEvent => ({ line, type: 'gap', pages }));
  return [...found, ...events].sort((a, b) => a.line - b.line);
}

/** Lines that may begin something else than what the speech before them goes on with. */
function beginningsOf(printed: PrintedPages, breaks: Uint8Array, continuation: number): Uint32Array {
  const room = roomFor(breaks.length);
  putWords(room, printed);
  room.indents.set(printed.indents);
  room.marks.set(breaks);
  return room.lists[0].slice(0, room.calls.listBeginnings(breaks.length, continuation));
}

/** "Statement on behalf of the family by MR X": ends with a name in capitals. */
const namesItsSpeaker = /\b(?:by|of|from|behalf)\b.*\s\p{Lu}{2,}[\p{Lu}'’.-]*$/u;

function beginsWithCapitalOrDigit(words: string): boolean {
  const code = words.charCodeAt(0);
  if (code < 128) return (code >= 65 && code <= 90) || isDigit(code);
  return /^[\p{Lu}\p{N}]/u.test(words);
}

/** "(duly sworn, states)", and short "d.s.s.", "s.u.o." (still under oath), as all that stands behind a label. */
const swornAlone =
  /^\s*(?:\((?:duly |previously |re-?)?(?:sworn|affirmed|under (?:former )?oath)\b[^()]*\)|d\.?s\.?s\.?|s\.?u\.?o\.?)\s*$/i;
const longestOath = 50;

class EventReader {
  readonly events: HearingEvent[] = [];
  readonly #layout: Layout;
  readonly #printed: PrintedPages;
  readonly #turns: TurnMarks;
  /** 1 for lines that white space sets off from the line before. */
  readonly #breaks: Uint8Array;
  /** Lines that may begin something, and which of them is next. */
  readonly #beginnings: Uint32Array;
  #next = 0;
  /** Where marks or labels begin, once it has been asked for. */
  #outermost: number | undefined;
  /** Last line of text that was read, -1 at the start. */
  #before = -1;
  /** The line before is part of running speech, not set apart. */
  #speaking = false;
  /** Inside an index or a list of appearances, which goes on to the end of its page or until somebody speaks. */
  #listing = false;

  constructor(layout: Layout, printed: PrintedPages, turns: TurnMarks) {
    this.#layout = layout;
    this.#printed = printed;
    this.#turns = turns;
    this.#breaks =
      turns.inline.size === 0
        ? paragraphBreaks(layout, printed)
        : questionBreaks(layout, printed, turns.profile);
    this.#beginnings = beginningsOf(printed, this.#breaks, turns.profile.continuation);
  }

  /** The events, and the answers that begin inside lines. */
  withAnswers(): HearingEvent[] {
    const { inline } = this.#turns;
    return inline.size === 0 ? this.events : withInlineAnswers(this.events, inline, this.#breaks);
  }

  pageApart(first: number, end: number): void {
    for (let line = first; line < end; line++) {
      if (this.#printed.is[line] !== lineIs.text) continue;
      this.events.push({ line, type: 'page' });
      this.#speaking = false;
      this.#listing = false;
      return;
    }
  }

  testimony(first: number, end: number): void {
    const { is, indents } = this.#printed;
    this.#listing = false;
    for (let line = first; line < end; line++) {
      if (this.#turns.profile.hanging && this.#speaking)
        line = this.#skipTo(this.#nextBeginning(line), line, end);
      if (line >= end) return;
      if (is[line] !== lineIs.text) continue;
      const indent = indents[line] ?? 0;
      if (!this.#goesOn(line, indent)) line = this.#readLine(line, indent, end);
      this.#before = line;
    }
  }

  /** Passes over lines that go on what is said, up to the one that is wanted or the end of the page. */
  #skipTo(wanted: number, from: number, end: number): number {
    const to = Math.min(wanted, end);
    let before = to - 1;
    while (before >= from && this.#printed.is[before] !== lineIs.text) before--;
    if (before >= from) this.#before = before;
    return to;
  }

  /** The next line that may begin something. */
  #nextBeginning(from: number): number {
    while ((this.#beginnings[this.#next] ?? from) < from) this.#next++;
    return this.#beginnings[this.#next] ?? this.#printed.is.length;
  }

  #goesOn(line: number, indent: number): boolean {
    const { continuation, hanging } = this.#turns.profile;
    if (!hanging || !this.#speaking || this.#breaks[line] === 1 || this.#turns.begins[line] === 1)
      return false;
    return Math.abs(indent - continuation) <= 1 && !this.#couldBeCentred(line, indent);
  }

  /** Reads a line that may begin something; gives the last line that belongs to it. */
  #readLine(line: number, indent: number, end: number): number {
    const mark = this.#turns.marks.get(line);
    const label = this.#turns.labels.get(line);
    const doubt = this.#turns.unsure.has(line) ? 'speaker-unsure' : undefined;
    if (mark !== undefined)
      this.events.push({ line, type: mark.type, by: this.#namedAfter(line, mark.end), doubt });
    else if (label === undefined)
      return this.#readMisread(line, indent) ? line : this.#readUnmarked(line, indent, end);
    else if (this.#isSworn(line, label)) return this.#sworn(line, label);
    else this.events.push({ line, type: 'label', label, doubt });
    this.#speaking = true;
    this.#listing = false;
    return line;
  }

  /** Where a mark that was misread begins a turn, in doubt; false where none does. */
  #readMisread(line: number, indent: number): boolean {
    const mark = this.#listing || this.#turns.marks.size === 0 ? undefined : this.#misreadMark(line, indent);
    if (mark === undefined) return false;
    const doubt = 'speaker-unsure';
    this.events.push(
      mark.type === undefined ? { line, type: 'unknown' } : { line, type: mark.type, by: undefined, doubt },
    );
    this.#speaking = true;
    return true;
  }

  #misreadMark(line: number, indent: number): MisreadMark | undefined {
    const { continuation, isMarkColumn, labelsApart } = this.#turns.profile;
    const { text = '', gaps } = this.#layout.lines[line] ?? {};
    const at = this.#printed.textAt[line] ?? 0;
    const inColumn = isMarkColumn(indent);
    if (!inColumn && !isDigit(text.charCodeAt(at))) return undefined;
    const alone = labelsApart && indent < continuation - 1;
    const glued = gluedMarkAt(text, at, this.#printed.numbers[line] ?? 0);
    const mark =
      glued ?? (inColumn ? misreadMarkAt(text, at, { alone, apart: apartAt(gaps, at) }) : undefined);
    return mark !== undefined && (alone || this.#sentenceEnded()) ? mark : undefined;
  }

  /** Nothing follows the label but an oath. */
  #isSworn(line: number, { end }: Label): boolean {
    const text = this.#layout.lines[line]?.text ?? '';
    return text.length < end + longestOath && swornAlone.test(text.slice(end));
  }

  #sworn(line: number, { printed }: Label): number {
    const heading: Heading = { type: 'witness', name: printed };
    this.events.push({ line, type: 'apart', words: this.#words(line), heading, name: false });
    this.#speaking = false;
    return line;
  }

  /** "Q. MR DUNNE: …" and "Q. (BY MR. X) …". */
  #namedAfter(line: number, at: number): string | undefined {
    const text = this.#layout.lines[line]?.text ?? '';
    const bracketed =
      text.charCodeAt(at) === 40 ? /^\(by\s+([^)]+?):?\)/i.exec(text.slice(at, at + 80)) : null;
    if (bracketed) return bracketed[1];
    const label = labelAt(text, at);
    return label?.strength === 'strong' ? label.printed : undefined;
  }

  #readUnmarked(line: number, indent: number, end: number): number {
    const words = this.#words(line);
    const answered = this.#turns.inline.has(line);
    const noteEnd = answered ? -1 : this.#noteEnd(line, indent, end);
    if (noteEnd >= 0) {
      this.#apart(line, this.#joined(line, noteEnd));
      return noteEnd;
    }
    if (!answered && this.#isSetApart(line, indent, words)) {
      const wrapped = this.#headingEnd(line, words, end);
      const joined = this.#joined(line, wrapped);
      if (headsList(words)) {
        this.events.push({ line, type: 'page' });
        this.#speaking = false;
        this.#listing = true;
      } else this.#apart(line, joined);
      return wrapped;
    }
    if (!this.#speaking && this.#listing) return line;
    const begins = this.#breaks[line] === 1 || this.#beginsParagraph(line, indent);
    if (!this.#speaking || (begins && !this.#isLabelAlone(this.#before)))
      this.events.push({ line, type: 'paragraph' });
    this.#speaking = true;
    return line;
  }

  #apart(line: number, words: string): void {
    const heading = readHeading(words);
    this.events.push({
      line,
      type: 'apart',
      words,
      heading,
      name: heading.type === 'other' && isNameLine(words),
    });
    this.#speaking = false;
  }

  #words(line: number): string {
    return (this.#layout.lines[line]?.text ?? '').slice(this.#printed.textAt[line] ?? 0).trimEnd();
  }

  #joined(first: number, last: number): string {
    let words = this.#words(first);
    for (let line = first + 1; line <= last; line++) {
      if (this.#printed.is[line] === lineIs.text) words += ` ${this.#words(line)}`;
    }
    return words;
  }

  /** Last line of a note that begins here and is wholly in brackets; -1 when it is no note. */
  #noteEnd(line: number, indent: number, end: number): number {
    const opening = this.#layout.lines[line]?.text.charCodeAt(this.#printed.textAt[line] ?? 0);
    if (opening !== 40 && opening !== 91) return -1;
    const { continuation, hanging } = this.#turns.profile;
    if (Math.abs(indent - continuation) <= 1 && (hanging || !this.#sentenceEnded())) return -1;
    let depth = 0;
    for (let at = line, seen = 0; at < end && seen < longestNote; at++) {
      if (this.#printed.is[at] !== lineIs.text) continue;
      if (at > line && (this.#turns.marks.has(at) || this.#turns.labels.has(at))) return -1;
      seen++;
      const words = this.#words(at);
      for (let index = 0; index < words.length; index++) {
        const code = words.charCodeAt(index);
        if (code === 40 || code === 91) depth++;
        else if ((code === 41 || code === 93) && --depth === 0) {
          return /^[.\s]*$/.test(words.slice(index + 1)) ? at : -1;
        }
      }
    }
    return -1;
  }

  #sentenceEnded(): boolean {
    if (this.#before < 0 || !this.#speaking) return true;
    return /[.?!:;)\]"”'’…\-–—]$/.test(this.#words(this.#before));
  }

  /** Whether the line is a heading rather than speech: by its words, its capitals or its place in the middle. */
  #isSetApart(line: number, indent: number, words: string): boolean {
    const { continuation, hanging } = this.#turns.profile;
    const inText = Math.abs(indent - continuation) <= 1;
    if (inText && hanging && this.#speaking) return this.#isCentredInText(line, indent, words);
    if (words.startsWith('BY') && /^BY\s+\p{Lu}.*:$/u.test(words)) return true;
    if (isSetOff(words) && this.#sentenceEnded()) return true;
    if (/^Witness(?:es)?:/.test(words) && readHeading(words).type === 'witness') return true;
    if (!inText && this.#isCentred(line, indent, words)) return true;
    if (!beginsWithCapitalOrDigit(words)) return false;
    const short = this.#isShort(indent, words);
    // A whole line of speech is not printed in capitals: such a heading may reach over the right margin.
    if (!short && !this.#isLongHeading(line, words)) return false;
    if (inText && !this.#sentenceEnded()) return false;
    return (!short || this.#readsAsHeading(line, indent, words)) && !this.#speechFollows(line);
  }

  #readsAsHeading(line: number, indent: number, words: string): boolean {
    if (inCapitals(words)) return true;
    if (/[.?!]$/.test(words.replace(/\)\.+$/, ')'))) return false;
    if (readHeading(words).type !== 'other' || this.#isInLabelColumn(indent, words)) return true;
    const { continuation, hanging } = this.#turns.profile;
    const inText = Math.abs(indent - continuation) <= 1;
    return hanging && !inText && namesItsSpeaker.test(words) && this.#turnFollows(line);
  }

  /** Where labels hang to the left of what is said no speech goes on: what stands there and is no label is a heading. */
  #isInLabelColumn(indent: number, words: string): boolean {
    const { continuation, labelsApart, isLabelColumn } = this.#turns.profile;
    if (!labelsApart || indent >= continuation - 1 || !isLabelColumn(indent)) return false;
    // Speech that somebody broke off.
    return this.#sentenceEnded() && !/[-–—,;…"”]$/.test(words);
  }

  #turnFollows(line: number): boolean {
    const next = this.#nextText(line);
    return this.#turns.begins[next] === 1;
  }

  /** The next line of text, or the number of lines. */
  #nextText(line: number): number {
    let next = line + 1;
    while (next < this.#printed.is.length && this.#printed.is[next] !== lineIs.text) next++;
    return next;
  }

  /** In a hanging layout whoever speaks after a heading is named: a line that just goes on shows that this was speech. */
  #speechFollows(line: number): boolean {
    const { continuation, paragraph, hanging } = this.#turns.profile;
    const next = this.#nextText(line);
    if (!hanging || next === this.#printed.is.length) return false;
    if (this.#turns.marks.has(next) || this.#turns.labels.has(next)) return false;
    if (readHeading(this.#words(next)).type !== 'other') return false;
    const indent = this.#printed.indents[next] ?? 0;
    return Math.abs(indent - continuation) <= 1 || Math.abs(indent - paragraph) <= 1;
  }

  /** Stops before the right margin, or stands where nobody is speaking. */
  #isShort(indent: number, words: string): boolean {
    return !this.#speaking || indent + words.length < this.#turns.profile.width * 0.97;
  }

  /** Far in from the left, and as far from the right. */
  #isCentred(line: number, indent: number, words: string): boolean {
    const { continuation, paragraph, width } = this.#turns.profile;
    if (indent < continuation + 6 || Math.abs(indent - paragraph) <= 1) return false;
    const right = width - indent - words.length;
    const margin = indent - Math.min(continuation, this.#markIndent());
    const centred = Math.abs(right - margin) <= 5 || Math.abs(right - (indent - continuation)) <= 4;
    const before = this.#before >= 0 && this.#speaking ? (this.#printed.indents[this.#before] ?? 0) : -1;
    return centred && line > 0 && Math.abs(before - indent) > 1;
  }

  /** A long heading in the middle of the line can begin where speech goes on: it begins with a capital and ends as far from the right. */
  #couldBeCentred(line: number, indent: number): boolean {
    const from = this.#printed.textAt[line] ?? 0;
    const first = this.#layout.lines[line]?.text.charCodeAt(from) ?? 0;
    if (first < 65 || first > 90 || !this.#couldEnd()) return false;
    const { width } = this.#turns.profile;
    const right = width - indent - ((this.#printed.lengths[line] ?? 0) - from);
    return Math.abs(right - (indent - this.#markIndent() + 1)) <= 4;
  }

  /** Whether the line before ends with neither a letter, a digit nor a comma: told without a pattern, for a heading is asked after often. */
  #couldEnd(): boolean {
    const before = this.#layout.lines[this.#before]?.text ?? '';
    const last = before.charCodeAt(before.length - 1);
    return !(last >= 97 && last <= 122) && !(last >= 48 && last <= 57) && last !== 44;
  }

  #isCentredInText(line: number, indent: number, words: string): boolean {
    const placed = this.#couldBeCentred(line, indent);
    if (!placed && !this.#saysWho(line, words)) return false;
    if (!this.#sentenceEnded() || this.#speechFollows(line)) return false;
    return !placed || inCapitals(words) || readHeading(words).type !== 'other';
  }

  #isLongHeading(line: number, words: string): boolean {
    return words.length >= longHeading && (inCapitals(words) || this.#saysWho(line, words));
  }

  /**
   * Whether a line that reaches from margin to margin says by name who examines or gives evidence: it begins with a
   * capital and ends as no sentence does, and a turn follows.
   */
  #saysWho(line: number, words: string): boolean {
    const first = words.charCodeAt(0);
    if (first < 65 || first > 90 || !this.#turnFollows(line) || /[.?!,;–—-]$/.test(words)) return false;
    const heading = readHeading(words);
    return (heading.type === 'witness' || heading.type === 'examiner') && heading.name !== undefined;
  }

  #markIndent(): number {
    this.#outermost ??= this.#findMarkIndent();
    return this.#outermost;
  }

  #findMarkIndent(): number {
    const { continuation, isLabelColumn, isMarkColumn } = this.#turns.profile;
    for (let indent = 0; indent < continuation; indent++) {
      if (isLabelColumn(indent) || isMarkColumn(indent)) return indent + 1;
    }
    return continuation;
  }

  /** Last line of a heading: one that ends with "by" takes its name from the next, a name goes on with how it was sworn. */
  #headingEnd(line: number, words: string, end: number): number {
    if (/,$/.test(words)) return this.#oathEnd(line, end);
    const named = this.#nameEnd(line, words, end);
    const following = this.#nextText(named);
    return following < end && asFollows.test(this.#words(following)) ? following : named;
  }

  #nameEnd(line: number, words: string, end: number): number {
    if (!/\b(?:by|from|of|behalf|the|to|and|was)$/i.test(words)) return line;
    const next = this.#nextText(line);
    if (next >= end || next > line + 3 || this.#turnFollows(line)) return line;
    return this.#words(next).length < 60 && /^[\p{Lu}(]/u.test(this.#words(next)) ? next : line;
  }

  /** "JOHN DOE," then "having been first duly sworn, was examined and testified as follows:". */
  #oathEnd(line: number, end: number): number {
    let last = this.#nextText(line);
    if (
      !/^(?:having|called|a\s+witness|was|were|being|produced|recalled|after|the\s+(?:witness|deponent|plaintiff|defendant))\b/i.test(
        this.#words(last),
      )
    ) {
      return line;
    }
    for (let seen = 0; seen < 4 && last < end; seen++) {
      if (/[:.]$/.test(this.#words(last))) return last;
      if (this.#turnFollows(last)) return last;
      last = this.#nextText(last);
    }
    return line;
  }

  /** Whether the line holds nothing but a label, or the first half of one: what is said begins on the next. */
  #isLabelAlone(line: number): boolean {
    const label = this.#turns.labels.get(line);
    return label !== undefined && label.end >= (this.#layout.lines[line]?.text.trimEnd().length ?? 0);
  }

  /** A line further in than those that go on, unless the one before stood there too and was not at an end. */
  #beginsParagraph(line: number, indent: number): boolean {
    const { continuation, width } = this.#turns.profile;
    if (indent < continuation + 2) return false;
    const before = this.#printed.indents[this.#before] ?? 0;
    if (
      before < continuation + 2 ||
      this.#turns.marks.has(this.#before) ||
      this.#turns.labels.has(this.#before)
    ) {
      return true;
    }
    const words = this.#words(this.#before);
    return /[.?!:;"”)…]$/.test(words) && (before + words.length < width * 0.9 || line > this.#before + 1);
  }
}
