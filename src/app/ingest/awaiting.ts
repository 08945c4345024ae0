import type { Copy, InputRecord, ReadAs } from '../../model/document.ts';
import { type DocumentId, documentId } from '../../model/identifiers.ts';
import { compareCodePoints } from '../../store/code-point-order.ts';
import type { CaseStore } from '../../store/store.ts';
import { partId } from './hashing.ts';
import { locate } from './raw-path.ts';
import { wayStanding } from './read-as.ts';
import type { ReadJob } from './read-job.ts';
import { listSheets, parseSheetRanges } from './sheet-ranges.ts';

/** A document of which OCR is to read some sheets, or that is to become one by it. */
export interface AwaitingDocument {
  readonly id: DocumentId;
  /** Sheets to recognise, ascending. */
  readonly sheets: readonly number[];
  /** The ledger's lines that hold it. */
  readonly inputs: readonly InputRecord[];
  /** Its appearances in the order of the store: those that it has, or is to have. */
  readonly copies: readonly Copy[];
  /** How its text was read, where it has one. */
  readonly readAs?: ReadAs;
}

/**
 * The documents that wait for OCR, in the order of their first paths.
 * @param isMeant Whether an input is asked for; a document is taken with all its inputs when one of them is.
 */
export async function awaitingDocuments(
  store: CaseStore,
  isMeant: (input: InputRecord) => boolean,
): Promise<readonly AwaitingDocument[]> {
  const waiting = new Map<DocumentId, InputRecord[]>();
  const meant = new Set<DocumentId>();
  for await (const input of store.inputs()) {
    const id = input.awaiting === undefined ? undefined : documentOf(input);
    if (id === undefined) continue;
    waiting.set(id, [...(waiting.get(id) ?? []), input]);
    if (isMeant(input)) meant.add(id);
  }
  const documents: AwaitingDocument[] = [];
  for (const [id, inputs] of waiting) {
    const sheets = inputs[0]?.awaiting?.sheets;
    if (sheets === undefined || !meant.has(id)) continue;
    const known = await store.copies(id);
    const copies = known.length > 0 ? known : inputs.map((input) => copyFor(id, input)).sort(inStoreOrder);
    const record = await store.document(id);
    const readAs = record === undefined ? {} : { readAs: record.readAs };
    documents.push({ id, sheets: listSheets(parseSheetRanges(sheets)), inputs, copies, ...readAs });
  }
  return documents;
}

/** How many sheets wait. */
export function sheetsOf(documents: readonly AwaitingDocument[]): number {
  return documents.reduce((sum, { sheets }) => sum + sheets.length, 0);
}

/** The document that an input holds, or would hold; undefined where its bytes are not known. */
export function documentOf({ document, sha256, part }: InputRecord): DocumentId | undefined {
  if (document !== undefined || sha256 === undefined) return document;
  return part === undefined ? documentId(sha256) : partId(sha256, part);
}

/** The appearance of a document that an input without one would be. */
export function copyFor(id: DocumentId, { root, path, rawPath, source, awaiting, part }: InputRecord): Copy {
  const given = awaiting?.given ?? (part === undefined ? {} : { sheets: part });
  return { document: id, root, path, rawPath, source, given };
}

function inStoreOrder(a: Copy, b: Copy): number {
  return (
    compareCodePoints(a.source, b.source) ||
    compareCodePoints(a.path, b.path) ||
    compareCodePoints(a.root, b.root)
  );
}

/** How the document is read; undefined where nobody knows where its file is. */
export function jobFor(
  { id, inputs, copies, readAs: before }: AwaitingDocument,
  roots: ReadonlyMap<string, string>,
): ReadJob | undefined {
  const way = wayStanding(copies, before);
  const directory = way && roots.get(way.copy.root);
  const fileHash = inputs.find(({ sha256 }) => sha256 !== undefined)?.sha256;
  if (way === undefined || directory === undefined || fileHash === undefined) return undefined;
  const { copy, readAs } = way;
  const { sheets } = copy.given;
  return {
    id,
    ...locate(directory, copy.rawPath),
    fileHash,
    readAs,
    ...(sheets === undefined
      ? {}
      : { sheets: listSheets(parseSheetRanges(sheets)), parent: documentId(fileHash) }),
  };
}
