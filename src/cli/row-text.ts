import type { RowCell } from '../app/row-cells.ts';
import type { Mark } from './fold.ts';

/** Between cells where their columns have names. */
const between = ' · ';

/**
 * A row's text with the name of its column before each cell ("Caller: 07700 900123 · Called: …"), and the marks moved
 * along. The names come from the table's own row of names; a cell without one stands alone.
 */
export function withColumnNames(
  text: string,
  cells: readonly RowCell[] | undefined,
  marks: readonly Mark[],
): { readonly text: string; readonly marks: readonly Mark[] } {
  if (cells === undefined || cells.length === 0) return { text, marks };
  let out = '';
  const moved: Mark[] = [];
  for (const { name, span } of cells) {
    const [start, end] = span;
    if (out !== '') out += between;
    if (name !== undefined) out += `${name}: `;
    const shift = out.length - start;
    for (const mark of marks) {
      const [from, to] = [Math.max(mark[0], start), Math.min(mark[1], end)];
      if (from < to) moved.push([from + shift, to + shift]);
    }
    out += text.slice(start, end);
  }
  return { text: out, marks: moved };
}
