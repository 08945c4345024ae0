import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import { inflateTable } from '../encoding.ts';
import type { DocumentTables } from './documents.ts';
import type { Ledger } from './ledger.ts';
import type { TagTable } from './tags.ts';

/**
 * SHA-256 of what the case holds, in the order of its keys. Left out is what differs between two cases with the same
 * contents: times (of files, removals and tags), row numbers, the directories of roots, and how blobs were deflated.
 * Texts count by their hashes; whether they match them is for `problemsOf` to say.
 */
export async function digestOf(documents: DocumentTables, ledger: Ledger, tags: TagTable): Promise<string> {
  const hash = createHash('sha256');
  for await (const { id, record, textHash } of documents.rows()) {
    const tables = (['outline', 'units', 'checkpoints'] as const).map((name) => documents.packed(id, name));
    add(hash, 'document', [record, textHash, ...tables.map(tableHash)]);
  }
  for await (const { modified: _, rawPath, ...input } of ledger.inputs())
    add(hash, 'input', { ...input, rawPath: hex(rawPath) });
  for (const { version, copy } of ledger.copies(undefined, true))
    add(hash, 'copy', { ...copy, version, rawPath: hex(copy.rawPath) });
  for (const name of ledger.roots().keys()) add(hash, 'root', name);
  for (const { at: _, ...removal } of ledger.removals()) add(hash, 'removal', removal);
  for await (const { at: _, ...tag } of tags.select({})) add(hash, 'tag', tag);
  return hash.digest('hex');
}

/** A line a thing: JSON holds no line ends, so that no two contents run into the same text. */
function add(hash: Hash, kind: string, value: unknown): void {
  hash.update(`${kind} ${canonicalJson(value)}\n`);
}

function tableHash(packed: Uint8Array): string {
  return createHash('sha256').update(inflateTable(packed)).digest('hex');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
