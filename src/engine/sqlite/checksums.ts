import { type DocumentId, documentId } from '../../model/identifiers.ts';
import { EntryChecksum } from '../checksum.ts';
import { type PositionGroup, PostingCursor, readBody } from './posting-list.ts';
import { mergeTerms, SegmentCursor } from './segment-cursor.ts';
import type { IndexTables } from './tables.ts';

/** Each document's checksum, from all blocks of all segments: term by term, so memory holds one sum a document. */
export function checksumIndex(tables: IndexTables): ReadonlyMap<DocumentId, string> {
  const sums = new Map<number, { readonly id: DocumentId; readonly sum: EntryChecksum }>();
  for (const { ordinal, id } of tables.documents())
    sums.set(ordinal, { id: documentId(id), sum: new EntryChecksum() });
  const cursors = tables.segments().map((segment) => new SegmentCursor(tables, segment, () => undefined));
  for (const { term, parts } of mergeTerms(cursors)) {
    for (const { segment, bytes, start, end } of parts) {
      const cursor = new PostingCursor(bytes, start, end, segment.first);
      while (cursor.next()) {
        const known = sums.get(cursor.ordinal);
        const groups: PositionGroup[] = [];
        readBody(bytes, cursor.bodyStart, cursor.joined, groups);
        for (const group of groups) known?.sum.add(term, group.span, group.bytes, group.start, group.end);
      }
    }
  }
  return new Map([...sums.values()].map(({ id, sum }) => [id, sum.finish()]));
}
