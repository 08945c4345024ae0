import { UserError } from '../model/diagnostic.ts';
import { findAnswers, readQuestion } from './answering.ts';
import type { Case } from './case.ts';
import { personName } from './person.ts';
import { savedIn } from './saved-searches.ts';
import { type Answer, answerTo, type SearchRequest } from './search.ts';
import { onlyNew, packSeen } from './seen-hits.ts';

/** A saved search that was asked by its name. */
export interface SavedRunAnswer {
  readonly answer: Answer;
  /** Makes this the last run, once the answer has been given. False when nothing can be written. */
  remember(): Promise<boolean>;
}

/**
 * Answers a query that is nothing but the name of a saved search; undefined for any other.
 * @param fresh whether to give only what the last run had not found.
 * @throws UserError for a query that cannot be read, or with `fresh` one that is no saved search (exit 2).
 */
export async function runSaved(
  open: Case,
  request: SearchRequest,
  fresh: boolean,
): Promise<SavedRunAnswer | undefined> {
  const { store } = open;
  const { asked } = await savedIn(store, request.query);
  if (asked === undefined) {
    if (fresh) throw notSaved(request.query);
    return undefined;
  }
  const at = new Date().toISOString();
  const found = await findAnswers(open, await readQuestion(open, request), request);
  const { hits } = found.matched.totals;
  const remember = async () => {
    const seen = await packSeen(store, asked, found.matched);
    return store.recordRun({ name: asked.name, by: personName(), at, hits, seen });
  };
  if (!fresh) return { answer: await answerTo(open, request, found), remember };
  const last = await store.lastRun(asked.name);
  const matched = last && (await onlyNew(store, asked, found.matched, last.seen));
  const answer = await answerTo(open, request, found, matched);
  return {
    answer: { ...answer, newSince: { ...(last === undefined ? {} : { at: last.at }), of: hits } },
    remember,
  };
}

function notSaved(query: string): UserError {
  return new UserError(
    `“${query}” is not the name of a saved search, so nothing is known of an earlier run.`,
    {
      hint: 'Keep it with pincite save NAME QUERY, then: pincite search saved:NAME --new. See pincite searches.',
    },
  );
}
