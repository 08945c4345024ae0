import type { TermStatistics } from '../engine/engine.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { layOutWords } from '../query/positions.ts';
import type { CaseStore } from '../store/store.ts';

/**
 * What the index says of terms, less the documents that a later version has superseded: those stay in the index and
 * are out of searches. Terms that only they hold are left out.
 */
export async function currentStatistics(
  store: CaseStore,
  statistics: readonly (readonly TermStatistics[])[],
): Promise<readonly (readonly TermStatistics[])[]> {
  const superseded: ReadonlyMap<string, number>[] = [];
  for (const id of await store.supersededDocuments()) superseded.push(await termCounts(store, id));
  if (superseded.length === 0) return statistics;
  return statistics.map((terms) =>
    terms.map((term) => without(term, superseded)).filter(({ documents }) => documents > 0),
  );
}

/** How often each term stands in a document, words joined over a line's end included. */
async function termCounts(store: CaseStore, id: DocumentId): Promise<ReadonlyMap<string, number>> {
  const text = await store.text(id, 0, Number.MAX_SAFE_INTEGER);
  const { vocabulary, ids, joins } = layOutWords(text, await store.outline(id));
  const counts = new Map<string, number>();
  const count = (term: string) => counts.set(term, (counts.get(term) ?? 0) + 1);
  // ids and joins are indexes into the tables that they come with
  for (const term of ids) count(vocabulary[term] as string);
  for (const at of joins) count(`${vocabulary[ids[at] as number]}${vocabulary[ids[at + 1] as number]}`);
  return counts;
}

function without(term: TermStatistics, superseded: readonly ReadonlyMap<string, number>[]): TermStatistics {
  const counts = superseded.map((each) => each.get(term.term) ?? 0);
  return {
    term: term.term,
    documents: term.documents - counts.filter((count) => count > 0).length,
    occurrences: term.occurrences - counts.reduce((sum, count) => sum + count, 0),
  };
}
