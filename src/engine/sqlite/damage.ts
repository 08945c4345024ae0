import { exitCodes, UserError } from '../../model/diagnostic.ts';

/** The error for an index whose tables contradict each other: reading on could lose a hit. */
export function damagedIndex(): UserError {
  return new UserError('The index of this case is damaged.', {
    hint: 'Run `pincite verify` to see what else is affected.',
    exitCode: exitCodes.caseUnusable,
  });
}
