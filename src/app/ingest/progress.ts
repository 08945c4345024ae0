import type { TagMoves } from '../tag-moves.ts';
import type { RecognitionSummary } from './recognition-progress.ts';

/** How far an ingest has come. Counts are of inputs; `bytesTotal` grows while folders are still being walked. */
export interface IngestProgress {
  readonly inputsDone: number;
  readonly inputsTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly pages: number;
}

/** What happened to one input, said while the run goes on. */
export interface IngestSummary {
  /** Files handed in, parts of a bundle not counted. */
  readonly inputs: number;
  /** Files that came out of others, at all depths, as far as they were gone through. */
  readonly members: number;
  /** Of the files handed in. */
  readonly unchanged: number;
  readonly indexed: number;
  readonly partly: number;
  readonly copies: number;
  readonly newVersions: readonly string[];
  /** Files left out because their text was removed from the case. */
  readonly removed: readonly string[];
  /** Manifests among the files, which are not read as papers. */
  readonly manifests: readonly string[];
  readonly unread: readonly { readonly path: string; readonly outcome: string; readonly reason: string }[];
  /** What became of the tags of documents that were read again, or superseded. */
  readonly tags: TagMoves;
  /** Manifest rows whose file was not among the inputs. */
  readonly unmatchedRows: readonly string[];
  /** Messages of the case that are the same as an earlier one; 0 when no message was read. */
  readonly repeatedMessages: number;
  readonly pages: number;
  readonly words: number;
  readonly bytes: number;
  readonly milliseconds: number;
  readonly interrupted: boolean;
  /** Absent when no sheet was recognised in this run. */
  readonly recognition?: RecognitionSummary;
  /** Sheets that OCR has not looked at yet. */
  readonly awaitingSheets: number;
}
