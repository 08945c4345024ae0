import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AskRequest } from '../../src/app/ask.ts';
import type { Case } from '../../src/app/case.ts';
import type { Hit } from '../../src/app/hit.ts';
import type { IngestWatcher } from '../../src/app/ingest/ingest.ts';
import { exitCodes } from '../../src/model/diagnostic.ts';
import { bundledUses } from './folder-search-bundle.ts';

const papers = resolve(import.meta.dirname, '../../fixtures/case');
const watcher: IngestWatcher = { signal: new AbortController().signal, progress: () => undefined };

let folder: string;
let uses: Awaited<ReturnType<typeof bundledUses>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pincite-ask-'));
  uses = await bundledUses('ask');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function answerOf(open: Case, question: string, options: Partial<AskRequest> = {}) {
  const { hits, ...rest } = await uses.ask(open, { question, limit: 10, ...options });
  const list: Hit[] = [];
  for await (const hit of hits) list.push(hit);
  return { ...rest, hits: list };
}

/** Asks about papers written for the purpose: a file each. */
async function withPapers<T>(
  files: Readonly<Record<string, string>>,
  work: (open: Case) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(join(folder, 'papers-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  return uses.withFolderAsCase(home, watcher, (open) => work(open));
}

/** Plain questions about the sample case, and words of a passage that answers. */
const questions: readonly (readonly [question: string, answer: RegExp])[] = [
  ['Who handed in the phone and when?', /handed it in at the front counter at about a quarter past nine/],
  ['did Mrs Pascoe go into the kitchen?', /I did not go into the kitchen at any time/],
  ['which seal number was on the bag?', /The number of the seal was A114027/],
  ['Who says that she found the note herself?', /she had found the note herself, in a coat pocket/],
  ['where did Orme find the mobile phone?', /I found a black mobile phone on the ladder by the ice house/],
  [
    'Was the pocket notebook seen again?',
    /I have not had sight of the property register, or of my pocket notebook/,
  ],
];

describe('a plain question', () => {
  it('is answered from the sample case, by hits whose spans are words, best first, each time the same', async () => {
    await uses.withFolderAsCase(papers, watcher, async (open) => {
      for (const [question, answer] of questions) {
        const found = await answerOf(open, question);
        expect(found.hits.map(({ text }) => text).join('\n'), question).toMatch(answer);
        const scores = found.hits.map(({ score }) => score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        for (const { text, spans, citation, ref, document } of found.hits) {
          expect(spans.length).toBeGreaterThan(0);
          for (const [start, end] of spans)
            expect(text.slice(start, end)).toMatch(/^[\p{L}\p{N}].*[\p{L}\p{N}.’']$/su);
          expect(citation).not.toBe('');
          expect(ref.startsWith(document.id.slice(0, 12))).toBe(true);
        }
        expect(await answerOf(open, question)).toEqual(found);
        const more = await answerOf(open, question, { limit: Number.POSITIVE_INFINITY });
        expect(more.hits.slice(0, found.hits.length)).toEqual(found.hits);
        expect(more.hits).toHaveLength(more.totals.passages);
      }
    });
  });

  it('is answered alike from a case on disk', async () => {
    const home = join(folder, 'case-on-disk');
    await uses.makeCase(home);
    const open = await uses.openCaseFrom(home, undefined, 'write');
    try {
      const starts = await uses.findStarts([papers], home, new Map());
      const how = {
        source: undefined,
        manifest: new Map(),
        retry: [],
        reread: false,
        unfoldLimit: 2 ** 30,
      };
      const limits = { workers: 2, timeoutMilliseconds: 300_000, memoryBytes: 2 ** 30 };
      await uses.ingest(open, { starts, ...how }, uses.startReaders(limits, watcher.signal), watcher);
      const onDisk = [];
      for (const [question] of questions) onDisk.push(await answerOf(open, question));
      const lent = await uses.withFolderAsCase(papers, watcher, async (inMemory) => {
        const answers = [];
        for (const [question] of questions) answers.push(await answerOf(inMemory, question));
        return answers;
      });
      expect(lent).toEqual(onDisk);
    } finally {
      await open.close();
    }
  });

  it('finds other forms, and by related words what has none of its own', async () => {
    const files = {
      'a.txt': 'The boats sank near the harbour wall.\n',
      'b.txt': 'A boat near the harbour wall was sinking.\n',
      'c.txt': 'The harbour wall was repaired.\n',
      'd.txt': 'Nobody saw the lorry.\n',
    };
    await withPapers(files, async (open) => {
      const literal = await answerOf(open, 'Which boat sank?', { related: false });
      expect(literal.hits.map(({ text }) => text[0])).toEqual(['T', 'A']);
      expect(literal.notes).toEqual([]);
      const related = await answerOf(open, 'Which boat sank?');
      expect(related.hits.map(({ text }) => text)).toContain('The harbour wall was repaired.');
      expect(related.hits[2]?.text).toBe('The harbour wall was repaired.');
      expect(related.notes.map(({ message }) => message).join()).toMatch(/harbour.*wall|wall.*harbour/);
      expect(related.parsed).toMatch(/^boat\^ OR sank\^ OR /);
    });
  });

  it('marks the words of weight, not function words', async () => {
    await withPapers({ 'a.txt': 'It was the bell of the ship.\n' }, async (open) => {
      const { hits } = await answerOf(open, 'what was the bell of the ship?');
      expect(hits.map(({ text, spans }) => spans.map(([start, end]) => text.slice(start, end)))).toEqual([
        ['bell', 'ship'],
      ]);
      const all = await answerOf(open, 'what was it?');
      expect(all.hits.map(({ text, spans }) => spans.map(([start, end]) => text.slice(start, end)))).toEqual([
        ['It was'],
      ]);
    });
  });

  it('of nothing found says what was searched; without words it is refused', async () => {
    await withPapers({ 'a.txt': 'The bell.\n' }, async (open) => {
      const nothing = await answerOf(open, 'any zebras?');
      expect(nothing.totals).toEqual({ documents: 0, passages: 0, hits: 0 });
      expect(nothing.searched.documents).toBe(1);
      await expect(answerOf(open, '?!')).rejects.toMatchObject({ exitCode: exitCodes.wrongUse });
    });
  });

  it('puts equal passages in the order of source and path, as many as asked for', async () => {
    const files = Object.fromEntries(
      ['c', 'a', 'b'].map((name) => [`${name}.txt`, `The bell of ${name}.\n`]),
    );
    await withPapers(files, async (open) => {
      const paths = async (limit: number) =>
        (await answerOf(open, 'bell', { limit })).hits.map(({ document }) => document.path.slice(-5));
      expect(await paths(10)).toEqual(['a.txt', 'b.txt', 'c.txt']);
      expect(await paths(2)).toEqual(['a.txt', 'b.txt']);
    });
  });
});
