import type { Diagnostic } from '../model/diagnostic.ts';

/** Columns of a line that is shown around the place. */
const shownWidth = 76;

/**
 * A diagnostic as lines of text: the sentence, the query (or the part of it around the place) with carets below the
 * place, the hint. Columns are counted in code points; wide characters shift the carets.
 */
export function renderDiagnostic(query: string, { message, hint, start, end }: Diagnostic): string {
  const before = query.slice(0, start);
  const column = Math.max(0, [...before].length);
  const characters = [...query].map((character) => (/[\s\p{Cc}]/u.test(character) ? ' ' : character));
  const from = column > shownWidth - 10 ? column - Math.floor(shownWidth / 2) : 0;
  const shown = characters.slice(from, from + shownWidth).join('');
  const opening = from > 0 ? '…' : '';
  const closing = from + shownWidth < characters.length ? '…' : '';
  const width = Math.min([...query.slice(start, end)].length, from + shownWidth - column);
  const carets = ' '.repeat(column - from + opening.length) + '^'.repeat(Math.max(1, width));
  const lines = [message, `  ${opening}${shown}${closing}`, `  ${carets}`];
  return (hint === undefined ? lines : [...lines, hint]).join('\n');
}
