import type { Layout } from '../layout.ts';
import { putPages, roomFor } from './line-room.ts';
import { lineIs, type PrintedPage, type PrintedPages, putWords } from './printed-pages.ts';
import type { TurnMarks } from './turn-marks.ts';

const listHeading =
  /^(?:(?:WORD |ALPHABETICAL )?I\s*N\s*D\s*E\s*X(?:\s+OF\b.*|\s+TO\b.*)?|(?:TABLE\s+OF\s+)?C\s*O\s*N\s*T\s*E\s*N\s*T\s*S|A\s*P\s*P\s*E\s*A\s*R\s*A\s*N\s*C\s*E\s*S|(?:REPORTER['’]?S\s+)?C\s*E\s*R\s*T\s*I\s*F\s*I\s*C\s*A\s*T\s*E.*|EXHIBITS?|INDEX OF EXHIBITS|LIST OF WITNESSES)\s*:?$/i;
const leader = /\.{4,}|(?:\. ){4,}|…{2,}|_{4,}/;
const lineReference = /\d{1,4}:\d{1,2}\b/g;
const beginning = /^\(\s*\d{1,2}(?:[.:]\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.|noon|o'clock)/i;

/**
 * Which pages are no testimony: title pages, appearances, contents, indexes, word indexes, certificates. True by page.
 */
export function pagesApart(layout: Layout, printed: PrintedPages, turns: TurnMarks): boolean[] {
  const counts = turnsOnPages(printed, turns);
  const facts = printed.pages.map((page, order) => pageFacts(layout, printed, turns, page, counts(order)));
  const first = facts.findIndex((fact) => fact.turns > 0 && !fact.list);
  const last = facts.findLastIndex((fact) => fact.turns > 0 && !fact.list);
  return facts.map((fact, index) => {
    if (fact.list) return true;
    if (fact.turns > 0 || fact.begins) return false;
    if (fact.filled === 0) return false;
    if (first < 0 || index < first) return !fact.running;
    return index > last && (fact.headed || (!fact.running && facts[index - 1]?.list === true));
  });
}

interface PageFacts {
  readonly turns: number;
  readonly filled: number;
  /** Its lines are entries of a list that lead to pages. */
  readonly list: boolean;
  /** It begins with the heading of a list or certificate. */
  readonly headed: boolean;
  /** A time note says that the hearing begins here. */
  readonly begins: boolean;
  /** Most of its lines are full lines of running text. */
  readonly running: boolean;
}

/** Of the lines of text of a page. */
interface PageCounts {
  readonly filled: number;
  /** How many begin a turn. */
  readonly began: number;
  /** How many go on speech and reach far to the right. */
  readonly full: number;
  /** Whether a bracket opens any. */
  readonly bracketed: boolean;
}

/** Which share of the width a full line has at least. */
const fullLine = 0.7;

/** The counts of each page, by its order. */
function turnsOnPages(printed: PrintedPages, { begins, profile }: TurnMarks): (order: number) => PageCounts {
  const { pages, is, lengths, indents } = printed;
  const room = roomFor(is.length);
  putWords(room, printed);
  room.lengths.set(lengths);
  room.indents.set(indents);
  room.marks.set(begins);
  putPages(room, pages);
  room.calls.countTurns(pages.length, profile.continuation, profile.width * fullLine);
  const [full, filled, began] = room.lists.map((list) => list.slice(0, pages.length));
  const bracketed = room.tokens.slice(0, pages.length);
  return (order) => ({
    filled: filled?.[order] ?? 0,
    began: began?.[order] ?? 0,
    full: full?.[order] ?? 0,
    bracketed: bracketed[order] === 1,
  });
}

function pageFacts(
  layout: Layout,
  printed: PrintedPages,
  turns: TurnMarks,
  page: PrintedPage,
  counts: PageCounts,
): PageFacts {
  const { filled, began, full, bracketed } = counts;
  // Where people talk in turn there is no need to look closer.
  if (began * 8 >= filled && began > 1) {
    return { turns: began, filled, list: false, headed: false, begins: false, running: true };
  }
  if (bracketed || mayList(textOf(layout, page))) return closerFacts(layout, printed, turns, page, counts);
  const headed = isHeaded(layout, printed, page);
  return {
    turns: began,
    filled,
    list: headed && began === 0,
    headed,
    begins: false,
    running: full > filled * 0.4,
  };
}

/** The text of a page, with what stands in the margins of its lines. */
function textOf({ text, lines }: Layout, { first, end }: PrintedPage): string {
  const last = lines[end - 1];
  return text.slice(lines[first]?.start ?? 0, last === undefined ? 0 : last.start + last.text.length);
}

/** Whether a page has anything of what the lines of a list lead to pages with: most have nothing of it. */
function mayList(text: string): boolean {
  return mayLead(text) || /\d:\d/.test(text);
}

/** How many lines of a page are looked at for the heading of a list. */
const headingLines = 3;

function isHeaded(layout: Layout, { is, textAt }: PrintedPages, { first, end }: PrintedPage): boolean {
  for (let index = first, seen = 0; index < end && seen < headingLines; index++) {
    if (is[index] !== lineIs.text) continue;
    seen++;
    if (listHeading.test((layout.lines[index]?.text ?? '').slice(textAt[index] ?? 0).trim())) return true;
  }
  return false;
}

function closerFacts(
  layout: Layout,
  printed: PrintedPages,
  { profile }: TurnMarks,
  page: PrintedPage,
  { filled, began }: PageCounts,
): PageFacts {
  let [leaders, references, full] = [0, 0, 0];
  let begins = false;
  for (let index = page.first; index < page.end; index++) {
    if (printed.is[index] !== lineIs.text) continue;
    const at = printed.textAt[index] ?? 0;
    const indent = printed.indents[index] ?? 0;
    const text = layout.lines[index]?.text ?? '';
    if (text.charCodeAt(at) === 40 && beginning.test(text.slice(at))) begins = true;
    if (indent + text.length - at > profile.width * fullLine) {
      if (mayLead(text) && leader.test(text)) leaders++;
      else if (Math.abs(indent - profile.continuation) <= 1) full++;
    }
    if (text.indexOf(':') > 0) references += text.match(lineReference)?.length ?? 0;
  }
  const headed = isHeaded(layout, printed, page);
  const list =
    (leaders >= 2 && leaders > filled * 0.3) ||
    (headed && began === 0) ||
    (began * 8 < filled && references > filled * 0.8);
  return { turns: began, filled, list, headed, begins, running: full > filled * 0.4 };
}

/** Whether a text has what a leader is made of: most prose has nothing of it. */
function mayLead(text: string): boolean {
  return text.includes('..') || text.includes('. .') || text.includes('……') || text.includes('__');
}

/** Whether a line heads an index or a list of contents. */
export function headsList(words: string): boolean {
  return listHeading.test(words);
}
