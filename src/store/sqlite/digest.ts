import { type DigestedDocument, digestContents } from '../digest.ts';
import type { DocumentTables } from './documents.ts';
import type { Ledger } from './ledger.ts';
import type { SavedSearchTable } from './saved-searches.ts';
import type { TagRuleTable } from './tag-rules.ts';
import type { TagTable } from './tags.ts';
import type { WordListTable } from './word-lists.ts';

/** The digest of what the tables hold; one document's tables are in memory at a time. */
export function digestOf(
  documents: DocumentTables,
  ledger: Ledger,
  tags: TagTable,
  tagRules: TagRuleTable,
  wordLists: WordListTable,
  savedSearches: SavedSearchTable,
): Promise<string> {
  return digestContents({
    documents: digested(documents),
    inputs: ledger.inputs(),
    copies: ledger.copies(undefined, true),
    roots: ledger.roots().keys(),
    removals: ledger.removals(),
    tags: tags.select({}),
    exclusiveTags: tags.exclusive(),
    tagRules: tagRules.all(),
    wordLists: wordLists.all(),
    savedSearches: savedSearches.all(),
  });
}

async function* digested(documents: DocumentTables): AsyncGenerator<DigestedDocument> {
  for await (const { id, record, textHash } of documents.rows()) {
    const tables = {
      outline: documents.packed(id, 'outline'),
      units: documents.packed(id, 'units'),
      checkpoints: documents.packed(id, 'checkpoints'),
    };
    yield { record, textHash, tables };
  }
}
