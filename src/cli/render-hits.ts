import type { Hit, Searched, Totals } from '../app/hit.ts';
import type { Suggestion } from '../app/suggestions.ts';
import { writtenNumber } from '../model/written-number.ts';
import { foldLines, type Mark, paintLine, windowAround } from './fold.ts';
import { withColumnNames } from './row-text.ts';
import { safeText } from './safe-text.ts';
import type { Style } from './style.ts';

export interface HitLayout {
  readonly style: Style;
  readonly width: number;
  /** Words shown on each side of a hit; Infinity for whole passages. */
  readonly contextWords: number;
  /** Sets hits off by signs where there is no colour to do it. */
  readonly signs: boolean;
}

const indent = '    ';

/** A passage with all its hits marked: citation, the words in their context, and the reference to open it again. */
export function renderPassage(hits: readonly Hit[], layout: HitLayout): string {
  const [first] = hits;
  if (first === undefined) return '';
  const { style } = layout;
  const marks = mergeMarks(hits.flatMap(({ spans }) => spans));
  const row = withColumnNames(first.text, first.cells, marks);
  const about = [first.document.path, ...(first.tags.length > 0 ? [`tags: ${first.tags.join(', ')}`] : [])];
  return [
    style.citation(safeText(first.citation)),
    ...passageLines(row.text, row.marks, layout),
    ...referenceLines(hits, safeText(about.join(' · ')), layout),
    '',
    '',
  ].join('\n');
}

/** References with what they belong to behind them, on as many lines as the width asks for; none is broken. */
function referenceLines(hits: readonly Hit[], about: string, { style, width }: HitLayout): string[] {
  const refs = hits.map(({ ref }) => ref).join(' ');
  const lines = foldLines(refs, width - indent.length).map(([start, end]) => indent + refs.slice(start, end));
  const last = lines.at(-1) ?? '';
  if (hits.length > 1 && last.length + 2 + about.length > width)
    return [...lines, indent + style.faint(about)];
  return [...lines.slice(0, -1), `${last}  ${style.faint(about)}`];
}

function passageLines(text: string, marks: readonly Mark[], layout: HitLayout): string[] {
  const window = windowAround(text, marks, layout.contextWords);
  const paint = layout.signs ? (words: string) => `«${words}»` : layout.style.hit;
  return foldLines(window.text, layout.width - indent.length).map(
    (line) => indent + paintLine(window.text, line, window.marks, paint, safeText),
  );
}

/** Marks in order, those that touch or overlap made one. */
function mergeMarks(marks: readonly Mark[]): readonly Mark[] {
  const merged: [number, number][] = [];
  for (const [start, end] of [...marks].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Consecutive hits of one passage together, in the order of the answer; not those in text that somebody put in with those in text that stood there. */
export async function* byPassage(hits: AsyncIterable<Hit>): AsyncGenerator<readonly Hit[]> {
  let group: Hit[] = [];
  for await (const hit of hits) {
    const first = group[0];
    const same =
      first !== undefined &&
      first.document.id === hit.document.id &&
      first.passage === hit.passage &&
      sameMarkup(first, hit);
    if (!same && group.length > 0) {
      yield group;
      group = [];
    }
    group.push(hit);
  }
  if (group.length > 0) yield group;
}

function sameMarkup({ place: { markup: one } }: Hit, { place: { markup: other } }: Hit): boolean {
  return one?.kind === other?.kind && one?.by === other?.by && one?.at === other?.at;
}

/** "23 hits in 14 passages of 5 documents." */
export function totalsSentence({ hits, passages, documents }: Totals): string {
  return `${count(hits, 'hit')} in ${count(passages, 'passage')} of ${count(documents, 'document')}.`;
}

/** What was searched: the sentence that makes "nothing found" worth something. A case can tell more of its files. */
export function searchedSentence(searched: Searched, inCase: boolean): string {
  const parts = [`Searched ${count(searched.documents, 'document')}, ${count(searched.pages, 'page')}`];
  if (searched.unreadablePages > 0)
    parts.push(`${count(searched.unreadablePages, 'page')} in them could not be read`);
  if (searched.unreadFiles > 0)
    parts.push(`${count(searched.unreadFiles, 'file')} gave no text${inCase ? ' (pincite status)' : ''}`);
  for (const [field, documents] of Object.entries(searched.lacking)) {
    const verb = documents === 1 ? 'has' : 'have';
    parts.push(`${count(documents, 'document')} ${verb} no ${lackedThings[field] ?? field}`);
  }
  return `${parts.join('; ')}.`;
}

const lackedThings: Readonly<Record<string, string>> = {
  page: 'printed pages (asked by sheet)',
  role: 'speakers with a role',
  day: 'day number',
};

/** "Did you mean" for one word. */
export function suggestionSentence({ word, candidates }: Suggestion): string {
  const guess = candidates.length === 0 ? '' : ` Did you mean ${candidates.join(', ')}?`;
  return `“${word}” is in no document.${guess}`;
}

/** `1 page`, `1,204 pages`. */
export function count(number: number, noun: string): string {
  return `${writtenNumber(number)} ${noun}${number === 1 ? '' : pluralEnd(noun)}`;
}

function pluralEnd(noun: string): string {
  return /(s|x|ch|sh)$/.test(noun) ? 'es' : 's';
}
