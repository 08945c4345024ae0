import type { DocumentId } from '../../model/identifiers.ts';
import type { ReadOutcome } from './readers.ts';

/** How many records are held: far more than wait to be written at any time. */
const usualRecords = 5_000;

/**
 * What came of the documents that were read in one run, by id, without their texts. Of a mailbox with a hundred thousand
 * messages the records alone would fill the memory: the oldest are let go, which stand in the case by then.
 */
export class ReadInThisRun {
  readonly #outcomes = new Map<DocumentId, Promise<ReadOutcome>>();
  /** Whose records could be let go, oldest first. */
  #records: DocumentId[] = [];
  readonly #written = new Set<DocumentId>();
  readonly #mostRecords: number;

  constructor(mostRecords = usualRecords) {
    this.#mostRecords = mostRecords;
  }

  /** @param outcome as it counts for the same bytes when they are met again */
  add(id: DocumentId, outcome: Promise<ReadOutcome>): void {
    this.#outcomes.set(id, outcome);
    outcome.then(
      (came) => this.#letGo(id, came),
      () => undefined, // whoever awaits the reading itself hears of it
    );
  }

  /** Undefined also for one that was let go: the case has it. */
  get(id: DocumentId): Promise<ReadOutcome> | undefined {
    return this.#outcomes.get(id);
  }

  /** Whether it was read in this run, and let go since. */
  isWritten(id: DocumentId): boolean {
    return this.#written.has(id);
  }

  /** What holds files is held: its record alone does not say which. */
  #letGo(id: DocumentId, outcome: ReadOutcome): void {
    if (outcome.type !== 'known' || outcome.family !== undefined) return;
    if (this.#written.has(id)) this.#outcomes.delete(id);
    else this.#records.push(id);
    if (this.#records.length < 2 * this.#mostRecords) return;
    for (const oldest of this.#records.splice(0, this.#mostRecords)) {
      this.#outcomes.delete(oldest);
      this.#written.add(oldest);
    }
  }
}
