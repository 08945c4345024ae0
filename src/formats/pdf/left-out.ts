import type { ReadingStep, ReadOptions } from '../extraction.ts';

export const takingAttachments: ReadingStep = { part: 'attachments', sheet: 0 };

/** Why a step is not to be done; undefined when it is, and then it is told that it begins. */
export function obstacleTo(step: ReadingStep, { leaveOut = [], onStep }: ReadOptions): string | undefined {
  const left = leaveOut.find(
    ({ part, sheet, onward }) =>
      part === step.part && (sheet === step.sheet || (onward && sheet <= step.sheet)),
  );
  if (left === undefined) onStep?.(step);
  return left?.reason;
}
