import type { Stretch } from '../../citation/place-index.ts';
import type { PlaceName } from '../../citation/place-name.ts';
import { formatPlaceReference, nameStretch } from '../../citation/reference.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { TagLabel } from '../../model/tag.ts';
import type { LocatedWord, OpenedDocument } from '../opened-document.ts';
import { hashTerms, hashWords } from '../words-hash.ts';

/** A document, or a stretch of one, with the place reference and the hash of the words that a tag holds on to. */
export type TagTarget = Omit<TagLabel, 'name'>;

/** The target for a stretch of a document's text. */
export async function targetAt(document: OpenedDocument, stretch: Stretch): Promise<TagTarget> {
  const { reference, terms } = await document.namedWords(stretch);
  const wordsHash = terms === undefined ? hashWords(await document.foldedText(stretch)) : hashTerms(terms);
  return { document: document.id, place: { reference: formatPlaceReference(reference), wordsHash } };
}

/**
 * The target for a passage, by its number in the outline.
 * @param words Those of the passage, where they were read already: `targetAt` would take them from the text twice more.
 */
export async function targetOfPassage(
  document: OpenedDocument,
  passage: number,
  words?: readonly LocatedWord[],
): Promise<TagTarget> {
  const text = await document.passageText(passage);
  const stretch = text.unfold(0, text.text.length);
  const [first, last] = [words?.[0], words?.at(-1)];
  const hasAll =
    first !== undefined && last !== undefined && first.start >= stretch.start && last.end <= stretch.end;
  if (words === undefined || !hasAll) return targetAt(document, stretch);
  const name = await nameOfAll(document, passage, stretch);
  const reference = formatPlaceReference(name === undefined ? await document.referenceTo(stretch) : { name });
  const wordsHash = hashTerms(words.map(({ term }) => term));
  return { document: document.id, place: { reference, wordsHash } };
}

/** The name of a place that has the words of the passage and no others; undefined when there is none. */
async function nameOfAll(
  document: OpenedDocument,
  passage: number,
  stretch: Stretch,
): Promise<PlaceName | undefined> {
  const row = document.outline.passages[passage];
  const { name, zone, start, end } = nameStretch(document.places, stretch);
  const isAll =
    row?.zone === zone &&
    (await isBlankBetween(document, start, row.start)) &&
    (await isBlankBetween(document, row.end, end));
  return isAll ? name : undefined;
}

async function isBlankBetween(document: OpenedDocument, one: number, other: number): Promise<boolean> {
  if (one === other) return true;
  return (await document.text(Math.min(one, other), Math.max(one, other))).trim() === '';
}

/** A label of a name on a target. */
export function labelOn(name: string, { document, place }: TagTarget): TagLabel {
  return { name, document, ...(place === undefined ? {} : { place }) };
}

/** How many documents are kept open while targets are looked for in one after the other. */
export function targetDocuments(targets: readonly TagTarget[]): ReadonlySet<DocumentId> {
  return new Set(targets.map(({ document }) => document));
}
