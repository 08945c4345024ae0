import { UserError } from '../../model/diagnostic.ts';
import { type Outcome, outcomes } from '../../model/document.ts';

/** Ledger outcomes after which an unchanged file is not read again unless asked. */
const settled: readonly Outcome[] = ['indexed', 'part', 'copy', 'container', 'manifest', 'removed'];

/** Outcomes of what could not be read, and may be with another try. */
export const retriedOutcomes: readonly Outcome[] = outcomes.filter((outcome) => !settled.includes(outcome));

/**
 * Reads `failed` or `failed,timeout`.
 * @throws UserError for a word that is no such outcome.
 */
export function parseRetried(text: string): readonly Outcome[] {
  return text.split(',').map((word) => {
    const outcome = retriedOutcomes.find((known) => known === word.trim().toLowerCase());
    if (outcome !== undefined) return outcome;
    throw new UserError(`“${word}” is nothing that can be tried again.`, {
      hint: `Write the paths before --retry; it takes ${retriedOutcomes.join(', ')}, with commas between, or nothing for all.`,
    });
  });
}
