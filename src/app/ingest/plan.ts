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

/** One document a file, or one for each of its parts. */
export function planDocuments(
  found: Found,
  file: Buffer,
  fileHash: string,
  said: readonly Said[],
): readonly PlannedDocument[] {
  return said.map(({ given, source }) => planOne(found, file, fileHash, given, source));
}

/** The part of a bundle that no manifest row claims, so that none of its sheets goes unread. */
export function planLeftOver(
  found: Found,
  file: Buffer,
  fileHash: string,
  { given, source }: Said,
): PlannedDocument {
  return planOne(found, file, fileHash, given, source);
}

function planOne(
  found: Found,
  file: Buffer,
  fileHash: string,
  given: GivenMetadata,
  source: string,
): PlannedDocument {
  const common = { file, fileHash, readAs: readAsOf({ rawPath: found.rawPath, given }) };
  if (given.sheets === undefined) {
    const id = documentId(fileHash);
    return { id, source, given, job: { ...common, id } };
  }
  const id = partId(fileHash, given.sheets);
  const sheets = listSheets(parseSheetRanges(given.sheets));
  return { id, source, given, job: { ...common, id, sheets, parent: documentId(fileHash) } };
}
