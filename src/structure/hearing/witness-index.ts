import type { Layout, LayoutLine } from '../layout.ts';
import type { HearingEvent } from './events.ts';
import { cleanName, isNameLine } from './headings.ts';
import { beginsWithTitle } from './labels.ts';
import { headsList } from './page-kinds.ts';
import { lineIs, type PrintedPage, type PrintedPages } from './printed-pages.ts';
import { surname } from './speaker-names.ts';

/** A line of an index: from which page on whom a witness is examined by. `examiner` undefined: the line does not say. */
interface IndexEntry {
  readonly witness: string;
  readonly page: number;
  readonly examiner: string | undefined;
}

/**
 * What an index at the front or the back says of who gave evidence from which page on. For hearings that name their
 * witnesses nowhere else.
 */
export class WitnessIndex {
  readonly #entries: readonly IndexEntry[];

  constructor(entries: readonly IndexEntry[]) {
    this.#entries = [...entries].sort((a, b) => a.page - b.page);
  }

  /** The one witness whom the index has this examiner begin to question on the page. */
  announced(page: number, examiner: string): string | undefined {
    const asked = this.#entries.filter(
      (entry) =>
        entry.page === page && entry.examiner !== undefined && surname(entry.examiner) === surname(examiner),
    );
    const [first] = asked;
    return asked.every(({ witness }) => witness === first?.witness) ? first?.witness : undefined;
  }

  /** Who gives evidence on the page; not `sure` where one follows another on it. */
  on(page: number): { readonly witness: string; readonly sure: boolean } | undefined {
    const begun = this.#entries.filter((entry) => entry.page <= page);
    const last = begun.at(-1);
    if (last === undefined) return undefined;
    const here = begun.filter(
      (entry) => entry.page === page || entry === begun.findLast(({ page: at }) => at < page),
    );
    return { witness: last.witness, sure: here.every(({ witness }) => witness === last.witness) };
  }
}

/**
 * The index of witnesses among the pages that are no testimony; undefined without one, with pages that are not the
 * document's, and where the record itself names a witness.
 */
export function findWitnessIndex(
  layout: Layout,
  printed: PrintedPages,
  apart: readonly boolean[],
  events: readonly HearingEvent[],
): WitnessIndex | undefined {
  if (!apart.includes(true) || events.some(namesWitness)) return undefined;
  const pages = printed.pages.filter((_, order) => apart[order] === true);
  const entries = entriesOf(pages.flatMap((page) => wordsOn(layout, printed, page)));
  const numbers = new Set(printed.pages.map(({ page }) => page));
  if (entries.length === 0 || !entries.every(({ page }) => numbers.has(page))) return undefined;
  return new WitnessIndex(entries);
}

function namesWitness(event: HearingEvent): boolean {
  if (event.type !== 'apart') return false;
  return event.name || (event.heading.type === 'witness' && event.heading.name !== undefined);
}

function wordsOn({ lines }: Layout, { is, textAt }: PrintedPages, { first, end }: PrintedPage): string[] {
  const words: string[] = [];
  for (let line = first; line < end; line++) {
    const printed = lines[line];
    if (is[line] === lineIs.text && printed !== undefined)
      words.push(spacedWords(printed, textAt[line] ?? 0));
  }
  return words;
}

/** The words of a line with a tabulator's width where a gap parts them. */
function spacedWords({ text, gaps = [] }: LayoutLine, from: number): string {
  let words = '';
  let begun = from;
  for (const { at } of gaps) {
    if (at <= begun) continue;
    words += `${text.slice(begun, at)}  `;
    begun = at;
  }
  return (words + text.slice(begun)).trim();
}

/** What leads to a page, and the number, or several, of which the first is where it begins. */
const pageBehind = /[\s.…_](?<word>(?:pages?|pp?\.)\s*)?(?<page>\d{1,5})(?:[\s,–-]+\d{1,5})*\s*$/i;
const leaders = /[\s.…_]+$/;
/** No line of an index is longer. */
const longestLine = 200;
const examinedBy =
  /^(?:(?:further|continued|direct|re-?direct|cross|re-?cross|re|voir dire)[\s-]*)*(?:examin\w+|question\w+)(?:[\s-]in[\s-]chief)?\s+(?:by|from)\s+(?<name>.+)$|^by\s+(?<by>.+)$/i;
const goesOn = /\s*[,(]?\s*\b(?:resumes|resumed|resuming|continues|continued|continuing)\b.*$/i;
/** What an index lists beside witnesses. */
const noWitness =
  /\b(?:exhibits?|certificates?|statements?|arguments?|index|rulings?|remarks|stipulations?|verdicts?|motions?|examinations?|sessions?|proceedings|submissions?|discussions?|hearings?|evidence|pages?|adjourn\w*|openings?|closings?|witness(?:es)?|direct|cross|redirect|recross|appearances|recess|court|reporter|volume|day)\b/i;

/** A name, alone or before its page; the lines below it say who examines. */
function entriesOf(lines: readonly string[]): IndexEntry[] {
  const entries: IndexEntry[] = [];
  let inIndex = false;
  let witness: string | undefined;
  for (const line of lines) {
    inIndex ||= headsList(line) || /^(?:LIST OF )?WITNESS(?:ES)?\b/i.test(line);
    if (!inIndex || line.length > longestLine) continue;
    const { what, page } = partLine(line);
    const named = examinedBy.exec(what)?.groups;
    const examiner = named && cleanName((named['name'] ?? named['by'] ?? '').replace(goesOn, ''));
    if (examiner === undefined) witness = nameOn(what) ?? (page > 0 ? undefined : witness);
    if (witness !== undefined && page > 0) entries.push({ witness, page, examiner });
  }
  const examined = new Set(
    entries.filter(({ examiner }) => examiner !== undefined).map((one) => one.witness),
  );
  return entries.filter((one) => examined.has(one.witness) || beginsWithTitle(one.witness));
}

/** What a line says before its page, which is 0 where no leaders, gap or word lead to one. */
function partLine(line: string): { readonly what: string; readonly page: number } {
  const found = pageBehind.exec(line);
  const before = line.slice(0, (found?.index ?? line.length) + 1);
  const what = before.replace(leaders, '');
  const led = found?.groups?.['word'] !== undefined || before.length - what.length >= 2;
  if (found === null || !led) return { what: line, page: 0 };
  return { what, page: Number(found.groups?.['page']) };
}

function nameOn(words: string): string | undefined {
  const name = cleanName(
    words.replace(goesOn, '').replace(/,?\s+(?:sworn|affirmed|recalled|called)\b.*$/i, ''),
  );
  return isNameLine(name) && !noWitness.test(name) ? name : undefined;
}
