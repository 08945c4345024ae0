import type { TagMoves } from '../app/tag-moves.ts';
import { count } from './render-hits.ts';
import { safeText } from './safe-text.ts';

/** Words shown of a tag that lost its place. */
const longestQuote = 80;

/** What became of tags whose text was replaced; no lines when nothing did. */
export function tagMoveLines({ moved, lost }: TagMoves): readonly string[] {
  const lines = moved > 0 ? [`${count(moved, 'tag')} moved with the words.`] : [];
  if (lost.length === 0) return lines;
  return [
    ...lines,
    `${count(lost.length, 'tag')} stayed behind, since the words are not to be found again:`,
    ...lost.map(({ tag, ref, words }) => `  ${safeText(`${tag}  ${ref}  ${quoted(words)}`)}`.trimEnd()),
  ];
}

function quoted(words: string): string {
  if (words === '') return '';
  return words.length > longestQuote ? `“${words.slice(0, longestQuote)}…”` : `“${words}”`;
}
