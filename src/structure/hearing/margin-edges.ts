import { commonest } from '../commonest.ts';

/** Where something stands at an end of a line, in the units of `left`, and in which printed page of the sheet. */
export interface EdgeInColumn {
  readonly column: number;
  readonly edge: number;
}

/** How far the edges of what stands in one margin may lie apart, in the units of `left`. */
const sameEdge = 15;

/** Whether an edge is near the commonest one of its printed page: of several pages on a sheet each has a margin of its own. */
export function marginsOf(found: readonly EdgeInColumn[]): (at: EdgeInColumn) => boolean {
  const counts = new Map<number, Map<number, number>>();
  for (const { column, edge } of found) {
    const own = counts.get(column) ?? new Map<number, number>();
    own.set(edge, (own.get(edge) ?? 0) + 1);
    counts.set(column, own);
  }
  const margins = new Map(Array.from(counts, ([column, own]) => [column, commonest(own) ?? 0]));
  return ({ column, edge }) => Math.abs(edge - (margins.get(column) ?? 0)) <= sameEdge;
}
