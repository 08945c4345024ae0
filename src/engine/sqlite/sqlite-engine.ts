import type Database from 'libsql';
import type { IndexedDocument, Proposals, SearchEngine } from '../engine.ts';
import { narrow } from '../narrowing.ts';
import { checksumIndex } from './checksums.ts';
import { compactSegments } from './compaction.ts';
import { digestIndex } from './digest.ts';
import { gather, proposals } from './gathering.ts';
import { invert } from './inversion.ts';
import { SegmentWriter } from './segment-writer.ts';
import { IndexTables } from './tables.ts';
import { listTerms } from './term-listing.ts';

export { engineSchema } from './tables.ts';

/**
 * The index of a case: packed postings in tables of a database that the store has opened and `engineSchema` has been
 * run on. `put`, `remove` and `compact` belong to the caller's transaction and throw outside of one; the others read one
 * state of the database each, in whatever transaction there is. `close` leaves the database open: it is the store's.
 */
export function createSqliteEngine(database: Database.Database): SearchEngine {
  const tables = new IndexTables(database);
  return {
    async put(documents) {
      tables.assertWriting();
      putSegment(tables, documents);
    },
    async remove(ids) {
      tables.assertWriting();
      for (const id of ids) tables.deleteDocument(id);
    },
    async *propose({ query, expansions }): AsyncGenerator<Proposals> {
      const narrowing = narrow(query.root);
      const gatherings = tables.snapshot(() =>
        tables.segments().map((segment) => gather(tables, segment, narrowing, expansions)),
      );
      for (const gathering of gatherings) yield* proposals(gathering);
    },
    async *terms(pattern) {
      yield* tables.snapshot(() => listTerms(tables, pattern));
    },
    async compact() {
      tables.assertWriting();
      compactSegments(tables);
    },
    async digest() {
      return tables.snapshot(() => digestIndex(tables));
    },
    async checksums() {
      return tables.snapshot(() => checksumIndex(tables));
    },
    async close() {
      // The database is the store's to close.
    },
  };
}

/** Makes a segment of the documents that are not there yet; of two with the same id the first counts. */
function putSegment(tables: IndexTables, documents: readonly IndexedDocument[]): void {
  const unknown = new Map<string, IndexedDocument>();
  for (const document of documents) {
    if (!unknown.has(document.id) && !tables.hasDocument(document.id)) unknown.set(document.id, document);
  }
  if (unknown.size === 0) return;
  const batch = [...unknown.values()];
  const first = tables.nextOrdinal();
  batch.forEach(({ id, words }, index) => {
    tables.addDocument(first + index, id, words);
  });
  const writer = new SegmentWriter(tables);
  invert(batch, first, writer);
  writer.finish({ first, last: first + batch.length - 1, documents: batch.length });
}
