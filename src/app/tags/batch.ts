import type { NewTagBatch, TagChange } from '../../model/tag.ts';
import type { RecordedBatch } from '../../store/store.ts';
import type { Case } from '../case.ts';
import { personName } from '../person.ts';

/** What became of changes to tags: counts, and the batch under which they can be taken back. */
export type BatchOutcome = RecordedBatch;

/** Makes changes in one transaction and writes them down as what the person at the keyboard did now. */
export function recordBatch(
  open: Case,
  batch: Omit<NewTagBatch, 'by' | 'at'>,
  changes: readonly TagChange[],
): Promise<BatchOutcome> {
  const { store } = open;
  return store.write(() => store.recordTags(byNow(batch), changes));
}

/** A batch by the person at the keyboard, now. */
export function byNow(batch: Omit<NewTagBatch, 'by' | 'at'>): NewTagBatch {
  return { ...batch, by: personName(), at: new Date().toISOString() };
}
