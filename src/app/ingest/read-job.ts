import type { IndexedDocument } from '../../engine/engine.ts';
import type { ReadAs } from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { RecognisedSheet } from '../../model/recognised-sheet.ts';
import type { StoredDocument } from '../../store/store.ts';

/** What a reading process is asked: one file, or one part of one. */
export interface ReadJob {
  /** Absolute path in raw bytes. */
  readonly file: Uint8Array;
  readonly id: DocumentId;
  /** SHA-256 of the file's bytes when it was found, hex. */
  readonly fileHash: string;
  readonly readAs: ReadAs;
  /** Ascending from 1; absent for the whole file. */
  readonly sheets?: readonly number[];
  readonly parent?: DocumentId;
  /** What OCR has made of sheets of the file so far. */
  readonly recognised?: readonly RecognisedSheet[];
  /** Every sheet is to be recognised, whatever text layer it has. */
  readonly recogniseAll?: boolean;
}

/** What it answers. */
export type ReadResult =
  | {
      readonly type: 'text';
      readonly stored: StoredDocument;
      readonly indexed: IndexedDocument;
      /** Sheets of the whole file, when only a part was read. */
      readonly fileSheets?: number;
    }
  | {
      readonly type: 'unreadable';
      readonly outcome: 'encrypted' | 'empty' | 'unsupported' | 'failed' | 'too-large';
      readonly reason: string;
      /** Sheets that OCR may still read, as ranges: `1-3`. */
      readonly awaiting?: string;
    }
  /** The bytes are not those that were hashed: the file changed meanwhile. */
  | { readonly type: 'changed' };
