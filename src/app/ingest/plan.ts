import type { GivenMetadata } from '../../model/document.ts';
import { type DocumentId, documentId } from '../../model/identifiers.ts';
import type { Found } from './discover.ts';
import { partId } from './hashing.ts';
import type { ManifestRow } from './manifest.ts';
import { readAsOf } from './read-as.ts';
import type { ReadJob } from './read-job.ts';
import { listSheets, parseSheetRanges } from './sheet-ranges.ts';

/** A document to be made of a found file: the whole of it, or the sheets that a manifest row names. */
export interface PlannedDocument {
  readonly id: DocumentId;
  readonly source: string;
  readonly given: GivenMetadata;
  readonly job: ReadJob;
}

/** One document a file, or one a manifest row where the rows cut it into parts. */
export function planDocuments(
  found: Found,
  file: Buffer,
  fileHash: string,
  rows: readonly ManifestRow[],
  source: string,
): readonly PlannedDocument[] {
  const plans = rows.length === 0 ? [{ given: {} }] : rows;
  return plans.map((row: { given: GivenMetadata; source?: string }) =>
    planOne(found, file, fileHash, row.given, row.source ?? source),
  );
}

/** The part of a bundle that no manifest row claims, so that none of its sheets goes unread. */
export function planLeftOver(
  found: Found,
  file: Buffer,
  fileHash: string,
  sheets: string,
  source: string,
): PlannedDocument {
  return planOne(found, file, fileHash, { sheets }, source);
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
