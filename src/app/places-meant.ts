import type { CitationRequest } from '../citation/citation-parser.ts';
import { findCited } from '../citation/cited-place.ts';
import type { Stretch } from '../citation/place-index.ts';
import { formatReference } from '../citation/reference.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';
import type { DocumentCard } from './hit.ts';
import { OpenedDocument } from './opened-document.ts';

/** A place that a citation may mean. */
export interface MeantPlace {
  readonly id: DocumentId;
  readonly stretch: Stretch;
  readonly ref: string;
  readonly path: string;
}

/** Every place that a citation fits in documents that are not superseded, by document id. */
export async function placesMeant(
  store: CaseStore,
  citation: CitationRequest,
): Promise<readonly MeantPlace[]> {
  const catalogue = new CardCatalogue(store);
  const found: MeantPlace[] = [];
  for await (const { id } of store.documents()) {
    const cards = await catalogue.cards(id);
    const card = cards.find((one) => one.supersededBy === undefined && mayMean(one, citation));
    if (card === undefined) continue;
    const document = await OpenedDocument.open(store, id);
    for (const stretch of findCited(document.places, citation)) {
      const ref = formatReference(id, await document.referenceTo(stretch));
      found.push({ id, stretch, ref, path: card.path });
    }
  }
  return found;
}

function mayMean(card: DocumentCard, { document }: CitationRequest): boolean {
  if (document.day !== undefined && card.day !== document.day) return false;
  if (
    document.reference !== undefined &&
    card.reference?.toLowerCase() !== document.reference.toLowerCase()
  ) {
    return document.stamp?.toLowerCase().startsWith(document.reference.toLowerCase()) ?? false;
  }
  return wordsFit(card, document.words);
}

/** Each word of the lead-in stands in title, witness, source or date of the document. */
function wordsFit(card: DocumentCard, words: string): boolean {
  const known = wordsOf([card.title, card.witness, card.source, card.date, card.reference].join(' '));
  const small = new Set(['statement', 'of', 'the', 'transcript', 'day', 'at']);
  return wordsOf(words).every((word) => known.includes(word) || small.has(word));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
