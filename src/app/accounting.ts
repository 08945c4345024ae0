import { doubtSentences } from '../citation/whereabouts.ts';
import { type InputRecord, type Outcome, type Recognition, unsureBelow } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { doubts } from '../model/place.ts';
import type { CaseStore } from '../store/store.ts';
import { listSheets, parseSheetRanges } from './ingest/sheet-ranges.ts';
import { countRepeats, repeatedMessages } from './same-messages.ts';

/** A ledger line as reports give it. `copy` is said of every path of a document but its first, by (source, path). */
export interface AccountedInput {
  readonly path: string;
  /** Sheets of the file, when the line is for a part of it. */
  readonly part?: string;
  readonly source: string;
  /** Of the file, parts of it included; absent when it could not be opened. */
  readonly sha256?: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly bytes: number;
  readonly pages: number;
  readonly pagesIndexed: number;
  readonly characters: number;
}

/** Every input with what became of it, ascending by root, path and part. */
export async function* account(store: CaseStore): AsyncGenerator<AccountedInput> {
  const first = await firstPaths(store);
  for await (const input of store.inputs()) yield accounted(input, first);
}

/** The path under which each document counts as indexed; its others are copies. */
async function firstPaths(store: CaseStore): Promise<ReadonlyMap<DocumentId, string>> {
  const first = new Map<DocumentId, string>();
  for (const { document, path } of await store.copies()) if (!first.has(document)) first.set(document, path);
  return first;
}

function accounted(input: InputRecord, first: ReadonlyMap<DocumentId, string>): AccountedInput {
  const original = input.document === undefined ? undefined : first.get(input.document);
  const isCopy = original !== undefined && original !== input.path && isSearchable(input.outcome);
  const outcome = isCopy ? 'copy' : input.outcome;
  const reason = isCopy ? `Copy of ${original}.` : input.reason;
  return {
    path: input.path,
    ...(input.part === undefined ? {} : { part: input.part }),
    source: input.source,
    ...(input.sha256 === undefined ? {} : { sha256: input.sha256 }),
    outcome,
    ...(reason === undefined ? {} : { reason }),
    bytes: input.bytes,
    pages: input.pages,
    pagesIndexed: input.pagesIndexed,
    characters: input.characters,
  };
}

function isSearchable(outcome: Outcome): boolean {
  return outcome === 'indexed' || outcome === 'part';
}

/** The case in numbers. Pages of copies are counted once, with the document. */
export interface CaseStatus {
  readonly inputs: number;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly documents: number;
  readonly pages: number;
  readonly pagesIndexed: number;
  readonly words: number;
  readonly sources: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  readonly doubts: Readonly<Record<string, number>>;
  /** Documents whose kind is not sure. */
  readonly unsure: number;
  /** Documents that are the same message as an earlier one, by (source, path). */
  readonly repeatedMessages: number;
  readonly recognition: RecognitionCounts;
  readonly tags: number;
  readonly roots: Readonly<Record<string, string>>;
  /** Inputs of which nothing, or not all, could be read. */
  readonly unread: readonly AccountedInput[];
}

/** What OCR has read, and has still to read. */
export interface RecognitionCounts {
  readonly sheets: number;
  /** Mean over the sheets, 0 to 1; absent when there are none. */
  readonly confidence?: number;
  /** Sheets that it is not sure of. */
  readonly poorSheets: number;
  /** Engines with versions and languages, ascending. */
  readonly engines: readonly string[];
  /** Sheets without a usable text layer that it has not looked at. */
  readonly awaiting: number;
}

/** Counts everything, streaming over documents and ledger. */
export async function caseStatus(store: CaseStore): Promise<CaseStatus> {
  const documents = await countDocuments(store);
  const outcomes: Partial<Record<Outcome, number>> = {};
  const unread: AccountedInput[] = [];
  let inputs = 0;
  let awaiting = 0;
  const counted = new Set<string>();
  for await (const input of store.inputs()) {
    const { sha256 = input.path, part = '' } = input;
    if (input.awaiting === undefined || counted.has(`${sha256} ${part}`)) continue;
    counted.add(`${sha256} ${part}`);
    awaiting += listSheets(parseSheetRanges(input.awaiting.sheets)).length;
  }
  for await (const input of account(store)) {
    inputs += 1;
    outcomes[input.outcome] = (outcomes[input.outcome] ?? 0) + 1;
    if (!settledOutcomes.includes(input.outcome)) unread.push(input);
  }
  const repeats = countRepeats(await repeatedMessages(store));
  let tags = 0;
  for await (const _ of store.tags()) tags += 1;
  const roots = Object.fromEntries(await store.roots());
  const recognition = { ...documents.recognition, awaiting };
  return { ...documents, recognition, inputs, outcomes, repeatedMessages: repeats, unread, tags, roots };
}

/** Outcomes that leave nothing to be done. */
const settledOutcomes: readonly Outcome[] = ['indexed', 'copy', 'container', 'manifest', 'removed'];

/** A doubt as citations say it; its own name where this version knows no better. */
export function doubtInWords(name: string): string {
  const known = doubts.find((doubt) => doubt === name);
  return known === undefined ? name : doubtSentences[known];
}

type DocumentCounts = Pick<
  CaseStatus,
  'documents' | 'pages' | 'pagesIndexed' | 'words' | 'sources' | 'kinds' | 'doubts' | 'unsure'
> & { readonly recognition: Omit<RecognitionCounts, 'awaiting'> };

async function countDocuments(store: CaseStore): Promise<DocumentCounts> {
  const sources: Record<string, number> = {};
  const kinds: Record<string, number> = {};
  const doubts: Record<string, number> = {};
  const recognitions: Recognition[] = [];
  const sum = { documents: 0, pages: 0, pagesIndexed: 0, words: 0, unsure: 0 };
  for await (const record of store.documents()) {
    sum.documents += 1;
    sum.pagesIndexed += record.pages;
    sum.pages += record.pages + record.unreadableSheets;
    sum.words += record.words;
    if (record.confidence < unsureBelow) sum.unsure += 1;
    if (record.recognition !== undefined) recognitions.push(record.recognition);
    addTo(kinds, record.kind, 1);
    for (const [doubt, count] of Object.entries(record.doubts)) addTo(doubts, doubt, count);
  }
  for (const { source } of await store.copies()) addTo(sources, source, 1);
  return { ...sum, sources, kinds, doubts, recognition: summedUp(recognitions) };
}

function summedUp(recognitions: readonly Recognition[]): Omit<RecognitionCounts, 'awaiting'> {
  const sheets = recognitions.reduce((sum, one) => sum + one.sheets, 0);
  const confidence = recognitions.reduce((sum, one) => sum + one.confidence * one.sheets, 0) / sheets;
  return {
    sheets,
    ...(sheets === 0 ? {} : { confidence: Math.round(confidence * 100) / 100 }),
    poorSheets: recognitions.reduce((sum, one) => sum + one.poorSheets, 0),
    engines: [...new Set(recognitions.flatMap(({ engines }) => engines))].sort(),
  };
}

function addTo(counts: Record<string, number>, key: string, by: number): void {
  counts[key] = (counts[key] ?? 0) + by;
}
