import type { ReadOptions } from '../extraction.ts';

/** Stands for the attached files in place of a sheet's number. */
export const attachedFiles = 0;

/** Why a sheet is not to be read; undefined when it is. */
export function leftOut({ leaveOut = [] }: ReadOptions, sheet: number): string | undefined {
  return leaveOut.find(({ from, to = Number.POSITIVE_INFINITY }) => sheet >= from && sheet <= to)?.reason;
}
