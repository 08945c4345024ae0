import type { Layout } from '../layout.ts';
import { putPages, roomFor } from './line-room.ts';
import { lineIs, type PrintedPage, type PrintedPages } from './printed-pages.ts';
import type { TurnMarks } from './turn-marks.ts';

const listHeading =
  /^(?:(?:WORD |ALPHABETICAL )?I\s*N\s*D\s*E\s*X(?:\s+OF\b.*|\s+TO\b.*)?|(?:TABLE\s+OF\s+)?C\s*O\s*N\s*T\s*E\s*N\s*T\s*S|A\s*P\s*P\s*E\s*A\s*R\s*A\s*N\s*C\s*E\s*S|(?:REPORTER['’]?S\s+)?C\s*E\s*R\s*T\s*I\s*F\s*I\s*C\s*A\s*T\s*E.*|EXHIBITS?|INDEX OF EXHIBITS)\s*:?$/i;
const leader = /\.{4,}|(?:\. ){4,}|…{2,}|_{4,}/;
const lineReference = /\d{1,4}:\d{1,2}\b/g;
const beginning = /^\(\s*\d{1,2}(?:[.:]\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.|noon|o'clock)/i;

/**
 * Which pages are no testimony: title pages, appearances, contents, indexes, word indexes, certificates. True by page.
 */
export function pagesApart(layout: Layout, printed: PrintedPages, turns: TurnMarks): boolean[] {
  const { filled, began } = turnsOnPages(printed, turns);
  const facts = printed.pages.map((page, order) =>
    pageFacts(layout, printed, turns, page, began[order] ?? 0, filled[order] ?? 0),
  );
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

/** How many lines of text there are on each page, and how many of them begin a turn. */
function turnsOnPages({ is, pages }: PrintedPages, { begins }: TurnMarks) {
  const room = roomFor(is.length);
  room.is.set(is);
  room.marks.set(begins);
  putPages(room, pages);
  room.calls.countTurns(pages.length);
  return { filled: room.lists[1].slice(0, pages.length), began: room.lists[2].slice(0, pages.length) };
}

function pageFacts(
  layout: Layout,
  printed: PrintedPages,
  turns: TurnMarks,
  page: PrintedPage,
  began: number,
  filled: number,
): PageFacts {
  // Where people talk in turn there is no need to look closer.
  if (began * 8 >= filled && began > 1) {
    return { turns: began, filled, list: false, headed: false, begins: false, running: true };
  }
  return closerFacts(layout, printed, turns, page, began, filled);
}

function closerFacts(
  layout: Layout,
  printed: PrintedPages,
  { profile }: TurnMarks,
  page: PrintedPage,
  began: number,
  filled: number,
): PageFacts {
  let [seen, leaders, references, full] = [0, 0, 0, 0];
  let headed = false;
  let begins = false;
  for (let index = page.first; index < page.end; index++) {
    if (printed.is[index] !== lineIs.text) continue;
    const at = printed.textAt[index] ?? 0;
    const indent = printed.indents[index] ?? 0;
    const text = layout.lines[index]?.text ?? '';
    if (text.charCodeAt(at) === 40 && beginning.test(text.slice(at))) begins = true;
    if (++seen <= 3 && listHeading.test(text.slice(at).trim())) headed = true;
    if (indent + text.length - at > profile.width * 0.7) {
      if (mayLead(text) && leader.test(text)) leaders++;
      else if (Math.abs(indent - profile.continuation) <= 1) full++;
    }
    if (text.indexOf(':') > 0) references += text.match(lineReference)?.length ?? 0;
  }
  const list =
    (leaders >= 2 && leaders > filled * 0.3) ||
    (headed && began === 0) ||
    (began * 8 < filled && references > filled * 0.8);
  return { turns: began, filled, list, headed, begins, running: full > filled * 0.4 };
}

/** Whether a line has what a leader is made of: most lines of prose have nothing of it. */
function mayLead(text: string): boolean {
  return text.includes('..') || text.includes('. .') || text.includes('……') || text.includes('__');
}

/** Whether a line heads an index or a list of contents. */
export function headsList(words: string): boolean {
  return listHeading.test(words);
}
