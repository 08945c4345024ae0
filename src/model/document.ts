import type { DocumentId } from './identifiers.ts';
import type { AskablePlaceField } from './place.ts';

export const documentKinds = [
  'hearing',
  'statement',
  'report',
  'judgment',
  'letter',
  'log',
  'email',
  'table',
  'plain',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Under this confidence in its kind, a document is cited by sheet and line, and the citation says so. */
export const unsureBelow = 0.5;

/** One witness's evidence in a hearing, in the order of the record. Pages and lines as printed. */
export interface WitnessRange {
  readonly name: string;
  readonly fromPage?: number;
  readonly fromLine?: number;
  readonly toPage?: number;
  readonly toLine?: number;
  readonly examiners: readonly string[];
}

/** What the text itself says about the document. Dates are ISO 8601, possibly shortened to a month or a year. */
export interface DocumentMetadata {
  readonly title?: string;
  readonly date?: string;
  readonly day?: number;
  /** The reference that the disclosure gave it: `INQ000123`, `WITN0010100`, exhibit `AB/1`. */
  readonly reference?: string;
  readonly author?: string;
  readonly witnesses?: readonly WitnessRange[];
  readonly exhibits?: readonly string[];
  readonly message?: MessageMetadata;
}

/** What an e-mail's header says. Names as `Name <address>`, in the order of the header; identifiers without angle brackets. */
export interface MessageMetadata {
  readonly id?: string;
  /** The messages that it answers, and those before them, oldest first. */
  readonly inReplyTo?: readonly string[];
  readonly references?: readonly string[];
  readonly from?: readonly string[];
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  /** When it was sent, by the sender's clock: ISO 8601 with seconds, and with the time zone where the header gives one. */
  readonly sent?: string;
  /**
   * Two files with the same value are the same message, received twice: a hash of its identifier and the words of its
   * body. Absent where the message has no identifier.
   */
  readonly sameness?: string;
}

/** Name and version of a program part that shaped what is stored; recorded so that `ingest --reread` can apply newer ones. */
export interface PartVersion {
  readonly name: string;
  readonly version: number;
}

/** One text of the case. Counts are of printed matter: `sheets` of the file, `pages` printed pages (equal to sheets where none are printed). */
export interface DocumentRecord {
  readonly id: DocumentId;
  readonly kind: DocumentKind;
  /** How sure the recogniser is of `kind`, 0 to 1; 1 when a person said so. */
  readonly confidence: number;
  readonly metadata: DocumentMetadata;
  readonly format: string;
  readonly reader: PartVersion;
  readonly recogniser: PartVersion;
  readonly bytes: number;
  /** Length of the stored text in UTF-16 units. */
  readonly characters: number;
  readonly words: number;
  readonly passages: number;
  readonly sheets: number;
  readonly pages: number;
  readonly unreadableSheets: number;
  /** How many lines and passages carry each doubt. */
  readonly doubts: Readonly<Record<string, number>>;
  /** What at least one of its places has; `page` is a printed page. */
  readonly placeFields: readonly AskablePlaceField[];
  /** A bundle that this document was cut from, or the container it came in. */
  readonly parent?: DocumentId;
  /** Files are inside it; they have lines of their own in the ledger. */
  readonly holdsFiles?: true;
  /** Sentences of the reader for the ledger: which sheets are missing, which encoding was assumed. */
  readonly remarks: readonly string[];
  /** What of one of its copies had a say in how the bytes were read. */
  readonly readAs: ReadAs;
  /** What of it was recognised from pictures, when anything was. */
  readonly recognition?: Recognition;
  /** Sheets that OCR is still to read, as ranges: `2,5-9`. */
  readonly awaiting?: string;
}

/** The part of a document that pincite recognised from pictures. */
export interface Recognition {
  readonly sheets: number;
  /** Mean of its sheets' confidences, 0 to 1. */
  readonly confidence: number;
  /** How many of its sheets are under `poorlyRecognisedBelow`. */
  readonly poorSheets: number;
  /** Engines with their versions and languages, ascending: `tesseract 5.3.0 (eng)`. */
  readonly engines: readonly string[];
}

/** A sheet whose words OCR is less sure of than this is likely to lack, and to misspell, what is searched for. */
export const poorlyRecognisedBelow = 0.7;

/** What decides how bytes are read, besides the bytes: a file's extension, and what a person said of it. */
export interface ReadAs {
  /** Lower-case, without the dot. */
  readonly extension: string;
  readonly kind?: DocumentKind;
  readonly day?: number;
}

/**
 * One appearance of a document: a path under a named root. Metadata given by a manifest or by `set` stands here and
 * goes before what the text says. `path` is what people see (bytes that are no UTF-8 escaped as `\xNN`); `rawPath`
 * the bytes below the root, `/` between folders.
 */
export interface Copy {
  readonly document: DocumentId;
  readonly root: string;
  readonly path: string;
  readonly rawPath: Uint8Array;
  readonly source: string;
  readonly given: GivenMetadata;
  /** Set when a later version of the path has taken its place. */
  readonly supersededBy?: DocumentId;
}

/** What `set` can say of a document. */
export const byHandFields = ['kind', 'title', 'date', 'day', 'witness', 'reference', 'source'] as const;
export type ByHandField = (typeof byHandFields)[number];

/** What a person said of a file, by manifest or `set`. */
export interface GivenMetadata {
  readonly title?: string;
  readonly kind?: DocumentKind;
  readonly date?: string;
  readonly day?: number;
  readonly witness?: string;
  readonly reference?: string;
  readonly sheets?: string;
  /** What was said by `set`: no manifest overrides it. In the order of `byHandFields`. */
  readonly byHand?: readonly ByHandField[];
}

export const outcomes = [
  'indexed',
  'part',
  'copy',
  'container',
  'encrypted',
  'empty',
  'unsupported',
  'failed',
  'timeout',
  'too-large',
  'missing',
  'manifest',
  'removed',
] as const;
/**
 * What became of an input. `indexed`, `part`, `copy` and `container` are searchable (in part); the others are not.
 * A `manifest` says what is known of papers and is none itself.
 */
export type Outcome = (typeof outcomes)[number];

/** The ledger's line for one input, by path. `missing`: it vanished or could not be opened. */
export interface InputRecord {
  readonly root: string;
  readonly path: string;
  readonly rawPath: Uint8Array;
  readonly source: string;
  readonly document?: DocumentId;
  readonly bytes: number;
  /** Modification time in milliseconds since the epoch, for spotting changes cheaply. */
  readonly modified: number;
  /** SHA-256 of the file's bytes, hex; absent when they could not be read. */
  readonly sha256?: string;
  readonly outcome: Outcome;
  /** One sentence, for every outcome but `indexed`. */
  readonly reason?: string;
  /** `sheets=12-40` of a manifest row, when the input is a part of the file. */
  readonly part?: string;
  readonly pages: number;
  readonly pagesIndexed: number;
  readonly characters: number;
  /** Set while OCR is still to read some of it. */
  readonly awaiting?: AwaitingSheets;
}

/** What OCR has still to do on an input. */
export interface AwaitingSheets {
  /** As ranges: `2,5-9`. */
  readonly sheets: string;
  /** What a person said of the file, where there is no document yet whose copy could say it. */
  readonly given?: GivenMetadata;
}
