import { runZones, unindexedCode } from '../../model/outline.ts';
import type { PassageKind } from '../../model/place.ts';
import type { RunColumns } from '../gathered-runs.ts';
import { type Layout, type LayoutLine, sheetsRead } from '../layout.ts';
import { columnsOf } from '../line-columns.ts';
import { OutlineBuilder } from '../outline-builder.ts';
import {
  certain,
  type RecognisedDocument,
  type Recogniser,
  type RecognitionHints,
  unsureBelow,
} from '../recognition.ts';
import { deponentOf } from './deponent.ts';
import { readDialogue } from './dialogue.ts';
import { type HearingEvent, hearingEvents } from './events.ts';
import { hearingMetadata } from './hearing-metadata.ts';
import { roomFor } from './line-room.ts';
import { type MarginlessLayout, withoutMargins } from './margins.ts';
import { pagesApart } from './page-kinds.ts';
import { type PrintedPage, type PrintedPages, readPrintedPages } from './printed-pages.ts';
import { findTurnMarks, type TurnMarks } from './turn-marks.ts';
import { findWitnessIndex } from './witness-index.ts';

/** How many lines of a long document are looked at to say whether it is a hearing, unless it looks like one at once. */
const sampleLines = 500;

/** A document, or a part of it, read for pages and turns. */
interface Reading extends MarginlessLayout {
  readonly printed: PrintedPages;
  readonly turns: TurnMarks;
}

/** Readings of layouts that are still in use: what says that it is a hearing need not be read again. */
const readings = new WeakMap<Layout, Reading>();

/**
 * Transcripts of inquests, inquiries, trials and depositions: numbered lines or none, pages alone or several on a
 * sheet, speakers by label or by the marks of question and answer.
 */
export const hearingRecogniser: Recogniser = {
  name: 'hearing',
  version: 7,
  kinds: ['hearing'],
  confidence: (layout) => confidenceOf(layout),
  recognise: recogniseHearing,
};

function confidenceOf(layout: Layout): number {
  if (layout.lines.length === 0) return 0;
  const short = layout.lines.length <= sampleLines;
  const whole = short || looksNumbered(layout) ? confidenceIn(keptReading(layout)) : 0;
  return short || whole >= certain ? whole : Math.max(whole, confidenceIn(read(sampleOf(layout))));
}

function keptReading(layout: Layout): Reading {
  const reading = read(layout);
  readings.set(layout, reading);
  return reading;
}

/** What was read to say how sure it is, if all was read, and let go of: kept longer, the collector would take it for old. */
function takenReading(layout: Layout): Reading {
  const reading = readings.get(layout) ?? read(layout);
  readings.delete(layout);
  return reading;
}

function read(whole: Layout): Reading {
  const marginless = withoutMargins(whole);
  const printed = readPrintedPages(marginless.layout, marginless);
  return { ...marginless, printed, turns: findTurnMarks(marginless.layout, printed) };
}

/** Whether most lines in the middle of a document begin with a number as short as a line's. */
function looksNumbered({ lines }: Layout): boolean {
  const middle = lines.slice(lines.length / 2, lines.length / 2 + middleLines);
  return middle.filter(({ text }) => /^\s*\d{1,2}(?:\s|$)/.test(text)).length > middle.length / 2;
}

const middleLines = 100;

function confidenceIn({ prefixes, printed, turns }: Reading): number {
  // Verses and tables may look so, but nobody speaks in them.
  const spoken = turns.marks.size + turns.labels.size + turns.inline.size > 0;
  if (prefixes?.padded === false && !spoken) return 0;
  const confidence = judge(printed, turns);
  return confidence >= thoroughly && sureTurns(turns) >= manyTurns
    ? Math.max(confidence, aboveQuotation)
    : confidence;
}

/** Of a sample in which people speak in turn from beginning to end. */
const thoroughly = 0.8;
const manyTurns = 20;
/** What is said to a committee or a court has the words of the statements that it is about; few statements quote so many turns. */
const aboveQuotation = 0.92;

/** How many turns begin with what stands before speech alone. */
function sureTurns({ marks, labels, inline }: TurnMarks): number {
  let strong = 0;
  for (const { strength } of labels.values()) if (strength === 'strong') strong++;
  return marks.size + inline.size + strong;
}

/** Lines from the middle of the document, where no title pages or indexes are. */
function sampleOf(layout: Layout): Layout {
  const from = Math.min(Math.floor(layout.lines.length / 4), layout.lines.length - sampleLines);
  return { ...layout, lines: layout.lines.slice(from, from + sampleLines) };
}

/** From the share of lines that are numbered and the share that begin a turn. Numbers alone do not make a hearing. */
function judge(printed: PrintedPages, turns: TurnMarks): number {
  const { filled } = printed;
  if (filled === 0) return 0;
  let weak = 0;
  for (const { strength } of turns.labels.values()) if (strength === 'weak') weak++;
  const sure = sureTurns(turns);
  // Repeated words in capitals with colons also head the fields of forms and logs.
  const began = sure === 0 ? 0 : sure + weak / 2;
  const numbered = Math.min(1, printed.numberedShare * 1.2);
  const spoken = Math.min(1, (began / filled) * 12) * Math.min(1, began / 3);
  if (numbered < 0.4) return 0.85 * spoken;
  return numbered * (0.45 + 0.55 * Math.min(1, (began / filled) * 60));
}

/** How many printed pages there are: one that goes on over a sheet's end is one. */
function pagesFound({ pages }: PrintedPages): number {
  const begins = ({ page, doubt }: PrintedPage, at: number) =>
    page > 0 && (page !== pages[at - 1]?.page || doubt === 'page-repeated');
  return pages.filter(begins).length;
}

/** Whether most lines cannot be cited by any page: their numbers come again on each of them. */
function withoutPages({ pages, linesPerPage }: PrintedPages): boolean {
  return linesPerPage > 0 && pages.filter(({ doubt }) => doubt === 'page-missing').length > pages.length / 2;
}

function recogniseHearing(whole: Layout, hints: RecognitionHints): RecognisedDocument {
  const { layout, cut, printed, turns } = takenReading(whole);
  const apart = pagesApart(layout, printed, turns);
  const events = hearingEvents(layout, printed, turns, apart);
  const builder = new OutlineBuilder(whole);
  for (const { start, end } of cut) builder.unindexed(start, end);
  placeLines(layout, printed, turns, builder);
  if (turns.inline.size > 0) placeDashes(layout, events, builder);
  const deponent = deponentOf(layout, printed, turns);
  const index = deponent === undefined ? findWitnessIndex(layout, printed, apart, events) : undefined;
  const witnesses = readDialogue(layout, printed, events, builder, { deponent, index });
  const metadata = hearingMetadata(layout, printed, turns, witnesses, hints);
  builder.day(hints.given.day ?? metadata.day);
  return {
    recogniser: { name: hearingRecogniser.name, version: hearingRecogniser.version },
    kind: 'hearing',
    confidence: withoutPages(printed)
      ? Math.min(judge(printed, turns), unsureBelow / 2)
      : judge(printed, turns),
    text: layout.text,
    outline: builder.finish(),
    metadata,
    pages: pagesFound(printed) || sheetsRead(layout),
    sheets: layout.sheets.length,
  };
}

/**
 * Puts lines and furniture into the builder: numbers and marks are no words, heads and feet a zone of their own.
 * A text file that has neither sheets nor printed numbers is cited by its own lines where no page is printed.
 */
function placeLines(layout: Layout, printed: PrintedPages, turns: TurnMarks, builder: OutlineBuilder): void {
  const textFile = layout.sheets.length === 0 && layout.lines[0]?.blockType === undefined;
  const byOrdinal = textFile && printed.linesPerPage === 0;
  for (const [line, doubt] of printed.doubts) builder.doubtLine(line, doubt);
  builder.lineNumbers(byOrdinal ? withOrdinals(printed) : printed.numbers);
  for (const { first, end, page, doubt } of printed.pages) {
    builder.linesOnPage(first, end, page);
    for (let line = first; doubt !== undefined && line < end; line++) builder.doubtLine(line, doubt);
  }
  builder.runs(runsOf(layout, printed, turns));
}

/** Dashes that part answers from questions are marks. */
function placeDashes(layout: Layout, events: readonly HearingEvent[], builder: OutlineBuilder): void {
  for (const event of events) {
    if (event.type !== 'answer' || event.behind === undefined) continue;
    const { on, dash, end } = event.behind;
    const { start } = layout.lines[on] as LayoutLine; // a line of the layout
    builder.unindexed(start + dash, start + end);
  }
}

/** The printed numbers of lines on printed pages, and of all others which line of the file they are: these are no lines of a page. */
function withOrdinals({ numbers, pages }: PrintedPages): Uint32Array {
  const counted = numbers.map((_, index) => index + 1);
  for (const { first, end, page } of pages) if (page > 0) counted.set(numbers.subarray(first, end), first);
  return counted;
}

/** What is no text, line by line: printed numbers and marks; heads, feet and what the file sets apart, cited by page. */
function runsOf(layout: Layout, { is, textAt }: PrintedPages, turns: TurnMarks): RunColumns {
  const columns = columnsOf(layout.lines);
  const room = roomFor(is.length);
  room.is.set(is);
  room.starts.set(columns.starts);
  room.lengths.set(columns.lengths);
  room.words.set(textAt);
  turns.marks.forEach((mark, index) => {
    room.words[index] = mark.end;
  });
  const count = room.calls.listRuns(is.length);
  const zones = new Uint8Array(count).fill(unindexedCode);
  const kinds = new Map<number, PassageKind>();
  const [starts, ends, named] = room.lists;
  for (let order = 0; order < room.calls.namedRunsNow(); order++) {
    const run = named[order] as number; // as many as are named, here and below
    const line = room.numbers[order] as number;
    zones[run] = runZones.indexOf(layout.lines[line]?.zone ?? 'header');
    kinds.set(run, { kind: 'page' });
  }
  return { starts: starts.slice(0, count), ends: ends.slice(0, count), zones, kinds };
}
