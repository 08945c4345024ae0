import { print } from '../query/printer.ts';
import { findAnswers, type Question, readQuestion } from './answering.ts';
import type { Case } from './case.ts';
import { placeValue } from './filtering.ts';
import type { Searched, Totals } from './hit.ts';
import { countLacking } from './lacking.ts';
import { type NamedDocument, named } from './matched-documents.ts';
import { OpenedDocument } from './opened-document.ts';
import { searchedOf } from './searched.ts';
import type { TagBook } from './tag-book.ts';

export const facetFields = ['source', 'kind', 'year', 'speaker', 'witness', 'tag'] as const;
/** What the hits of a query can be counted by. */
export type FacetField = (typeof facetFields)[number];

/** How many hits, in how many documents, have a value; without a value: those that have none. */
export interface FacetRow {
  readonly value?: string;
  readonly documents: number;
  readonly hits: number;
}

export interface Facets {
  readonly query: string;
  readonly parsed: string;
  readonly by: FacetField;
  /** Most hits first, then by value; hits without one last. */
  readonly rows: readonly FacetRow[];
  readonly totals: Totals;
  readonly searched: Searched;
}

/**
 * Counts the hits of a query by what their documents or places say, in the copy that is shown. Every hit is in one row, but for tags, of which a
 * hit can have several; a document that answers as a whole is one hit, with all the speakers and witnesses it has.
 * @throws UserError for a query that cannot be read (exit 2).
 */
export async function facets(open: Case, question: Question, by: FacetField): Promise<Facets> {
  const query = await readQuestion(open, question);
  const { matched, census, tags, catalogue } = await findAnswers(open, query);
  const counts = new Map<string | undefined, { documents: number; hits: number }>();
  for (const document of await named(catalogue, matched.documents)) {
    for (const [value, hits] of await valuesIn(open, document, by, tags)) {
      const count = counts.get(value) ?? { documents: 0, hits: 0 };
      counts.set(value, { documents: count.documents + 1, hits: count.hits + hits });
    }
  }
  return {
    query: question.query,
    parsed: print(query),
    by,
    rows: [...counts]
      .map(([value, count]) => ({ ...(value === undefined ? {} : { value }), ...count }))
      .sort(byHits),
    totals: matched.totals,
    searched: searchedOf(census, await countLacking(open.store, query)),
  };
}

function byHits(a: FacetRow, b: FacetRow): number {
  if (a.value === undefined || b.value === undefined)
    return Number(a.value === undefined) - Number(b.value === undefined);
  return b.hits - a.hits || (a.value < b.value ? -1 : 1);
}

type ValueCounts = ReadonlyMap<string | undefined, number>;

async function valuesIn(
  { store }: Case,
  document: NamedDocument,
  by: FacetField,
  tags: TagBook,
): Promise<ValueCounts> {
  const { card, id, hitCount } = document;
  if (by === 'source' || by === 'kind') return new Map([[card[by], hitCount]]);
  if (by === 'year') return new Map([[card.date?.slice(0, 4), hitCount]]);
  const opened = await OpenedDocument.open(store, id);
  return by === 'tag' ? tagsIn(document, opened, tags) : peopleIn(document, opened, by);
}

/** Speakers or witnesses of the passages in which the hits begin. */
function peopleIn(
  { card, hits, hitCount }: NamedDocument,
  opened: OpenedDocument,
  by: 'speaker' | 'witness',
): ValueCounts {
  const { passages } = opened.outline;
  const counts = new Map<string | undefined, number>();
  if (hits.whole) {
    for (const passage of passages) counts.set(placeValue(passage, by, card), hitCount);
    if (counts.size > 1) counts.delete(undefined);
    return counts;
  }
  for (const start of hits.starts) {
    const person = placeValue(passages[opened.passageAtPosition(start)], by, card);
    counts.set(person, (counts.get(person) ?? 0) + 1);
  }
  return counts;
}

/** Tags on the document, or on words that a hit touches. */
async function tagsIn(
  { id, hits, hitCount }: NamedDocument,
  opened: OpenedDocument,
  tags: TagBook,
): Promise<ValueCounts> {
  /** By tag: which hits have it. */
  const tagged = new Map<string, Set<number>>();
  for (const { tag, stretch } of await tags.of(id, opened)) {
    const range = stretch && (await opened.positionsOf(stretch));
    const own = tagged.get(tag.name) ?? new Set<number>();
    for (let hit = 0; hit < hitCount; hit++) {
      const [start = 0, end = 0] = [hits.starts[hit], hits.ends[hit]];
      const touches = range !== undefined && start <= range[1] && end >= range[0];
      if (hits.whole || stretch === undefined || touches) own.add(hit);
    }
    if (own.size > 0) tagged.set(tag.name, own);
  }
  const counts = new Map<string | undefined, number>();
  for (const [name, own] of tagged) counts.set(name, own.size);
  const any = new Set([...tagged.values()].flatMap((own) => [...own]));
  if (any.size < hitCount) counts.set(undefined, hitCount - any.size);
  return counts;
}
