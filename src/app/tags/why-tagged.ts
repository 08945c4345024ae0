import type { Tag } from '../../model/tag.ts';
import type { CaseStore } from '../../store/store.ts';
import { CardCatalogue } from '../card.ts';
import type { DocumentCard } from '../hit.ts';
import { OpenedDocument } from '../opened-document.ts';
import { findTarget } from '../show.ts';
import { TagBook } from '../tag-book.ts';
import { refOf } from './exclusive.ts';

/** What is tagged at a place or in a document, and by whom. */
export interface WhyTagged {
  readonly card: DocumentCard;
  /** On the whole document, or on words that the reference touches; by tag, then place. */
  readonly tags: readonly (Tag & { readonly ref: string })[];
}

/**
 * Everything that is known of the tags at a place; of a document, all tags in it.
 * @throws UserError when the reference does not open.
 */
export async function whyTagged(store: CaseStore, what: string): Promise<WhyTagged | undefined> {
  const { id, stretch } = await findTarget(store, what);
  const card = await new CardCatalogue(store).card(id);
  if (card === undefined) return undefined;
  const tags: (Tag & { readonly ref: string })[] = [];
  if (stretch === undefined) {
    for await (const tag of store.tags({ document: id })) tags.push({ ...tag, ref: refOf(tag) });
    return { card, tags };
  }
  const placed = await new TagBook(store).of(id, await OpenedDocument.open(store, id));
  for (const { tag, stretch: held } of placed) {
    const touches = held === undefined || (held.start < stretch.end && stretch.start < held.end);
    if (touches) tags.push({ ...tag, ref: refOf(tag) });
  }
  return { card, tags };
}
