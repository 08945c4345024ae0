import type { DocumentMetadata, WitnessRange } from '../../model/document.ts';
import { findDates } from '../dates.ts';
import type { Layout } from '../layout.ts';
import type { RecognitionHints } from '../recognition.ts';
import { readHeading } from './headings.ts';
import { lineIs, type PrintedPages } from './printed-pages.ts';
import type { TurnMarks } from './turn-marks.ts';

/** How many lines at the beginning may hold title, day and date. */
const headLines = 80;

/** Title, day and date from what stands before the first speaker, else from the file's name; witnesses as the dialogue gave them. */
export function hearingMetadata(
  layout: Layout,
  printed: PrintedPages,
  turns: TurnMarks,
  witnesses: readonly WitnessRange[],
  hints: RecognitionHints,
): DocumentMetadata {
  const head: string[] = [];
  for (let index = 0; index < layout.lines.length && head.length < headLines; index++) {
    const line = layout.lines[index];
    if (line === undefined || printed.is[index] === lineIs.blank) continue;
    if (turns.marks.has(index) || turns.labels.has(index)) break;
    head.push(line.text.slice(printed.textAt[index] ?? 0).trim());
  }
  const fileWords = hints.fileName.replace(/\.[a-z0-9]+$/i, '').replace(/[_+]/g, ' ');
  const date = firstDate(head.join('\n')) ?? firstDate(fileWords);
  const day = hearingDay(layout, printed, head, fileWords);
  const title = titleLine(head);
  return {
    ...(title === undefined ? {} : { title }),
    ...(date === undefined ? {} : { date }),
    ...(day === undefined ? {} : { day }),
    ...(witnesses.length === 0 ? {} : { witnesses }),
  };
}

/** None where pages are of several days: a place has that of its document. */
function hearingDay(
  layout: Layout,
  printed: PrintedPages,
  head: readonly string[],
  fileWords: string,
): number | undefined {
  const days = daysOfPages(layout, printed);
  if (days.size > 1) return undefined;
  const [day] = days;
  return dayNumber(head) ?? day ?? dayNumber([fileWords]);
}

/** The first whole date. */
function firstDate(text: string): string | undefined {
  return findDates(text).find(({ iso }) => iso.length === 10)?.iso;
}

/** "Day 12", "DAY TWELVE", "Day No. 3". */
function dayNumber(lines: readonly string[]): number | undefined {
  for (const line of lines) {
    const digits = /\bday\s*(?:no\.?\s*)?[-:#]?\s*(\d{1,4})\b/i.exec(line);
    if (digits) return Number(digits[1]);
    const word = /\bday\s+([a-z]+)(?:[\s-]([a-z]+))?\b/i.exec(line);
    const value = word === null ? undefined : numberWord(word[1] ?? '', word[2]);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The days in running heads and feet: in so many words, or before the page number on more than one page: "3/12". */
function daysOfPages(layout: Layout, printed: PrintedPages): ReadonlySet<number> {
  const named = new Set<number>();
  const counts = new Map<number, number>();
  let order = 0;
  for (let index = nextFurniture(printed, 0); index >= 0; index = nextFurniture(printed, index + 1)) {
    while (index >= (printed.pages[order]?.end ?? Number.POSITIVE_INFINITY)) order++;
    const page = printed.pages[order]?.page ?? 0;
    const text = layout.lines[index]?.text.trim() ?? '';
    const [, before, number] = /^\W*[dt]?(\d{1,3})\s*[/:.–-]\s*(\d{1,5})\W*$/i.exec(text) ?? [];
    const day = dayNumber([text]);
    if (day !== undefined) named.add(day);
    else if (page > 0 && Number(number) === page)
      counts.set(Number(before), (counts.get(Number(before)) ?? 0) + 1);
  }
  return named.size > 0 ? named : new Set([...counts].filter(([, times]) => times > 1).map(([day]) => day));
}

/** The first line of furniture from a line on; -1 without one. */
function nextFurniture({ is }: PrintedPages, from: number): number {
  return is.indexOf(lineIs.furniture, from);
}

const units =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

function numberWord(first: string, second: string | undefined): number | undefined {
  const unit = units.indexOf(first.toLowerCase());
  if (unit >= 0) return unit + 1;
  const ten = tens.indexOf(first.toLowerCase());
  if (ten < 0) return undefined;
  const rest = second === undefined ? -1 : units.indexOf(second.toLowerCase());
  return (ten + 2) * 10 + (rest >= 0 && rest < 9 ? rest + 1 : 0);
}

/** The line that says what was heard: an inquest, inquiry, matter or court. */
function titleLine(head: readonly string[]): string | undefined {
  const found = head.find(
    (line) =>
      line.length >= 8 &&
      line.length <= 120 &&
      /\b(?:inquest|inquiry|tribunal|in the matter of|royal commission|in the (?:supreme|crown|high|district|superior|circuit|county) court|in the united states|hearing before|deposition of|commission of)\b/i.test(
        line,
      ) &&
      readHeading(line).type === 'other' &&
      !/[:?]|\b(?:I|you|we|my)\b|[a-z][.,]$/.test(line),
  );
  return found?.replace(/\s{2,}/g, ' ').trim();
}
