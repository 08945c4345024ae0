import type { FilterNode, Query } from '../query/ast.ts';
import { filterMatches, insertedText, recognisedText } from '../query/filters.ts';
import {
  cardSatisfies,
  eitherOf,
  filtersOf,
  isDocumentField,
  isPlaceField,
  type PositionRanges,
  pagesSatisfying,
  passagesSatisfying,
  recognisedRanges,
  stretchRanges,
} from './filtering.ts';
import type { DocumentCard } from './hit.ts';
import type { OpenedDocument } from './opened-document.ts';
import { regexesOf } from './regex-matches.ts';
import type { TagBook } from './tag-book.ts';

type Answer = boolean | PositionRanges;

/** Answers the filters of a query for one document after the other. */
export class FilterAnswers {
  readonly #filters: readonly FilterNode[];
  readonly #tags: TagBook;
  #document: OpenedDocument | undefined;
  #places = new Map<FilterNode, Answer>();
  /** Where inserted text stands, for the filters that ask for it. */
  #inserted: PositionRanges | undefined;

  constructor(query: Query, tags: TagBook) {
    this.#filters = filtersOf(query.root);
    this.#tags = tags;
    this.any = this.#filters.length > 0;
    this.needText =
      this.#filters.some((filter) => !isDocumentField(filter.field) || asksForRecognised(filter)) ||
      regexesOf(query.root).length > 0;
  }

  /** Whether there are filters at all. */
  readonly any: boolean;

  /** Whether answers need the document's tables, beyond what its card says. */
  readonly needText: boolean;

  /** Works out where the filters on places and tags hold in a document, before it is matched. */
  async prepare(document: OpenedDocument | undefined): Promise<void> {
    this.#document = document;
    this.#places = new Map();
    this.#inserted = undefined;
    if (document === undefined) return;
    if (this.#filters.some(asksForInserted)) this.#inserted = await insertedRanges(document);
    for (const filter of this.#filters) {
      if (filter.field === 'page') this.#places.set(filter, pagesSatisfying(document, filter));
      if (asksForRecognised(filter)) this.#places.set(filter, recognisedRanges(document));
      if (filter.field === 'tag') this.#places.set(filter, await this.#taggedPlaces(filter, document));
    }
  }

  /** The filter function for one copy of the prepared document; without a copy where there are no filters. */
  answersFor(card: DocumentCard | undefined): (filter: FilterNode) => Answer {
    if (card === undefined) return () => false;
    const places = new Map<FilterNode, Answer>();
    return (filter) => {
      const { field } = filter;
      if (isDocumentField(field) && cardSatisfies(card, { ...filter, field })) return true;
      const known = this.#places.get(filter) ?? places.get(filter);
      if (known !== undefined || this.#document === undefined || !isPlaceField(field)) return known ?? false;
      const passages = passagesSatisfying(this.#document, { ...filter, field }, card);
      const answer =
        asksForInserted(filter) && this.#inserted ? eitherOf(passages, this.#inserted) : passages;
      places.set(filter, answer);
      return answer;
    };
  }

  async #taggedPlaces(filter: FilterNode, document: OpenedDocument): Promise<Answer> {
    const tags = (await this.#tags.of(document.id, document)).filter(({ tag }) => isTagged(filter, tag.name));
    if (tags.some(({ stretch }) => stretch === undefined)) return true;
    return stretchRanges(
      document,
      tags.flatMap(({ stretch }) => stretch ?? []),
    );
  }
}

function asksForInserted(filter: FilterNode): boolean {
  return filter.field === 'zone' && filterMatches(filter, insertedText);
}

function asksForRecognised(filter: FilterNode): boolean {
  return filter.field === 'is' && filterMatches(filter, recognisedText);
}

function insertedRanges(document: OpenedDocument): Promise<PositionRanges> {
  const { markup = [] } = document.outline;
  const inserted = markup.filter(({ kind }) => kind === 'inserted' || kind === 'moved here');
  return stretchRanges(document, inserted);
}

/** A tag answers to its own name and to the levels above it: `tag:phone` finds `phone/messages`. */
function isTagged(filter: FilterNode, name: string): boolean {
  const levels = name.split('/');
  return levels.some((_, index) => filterMatches(filter, levels.slice(0, index + 1).join('/')));
}
