import { UserError } from '../model/diagnostic.ts';
import {
  type ByHandField,
  byHandFields,
  type Copy,
  type DocumentRecord,
  type GivenMetadata,
} from '../model/document.ts';
import { type DocumentId, documentId, referenceIdLength } from '../model/identifiers.ts';
import { compareCodePoints } from '../store/code-point-order.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';
import type { Case } from './case.ts';
import { parseDay } from './dates.ts';
import { findDocument } from './find-document.ts';
import type { DocumentCard } from './hit.ts';
import { BatchWriter, type Entry } from './ingest/batch-writer.ts';
import { systemReason } from './ingest/discover.ts';
import { hashFile } from './ingest/hashing.ts';
import { countsOf } from './ingest/input-counts.ts';
import { readDayNumber, readKind } from './ingest/manifest.ts';
import { type Location, locate } from './ingest/raw-path.ts';
import { isReadAs, type WayToRead, wayStanding } from './ingest/read-as.ts';
import type { ReadJob } from './ingest/read-job.ts';
import { type Readers, type ReadOutcome, startReaders } from './ingest/readers.ts';
import { withRecognised } from './ingest/recognised-job.ts';
import { listSheets, parseSheetRanges } from './ingest/sheet-ranges.ts';
import type { TagMoves } from './tag-moves.ts';

/** What is to be known of a document from now on. An undefined value takes back what was given. */
export type Assignments = ReadonlyMap<ByHandField, string | undefined>;

export interface SetResult {
  readonly before: DocumentCard;
  readonly after: DocumentCard;
  /** Whether the change asked for another reading of the file. */
  readonly reread: boolean;
  readonly tags: TagMoves;
}

/**
 * Reads `key=value` words; an empty value takes back what was given.
 * @throws UserError for a key that there is not, a key given twice, or a value that does not fit its key.
 */
export function parseAssignments(words: readonly string[]): Assignments {
  const assignments = new Map<ByHandField, string | undefined>();
  for (const word of words) {
    const [, name = '', value = ''] = /^\s*([A-Za-z]+)\s*=(.*)$/s.exec(word) ?? [];
    const field = byHandFields.find((known) => known === name.toLowerCase());
    if (field === undefined) {
      throw new UserError(`“${word}” sets nothing.`, {
        hint: `Write key=value; the keys are ${byHandFields.join(', ')}.`,
      });
    }
    if (assignments.has(field)) throw new UserError(`“${field}” is given twice.`);
    assignments.set(field, value.trim() === '' ? undefined : checked(field, value.trim()));
  }
  return assignments;
}

function checked(field: ByHandField, value: string): string {
  if (field === 'kind') return readKind(value);
  if (field === 'date') return parseDay(value);
  if (field === 'day') return String(readDayNumber(value));
  return value;
}

/**
 * Overrides what the text says of a document, for all of its copies. Where that changes how the file is to be read (its
 * kind, its day) the original is read again, and its tags follow their words. All of it happens, or nothing.
 * @throws UserError when no one document is named, or its original is to be read again and cannot be.
 */
export async function setMetadata(
  open: Case,
  name: string,
  assignments: Assignments,
  signal: AbortSignal,
  passwords: readonly string[] = [],
): Promise<SetResult> {
  const { store } = open;
  const id = await findDocument(store, name);
  const before = await cardOf(store, id);
  const record = await store.document(id);
  if (record === undefined || before.supersededBy !== undefined) {
    const later = before.isGone ? undefined : before.supersededBy?.slice(0, referenceIdLength);
    throw new UserError(`${before.title} was superseded by a later version of its file.`, {
      hint: later === undefined ? 'That has no text to set it on.' : `Set it on the later one: ${later}`,
    });
  }
  const copies = (await store.copies(id)).map((copy) => assigned(copy, assignments)).sort(inStoreOrder);
  const way = wayStanding(copies, record.readAs);
  const reread = way !== undefined && !isReadAs(record.readAs, way.readAs);
  const outcome = reread ? await readAgain(open, record, copies, way, signal, passwords) : undefined;
  const writer = new BatchWriter(open);
  for (const entry of await entriesFor(store, copies, outcome)) await writer.add(entry);
  await writer.flush();
  return { before, after: await cardOf(store, id), reread, tags: writer.tagMoves };
}

async function cardOf(store: CaseStore, id: DocumentId): Promise<DocumentCard> {
  const card = await new CardCatalogue(store).card(id);
  if (card === undefined) throw new UserError('The document is not in the case any more.');
  return card;
}

function assigned(copy: Copy, assignments: Assignments): Copy {
  const { byHand = [], ...given } = copy.given;
  const fields = new Set<ByHandField>(byHand);
  const values: Record<string, string | number | undefined> = { ...given };
  for (const [field, value] of assignments) {
    if (field !== 'source') values[field] = field === 'day' && value !== undefined ? Number(value) : value;
    if (value === undefined) fields.delete(field);
    else fields.add(field);
  }
  const kept = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return {
    ...copy,
    source: assignments.get('source') ?? copy.source,
    given: {
      // Fields of GivenMetadata, and values that `checked` let pass for them.
      ...(kept as GivenMetadata),
      ...(fields.size === 0 ? {} : { byHand: byHandFields.filter((field) => fields.has(field)) }),
    },
  };
}

function inStoreOrder(a: Copy, b: Copy): number {
  return (
    compareCodePoints(a.source, b.source) ||
    compareCodePoints(a.path, b.path) ||
    compareCodePoints(a.root, b.root)
  );
}

type TextOutcome = Extract<ReadOutcome, { type: 'text' }>;

async function readAgain(
  { store }: Case,
  record: DocumentRecord,
  copies: readonly Copy[],
  { copy, readAs }: WayToRead,
  signal: AbortSignal,
  passwords: readonly string[],
): Promise<TextOutcome> {
  const { sheets } = copy.given;
  const job: Omit<ReadJob, 'file'> = {
    id: record.id,
    fileHash: record.parent ?? record.id,
    readAs,
    ...(sheets === undefined ? {} : { sheets: listSheets(parseSheetRanges(sheets)) }),
    ...(record.parent === undefined ? {} : { parent: documentId(record.parent) }),
  };
  const limits = { workers: 1, timeoutMilliseconds: 300_000, memoryBytes: 1024 * 1024 * 1024 };
  const readers = startReaders(limits, signal, passwords);
  try {
    return await readFirst(store, copies, job, readers);
  } finally {
    await readers.close();
  }
}

/** Reads the first copy that still has the bytes of the document: a file on the disk, or one inside it. */
async function readFirst(
  store: CaseStore,
  copies: readonly Copy[],
  job: Omit<ReadJob, 'file'>,
  readers: Readers,
): Promise<TextOutcome> {
  const roots = await store.roots();
  const obstacles: string[] = [];
  for (const { root, rawPath, path } of copies) {
    const directory = roots.get(root);
    if (directory === undefined) continue;
    const location = locate(directory, rawPath);
    const obstacle = await obstacleTo(location, job.fileHash, directory);
    const outcome = obstacle ?? (await readers.read(await withRecognised(store, { ...job, ...location })));
    if (typeof outcome !== 'string' && outcome.type === 'text') return outcome;
    const why = typeof outcome === 'string' ? outcome : notReadAgain(outcome);
    obstacles.push(`${path} ${why}`);
  }
  throw new UserError(
    `The change asks for reading the original again, and it is not there: ${obstacles.join('; ')}.`,
    {
      hint: 'Nothing was changed. If the papers lie elsewhere now, say where with pincite relocate; if the file has changed, ingest it first.',
    },
  );
}

/** Why a file on the disk cannot be read again. Of one inside another its reader says so. */
async function obstacleTo(
  { file, members }: Location,
  fileHash: string,
  directory: string,
): Promise<string | undefined> {
  if (members !== undefined) return undefined;
  try {
    return (await hashFile(file)) === fileHash ? undefined : 'has changed since it was read';
  } catch (error) {
    return `cannot be opened in ${directory} (${systemReason(error)})`;
  }
}

function notReadAgain(outcome: ReadOutcome): string {
  const reason = 'reason' in outcome ? ` (${outcome.reason})` : '';
  return `could not be read again${reason}`;
}

/** The text goes with the last of its copies, so that one transaction takes all. */
async function entriesFor(
  store: CaseStore,
  copies: readonly Copy[],
  outcome: TextOutcome | undefined,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (const copy of copies) {
    const inputs = await store.inputsAt(copy.root, copy.rawPath);
    const input = inputs.find(
      ({ document, part }) => document === copy.document && part === copy.given.sheets,
    );
    if (input === undefined) continue;
    const counts = outcome === undefined ? {} : countsOf(outcome.stored.record);
    entries.push({ copy, input: { ...input, ...counts, source: copy.source } });
  }
  const last = entries.pop();
  if (last === undefined) throw new UserError('The ledger has no line for this document.');
  return [...entries, outcome === undefined ? last : { ...last, document: outcome, replaces: true }];
}
