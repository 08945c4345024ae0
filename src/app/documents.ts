import { compareCodeUnits } from '../model/code-unit-order.ts';
import type { DocumentKind, DocumentRecord, Recognition } from '../model/document.ts';
import { poorlyRecognisedBelow, unsureBelow } from '../model/document.ts';
import { tokenise } from '../query/tokenizer.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';
import { familyNamed } from './family.ts';
import { findDocument } from './find-document.ts';
import type { DocumentCard } from './hit.ts';
import { repeatedMessages, type SameMessage } from './same-messages.ts';
import { threadOf } from './thread.ts';

/** A document in a list: its card, and what stands in it. */
export interface ListedDocument extends DocumentCard {
  readonly format: string;
  readonly words: number;
  readonly doubts: Readonly<Record<string, number>>;
  readonly witnesses: readonly string[];
  readonly exhibits: readonly string[];
  /** Other documents that are the same message, by (source, path); absent when there are none. */
  readonly sameMessage?: readonly SameMessage[];
  /** What of it OCR has read, when it has read anything. */
  readonly recognition?: Recognition;
}

export interface DocumentSelection {
  /** Half-remembered words of a title, name, reference or path. Empty for all. */
  readonly words: string;
  readonly source?: string;
  readonly kind?: DocumentKind;
  /** Only documents whose kind is not sure. */
  readonly unsure: boolean;
  /** Only a document with what came out of it, or what came out of an archive: as `familyNamed` knows it. */
  readonly family?: string;
  /** A document: only the messages of its conversation, in the order in which they were sent. */
  readonly thread?: string;
  /** Only documents that OCR has read badly, in all or on some sheets. */
  readonly poorOcr?: boolean;
}

/**
 * Documents by source, date, day and path; with words, best fit first; a thread by the time of sending.
 * @throws UserError when `thread` names no document, or several.
 */
export async function listDocuments(
  store: CaseStore,
  selection: DocumentSelection,
): Promise<readonly ListedDocument[]> {
  const listed: ListedDocument[] = [];
  const catalogue = new CardCatalogue(store);
  const repeated = await repeatedMessages(store);
  const isOfFamily = selection.family === undefined ? () => true : await familyNamed(store, selection.family);
  const thread =
    selection.thread === undefined
      ? undefined
      : await threadOf(store, await findDocument(store, selection.thread));
  for await (const record of store.documents()) {
    if (thread?.has(record.id) === false) continue;
    const sameMessage = repeated.get(record.id);
    const card = await catalogue.card(record.id, (copy) => isSelected(copy, selection) && isOfFamily(copy));
    if (card === undefined || card.supersededBy !== undefined) continue;
    if (selection.poorOcr === true && !isPoorlyRecognised(record)) continue;
    listed.push({
      ...card,
      format: record.format,
      words: record.words,
      doubts: record.doubts,
      witnesses: [...new Set((record.metadata.witnesses ?? []).map(({ name }) => name))],
      exhibits: record.metadata.exhibits ?? [],
      ...(sameMessage === undefined ? {} : { sameMessage }),
      ...(record.recognition === undefined ? {} : { recognition: record.recognition }),
    });
  }
  listed.sort(thread === undefined ? bySourceAndDate : bySending);
  return selection.words.trim() === '' ? listed : bestFits(listed, selection.words);
}

function isSelected(card: DocumentCard, { source, kind, unsure }: DocumentSelection): boolean {
  if (source !== undefined && card.source !== source) return false;
  if (kind !== undefined && card.kind !== kind) return false;
  return !unsure || card.confidence < unsureBelow;
}

function isPoorlyRecognised({ recognition }: DocumentRecord): boolean {
  if (recognition === undefined) return false;
  return recognition.poorSheets > 0 || recognition.confidence < poorlyRecognisedBelow;
}

function bySourceAndDate(a: ListedDocument, b: ListedDocument): number {
  return (
    compareCodeUnits(a.source, b.source) ||
    compareCodeUnits(a.date ?? '', b.date ?? '') ||
    (a.day ?? 0) - (b.day ?? 0) ||
    compareCodeUnits(a.path, b.path)
  );
}

/** The moment where a time zone is known; else the clock's time, as if it were in UTC. */
function bySending(a: ListedDocument, b: ListedDocument): number {
  return momentOf(a) - momentOf(b) || bySourceAndDate(a, b);
}

function momentOf({ sent, date }: ListedDocument): number {
  const written = sent ?? date;
  if (written === undefined) return Number.MAX_SAFE_INTEGER;
  const moment = Date.parse(/T[\d:]+$/.test(written) ? `${written}Z` : written);
  return Number.isNaN(moment) ? Number.MAX_SAFE_INTEGER : moment;
}

/** MiniSearch finds beginnings of words and mistyped ones; what fits equally well stays in the order of the list. */
async function bestFits(
  listed: readonly ListedDocument[],
  words: string,
): Promise<readonly ListedDocument[]> {
  const { default: MiniSearch } = await import('minisearch');
  const index = new MiniSearch<Record<string, string | number>>({
    fields: ['title', 'reference', 'people', 'path', 'about'],
    tokenize: (text) => [...tokenise(text).terms],
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 3, reference: 3, people: 2 },
      prefix: true,
      // A number with another digit is another number, not a mistyped one.
      fuzzy: (term) => (term.length > 3 && !/\p{N}/u.test(term) ? 0.25 : false),
      combineWith: 'AND',
    },
  });
  index.addAll(listed.map(searchableFields));
  return index
    .search(words)
    .sort((a, b) => b.score - a.score || Number(a.id) - Number(b.id))
    .flatMap(({ id }) => listed[Number(id)] ?? []);
}

function searchableFields(document: ListedDocument, id: number): Record<string, string | number> {
  const { title, reference, path, witness, witnesses, copies, source, kind, date, day, from, to } = document;
  return {
    id,
    title,
    reference: reference ?? '',
    people: [witness, ...witnesses, from, to].join(' '),
    path: [path, ...copies].join(' '),
    about: [source, kind, date, day === undefined ? '' : `day ${day}`].join(' '),
  };
}
