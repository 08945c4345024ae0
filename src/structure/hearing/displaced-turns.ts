import { type Label, withoutNumber } from './labels.ts';
import type { Mark } from './marks.ts';
import type { PrintedPages } from './printed-pages.ts';
import { pageOfLine } from './witness-range.ts';

/** Marks and labels by line of the layout. */
export interface Turns {
  readonly marks: Map<number, Mark>;
  readonly labels: Map<number, Label>;
}

const none: ReadonlySet<number> = new Set();

/**
 * Puts back sure marks and labels that stand outside the columns of the document because their page does, or the line:
 * no other begins in its column on the page, or the line's number was lost or misread. Gives the lines, each of which
 * begins a turn in doubt: what is read out may hold a mark, too. `ended` says whether the text before a line is at an end.
 */
export function restoreDisplaced(
  printed: PrintedPages,
  kept: Turns,
  dropped: Turns,
  ended: (line: number) => boolean,
): ReadonlySet<number> {
  if (dropped.marks.size === 0 && dropped.labels.size === 0) return none;
  const believed = (line: number) =>
    (isUnnumbered(printed, line) || !beginsOnPage(printed, kept, line)) && ended(line);
  const bare = dropped.marks.size > 0 && isMostlyBare(kept.marks);
  const marks = [...dropped.marks].filter(([line, { stopped }]) => (stopped || bare) && believed(line));
  const names = new Set(Array.from(kept.labels.values(), ({ printed: name }) => name));
  const labels = [...dropped.labels].flatMap(([line, label]): [number, Label][] => {
    const name = withoutNumber(label.printed);
    const sure = name === label.printed ? label.strength === 'strong' : names.has(name);
    return sure && believed(line) ? [[line, { ...label, printed: name, strength: 'strong' }]] : [];
  });
  for (const [line, mark] of marks) kept.marks.set(line, mark);
  for (const [line, label] of labels) kept.labels.set(line, label);
  return new Set([...marks, ...labels].map(([line]) => line));
}

/** Whether it is not known from the line's number, as it is on others, where its first word stands. */
function isUnnumbered({ linesPerPage, numbers, doubts }: PrintedPages, line: number): boolean {
  if (linesPerPage === 0) return false;
  return (numbers[line] ?? 0) === 0 || doubts.get(line) === 'line-repaired';
}

/** Whether any of the turns begins on the page of the line. */
export function beginsOnPage(
  { pages }: PrintedPages,
  { marks, labels }: { readonly [kind in keyof Turns]: { has(line: number): boolean } },
  line: number,
): boolean {
  const { first, end } = pageOfLine(pages, line) ?? { first: line, end: line };
  for (let other = first; other < end; other++) if (marks.has(other) || labels.has(other)) return true;
  return false;
}

/** Whether marks are letters without stops. */
function isMostlyBare(marks: ReadonlyMap<number, Mark>): boolean {
  let bare = 0;
  for (const { stopped } of marks.values()) if (!stopped) bare++;
  return bare > marks.size / 2;
}
