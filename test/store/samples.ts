import { createHash } from 'node:crypto';
import type { Copy, DocumentRecord, InputRecord } from '../../src/model/document.ts';
import { type DocumentId, documentId } from '../../src/model/identifiers.ts';
import { type Outline, runTable } from '../../src/model/outline.ts';
import type { RecognisedSheet } from '../../src/model/recognised-sheet.ts';
import type { NewTagBatch, TagChange, TagLabel, TagOrigin } from '../../src/model/tag.ts';
import type { Units } from '../../src/query/words.ts';
import { encodeDocument } from '../../src/store/encoding.ts';
import type { CaseStore, RecordedBatch, StoredDocument } from '../../src/store/store.ts';

export function idOf(name: string): DocumentId {
  return documentId(createHash('sha256').update(name).digest('hex'));
}

/** A sound document: a line a line, a passage a line. */
export function sampleDocument(name: string, text = `${name}\nsays: “no”.\n`): StoredDocument {
  const record: DocumentRecord = {
    id: idOf(name),
    kind: 'plain',
    confidence: 0.75,
    metadata: { title: `About ${name}`, day: 3 },
    format: 'text',
    reader: { name: 'text', version: 1 },
    recogniser: { name: 'plain', version: 2 },
    bytes: Buffer.byteLength(text),
    characters: text.length,
    words: 3,
    passages: sampleOutline(text).passages.length,
    sheets: 0,
    pages: 1,
    unreadableSheets: 0,
    doubts: {},
    placeFields: [],
    remarks: [],
    readAs: { extension: 'txt' },
  };
  const outline = sampleOutline(text);
  const passage = Uint32Array.from(outline.passages, (_, i) => i);
  const page = Uint32Array.of(0);
  const ends = Uint32Array.of(passage.length);
  const units = { passage, turn: passage, exchange: passage, sentence: passage, page, ends };
  const checkpoints = {
    positions: text === '' ? new Uint32Array() : Uint32Array.of(0),
    offsets: text === '' ? new Uint32Array() : Uint32Array.of(0),
  };
  return encodeDocument(record, text, outline, { units, checkpoints, signature: sampleSignature(text) });
}

/** Numbers that need all of their 32 bits. */
export function sampleSignature(text: string): Uint32Array {
  return Uint32Array.of(text.length, 0xffff_ffff, 0x8000_0001);
}

export function sampleOutline(text: string): Outline {
  const lines = text.split(/(?<=\n)/).filter((line) => line !== '');
  let offset = 0;
  const starts = Uint32Array.from(lines, (line) => {
    offset += line.length;
    return offset - line.length;
  });
  const passages = lines.map((line, i) => ({
    start: starts[i] ?? 0,
    end: (starts[i] ?? 0) + line.length,
    zone: 'body' as const,
    kind: { kind: 'line' as const },
    turn: i,
    exchange: i,
  }));
  const none = new Uint32Array(lines.length);
  const numbers = none.map((_, i) => i + 1);
  return {
    lines: { starts, sheets: none, pages: none, numbers, doubts: new Uint8Array(lines.length) },
    runs: runTable([]),
    passages,
    sheets: [],
    day: 3,
  };
}

/** @param path With a NUL between a file and one inside it. */
export function sampleCopy(document: string, path: string, more: Partial<Copy> = {}): Copy {
  return {
    document: idOf(document),
    root: 'papers',
    path: path.replaceAll('\0', '/'),
    rawPath: Buffer.from(path),
    source: 'inquest',
    given: {},
    ...more,
  };
}

export function sampleInput(document: string, path: string, more: Partial<InputRecord> = {}): InputRecord {
  return {
    root: 'papers',
    path: path.replaceAll('\0', '/'),
    rawPath: Buffer.from(path),
    source: 'inquest',
    document: idOf(document),
    bytes: 10,
    modified: 1_700_000_000_123.5,
    sha256: idOf(path),
    outcome: 'indexed',
    pages: 1,
    pagesIndexed: 1,
    characters: 20,
    ...more,
  };
}

export function sampleRecognised(sheet: number, texts: readonly string[]): RecognisedSheet {
  const engine = { engine: 'tesseract', engineVersion: '5.3.0', languages: 'eng' };
  const held = { width: 2480, height: 3508, dpi: 300, turns: 1, straightenedBy: -0.45 } as const;
  const words = texts.map((text, index) => {
    const box = { left: index * 100, top: 20, right: index * 100 + 90, bottom: 60 };
    return { text, confidence: 0.93, line: 0, block: index, box };
  });
  return { sheet, ...engine, ...held, words };
}

export function sampleLabel(name: string, document: string, reference?: string): TagLabel {
  const place = reference === undefined ? {} : { place: { reference, wordsHash: idOf(reference) } };
  return { name, document: idOf(document), ...place };
}

export const ann: TagOrigin = { kind: 'person', name: 'ann' };
export const bob: TagOrigin = { kind: 'person', name: 'bob', why: 'seen twice' };
export const rule: TagOrigin = { kind: 'rule', name: 'phones', version: 'v1', query: 'phone OR handset' };

export function sampleBatch(more: Partial<NewTagBatch> = {}): NewTagBatch {
  return { action: 'add', by: 'ann', at: '2024-01-02T03:04:05Z', detail: {}, ...more };
}

export function put(label: TagLabel, origin: TagOrigin = ann): TagChange {
  return { type: 'put', label, origin };
}

export function take(label: TagLabel, origin: TagOrigin = ann): TagChange {
  return { type: 'take', label, origin };
}

/** Puts tags by ann, inside the caller's transaction. */
export function putTags(
  store: CaseStore,
  labels: readonly TagLabel[],
  more: Partial<NewTagBatch> = {},
): Promise<RecordedBatch> {
  return store.recordTags(
    sampleBatch(more),
    labels.map((label) => put(label)),
  );
}

export async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

/** Units with all of their columns decoded, to be compared. */
export function plainUnits({ passage, turn, exchange, sentence, page, ends }: Units): Units {
  return { passage, turn, exchange, sentence, page, ends };
}
