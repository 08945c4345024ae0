import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pincite } from './pincite.ts';

const samples = resolve(import.meta.dirname, '../../fixtures/formats');
const workbooks = ['calls.xlsx', 'calls.xlsb', 'calls.xls', 'calls.ods', 'calls.csv'];

/** Documents of one title cannot be cited by it. */
function ownName(file: string): string {
  return file.replace(/^calls\.(\w+)$/, 'log-$1.$1');
}

describe('tables, by the real program', () => {
  let folder = '';
  const run = async (...words: readonly string[]) => (await pincite(folder, words)).stdout;
  const json = async (...words: readonly string[]) => JSON.parse(await run(...words, '--format', 'json'));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pincite-tables-'));
    mkdirSync(join(folder, 'papers'));
    for (const name of [...workbooks, 'briefing.pptx', 'protected-from-changes.xlsx', 'locked-standard.xlsx'])
      cpSync(join(samples, name), join(folder, 'papers', ownName(name)));
    await pincite(folder, ['init']);
    await pincite(folder, ['ingest', 'papers']);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(workbooks)('%s: a hit names its row, and its cells by their columns', async (file) => {
    const { hits } = await json('search', `voicemail file:${ownName(file)}`);
    const [hit] = hits;
    expect(hits).toHaveLength(1);
    expect(hit.place).toMatchObject({ kind: 'row', row: 6, header: 3 });
    const worksheet = file === 'calls.csv' ? '' : ' worksheet ‘Calls’,';
    expect(hit.citation).toBe(`${hit.document.title},${worksheet} row 6`);
    const cells = hit.cells.map(({ name, span: [start, end] }: { name: string; span: [number, number] }) => [
      name,
      hit.text.slice(start, end),
    ]);
    expect(cells).toContainEqual(['Caller', '07700 900789']);
    expect(cells).toContainEqual(['Remarks', 'Voicemail']);
    expect((await json('show', hit.ref)).target.citation).toBe(hit.citation);
    expect((await json('show', hit.citation)).target.place).toMatchObject({ kind: 'row', row: 6 });
    const shown = (await run('show', hit.ref)).replaceAll(/\s+/g, ' ');
    expect(shown).toContain('Caller: 07700 900789 · Called: 07700 900123');
  });

  test('what a workbook hides is found, and said to be hidden', async () => {
    const { hits } = await json('search', 'amount file:log-xlsx.xlsx');
    expect(hits[0].citation).toBe('log-xlsx, worksheet ‘Payments’, row 1 (hidden text)');
    expect(await run('search', 'pell file:log-xlsx.xlsx')).toContain('Payee: G. Pell · Amount: £1,250.00');
  });

  test('slides are sheets, with notes and comments in zones of their own', async () => {
    const place = async (words: string) =>
      (await json('search', `${words} file:briefing.pptx`)).hits[0].place;
    expect(await place('watchman')).toMatchObject({ zone: 'body', sheet: 2 });
    expect(await place('"second van"')).toMatchObject({ zone: 'note', sheet: 1 });
    expect(await place('camera')).toMatchObject({ zone: 'comment', sheet: 2 });
    expect(await place('withdrawn')).toMatchObject({ zone: 'hidden', sheet: 3 });
  });

  test('a workbook that only its changes are protected is read; one with a password is accounted for', async () => {
    const { hits } = await json('search', 'voicemail file:protected-from-changes.xlsx');
    expect(hits).toHaveLength(1);
    expect(await run('status', '--full')).toMatch(/encrypted\s+papers\/locked-standard\.xlsx/);
  });
});
