import type { Case } from '../case.ts';
import { listDocuments } from '../documents.ts';
import { documentColumns } from './document-columns.ts';
import { type Destination, type WrittenTable, writeTable } from './table-writer.ts';

/** The list of all documents, as `docs` has it. */
export async function exportDocuments(open: Case, to: Destination): Promise<WrittenTable> {
  const documents = await listDocuments(open.store, { words: '', unsure: false });
  return writeTable(open, to, {
    columns: documentColumns.map(([name]) => name),
    rows: documents.map((document) => documentColumns.map(([, value]) => value(document))),
    facts: () => ({ what: 'documents' }),
  });
}
