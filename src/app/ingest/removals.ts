import type { CaseStore, Removal } from '../../store/store.ts';
import type { PlannedDocument } from './plan.ts';
import { parseSheetRanges, rangesOverlap } from './sheet-ranges.ts';

/** What was taken out of the case, and what is therefore not read again. Asks the store once. */
export class Removals {
  readonly #store: CaseStore;
  #all: Promise<readonly Removal[]> | undefined;

  constructor(store: CaseStore) {
    this.#store = store;
  }

  /**
   * Why a document must not come in: it was removed itself, or the whole file that it is a part of; or some sheets of
   * the file were, and it would bring them back, however the file is cut now.
   */
  async reasonAgainst({ id, given, job }: PlannedDocument): Promise<string | undefined> {
    this.#all ??= this.#store.removals();
    const all = await this.#all;
    if (all.length === 0) return undefined;
    const own = all.find(({ document }) => document === id || document === job.parent);
    if (own !== undefined) return own.reason;
    const cut = all.find(({ part }) => part?.file === job.fileHash && overlaps(given.sheets, part.sheets));
    if (cut === undefined) return undefined;
    return `Sheets ${cut.part?.sheets} of the file were removed from the case: ${cut.reason}`;
  }
}

/** @param sheets Undefined for all of the file. */
function overlaps(sheets: string | undefined, removed: string): boolean {
  return sheets === undefined || rangesOverlap(parseSheetRanges(sheets), parseSheetRanges(removed));
}
