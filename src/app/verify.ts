import { createHash } from 'node:crypto';
import { checksumOf } from '../engine/checksum.ts';
import { positionDocument } from '../query/positions.ts';
import type { Case } from './case.ts';

/**
 * What `verify` found wrong, a sentence each; nothing when the case is whole. Every text is split into words again, and
 * the index must hold just those words at just those positions.
 */
export async function* verifyCase({ store, engine }: Case): AsyncGenerator<string> {
  let sound = true;
  for await (const problem of store.check()) {
    sound = false;
    yield problem;
  }
  if (!sound) return; // texts that are damaged themselves say nothing about the index
  const indexed = await engine.checksums();
  let documents = 0;
  for await (const record of store.documents()) {
    if ((await store.copies(record.id, { superseded: true })).length === 0) {
      yield `Document ${record.id.slice(0, 12)} has no path in the ledger.`;
    }
    documents += 1;
    const text = await store.text(record.id, 0, Number.MAX_SAFE_INTEGER);
    const { postings } = positionDocument(text, await store.outline(record.id));
    if (indexed.get(record.id) !== checksumOf(postings)) {
      yield `The index of document ${record.id.slice(0, 12)} does not fit its text.`;
    }
  }
  if (indexed.size > documents)
    yield `The index holds ${indexed.size - documents} documents that the case does not.`;
}

/** SHA-256 over the contents of store and index in a fixed order: equal for equal contents, however they came about. */
export async function caseDigest({ store, engine }: Case): Promise<string> {
  return createHash('sha256')
    .update(`${await store.digest()} ${await engine.digest()}`)
    .digest('hex');
}
