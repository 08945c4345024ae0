export const zones = ['body', 'header', 'note', 'comment', 'stamp', 'hidden', 'deleted'] as const;
/** What a piece of text is to its page; the order is the code under which it is stored: append only. No hit crosses from one zone into another. */
export type Zone = (typeof zones)[number];

export const roles = ['witness', 'examiner', 'chair', 'other'] as const;
export type Role = (typeof roles)[number];

/** What the places of some documents have, and those of others have not. */
export const askablePlaceFields = ['speaker', 'witness', 'role', 'page'] as const;
export type AskablePlaceField = (typeof askablePlaceFields)[number];

export const doubts = [
  'line-repaired',
  'line-missing',
  'line-repeated',
  'line-out-of-order',
  'page-missing',
  'page-repeated',
  'page-out-of-order',
  'no-examiner',
  'no-witness',
  'two-numberings',
  'kind-unsure',
  'paragraph-out-of-order',
  'speaker-unsure',
] as const;
/** Why a place may be wrong. The order of the list is the code under which a doubt is stored: append only. */
export type Doubt = (typeof doubts)[number];

/** How a passage is told apart within its document, whatever page it stands on. */
export type PassageKind =
  | {
      readonly kind: 'testimony';
      readonly role: Role;
      readonly speaker?: string;
      readonly witness?: string;
      readonly examiner?: string;
    }
  /** `paragraph` is the number as printed, without brackets around the whole: "12", "12(a)", "4.7". */
  | { readonly kind: 'paragraph'; readonly paragraph: string; readonly heading?: string }
  /** A paragraph that has no number; `ordinal` counts such paragraphs in the document, from 1. */
  | { readonly kind: 'block'; readonly ordinal: number; readonly heading?: string }
  | { readonly kind: 'page' }
  | { readonly kind: 'message'; readonly part: 'header' | 'body' | 'quoted' }
  /** `worksheet` is empty for a file that is one table. `header` is the row that names its columns, where one was found. */
  | { readonly kind: 'row'; readonly worksheet: string; readonly row: number; readonly header?: number }
  /** Lines of a text file; `heading` is a log entry's time as printed. */
  | { readonly kind: 'line'; readonly heading?: string };

/** What a word processor did to a stretch of text; the order of the list is the code under which it is stored: append only. */
export const markupKinds = ['inserted', 'deleted', 'moved here', 'moved away', 'comment'] as const;
export type MarkupKind = (typeof markupKinds)[number];

/** What a file records of a stretch of its text: that somebody put it in, took it out, or wrote it as a comment. */
export interface Markup {
  readonly kind: MarkupKind;
  readonly by?: string;
  /** As the file has it, ISO 8601: `2020-03-04T10:15:00Z`. */
  readonly at?: string;
  /** Of a comment: the words that it is about; the first of many, and then an ellipsis. */
  readonly about?: string;
  /** Of a comment that somebody has marked as dealt with. */
  readonly resolved?: true;
}

interface PlaceCommon {
  readonly zone: Zone;
  /** Of a stretch that changes were recorded in: the first of them. */
  readonly markup?: Markup;
  readonly doubt?: Doubt;
  readonly ocr?: 'file' | 'ours';
  /** Recogniser's confidence in an OCR page, 0 to 1. */
  readonly confidence?: number;
  /** The disclosure stamp of the sheet, e.g. `INQ000123_0004`. */
  readonly stamp?: string;
}

/**
 * Where a piece of text stands. `page` and `line` are printed numbers (what people cite), `sheet` is the sheet of
 * the file (what a viewer opens), all from 1. A printed number that was not found is absent, never invented. Each
 * `end…` stands for the end of a stretch that runs over more than one such unit.
 */
export type Place = PlaceCommon &
  (
    | {
        readonly kind: 'testimony';
        readonly page?: number;
        readonly line?: number;
        readonly endPage?: number;
        readonly endLine?: number;
        readonly sheet?: number;
        readonly speaker?: string;
        readonly role: Role;
        readonly day?: number;
        readonly witness?: string;
        readonly examiner?: string;
      }
    | {
        readonly kind: 'paragraph';
        readonly paragraph: string;
        readonly endParagraph?: string;
        readonly page?: number;
        readonly endPage?: number;
        readonly sheet?: number;
        readonly heading?: string;
      }
    | {
        readonly kind: 'block';
        readonly ordinal: number;
        readonly endOrdinal?: number;
        readonly page?: number;
        readonly endPage?: number;
        readonly sheet?: number;
        readonly heading?: string;
      }
    | {
        readonly kind: 'page';
        readonly page?: number;
        readonly endPage?: number;
        readonly sheet: number;
        readonly endSheet?: number;
        readonly line?: number;
        readonly endLine?: number;
      }
    /** Of a message from a mail program, lines of the header and lines of the body, quoted ones among them, each count from 1; of one in a text file, from its top. */
    | {
        readonly kind: 'message';
        readonly part: 'header' | 'body' | 'quoted';
        readonly line: number;
        readonly endLine?: number;
      }
    | {
        readonly kind: 'row';
        readonly worksheet: string;
        readonly row: number;
        readonly endRow?: number;
        readonly header?: number;
      }
    | {
        readonly kind: 'line';
        readonly line: number;
        readonly endLine: number;
        readonly heading?: string;
      }
  );
