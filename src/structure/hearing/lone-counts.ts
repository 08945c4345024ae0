import type { EdgeOfPage } from './counting-numbers.ts';
import { bareNumber } from './running-form.ts';

/** Page numbers by page, and the lines that hold them and nothing else. */
export interface LoneCounts {
  readonly pages: Uint32Array;
  readonly lines: readonly number[];
}

/**
 * The page numbers where each page has one line outside its numbered text, all at their heads or all at their feet, with
 * nothing but a number that is one more than the last: so most transcripts are printed, and nothing else is to be asked.
 */
export function loneCounts(edges: readonly (readonly EdgeOfPage[])[]): LoneCounts | undefined {
  const pages = new Uint32Array(edges.length);
  const lines: number[] = [];
  const first = edges[0]?.[0];
  for (let order = 0; order < edges.length; order++) {
    const [only, next] = edges[order] ?? [];
    if (only === undefined || next !== undefined || !only.outside || only.head !== first?.head)
      return undefined;
    const value = bareNumber(only.text);
    if (value < 0 || (order > 0 && value !== (pages[order - 1] ?? 0) + 1)) return undefined;
    pages[order] = value;
    lines.push(only.line);
  }
  return { pages, lines };
}
