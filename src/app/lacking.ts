import type { Copy, DocumentRecord } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { askablePlaceFields } from '../model/place.ts';
import type { FilterField, Query } from '../query/ast.ts';
import type { CaseStore } from '../store/store.ts';
import { cardOf } from './card.ts';
import { filtersOf, hasField, isDocumentField } from './filtering.ts';

/** Fields that every document has something to say to; of a tag and of copies, having none is an answer. */
const everywhere: ReadonlySet<FilterField> = new Set([
  'source',
  'kind',
  'title',
  'file',
  'is',
  'zone',
  'tag',
]);

/** By field that a query's filters ask for: how many of the searched documents have no such thing. */
export async function countLacking(
  store: CaseStore,
  { root }: Pick<Query, 'root'>,
): Promise<Readonly<Record<string, number>>> {
  const asked = new Set(filtersOf(root).map(({ field }) => field));
  const fields = [...asked].filter((field) => !everywhere.has(field));
  const lacking: Record<string, number> = {};
  if (fields.length === 0) return lacking;
  const copies = byDocument(await store.copies());
  for await (const record of store.documents()) {
    const own = copies.get(record.id) ?? [];
    if (own.length === 0) continue;
    for (const field of fields) {
      if (!documentHas(record, own, field)) lacking[field] = (lacking[field] ?? 0) + 1;
    }
  }
  return lacking;
}

function documentHas(record: DocumentRecord, copies: readonly Copy[], field: FilterField): boolean {
  if (isDocumentField(field)) return copies.some((copy) => hasField(cardOf(record, copy, copies), field));
  const known = askablePlaceFields.find((name) => name === field);
  if (known === undefined || record.placeFields.includes(known)) return true;
  return field === 'witness' && copies.some((copy) => cardOf(record, copy, copies).witness !== undefined);
}

function byDocument(copies: readonly Copy[]): ReadonlyMap<DocumentId, readonly Copy[]> {
  const groups = new Map<DocumentId, Copy[]>();
  for (const copy of copies) {
    const group = groups.get(copy.document);
    if (group === undefined) groups.set(copy.document, [copy]);
    else group.push(copy);
  }
  return groups;
}
