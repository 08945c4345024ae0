import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCaseFrom } from '../../src/app/case.ts';
import { show } from '../../src/app/show.ts';
import { emptyFolder, pincite } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

interface ListedEvidence {
  readonly type: string;
  readonly name: string;
  readonly citation: string;
  readonly ref: string;
  readonly place?: {
    readonly page: number;
    readonly line: number;
    readonly endPage: number;
    readonly endLine: number;
  };
}

interface ListedWitness {
  readonly name: string;
  readonly names: readonly { readonly name: string; readonly because?: string }[];
  readonly evidence: readonly ListedEvidence[];
}

async function witnesses(...words: string[]): Promise<readonly ListedWitness[]> {
  const { stdout } = await pincite(sample.folder, ['witnesses', ...words, '--format', 'json']);
  return JSON.parse(stdout).witnesses;
}

describe('witnesses', () => {
  test('have all their evidence and statements together, each name as it stands there', async () => {
    const [hallam, ...others] = await witnesses('hallam');
    expect(others).toEqual([]);
    expect(hallam?.evidence.map(({ type }) => type)).toEqual(['statement', 'evidence', 'evidence']);
    const names = hallam?.names.map(({ name }) => name) ?? [];
    expect(new Set(hallam?.evidence.map(({ name }) => name))).toEqual(new Set(names));
    expect(hallam?.names.slice(1).every(({ because }) => because !== undefined)).toBe(true);
    expect(hallam?.evidence[1]?.citation).toMatch(/, 4:12–6:28$/);
  });

  test('may be sworn on the very first line of a transcript', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'papers'));
    const said = Array.from({ length: 46 }, (_, at) => (at % 2 === 0 ? 'Q.  Where was it?' : 'A.  There.'));
    const lines = ['DR JANE HOLLIS (sworn)', 'Examined by MR QUILL', ...said, '(The witness withdrew)', ''];
    const text = lines.map(
      (line, at) => `0000${at < 25 ? 1 : 2}:${String((at % 25) + 1).padStart(2, '0')}  ${line}\n`,
    );
    writeFileSync(join(folder, 'papers', 'hollis.txt'), text.join(''));
    await pincite(folder, ['init']);
    await pincite(folder, ['ingest', 'papers', '--source', 'x']);
    const { stdout, code } = await pincite(folder, ['witnesses', '--format', 'json']);
    expect(code).toBe(0);
    const [hollis] = JSON.parse(stdout).witnesses as readonly ListedWitness[];
    expect(hollis?.evidence[0]?.place).toMatchObject({ page: 1, line: 1, endPage: 2 });
    expect(hollis?.evidence[0]?.ref).toMatch(/@1:1-2:/);
  });

  test('of one file with the statements of two people are listed each', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'papers'));
    const form = (name: string) =>
      `WITNESS STATEMENT\n\nStatement of: ${name}\n\nAge if under 18: Over 18   Occupation: Builder\n\nThis statement (consisting of 1 page) is true to the best of my knowledge and belief.\n\nI saw the lamp.\n\n`;
    writeFileSync(join(folder, 'papers', 'both.txt'), form('Ana FENN') + form('Peter ORRIN'));
    await pincite(folder, ['init']);
    await pincite(folder, ['ingest', 'papers', '--source', 'x']);
    const { stdout } = await pincite(folder, ['witnesses', '--format', 'json']);
    const listed = JSON.parse(stdout).witnesses as readonly ListedWitness[];
    expect(listed.map(({ name }) => name)).toEqual(['Ana FENN', 'Peter ORRIN']);
    const found = await pincite(folder, ['search', 'witness:orrin lamp', '--format', 'json']);
    expect(JSON.parse(found.stdout).hits[0].citation).toMatch(/^Statements of Ana FENN and Peter ORRIN, /);
  });

  test('nobody is lost: every witness of every document is in the list, once', async () => {
    const { stdout } = await pincite(sample.folder, ['docs', '--format', 'json']);
    const documents: readonly {
      readonly kind: string;
      readonly witness?: string;
      readonly witnesses: readonly string[];
    }[] = JSON.parse(stdout).documents;
    const named = documents.flatMap(({ kind, witness, witnesses: own }) =>
      kind === 'hearing' ? own : witness === undefined ? [] : [witness],
    );
    const listed = (await witnesses()).flatMap(({ names }) => names.map(({ name }) => name));
    expect(listed.sort()).toEqual([...new Set(named)].sort());
  });

  test('references open at the beginning of the evidence', async () => {
    const { store, close } = await openCaseFrom(sample.folder, undefined, 'read');
    for (const { evidence } of await witnesses()) {
      for (const { ref, place } of evidence) {
        const { card, target } = await show(store, { what: ref, context: 0, style: 'default' });
        if (place === undefined) expect(ref).toBe(card.id.slice(0, 12));
        else expect(target?.place).toMatchObject({ page: place.page, line: place.line });
      }
    }
    await close();
  });

  test('citations in the style that is asked for; one row of CSV for each', async () => {
    const [orme] = await witnesses('orme', '--style', 'inquiry');
    expect(orme?.evidence.map(({ citation }) => citation)).toContain('{Day1/1:23-11:21}');
    const { stdout } = await pincite(sample.folder, ['witnesses', '--format', 'csv']);
    const rows = stdout.trim().split('\r\n');
    const all = (await witnesses()).flatMap(({ evidence }) => evidence);
    expect(rows).toHaveLength(all.length + 1);
  });

  test('an unknown name is nothing found', async () => {
    expect((await pincite(sample.folder, ['witnesses', 'nobody'])).code).toBe(1);
  });
});
