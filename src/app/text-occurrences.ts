import type { DocumentId } from '../model/identifiers.ts';
import type { BoundQuery, LeafOccurrences, Occurrences } from '../query/ast.ts';
import { layOutWords, type PositionedWords } from '../query/positions.ts';
import type { CaseStore } from '../store/store.ts';

/** Where each leaf stands in a document, taken from its text: for an engine that keeps no positions. */
export async function occurrencesInText(
  store: CaseStore,
  id: DocumentId,
  bound: BoundQuery,
): Promise<LeafOccurrences> {
  const text = await store.text(id, 0, Number.MAX_SAFE_INTEGER);
  const words = layOutWords(text, await store.outline(id));
  return bound.expansions.map((terms) => occurrencesOf(new Set(terms), words));
}

function occurrencesOf(terms: ReadonlySet<string>, words: PositionedWords): Occurrences | undefined {
  const wanted = words.vocabulary.map((term) => terms.has(term));
  const joins = new Set(words.joins);
  const starts: number[] = [];
  const ends: number[] = [];
  words.ids.forEach((id, at) => {
    const position = words.positions[at] ?? 0;
    if (wanted[id] === true) {
      starts.push(position);
      ends.push(position);
    }
    const next = joins.has(at) ? words.vocabulary[words.ids[at + 1] ?? -1] : undefined;
    if (next !== undefined && terms.has((words.vocabulary[id] ?? '') + next)) {
      starts.push(position);
      ends.push(position + 1);
    }
  });
  return starts.length === 0 ? undefined : { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends) };
}
