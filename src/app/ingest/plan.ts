import type { GivenMetadata } from '../../model/document.ts';
import { type DocumentId, documentId } from '../../model/identifiers.ts';
import type { Found } from './discover.ts';
import { partId } from './hashing.ts';
import { readAsOf } from './read-as.ts';
import type { ReadJob } from './read-job.ts';
import type { Said } from './said.ts';
import { listSheets, parseSheetRanges } from './sheet-ranges.ts';

/** A document to be made of a found file: the whole of it, or the sheets that a manifest row names. */
export interface PlannedDocument {
  readonly id: DocumentId;
  readonly source: string;
  readonly given: GivenMetadata;
  readonly job: ReadJob;
}

/** Where the bytes of a found file are, and where what comes out of them may go. */
export type JobSource = Pick<ReadJob, 'file' | 'members' | 'spooled' | 'fileHash' | 'spool' | 'unfoldLimit'>;

/** One document a file, or one for each of its parts. */
export function planDocuments(
  found: Found,
  source: JobSource,
  said: readonly Said[],
): readonly PlannedDocument[] {
  return said.map((one) => planOne(found, source, one));
}

/** The part of a bundle that no manifest row claims, so that none of its sheets goes unread. */
export function planLeftOver(found: Found, source: JobSource, said: Said): PlannedDocument {
  return planOne(found, source, said);
}

function planOne(found: Found, jobSource: JobSource, { given, source }: Said): PlannedDocument {
  const { fileHash } = jobSource;
  const common = { ...jobSource, readAs: readAsOf({ rawPath: found.rawPath, given }) };
  if (given.sheets === undefined) {
    const id = documentId(fileHash);
    return { id, source, given, job: { ...common, id } };
  }
  const id = partId(fileHash, given.sheets);
  const sheets = listSheets(parseSheetRanges(given.sheets));
  return { id, source, given, job: { ...common, id, sheets, parent: documentId(fileHash) } };
}
