import { createHash } from 'node:crypto';
import type { Case } from './case.ts';

/** What `verify` found wrong, a sentence each; nothing when the case is whole. */
export async function* verifyCase({ store }: Case): AsyncGenerator<string> {
  yield* store.check();
  for await (const record of store.documents()) {
    if ((await store.copies(record.id, { superseded: true })).length === 0) {
      yield `Document ${record.id.slice(0, 12)} has no path in the ledger.`;
    }
  }
}

/** SHA-256 over the contents of store and index in a fixed order: equal for equal contents, however they came about. */
export async function caseDigest({ store, engine }: Case): Promise<string> {
  return createHash('sha256')
    .update(`${await store.digest()} ${await engine.digest()}`)
    .digest('hex');
}
