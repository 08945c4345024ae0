import { foldLines } from './fold.ts';
import { safeText } from './safe-text.ts';

/** A file that has something to be said of it. `part` are sheets of a bundle. */
export interface SaidInput {
  readonly path: string;
  readonly part?: string;
  readonly outcome: string;
  readonly reason?: string;
}

const reasonIndent = '      ';

/** One file as reports list it: its path and outcome, and below them the reason, folded to the width. */
export function inputLines({ path, part, outcome, reason }: SaidInput, width: number): string {
  const name = part === undefined ? path : `${path} (sheets ${part})`;
  const head = `  ${outcome.padEnd(10)} ${safeText(name)}`;
  if (reason === undefined || reason === '') return head;
  const said = safeText(reason);
  const folded = foldLines(said, width - reasonIndent.length).map(
    ([start, end]) => reasonIndent + said.slice(start, end),
  );
  return [head, ...folded].join('\n');
}
