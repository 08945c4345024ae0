import type { Diagnostic } from '../model/diagnostic.ts';
import type { Span } from './ast.ts';
import { editDistance } from './edit-distance.ts';

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
