import type { Case } from '../case.ts';
import { type Applied, applyRules, keptRules, ruleStamp } from './apply-rules.ts';
import { changedDocuments, type DocumentStates, documentStates } from './case-state.ts';

/** What is to be known of a case before papers are read into it, so that rules need look at no more than what changes. */
export interface BeforeIngest {
  readonly states: DocumentStates;
  /** All tags were as the kept rules want them. */
  readonly settled: boolean;
}

/** Looks at a case before an ingest; undefined when no rules are kept. */
export async function beforeIngest(open: Case): Promise<BeforeIngest | undefined> {
  const { store } = open;
  if ((await store.tagRules()).length === 0) return undefined;
  const states = await documentStates(store);
  return { states, settled: (await store.appliedRules()) === (await ruleStamp(open, states)) };
}

/**
 * Applies the kept rules after an ingest: to what is new or changed where all was as they want it before, else to the
 * whole case. Both come to the same tags.
 * @throws UserError when a kept rule cannot be applied any more: then no tag is changed.
 */
export async function applyAfterIngest(open: Case, { states, settled }: BeforeIngest): Promise<Applied> {
  const rules = await keptRules(open);
  const now = await documentStates(open.store);
  const only = settled ? { only: changedDocuments(states, now) } : {};
  return applyRules(open, rules, { ...only, replace: false, keep: false, dryRun: false });
}
