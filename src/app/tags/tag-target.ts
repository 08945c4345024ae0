import type { Stretch } from '../../citation/place-index.ts';
import { formatPlaceReference } from '../../citation/reference.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { TagLabel } from '../../model/tag.ts';
import type { OpenedDocument } from '../opened-document.ts';
import { hashWords } from '../words-hash.ts';

/** A document, or a stretch of one, with the place reference and the hash of the words that a tag holds on to. */
export type TagTarget = Omit<TagLabel, 'name'>;

/** The target for a stretch of a document's text. */
export async function targetAt(document: OpenedDocument, stretch: Stretch): Promise<TagTarget> {
  const reference = formatPlaceReference(await document.referenceTo(stretch));
  const wordsHash = hashWords(await document.foldedText(stretch));
  return { document: document.id, place: { reference, wordsHash } };
}

/** The target for a passage, by its number in the outline. */
export async function targetOfPassage(document: OpenedDocument, passage: number): Promise<TagTarget> {
  const text = await document.passageText(passage);
  return targetAt(document, text.unfold(0, text.text.length));
}

/** A label of a name on a target. */
export function labelOn(name: string, { document, place }: TagTarget): TagLabel {
  return { name, document, ...(place === undefined ? {} : { place }) };
}

/** How many documents are kept open while targets are looked for in one after the other. */
export function targetDocuments(targets: readonly TagTarget[]): ReadonlySet<DocumentId> {
  return new Set(targets.map(({ document }) => document));
}
