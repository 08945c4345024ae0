import type { Hit, Searched, Totals } from '../app/hit.ts';
import { foldLines, type Mark, paintLine, windowAround } from './fold.ts';
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
  const refs = hits.map(({ ref }) => ref).join(' ');
  const about = [first.document.path, ...(first.tags.length > 0 ? [`tags: ${first.tags.join(', ')}`] : [])];
  return [
    style.citation(safeText(first.citation)),
    ...passageLines(first.text, mergeMarks(hits.flatMap(({ spans }) => spans)), layout),
    `${indent}${refs}  ${style.faint(safeText(about.join(' · ')))}`,
    '',
    '',
  ].join('\n');
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

/** Consecutive hits of one passage together, in the order of the answer. */
export async function* byPassage(hits: AsyncIterable<Hit>): AsyncGenerator<readonly Hit[]> {
  let group: Hit[] = [];
  for await (const hit of hits) {
    const first = group[0];
    const same =
      first !== undefined && first.document.id === hit.document.id && first.passage === hit.passage;
    if (!same && group.length > 0) {
      yield group;
      group = [];
    }
    group.push(hit);
  }
  if (group.length > 0) yield group;
}

/** "23 hits in 14 passages of 5 documents." */
export function totalsSentence({ hits, passages, documents }: Totals): string {
  return `${count(hits, 'hit')} in ${count(passages, 'passage')} of ${count(documents, 'document')}.`;
}

/** What was searched: the sentence that makes "nothing found" worth something. */
export function searchedSentence(searched: Searched): string {
  const parts = [`Searched ${count(searched.documents, 'document')}, ${count(searched.pages, 'page')}`];
  if (searched.unreadablePages > 0)
    parts.push(`${count(searched.unreadablePages, 'page')} in them could not be read`);
  if (searched.unreadFiles > 0)
    parts.push(`${count(searched.unreadFiles, 'file')} gave no text (pincite status)`);
  return `${parts.join('; ')}.`;
}

/** `1 page`, `1,204 pages`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : pluralEnd(noun)}`;
}

function pluralEnd(noun: string): string {
  return /(s|x|ch|sh)$/.test(noun) ? 'es' : 's';
}
