import type { Diagnostic } from '../model/diagnostic.ts';
import type { Span } from './ast.ts';

export type Problems = Diagnostic[];

/** An error at a place of the query: one sentence, and what to do. */
export function problem(code: string, span: Span, message: string, hint?: string): Diagnostic {
  return {
    code,
    severity: 'error',
    message,
    ...(hint === undefined ? {} : { hint }),
    start: span.start,
    end: span.end,
  };
}

/** Something that is well to know and stops nothing. */
export function note(code: string, span: Span, message: string): Diagnostic {
  return { code, severity: 'note', message, start: span.start, end: span.end };
}

/** The nearest of some names, when it is near enough to be what was meant. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const name of names) {
    const distance = name.startsWith(typed) && typed.length > 1 ? 1 : editDistance(typed, name);
    if (distance >= least) continue;
    least = distance;
    best = name;
  }
  return best;
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each counting one. */
export function editDistance(first: string, second: string): number {
  let twoAbove: number[] = [];
  let above = Array.from({ length: second.length + 1 }, (_, column) => column);
  for (let row = 1; row <= first.length; row++) {
    const current = [row];
    for (let column = 1; column <= second.length; column++) {
      const same = first[row - 1] === second[column - 1];
      // all indexes are within rows of second.length + 1
      let least = Math.min(
        (above[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (above[column - 1] as number) + (same ? 0 : 1),
      );
      const swapped = first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1];
      if (row > 1 && column > 1 && swapped) least = Math.min(least, (twoAbove[column - 2] as number) + 1);
      current.push(least);
    }
    twoAbove = above;
    above = current;
  }
  return above[second.length] as number; // length is second.length + 1
}
