import type { IndexedDocument } from '../../engine/engine.ts';
import type { LeftOut, LostChild } from '../../formats/extraction.ts';
import type { ReadAs } from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { RecognisedSheet } from '../../model/recognised-sheet.ts';
import type { StoredDocument } from '../../store/store.ts';

/** What a reading process is asked: one file, or one part of one. */
export interface ReadJob {
  /** Absolute path in raw bytes. */
  readonly file: Uint8Array;
  /** Its size in bytes when it was found, where that is known. */
  readonly fileBytes?: number;
  /** Names that lead from that file to the one that is meant, where it lies inside: see `MemberNames`. */
  readonly members?: readonly string[];
  /** Where the bytes of the one that is meant may still lie since it was taken out. */
  readonly spooled?: string;
  readonly id: DocumentId;
  /** SHA-256 of the file's bytes when it was found, hex. */
  readonly fileHash: string;
  readonly readAs: ReadAs;
  /** Ascending from 1; absent for the whole file. */
  readonly sheets?: readonly number[];
  readonly parent?: DocumentId;
  /** Folder for the files that come out of this one; without it they are listed and not kept. */
  readonly spool?: string;
  /** Bytes that the files that come out of this one may have together. */
  readonly unfoldLimit?: number;
  /** Tried in this order where a file is encrypted. */
  readonly passwords?: readonly string[];
  /** A reader was lost over the file before: each step is told before it is begun. */
  readonly isCareful?: true;
  /** What is not to be done, because a reader was lost over it. */
  readonly leaveOut?: readonly LeftOut[];
  /** What OCR has made of sheets of the file so far. */
  readonly recognised?: readonly RecognisedSheet[];
  /** Every sheet is to be recognised, whatever text layer it has. */
  readonly recogniseAll?: boolean;
}

/** A file that was found inside another. */
export interface FoundChild {
  readonly name: string;
  /** Of its bytes, hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly spooled?: string;
}

/** One that cannot be taken out. */
export type FoundLostChild = Pick<LostChild, 'name' | 'outcome' | 'reason'>;

/** The files inside a file. */
export interface Family {
  readonly children: readonly FoundChild[];
  readonly lost: readonly FoundLostChild[];
  /** What they count for together against the limit on unfolding, in bytes. */
  readonly unfolded: number;
  /** Some were lost to that limit. */
  readonly cut: boolean;
}

/** What it answers. */
export type ReadResult =
  | {
      readonly type: 'text';
      readonly stored: StoredDocument;
      readonly indexed: IndexedDocument;
      /** Sheets of the whole file, when only a part was read. */
      readonly fileSheets?: number;
      readonly family?: Family;
    }
  | {
      readonly type: 'container';
      readonly reason: string;
      readonly family: Family;
    }
  | {
      readonly type: 'unreadable';
      readonly outcome: 'encrypted' | 'empty' | 'unsupported' | 'failed' | 'too-large';
      readonly reason: string;
      readonly family?: Family;
      /** Sheets that OCR may still read, as ranges: `1-3`. */
      readonly awaiting?: string;
    }
  /** The bytes are not those that were hashed: the file changed meanwhile. */
  | { readonly type: 'changed' }
  /** What comes out of the file cannot be kept on the disk. `code` is the system's. */
  | { readonly type: 'no-spool'; readonly code: string; readonly message: string };
