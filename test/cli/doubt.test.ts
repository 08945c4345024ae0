import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pincite } from './pincite.ts';

interface PageOptions {
  /** A line that is left out, with its number. */
  readonly without?: number;
  /** A line number that is printed on the next line as well. */
  readonly twice?: number;
  readonly head?: string;
  readonly announced?: boolean;
}

const lineCount = 25;

/** A page of numbered lines, a question and an answer in turn, its number at the foot. */
function page(number: number, options: PageOptions = {}): string {
  const announcement = number === 1 && options.announced !== false;
  const lines: string[] = [];
  for (let line = 1; line <= lineCount; line++) {
    if (line === options.without) continue;
    const mark = line % 2 === 0 ? 'A.  It was number' : 'Q.  Please tell us of number';
    let words = `  ${mark} ${number}00${line} on the quay that night.`;
    if (announcement && line === 1) words = '                  DR JANE HOLLIS (sworn)';
    if (announcement && line === 2) words = '                 Examined by MR QUILL';
    lines.push(`${String(line).padStart(2)} ${words}`);
    if (line === options.twice) lines.push(`${String(line).padStart(2)}   A.  And once more of the lantern.`);
  }
  return `${options.head ?? ''}${lines.join('\n')}\n\n${' '.repeat(36)}${number}\n`;
}

const heads = (number: number) => `${' '.repeat(40)}Page ${700 + number}\n\n`;

const papers: Readonly<Record<string, readonly string[]>> = {
  sound: [page(1), page(2), page(3), page(4)],
  'line-missing': [page(1), page(2, { without: 7 }), page(3)],
  'line-repeated': [page(1), page(2, { twice: 7 }), page(3)],
  'page-out-of-order': [page(1), page(3), page(2), page(4)],
  'page-repeated': [page(1), page(2), page(2), page(3)],
  'no-examiner': [page(1, { announced: false }), page(2)],
  'speaker-unsure': [page(1), page(3), page(4)],
  'two-numberings': [1, 2, 3, 4].map((number) => page(number, { head: heads(number) })),
};

/** Two sheets on which hardly anything speaks for a hearing. */
const notes = Array.from({ length: 2 }, (_, sheet) =>
  Array.from({ length: 25 }, (_, line) =>
    line % 14 === 13
      ? `MR QUILL:  Was the ferry late on day ${sheet}${line}?`
      : `Notes follow about the ferry and the boats that ${sheet}${line} lay there`,
  ).join('\n'),
).join('\n\f');

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pincite-doubt-'));
  for (const [name, pages] of Object.entries(papers))
    writeFileSync(join(folder, `${name}.txt`), pages.join('\f'));
  writeFileSync(join(folder, 'notes.txt'), notes);
  await pincite(folder, ['init']);
  await pincite(folder, ['ingest', '.', '--source', 'court']);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface JsonHit {
  readonly citation: string;
  readonly ref: string;
  readonly place: { readonly doubt?: string; readonly page?: number; readonly line?: number };
  readonly document: { readonly title: string };
}

async function hits(query: string): Promise<readonly JsonHit[]> {
  const { stdout } = await pincite(folder, ['search', query, '--format', 'jsonl', '--limit', 'all']);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('a transcript that is not sound', () => {
  test.each([
    ['line-missing', '2008', 'a line number is missing near here'],
    ['line-repeated', 'lantern', 'line number printed twice'],
    ['page-out-of-order', '2004', 'page numbers out of order'],
    ['page-repeated', '2004', 'page number printed twice'],
    ['no-examiner', '2003', 'questioner not known'],
    ['two-numberings', '2004', 'two page numberings'],
    ['speaker-unsure', '3004', 'speaker not certain'],
  ])('%s: the doubt is on the place, in the citation and in the CSV', async (doubt, word, words) => {
    const found = (await hits(word)).filter(({ document }) => document.title === doubt);
    expect(found.length).toBeGreaterThan(0);
    for (const { place, citation } of found) {
      expect(place.doubt).toBe(doubt);
      expect(citation).toContain(`[${words}]`);
    }
    const csv = await pincite(folder, ['export', 'hits', `${word} file:${doubt}.txt`, '--quiet']);
    expect(csv.stdout.split('\r\n')[1]).toMatch(new RegExp(`,${doubt}$`));
  });

  test('each hit opens again at its own words, also on pages with the same number', async () => {
    const found = (await hits('2004')).filter(({ document }) => document.title === 'page-repeated');
    expect(found.map(({ place }) => [place.page, place.line])).toEqual([
      [2, 4],
      [2, 4],
    ]);
    expect(new Set(found.map(({ ref }) => ref)).size).toBe(2);
    for (const { ref, citation } of found) {
      const shown = JSON.parse((await pincite(folder, ['show', ref, '--format', 'json'])).stdout);
      expect(shown.target.ref).toBe(ref);
      const cited = await pincite(folder, ['show', citation]);
      expect(cited.code).toBe(2);
      expect(cited.stderr).toContain('fits 2 places');
    }
  });

  test('status counts the doubts, and docs tells them by document', async () => {
    const status = JSON.parse((await pincite(folder, ['status', '--format', 'json'])).stdout);
    for (const doubt of Object.keys(papers).filter((name) => name !== 'sound'))
      expect(status.doubts[doubt], doubt).toBeGreaterThan(0);
    const { documents } = JSON.parse((await pincite(folder, ['docs', '--format', 'json'])).stdout);
    for (const { title, doubts } of documents)
      if (title !== 'notes') expect(Object.keys(doubts)[0]).toBe(title === 'sound' ? undefined : title);
    const csv = (await pincite(folder, ['export', 'documents', '--quiet'])).stdout;
    expect(csv).toMatch(/,line-repeated 2,/);
  });
});

describe('a document of unsure kind', () => {
  test('is listed, and cited by sheet with the reason', async () => {
    const { stdout } = await pincite(folder, ['docs', '--unsure', '--format', 'jsonl']);
    const listed = JSON.parse(stdout);
    expect(listed.title).toBe('notes');
    expect(listed.confidence).toBeLessThan(0.5);
    const [hit] = await hits('ferry file:notes.txt');
    expect(hit?.citation).toMatch(/^notes, sheet 1.*\[layout unsure\]$/);
    expect((await pincite(folder, ['status'])).stdout).toContain('docs --unsure');
  });

  test('is sure once a person has said what it is', async () => {
    expect((await pincite(folder, ['set', 'notes.txt', 'kind=report', 'title=Ferry notes'])).code).toBe(0);
    expect((await pincite(folder, ['docs', '--unsure'])).code).toBe(1);
    const [hit] = await hits('ferry file:notes.txt');
    expect(hit?.citation).not.toContain('unsure');
    expect(hit?.document.title).toBe('Ferry notes');
  });
});
