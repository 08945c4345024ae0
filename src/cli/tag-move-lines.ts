import type { LostTag, TagMoves } from '../app/tag-moves.ts';
import { count } from './render-hits.ts';
import { safeText } from './safe-text.ts';

/** Words shown of a tag that lost its place. */
const longestQuote = 80;

/** What became of tags whose text was replaced; no lines when nothing did. */
export function tagMoveLines({ moved, lost }: TagMoves): readonly string[] {
  const lines = moved > 0 ? [`${count(moved, 'tag')} moved with the words.`] : [];
  const of = (because: LostTag['because'], reason: string) => {
    const some = lost.filter((one) => one.because === because);
    if (some.length === 0) return [];
    return [
      `${count(some.length, 'tag')} stayed behind, since ${reason}:`,
      ...some.map(({ tag, ref, words }) => `  ${safeText(`${tag}  ${ref}  ${quoted(words)}`)}`.trimEnd()),
    ];
  };
  return [
    ...lines,
    ...of('words', 'the words are not to be found again'),
    ...of('exclusive', 'a tag that excludes them stands there'),
  ];
}

function quoted(words: string): string {
  if (words === '') return '';
  return words.length > longestQuote ? `“${words.slice(0, longestQuote)}…”` : `“${words}”`;
}
