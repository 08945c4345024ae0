import { createHash, type Hash } from 'node:crypto';
import type { Copy, InputRecord } from '../model/document.ts';
import type { SavedSearch } from '../model/saved-search.ts';
import { type ExclusiveTags, labelOf, originOf, type Tag } from '../model/tag.ts';
import type { KeptRule } from '../model/tag-rule.ts';
import type { WordList } from '../model/word-list.ts';
import { canonicalJson } from './canonical-json.ts';
import { inflateTable } from './encoding.ts';
import type { Removal, StoredDocument } from './store.ts';

/** What a digest is made of, each in the order that `CaseStore` states for it; copies with the superseded ones. */
export interface DigestedContents {
  readonly documents: Sequence<DigestedDocument>;
  readonly inputs: Sequence<InputRecord>;
  readonly copies: Sequence<VersionedCopy>;
  readonly roots: Sequence<string>;
  readonly removals: Sequence<Removal>;
  readonly tags: Sequence<Tag>;
  readonly exclusiveTags: Sequence<ExclusiveTags>;
  readonly tagRules: Sequence<KeptRule>;
  readonly wordLists: Sequence<WordList>;
  readonly savedSearches: Sequence<SavedSearch>;
}

type Sequence<T> = Iterable<T> | AsyncIterable<T>;

export interface DigestedDocument extends Pick<StoredDocument, 'textHash' | 'tables'> {
  /** As canonical JSON. */
  readonly record: string;
}

/** A copy, with which of the documents that its path has had it is of: from 1. */
export interface VersionedCopy {
  readonly copy: Copy;
  readonly version: number;
}

/**
 * SHA-256 of what the case holds, in the order of its keys. Left out is what differs between two cases with the same
 * contents: times (of files, removals, word lists and saved searches), runs of saved searches, batches of tags with all
 * they know beyond the tags themselves, row numbers, the directories of roots, and how blobs were deflated.
 * Texts count by their hashes; whether they match them is for `CaseStore.check` to say.
 */
export async function digestContents(contents: DigestedContents): Promise<string> {
  const hash = createHash('sha256');
  for await (const { record, textHash, tables } of contents.documents) {
    const { outline, units, checkpoints } = tables;
    add(hash, 'document', [record, textHash, ...[outline, units, checkpoints].map(tableHash)]);
  }
  for await (const { modified: _, rawPath, ...input } of contents.inputs)
    add(hash, 'input', { ...input, rawPath: hex(rawPath) });
  for await (const { version, copy } of contents.copies)
    add(hash, 'copy', { ...copy, version, rawPath: hex(copy.rawPath) });
  for await (const name of contents.roots) add(hash, 'root', name);
  for await (const { at: _, ...removal } of contents.removals) add(hash, 'removal', removal);
  for await (const { note, origins, ...tag } of contents.tags)
    add(hash, 'tag', { ...labelOf(tag), note, origins: origins.map(originOf) });
  for await (const tags of contents.exclusiveTags) add(hash, 'exclusive tags', tags);
  for await (const { rule } of contents.tagRules) add(hash, 'tag rule', rule);
  for await (const { at: _, ...list } of contents.wordLists) add(hash, 'word list', list);
  for await (const { at: _, ...search } of contents.savedSearches) add(hash, 'saved search', search);
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
