import type { Scope } from './ast.ts';

/** What the names in a query stand for; a case knows them. */
export interface Resolver {
  /** Words and phrases of a synonym list. */
  synonyms(name: string): readonly string[] | undefined;
  /** Names and ciphers of a person. */
  alias(name: string): readonly string[] | undefined;
  saved(name: string): SavedQuery | undefined;
}

/** A query kept under a name, as typed. Its own words are read as they were when it was kept, wherever it is used. */
export interface SavedQuery {
  readonly query: string;
  readonly reading: { readonly scope?: Scope; readonly any?: boolean; readonly stem?: boolean };
}

const deepestSaved = 10;

/** Why a saved query cannot stand where it is named; `depth` counts the saved queries around it. */
export function savedProblem(
  name: string,
  { reading: { scope } }: SavedQuery,
  depth: number,
  asked: Scope = 'document',
): { readonly code: string; readonly message: string; readonly hint: string } | undefined {
  if (depth >= deepestSaved) {
    return {
      code: 'saved-loop',
      message: `The saved query "${name}" goes round in circles.`,
      hint: 'Take its own name out of it.',
    };
  }
  if (scope === undefined || scope === asked) return undefined;
  return {
    code: 'saved-scope',
    message: `The saved query "${name}" holds its words together in one ${scope}, and this query in one ${asked}.`,
    hint: `Ask with --scope ${scope}, or for the saved query alone.`,
  };
}
