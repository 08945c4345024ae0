import type { IndexedDocument } from '../../engine/engine.ts';
import type { LeftOut } from '../../formats/extraction.ts';
import type { ReadAs } from '../../model/document.ts';
import type { DocumentId } from '../../model/identifiers.ts';
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
  /** A reader was lost over the file before: each step is told before it is begun. */
  readonly isCareful?: true;
  /** What is not to be done, because a reader was lost over it. */
  readonly leaveOut?: readonly LeftOut[];
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
    }
  /** The bytes are not those that were hashed: the file changed meanwhile. */
  | { readonly type: 'changed' };
