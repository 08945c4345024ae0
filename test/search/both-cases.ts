import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAnswers, readQuestion } from '../../src/app/answering.ts';
import { type Case, makeCase, openCaseFrom } from '../../src/app/case.ts';
import { countLacking } from '../../src/app/lacking.ts';
import { OpenedDocument } from '../../src/app/opened-document.ts';
import { type hitOrders, orderHits, scoreOf } from '../../src/app/ordering.ts';
import { hashWords } from '../../src/app/words-hash.ts';
import { formatPlaceReference } from '../../src/citation/reference.ts';
import { createMemoryEngine } from '../../src/engine/memory/memory-engine.ts';
import type { DocumentRecord } from '../../src/model/document.ts';
import { askablePlaceFields } from '../../src/model/place.ts';
import type { TagLabel } from '../../src/model/tag.ts';
import { positionDocument } from '../../src/query/positions.ts';
import { encodeDocument } from '../../src/store/encoding.ts';
import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { putTags } from '../store/samples.ts';
import type { MadeCase, MadeDocument } from './corpus.ts';
import type { AskedQuery } from './queries.ts';

const versions = { tokenizerVersion: 1, unicodeVersion: '0', toolVersion: '0' };

/** The same papers in a case on disk and in one in memory, each with its own store and engine. */
export async function inBothCases<T>(
  made: MadeCase,
  work: (cases: readonly Case[]) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'pincite-search-'));
  await makeCase(folder);
  const cases = [await openCaseFrom(folder, undefined, 'write'), caseInMemory()];
  try {
    for (const open of cases) await fill(open, made);
    return await work(cases);
  } finally {
    for (const open of cases) await open.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function caseInMemory(): Case {
  const [store, engine] = [createMemoryStore(versions), createMemoryEngine()];
  return { directory: '', store, engine, settings: {}, close: async () => undefined };
}

async function fill(open: Case, { documents, paths }: MadeCase): Promise<void> {
  const { store, engine } = open;
  await store.write(async () => {
    for (const document of documents) {
      const { id, text, outline } = document;
      const positioned = positionDocument(text, outline);
      await store.putDocument(
        encodeDocument(recordOf(document, positioned.words), text, outline, positioned),
      );
      await engine.put([{ id, words: positioned.words, postings: positioned.postings }]);
    }
    for (const { source, path, documents: held, given } of paths) {
      for (const at of held) {
        const document = documents[at]?.id;
        if (document === undefined) continue;
        await store.putCopy({ document, root: 'papers', path, rawPath: Buffer.from(path), source, given });
      }
    }
    await engine.compact();
  });
  const tags: TagLabel[] = [];
  for (const document of documents) tags.push(...(await tagsOf(open, document)));
  await store.write(() => putTags(store, tags));
}

function recordOf(document: MadeDocument, words: number): DocumentRecord {
  const { id, text, outline, kind, title, date, day, reference, witness, unreadableSheets } = document;
  const testimony = outline.passages.flatMap((passage) =>
    passage.kind.kind === 'testimony' ? passage.kind : [],
  );
  const printed = outline.lines.pages.some((page) => page > 0);
  return {
    id,
    kind,
    confidence: 1,
    metadata: {
      ...(title === undefined ? {} : { title }),
      ...(date === undefined ? {} : { date }),
      ...(day === undefined ? {} : { day }),
      ...(reference === undefined ? {} : { reference }),
      ...(witness === undefined ? {} : { witnesses: [{ name: witness, examiners: [] }] }),
    },
    format: 'text',
    reader: { name: 'text', version: 1 },
    recogniser: { name: 'plain', version: 1 },
    bytes: text.length,
    characters: text.length,
    words,
    passages: outline.passages.length,
    sheets: 1,
    pages: 1,
    unreadableSheets,
    doubts: {},
    remarks: [],
    readAs: { extension: 'txt' },
    placeFields: askablePlaceFields.filter((field) =>
      field === 'page' ? printed : testimony.some((one) => one[field] !== undefined),
    ),
  };
}

/** Tags hold on to all words of a passage. */
async function tagsOf({ store }: Case, { id, outline, tags }: MadeDocument): Promise<readonly TagLabel[]> {
  const document = await OpenedDocument.open(store, id);
  const placed: TagLabel[] = [];
  for (const { name, passage } of tags) {
    const common = { name, document: id };
    if (passage === undefined) {
      placed.push(common);
      continue;
    }
    if (passage >= outline.passages.length) continue;
    const text = await document.passageText(passage);
    if (!/[\p{L}\p{N}]/u.test(text.text)) continue;
    const stretch = text.unfold(0, text.text.length);
    const reference = formatPlaceReference(await document.referenceTo(stretch));
    placed.push({
      ...common,
      place: { reference, wordsHash: hashWords(await document.foldedText(stretch)) },
    });
  }
  return placed;
}

export interface GivenHit {
  readonly document: string;
  readonly interval?: readonly [start: number, end: number];
  readonly score: number;
}

/** Everything that the product decides about a query. */
export async function answerIn(open: Case, { typed, scope, any, stem }: AskedQuery) {
  const query = await readQuestion(open, { query: typed, scope, any, stem });
  const { matched, catalogue } = await findAnswers(open, query);
  const hitsBy = async (order: (typeof hitOrders)[number], limit = Number.POSITIVE_INFINITY) =>
    (await orderHits(matched, order, limit, catalogue)).map((hit): GivenHit => {
      const { id, hits } = hit.document;
      const [start = 0, end = 0] = [hits.starts[hit.index], hits.ends[hit.index]];
      return {
        document: id,
        ...(hits.whole ? {} : { interval: [start, end] as const }),
        score: scoreOf(hit),
      };
    });
  return {
    hits: {
      relevance: await hitsBy('relevance'),
      date: await hitsBy('date'),
      document: await hitsBy('document'),
      place: await hitsBy('place'),
    },
    best: await hitsBy('relevance', 3),
    totals: matched.totals,
    lacking: await countLacking(open.store, query),
  };
}
