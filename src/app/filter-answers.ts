import type { FilterField, FilterNode, Query } from '../query/ast.ts';
import { filterMatches } from '../query/filters.ts';
import {
  cardSatisfies,
  filtersOf,
  hasField,
  isDocumentField,
  isPlaceField,
  type PositionRanges,
  placesSatisfying,
  stretchRanges,
} from './filtering.ts';
import type { DocumentCard } from './hit.ts';
import type { OpenedDocument } from './opened-document.ts';
import { regexesOf } from './regex-matches.ts';
import type { TagBook } from './tag-book.ts';

type Answer = boolean | PositionRanges;

/** Answers the filters of a query for one document after the other, and counts the documents that cannot be asked. */
export class FilterAnswers {
  readonly #filters: readonly FilterNode[];
  readonly #tags: TagBook;
  readonly #lacking: Partial<Record<FilterField, number>> = {};
  #places = new Map<FilterNode, Answer>();

  constructor(query: Query, tags: TagBook) {
    this.#filters = filtersOf(query.root);
    this.#tags = tags;
    this.needText =
      this.#filters.some(({ field }) => !isDocumentField(field)) || regexesOf(query.root).length > 0;
  }

  /** Whether answers need the document's tables, beyond what its card says. */
  readonly needText: boolean;

  /** By field: documents in which no copy, or no place, has it. */
  get lacking(): Readonly<Record<string, number>> {
    return this.#lacking;
  }

  /** Works out where the filters on places and tags hold in a document, before it is matched. */
  async prepare(cards: readonly DocumentCard[], document: OpenedDocument | undefined): Promise<void> {
    this.#places = new Map();
    const asked = new Set<FilterField>();
    for (const filter of this.#filters) {
      const { field } = filter;
      if (isDocumentField(field)) {
        const has = cards.some((card) => hasField(card, field));
        if (!has && !asked.has(field)) this.#lacks(field);
      } else if (document !== undefined) {
        const answer = await this.#placeAnswer(filter, document);
        this.#places.set(filter, answer);
        if (isPlaceField(field) && !asked.has(field) && !hasPlaceField(document, field)) this.#lacks(field);
      }
      asked.add(field);
    }
  }

  /** The filter function for one copy of the prepared document. */
  answersFor(card: DocumentCard): (filter: FilterNode) => Answer {
    return (filter) => {
      const { field } = filter;
      if (isDocumentField(field)) return cardSatisfies(card, { ...filter, field });
      return this.#places.get(filter) ?? false;
    };
  }

  async #placeAnswer(filter: FilterNode, document: OpenedDocument): Promise<Answer> {
    const { field } = filter;
    if (isPlaceField(field)) return placesSatisfying(document, { ...filter, field });
    const tags = (await this.#tags.of(document.id, document)).filter(({ tag }) => isTagged(filter, tag.name));
    if (tags.some(({ stretch }) => stretch === undefined)) return true;
    return stretchRanges(
      document,
      tags.flatMap(({ stretch }) => stretch ?? []),
    );
  }

  #lacks(field: FilterField): void {
    if (field === 'is') return;
    this.#lacking[field] = (this.#lacking[field] ?? 0) + 1;
  }
}

/** A tag answers to its own name and to the levels above it: `tag:phone` finds `phone/messages`. */
function isTagged(filter: FilterNode, name: string): boolean {
  const levels = name.split('/');
  return levels.some((_, index) => filterMatches(filter, levels.slice(0, index + 1).join('/')));
}

function hasPlaceField({ outline }: OpenedDocument, field: string): boolean {
  if (field === 'page') return outline.lines.pages.some((page) => page > 0);
  if (field === 'zone') return true;
  return outline.passages.some(({ kind }) => kind.kind === 'testimony' && field in kind);
}
