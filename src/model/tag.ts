import type { DocumentId } from './identifiers.ts';

/**
 * A label on a document, or on the words of one place in it. It holds on to (document, place, hash of the words),
 * never to offsets: `reference` is the place's reference without the document, `wordsHash` the SHA-256 of the words'
 * terms joined by spaces, as hex.
 */
export interface Tag {
  readonly name: string;
  readonly document: DocumentId;
  readonly place?: { readonly reference: string; readonly wordsHash: string };
  readonly by: string;
  /** ISO 8601 time. */
  readonly at: string;
  readonly why?: string;
}
