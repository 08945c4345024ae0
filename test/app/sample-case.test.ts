import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExpectedPassage } from '../../fixtures/layout/expectation.ts';
import type { ExpectedHit } from '../../fixtures/scan/scan.ts';
import { type AccountedInput, account } from '../../src/app/accounting.ts';
import { type ListedDocument, listDocuments } from '../../src/app/documents.ts';
import type { Hit } from '../../src/app/hit.ts';
import type { ShownPassage } from '../../src/app/passages.ts';
import { search } from '../../src/app/search.ts';
import { type Shown, show } from '../../src/app/show.ts';
import { UserError } from '../../src/model/diagnostic.ts';
import type { Place } from '../../src/model/place.ts';
import { tokenise } from '../../src/query/tokenizer.ts';
import { samplePapers } from '../cli/pincite.ts';
import {
  type ExpectedDocument,
  expectedCase,
  expectedPassages,
  expectedQueries,
  type OpenSample,
  openSample,
} from './sample-case.ts';

let sample: OpenSample;
let inputs: readonly AccountedInput[];
let documents: readonly ListedDocument[];

beforeAll(async () => {
  sample = await openSample();
  inputs = await all(account(sample.open.store));
  documents = await listDocuments(sample.open.store, { words: '', unsure: false });
});

afterAll(() => sample.close());

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** The name of the root that the papers stand under. */
const root = 'case/';

/** A paper, or a part of a bundle, as tests are named. */
function nameOf({ file, sheets }: Pick<ExpectedDocument, 'file' | 'sheets'>): string {
  return sheets === undefined ? file : `${file} sheets ${sheets}`;
}

const papers = expectedCase.documents.map((document) => [nameOf(document), document] as const);

function listed({ file, title }: ExpectedDocument): ListedDocument {
  const found = documents.find((document) => document.path === root + file && document.title === title);
  if (found === undefined) throw new Error(`no document “${title}” of ${file}`);
  return found;
}

/** Words as they are compared: broken lines, quotation marks and capitals make no difference. */
function words(text: string): string {
  return tokenise(text).terms.join(' ');
}

describe('the ledger', () => {
  test.each(expectedCase.inputs.map((input) => [input.path, input.outcome, input] as const))(
    '%s: %s',
    (path, outcome, { bytes, copyOf, unreadableSheets = [] }) => {
      const own = inputs.filter((input) => input.path === root + path);
      const parts = expectedCase.documents.filter(
        ({ file, sheets }) => file === path && sheets !== undefined,
      );
      expect(own.map((input) => input.outcome)).toEqual(
        parts.length > 0 ? ['container', ...parts.map(() => outcome)] : [outcome],
      );
      expect(own.map((input) => input.bytes)).toEqual(own.map(() => bytes));
      const sha256 = createHash('sha256')
        .update(readFileSync(join(samplePapers, path)))
        .digest('hex');
      expect(own.map((input) => input.sha256)).toEqual(own.map(() => sha256));
      expect(own.map(({ part }) => part).slice(parts.length > 0 ? 1 : 0)).toEqual(
        parts.length > 0 ? parts.map(({ sheets }) => sheets) : [undefined],
      );
      expect(own.reduce((sum, { pages, pagesIndexed }) => sum + pages - pagesIndexed, 0)).toBe(
        unreadableSheets.length,
      );
      for (const { outcome: found, reason } of own) if (found !== 'indexed') expect(reason).toMatch(/\.$/);
      if (copyOf !== undefined) expect(own[0]?.reason).toContain(copyOf);
      for (const sheet of unreadableSheets) expect(own[0]?.reason).toMatch(new RegExp(`\\b${sheet}\\b`));
    },
  );

  test('has a line for every file, and for nothing else but the manifest', () => {
    const others = new Map(inputs.map(({ path, outcome }) => [path, outcome]));
    for (const { path } of expectedCase.inputs) expect(others.delete(root + path), path).toBe(true);
    expect([...others]).toEqual([[`${root}manifest.csv`, 'manifest']]);
  });
});

describe('what is known of', () => {
  test.each(papers)('%s', (_, expected) => {
    const found = listed(expected);
    const { title, source, kind, date, day, reference } = expected;
    for (const [key, value] of Object.entries({ title, source, kind, date, day, reference })) {
      if (value !== undefined) expect(found).toHaveProperty(key, value);
    }
    if (expected.witness !== undefined) expect(found.witness).toBe(expected.witness);
    if (expected.printedPages !== undefined) expect(found.pages).toBe(expected.printedPages);
    expect(found.exhibits).toEqual(expect.arrayContaining([...(expected.exhibits ?? [])]));
  });

  test.each(papers.filter(([, { witnesses }]) => witnesses !== undefined))(
    'the witnesses of %s: by page and line, each examiner once',
    async (_, expected) => {
      const record = await sample.open.store.document(listed(expected).id);
      const once = expected.witnesses?.map((witness) => ({
        ...witness,
        examiners: [...new Set(witness.examiners)],
      }));
      expect(record?.metadata.witnesses).toEqual(once);
    },
  );
});

describe('passages of', () => {
  test.each(papers)('%s', async (_, expected) => {
    const wanted = expectedPassages(expected);
    const shown = await passagesOf(expected);
    const body = shown.filter(({ place }) => place.zone === 'body');
    const testimony = (kind: string) => kind === 'testimony';
    expect(body.filter(({ place }) => testimony(place.kind)).map(comparable)).toEqual(
      wanted.filter(({ kind }) => testimony(kind)).map(comparableExpected),
    );
    const found = new Set(body.map((passage) => JSON.stringify(comparable(passage))));
    const missing = wanted
      .filter(({ kind }) => kind === 'paragraph' || kind === 'block')
      .filter((passage) => !found.has(JSON.stringify(comparableExpected(passage))));
    expect(missing.map(({ kind, paragraph = '' }) => `${kind} ${paragraph}`.trim())).toEqual([]);
    const paragraphs = (list: readonly (string | undefined)[]) =>
      [...new Set(list)].filter((each) => each !== undefined);
    expect(paragraphs(body.map(({ place }) => ('paragraph' in place ? place.paragraph : undefined)))).toEqual(
      paragraphs(wanted.map(({ paragraph }) => paragraph)),
    );
    const flow = ` ${body.map(({ text }) => words(text)).join(' ')} `;
    for (const { text } of wanted.filter(({ kind }) => kind === 'text'))
      expect(flow).toContain(` ${words(text)} `);
    for (const page of wanted.filter(({ kind }) => kind === 'page')) {
      const whole = shown.find(({ text }) => words(text) === words(page.text));
      expect(whole?.place.kind).toBe('page');
    }
  });

  test('papers hold no word of running heads, feet and stamps', async () => {
    let compared = 0;
    for (const expected of expectedCase.documents) {
      const shown = await passagesOf(expected);
      const wanted = expectedPassages(expected);
      // A statement is signed in its text, and again at the foot of the same sheet.
      const inText = wanted.filter(({ kind }) => kind === 'text').map(({ text }) => text);
      const heads = wanted.filter(
        ({ kind, text }) => kind === 'furniture' && /\p{L}{3}/u.test(text) && !inText.includes(text),
      );
      compared += heads.length;
      const inBody = shown.filter(({ place }) => place.zone === 'body').map(({ text }) => ` ${words(text)} `);
      for (const { text } of heads)
        expect(inBody.filter((passage) => passage.includes(` ${words(text)} `))).toEqual([]);
    }
    expect(compared).toBeGreaterThan(30);
  });
});

async function passagesOf(expected: ExpectedDocument): Promise<readonly ShownPassage[]> {
  const { passages } = await open(listed(expected).id);
  return all(passages);
}

describe('a line of a hearing', () => {
  test('opens as the words of whoever speaks there, by reference and by citation', async () => {
    for (const expected of expectedCase.documents.filter(({ kind }) => kind === 'hearing')) {
      const { id, day } = listed(expected);
      const wanted = expectedPassages(expected).filter(
        ({ kind, line }) => kind === 'testimony' && line !== undefined,
      );
      for (const { page, line, endPage, endLine, speaker, text } of wanted) {
        const { target } = await open(`${id.slice(0, 12)}@${page}:${line}`);
        expect(target?.place, `day ${day} ${page}:${line}`).toMatchObject({
          page,
          line,
          endPage: page,
          endLine: line,
        });
        expect(target?.place.kind === 'testimony' ? target.place.speaker : '').toBe(speaker);
        if (page === endPage && line === endLine) expect(words(target?.text ?? '')).toContain(words(text));
      }
    }
  });
});

function open(what: string): Promise<Shown> {
  return show(sample.open.store, { what, context: 0, style: 'default' });
}

/** In a fixed order, and without what a place only repeats. */
function facts(place: Place | ExpectedPassage): Record<string, unknown> {
  const {
    kind,
    page,
    line,
    endPage,
    endLine,
    sheet,
    speaker,
    role,
    paragraph,
    heading,
  }: Record<string, unknown> = {
    ...place,
  };
  const end = kind === 'testimony' || endPage !== page ? endPage : undefined;
  return { kind, page, line, endPage: end, endLine, sheet, speaker, role, paragraph, heading };
}

function comparable({ place, text }: ShownPassage): Record<string, unknown> {
  return { ...facts(place), words: words(text.slice(labelOf(place, text).length)) };
}

/** The number that a paragraph begins with: all of "7(a)", or only "(a)". */
function labelOf(place: Place, text: string): string {
  if (place.kind !== 'paragraph') return '';
  const { paragraph } = place;
  const labels = [paragraph, paragraph.slice(paragraph.lastIndexOf('('))];
  return labels.find((label) => text.startsWith(label)) ?? '';
}

function comparableExpected(passage: ExpectedPassage): Record<string, unknown> {
  return { ...facts(passage), words: words(passage.text) };
}

const queries = expectedQueries.map((query) => [query.query, query] as const);

describe('the query', () => {
  test.each(queries)('%s', async (query, { totals, hits: wanted }) => {
    const { totals: found, hits } = await hitsOf(query);
    expect({ documents: found.documents, hits: found.hits }).toEqual(totals);
    expect(hits.map(placed).sort()).toEqual(wanted.map((hit) => placedExpected(hit)).sort());
  });

  test.each(queries)('%s: each reference and each citation leads back to its words', async (query) => {
    const { hits } = await hitsOf(query);
    for (const hit of hits) {
      const { card, target } = await open(hit.ref);
      expect(card.id).toBe(hit.document.id);
      expect(target).toMatchObject({ ref: hit.ref, citation: hit.citation, passage: hit.passage });
      expect(target?.place).toEqual(hit.place);
      const span = target?.spans.map(([start, end]) => target.text.slice(start, end)).join();
      if (hit.text.includes(hit.match)) expect(span).toBe(hit.match);
    }
    const citations = new Map(hits.map((hit) => [hit.citation, hit]));
    for (const [citation, hit] of citations) await expectTakenBack(citation, hit);
  });
});

async function hitsOf(query: string) {
  const answer = await search(sample.open, { query, limit: Number.POSITIVE_INFINITY, sort: 'document' });
  return { totals: answer.totals, hits: await all(answer.hits) };
}

/** A citation may name more than one place, as two unnumbered pages; then that is said. */
async function expectTakenBack(citation: string, { document, place }: Hit): Promise<void> {
  try {
    const { card, target } = await open(citation);
    expect(card.id, citation).toBe(document.id);
    const { speaker, ...rest } = facts(target?.place ?? place);
    expect(rest, citation).toMatchObject(cited(place));
    if (citation.includes('(')) expect(speaker, citation).toBe(facts(place)['speaker']);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.message, citation).toMatch(/fits \d+ places/);
  }
}

/** What a citation names of a place, besides its document. */
function cited(place: Place): Record<string, unknown> {
  if (place.kind === 'paragraph') return { kind: 'paragraph', paragraph: place.paragraph };
  return 'page' in place && place.page !== undefined ? { page: place.page } : {};
}

const hitFacts = ['page', 'line', 'endPage', 'endLine', 'sheet', 'paragraph', 'speaker'] as const;

/** File, words and place. Of a place only what the expectation tells: a document that is one sheet has no page to print. */
function placed({ document, match, place }: Hit): string {
  const all: Record<string, unknown> = { ...place };
  const part = expectedCase.documents.find(
    ({ title, file }) => root + file === document.path && title === document.title,
  );
  const at = Object.fromEntries(toldOf(place.kind).map((key) => [key, all[key]]));
  return JSON.stringify([part && nameOf(part), words(match), at]);
}

function placedExpected(hit: ExpectedHit): string {
  const kind = hit.paragraph !== undefined ? 'paragraph' : hit.speaker !== undefined ? 'testimony' : 'block';
  const at = Object.fromEntries(toldOf(kind).map((key) => [key, hit[key]]));
  return JSON.stringify([nameOf(hit), words(hit.words), at]);
}

/** Which facts of a place both the expectation and the reader tell. */
function toldOf(kind: string): readonly (typeof hitFacts)[number][] {
  if (kind === 'testimony') return hitFacts.filter((key) => key !== 'paragraph');
  return kind === 'paragraph' ? ['paragraph', 'sheet'] : [];
}
