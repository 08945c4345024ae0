import { type CitationStyle, citationOf } from '../citation/citation.ts';
import type { Stretch } from '../citation/place-index.ts';
import { formatReference } from '../citation/reference.ts';
import type { Place } from '../model/place.ts';
import type { DocumentCard } from './hit.ts';
import type { OpenedDocument } from './opened-document.ts';
import { cellsOfRow, type RowCell } from './row-cells.ts';
import type { TagBook } from './tag-book.ts';

/** A passage, or a stretch within one, as `show` prints it: the same shape as a hit, without what only a query gives. */
export interface ShownPassage {
  /** Index in the document's outline. */
  readonly passage: number;
  readonly ref: string;
  readonly citation: string;
  readonly place: Place;
  readonly document: DocumentCard;
  readonly text: string;
  readonly spans: readonly (readonly [number, number])[];
  /** The cells of `text`, where it is a table's row under a row of names. */
  readonly cells?: readonly RowCell[];
  readonly tags: readonly string[];
}

/** One passage of a document, whole. */
export async function showPassage(
  document: OpenedDocument,
  card: DocumentCard,
  index: number,
  style: CitationStyle,
  tags: TagBook,
): Promise<ShownPassage> {
  const passage = await document.passageText(index);
  const span = trimmedStretch(passage.unfold(0, passage.text.length));
  const reference = formatReference(card.id, await document.referenceTo(span));
  const place = document.placeOf(span);
  const cells = await cellsOfRow(document, index, passage);
  return {
    passage: index,
    ref: reference,
    citation: cite(document, card, place, style),
    place,
    document: card,
    text: passage.text,
    spans: [],
    ...(cells === undefined ? {} : { cells }),
    tags: await tags.at(card.id, document, span),
  };
}

/** The citation of a place, told apart from other paragraphs of the same number where there are any. */
export function cite(
  document: OpenedDocument,
  card: DocumentCard,
  place: Place,
  style: CitationStyle,
): string {
  const paragraphRepeated = place.kind === 'paragraph' && document.places.isRepeated(place.paragraph);
  return citationOf(card, place, style, { paragraphRepeated });
}

function trimmedStretch({ start, end }: Stretch): Stretch {
  return { start, end: Math.max(end, start + 1) };
}
