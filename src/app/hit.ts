import type { DocumentKind } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { Place } from '../model/place.ts';
import type { RowCell } from './row-cells.ts';

/** A document as answers name it: by the copy that is shown, a person's word before the text's own. */
export interface DocumentCard {
  readonly id: DocumentId;
  readonly title: string;
  readonly path: string;
  readonly source: string;
  readonly kind: DocumentKind;
  /** ISO 8601, possibly only a month or a year. */
  readonly date?: string;
  readonly day?: number;
  readonly witness?: string;
  readonly reference?: string;
  /** The file that it came out of, or was cut from. */
  readonly parent?: Parent;
  /** Of a message: who wrote it, whom to ("Peter Orrin and 2 others"), and when by the sender's clock. */
  readonly from?: string;
  readonly to?: string;
  readonly sent?: string;
  /** SHA-256 of the bytes of the file that it was read from. */
  readonly sha256: string;
  /** How sure the recogniser is of `kind`, 0 to 1. */
  readonly confidence: number;
  /** A later version of the path; this one is out of searches. */
  readonly supersededBy?: DocumentId;
  /** What took its place is no document: it is not in the file any more that it came out of, or that is none. */
  readonly isGone?: true;
  readonly pages: number;
  /** Sheets that could not be read. */
  readonly unreadablePages: number;
  /** Paths of the other copies. */
  readonly copies: readonly string[];
}

/** A file that others came out of. It is a document itself where it has a text of its own. */
export interface Parent {
  readonly path: string;
  /** Of the document; of a file that was cut into parts, the hash of its bytes. */
  readonly id?: DocumentId;
  readonly title?: string;
  readonly reference?: string;
}

/** One interval of words that answers a query, proved against the stored text. */
export interface Hit {
  /** From 1, in the order of the answer. */
  readonly number: number;
  /** Index of the passage in the document's outline: hits with the same one are shown together. */
  readonly passage: number;
  readonly ref: string;
  readonly citation: string;
  /** Printed places and sheet of the hit itself, not of its whole passage. */
  readonly place: Place;
  readonly document: DocumentCard;
  /** The whole passage in which the hit begins, white space folded. */
  readonly text: string;
  /** The words that answer, as UTF-16 offsets in `text`. */
  readonly spans: readonly (readonly [number, number])[];
  /** The cells of `text`, where it is a table's row under a row of names. */
  readonly cells?: readonly RowCell[];
  /** The matched stretch itself, and the words around it. */
  readonly match: string;
  readonly before: string;
  readonly after: string;
  /** A query without words that must be there answers with whole documents: no spans, the reference is the document's. */
  readonly wholeDocument: boolean;
  readonly score: number;
  readonly tags: readonly string[];
  readonly hitsInDocument: number;
}

/** What an answer was found among: the same sentence makes "nothing found" evidence. */
export interface Searched {
  readonly documents: number;
  readonly pages: number;
  readonly unreadablePages: number;
  /** Documents of which a part could not be read. */
  readonly partlyRead: number;
  /** Files that gave no text at all. */
  readonly unreadFiles: number;
  /** By field of the query's filters: documents that have no such thing, and so could not be asked. */
  readonly lacking: Readonly<Record<string, number>>;
}

export interface Totals {
  readonly documents: number;
  readonly passages: number;
  readonly hits: number;
}
