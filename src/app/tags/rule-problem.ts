import type { Diagnostic } from '../../model/diagnostic.ts';
import { renderDiagnostic } from '../../query/caret.ts';

/** Something wrong in a file of rules. */
export interface RuleProblem {
  /** UTF-16 offsets in the text of the file. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint?: string;
  /** The rule in which it is, where it has a name. */
  readonly rule?: string;
  /** What is wrong in a query, and the query as it is read: the caret is drawn there. */
  readonly query?: { readonly text: string; readonly diagnostic: Diagnostic };
}

/**
 * A problem as lines of text: where it stands, what is wrong, the line (or the query) with carets below the place, and
 * what to do. Lines and columns count from 1, columns in code points.
 */
export function renderProblem(text: string, problem: RuleProblem): string {
  const lineStart = text.lastIndexOf('\n', problem.start - 1) + 1;
  const lineEnd = text.indexOf('\n', problem.start);
  const line = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd).replace(/\r$/, '');
  const number = text.slice(0, lineStart).split('\n').length;
  const column = [...text.slice(lineStart, problem.start)].length + 1;
  const inRule = problem.rule === undefined ? '' : `, in the rule “${problem.rule}”`;
  const where = `Line ${number}, column ${column}${inRule}: `;
  const { query } = problem;
  if (query !== undefined)
    return renderDiagnostic(query.text, {
      ...query.diagnostic,
      message: where + query.diagnostic.message,
    });
  return renderDiagnostic(line, {
    code: 'rule',
    severity: 'error',
    message: where + problem.message,
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
    start: problem.start - lineStart,
    end: Math.max(problem.start + 1, Math.min(problem.end, lineStart + line.length)) - lineStart,
  });
}
