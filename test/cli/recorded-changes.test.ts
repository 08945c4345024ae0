import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pincite } from './pincite.ts';

const fixtures = resolve(import.meta.dirname, '../../fixtures/formats');

interface Found {
  readonly match: string;
  readonly citation: string;
  readonly ref: string;
  readonly place: { readonly zone: string; readonly markup?: unknown };
}

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pincite-changes-'));
  mkdirSync(join(folder, 'papers'));
  cpSync(join(fixtures, 'amended-statement.docx'), join(folder, 'papers/statement.docx'));
  await pincite(folder, ['init']);
  await pincite(folder, ['ingest', 'papers']);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(...words: string[]): Promise<readonly Found[]> {
  const run = await pincite(folder, ['search', '--json', '--sort', 'document', ...words]);
  return JSON.parse(run.stdout).hits;
}

async function matches(query: string): Promise<readonly string[]> {
  return (await ask(query)).map(({ match, place }) => `${match} (${place.zone})`);
}

describe('a text with recorded changes', () => {
  it.each<[query: string, found: readonly string[]]>([
    ['"since 2001"', ['since 2001 (body)']],
    // What was taken out does not stand between the words that are left, and what stands is not read with it.
    ['"I saw a man"', ['I saw a man (body)']],
    ['"I clearly saw"', []],
    ['clearly', ['clearly (deleted)']],
    ['"22.55 A shout"', []],
    ['zone:deleted saw', []],
    ['zone:deleted told', ['told (deleted)']],
    ['zone:inserted know', ['know (body)']],
    ['zone:inserted "whom I did not know"', ['whom I did not know (body)']],
    ['zone:inserted "man, whom I"', []],
    ['zone:inserted 2001', ['2001 (body)']],
    ['zone:inserted since', []],
    ['zone:inserted clearly', []],
    ['zone:i* slowly', ['slowly (body)']],
    ['zone:body 2001', ['2001 (body)']],
    ['NOT zone:inserted slowly', []],
  ])('answers %s', async (query, found) => {
    expect(await matches(query)).toEqual(found);
  });

  it.each<[query: string, citation: string]>([
    ['zone:inserted 2001', 'Account of Joan Pascoe, para 1 (inserted by Ruth Abara on 2 April 2015)'],
    ['zone:deleted clearly', 'Account of Joan Pascoe, para 2 (deleted text, by DS Orme on 7 April 2015)'],
    [
      'zone:comment account',
      'Account of Joan Pascoe, para 2 (comment, by Ruth Abara on 2 April 2015, on “a man”, resolved)',
    ],
    ['boathouse w/5 know', 'Account of Joan Pascoe, para 2 (inserted by Ruth Abara on 2 April 2015)'],
    ['harbour', 'Account of Joan Pascoe, para 1'],
  ])('cites %s with who did what, and when', async (query, citation) => {
    expect((await ask(query)).map((hit) => hit.citation)).toEqual([citation]);
  });

  it('opens deleted words again by their reference', async () => {
    const [hit] = await ask('zone:deleted told');
    const shown = await pincite(folder, ['show', hit?.ref ?? '']);
    expect(shown.stdout).toContain('I told nobody about it.');
    expect(shown.stdout).toContain('deleted text, by DS Orme');
  });

  it('is whole when it is verified', async () => {
    expect((await pincite(folder, ['verify'])).code).toBe(0);
  });
});
