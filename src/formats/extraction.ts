import type { MessageMetadata } from '../model/document.ts';
import type { ExtractedText } from '../model/extracted.ts';
import type { RecognisedSheet } from '../model/recognised-sheet.ts';
import type { ByteSource } from './byte-source.ts';

export type { BlockPlace, Box, ExtractedText, SheetText, TextBlock, TextRun } from '../model/extracted.ts';

/** What the file says of itself. */
export interface FileMetadata {
  readonly title?: string;
  readonly author?: string;
  /** ISO 8601. */
  readonly created?: string;
  /** The day that the file itself gives its text, ISO 8601: when a message was sent. */
  readonly date?: string;
  readonly message?: MessageMetadata;
}

/** Why a file gave no text. The sentence in `reason` stands in the ledger. */
export interface Unreadable {
  readonly type: 'unreadable';
  readonly outcome: 'encrypted' | 'empty' | 'unsupported' | 'failed' | 'too-large';
  readonly reason: string;
  /** Numbers of the sheets that are pictures, which OCR may still read. Ascending. */
  readonly awaiting?: readonly number[];
}

export type Extraction =
  | {
      readonly type: 'text';
      /** Which reader gave the text: `pdfium`, `pdf-parse`, `docx`, `text` … */
      readonly reader: string;
      readonly content: ExtractedText;
      readonly metadata: FileMetadata;
      /** Sentences for the ledger: which sheets are missing, which encoding was assumed. Empty when all is well. */
      readonly remarks: readonly string[];
      /** Sheets of the whole file, when only a part was asked for and the format has sheets. */
      readonly fileSheets?: number;
      /** Numbers of the sheets without a usable text layer, which OCR may still read. Ascending. */
      readonly awaiting?: readonly number[];
    }
  | Child
  | LostChild
  | Container
  | Unreadable;

/** How a child belongs to the file that it comes in: sent with a message, packed in an archive, set into a document. */
export type Relation = 'attachment' | 'member' | 'embedded';

/**
 * A file inside the file, to be read as a document of its own. `name` is its path inside, `/` between folders, and no
 * other child of the file has it; the same bytes give the same names in the same order at every reading.
 */
export interface Child {
  readonly type: 'child';
  readonly relation: Relation;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A file inside the file that cannot be taken out: encrypted, damaged, too large, or named for a place outside. */
export interface LostChild {
  readonly type: 'lost-child';
  readonly relation: Relation;
  readonly name: string;
  readonly outcome: Unreadable['outcome'];
  /** A sentence for the ledger. */
  readonly reason: string;
}

/** The file has no text of its own: it only holds others. Comes last, after its children. */
export interface Container {
  readonly type: 'container';
  /** A sentence for the ledger: what kind of archive it is, and how much is in it. */
  readonly reason: string;
}

/** What an adapter may go by when asked whether a file is its own. */
export interface Sniff {
  /** Lower-case, without the dot; empty when there is none. A hint only: content decides. */
  readonly extension: string;
  /** The first bytes, at least 4,096 where the file has them. */
  readonly head: Uint8Array;
  readonly bytes: Uint8Array;
}

/** One format: bytes in, extractions out. Does no file access, keeps no state between files, knows no case. */
export interface Adapter {
  readonly name: string;
  /** Raised when the text it gives for the same bytes changes. */
  readonly version: number;
  /** How sure it is that the bytes are its own, 0 to 1; the surest adapter reads. */
  recognises(sniff: Sniff): number;
  read(bytes: Uint8Array, options: ReadOptions): AsyncIterable<Extraction>;
  /** The same for a file that is not in memory; without it such a file is put there first, if it can be. */
  readSource?(source: ByteSource, options: ReadOptions): AsyncIterable<Extraction>;
}

export interface ReadOptions {
  /** Lower-case, without the dot. */
  readonly extension: string;
  /** Sheets to read, ascending from 1, when only a part of the file is wanted. */
  readonly sheets?: readonly number[];
  /** What OCR has made of sheets of the file: used in place of text layers that are missing or worth nothing. */
  readonly recognised?: readonly RecognisedSheet[];
  /** Every sheet is to be recognised, whatever text layer it has. */
  readonly recogniseAll?: boolean;
  /** Tried in this order where a file is encrypted. They are never stored, printed or put into a reason. */
  readonly passwords?: readonly string[];
  /** Bytes that all children of one file may unfold to. */
  readonly unfoldLimit?: number;
  /** Only the child of this name is asked for: an adapter may leave out all others, and everything else. */
  readonly wanted?: string;
  /** What is not to be done because a reader was lost over it; where that leaves sheets unread, the reason is their problem. */
  readonly leaveOut?: readonly LeftOut[];
  /** Told each step before it is begun, and `undefined` when the last is done: so whoever ends a reading that hangs knows where it hung. */
  readonly onStep?: (step: ReadingStep | undefined) => void;
}

/**
 * A step that a reader may be lost over: reading a sheet; drawing it, to see what of its text is hidden; taking out the
 * attached files, whose `sheet` is 0.
 */
export interface ReadingStep {
  readonly part: 'sheet' | 'drawing' | 'attachments';
  /** From 1. */
  readonly sheet: number;
}

export interface LeftOut extends ReadingStep {
  /** All sheets after it too. */
  readonly onward?: true;
  /** A clause for the ledger. */
  readonly reason: string;
}
