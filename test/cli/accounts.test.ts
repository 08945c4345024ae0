import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { expectedCase } from '../app/sample-case.ts';
import { emptyFolder, pincite } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

async function run(...words: readonly string[]): Promise<string> {
  const { stdout, code } = await pincite(sample.folder, words);
  expect(code).toBe(0);
  return stdout;
}

function lines(text: string): Record<string, unknown>[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('status', () => {
  test('adds up, and names every file that could not be read with its reason', async () => {
    const text = await run('status');
    expect(text).toContain('17 documents, 68 pages = 67 indexed + 1 unreadable');
    for (const name of ['SAM000218', 'SAM000219', 'SAM000220', 'SAM000310']) expect(text).toContain(name);
    expect(text).toContain('No text layer on sheet 2.');
    const state = JSON.parse(await run('status', '--format', 'json'));
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((a, b) => a + b, 0);
    expect(sum(state.outcomes)).toBe(state.inputs);
    expect(sum(state.kinds)).toBe(state.documents);
    expect(state.unread.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual(
      ['empty', 'encrypted', 'failed', 'part'].sort(),
    );
  });

  test('with --full has a line for every file', async () => {
    const text = await run('status', '--full');
    for (const { path } of expectedCase.inputs) expect(text).toContain(path);
  });

  test('of an empty case says so', async () => {
    const folder = emptyFolder();
    await pincite(folder, ['init']);
    const { code, stdout } = await pincite(folder, ['status']);
    expect(code).toBe(0);
    expect(stdout).toContain('0 inputs');
    expect((await pincite(folder, ['search', 'mug'])).code).toBe(1);
    expect((await pincite(folder, ['docs'])).code).toBe(1);
  });
});

describe('report completeness', () => {
  test('accounts for every page of every input, in both forms', async () => {
    const inputs = lines(await run('report', 'completeness', '--format', 'jsonl'));
    const rows: Record<string, string>[] = parse(await run('report', 'completeness'), { columns: true });
    expect(rows.map(({ path }) => path)).toEqual(inputs.map(({ path }) => path));
    for (const [index, input] of inputs.entries()) {
      expect(Object.keys(input)).toEqual(
        expect.arrayContaining(['path', 'sha256', 'outcome', 'pages', 'pagesIndexed', 'characters']),
      );
      expect(input['sha256']).toMatch(/^[0-9a-f]{64}$/);
      expect(rows[index]).toMatchObject({ sha256: input['sha256'], outcome: input['outcome'] });
      if (input['outcome'] !== 'indexed') expect(input['reason']).toMatch(/\.$/);
    }
  });
});

describe('docs', () => {
  test('lists each document once; json, jsonl and csv agree', async () => {
    const { documents } = JSON.parse(await run('docs', '--format', 'json'));
    expect(documents).toHaveLength(expectedCase.documents.length);
    expect(lines(await run('docs', '--format', 'jsonl'))).toEqual(documents);
    const rows: Record<string, string>[] = parse(await run('docs', '--format', 'csv'), { columns: true });
    expect(rows.map(({ document }) => document)).toEqual(documents.map(({ id }: { id: string }) => id));
    expect(await run('export', 'documents')).toBe(await run('docs', '--format', 'csv'));
  });

  test.each([
    ['statment halam', 'Statement of DC 3380 Lorna Hallam'],
    ['incid log', 'Incident log SM/2014/1108/0112'],
    ['quilfeather', 'Letter of Quillfeather & Moss to the Commission'],
    ['SAM000310', 'Pocket notebook found at Fore Street'],
  ])('%s finds %s first', async (words, title) => {
    const { documents } = JSON.parse(await run('docs', words, '--format', 'json'));
    expect(documents[0].title).toBe(title);
  });

  test('does not take one number for another', async () => {
    expect(JSON.parse(await run('docs', 'SAM000310', '--format', 'json')).documents).toHaveLength(1);
    expect((await pincite(sample.folder, ['docs', 'SAM000311'])).code).toBe(1);
  });

  test('narrows by kind and source', async () => {
    const kinds = lines(await run('docs', '--kind', 'hearing', '--format', 'jsonl'));
    expect(kinds.map(({ kind }) => kind)).toEqual(['hearing', 'hearing', 'hearing', 'hearing']);
    const sources = lines(await run('docs', '--source', 'letters', '--format', 'jsonl'));
    expect(sources.map(({ source }) => source)).toEqual(['letters']);
  });
});

describe('show', () => {
  test('opens a document by id, its beginning, reference, path, end of a path and title', async () => {
    const { documents } = JSON.parse(await run('docs', 'SAM000123', '--format', 'json'));
    const { id, path, title } = documents[0];
    const whole = await run('show', id, '--format', 'jsonl');
    for (const name of [id.slice(0, 12), 'SAM000123', path, 'SAM000123_statement-hallam.pdf', title]) {
      expect(await run('show', name, '--format', 'jsonl')).toBe(whole);
    }
  });

  test('opens citations in the styles in which people write them', async () => {
    for (const citation of ['Day 1 14:2', 'Day 1, 14:2', '{Day1/14:2}', 'Statement of Daniel Orme para 3']) {
      expect(await run('show', citation)).toMatch(/@(14:2|p3)\b/);
    }
    expect(await run('show', 'SAM000123_0002', '--context', '0')).toContain('SAM000123_statement-hallam.pdf');
  });

  test('with --context shows so many passages around', async () => {
    const count = async (context: string): Promise<number> =>
      JSON.parse(await run('show', 'Day 1 14:2', '--context', context, '--format', 'json')).passages.length;
    expect(await Promise.all(['0', '1', '3'].map(count))).toEqual([1, 3, 7]);
  });
});

describe('log', () => {
  test('keeps what was done: ingests, searches, tags, exports and removals', async () => {
    const folder = sample.copy();
    for (const words of [
      ['search', 'mug'],
      ['tag', 'add', 'x', '--query', 'mug'],
      ['export', 'hits', 'mug', '-o', 'mug.csv'],
      ['remove', 'SAM000310', '--reason', 'privileged'],
    ])
      await pincite(folder, words);
    const { stdout } = await pincite(folder, ['log', '--format', 'jsonl']);
    const commands = lines(stdout).map(({ command }) => command);
    expect(commands[0]).toBe('ingest');
    expect(commands).toEqual(expect.arrayContaining(['search', 'export', 'remove']));
    expect(commands.some((command) => String(command).startsWith('tag'))).toBe(true);
    const searches = await pincite(folder, ['log', '--command', 'search', '--format', 'jsonl']);
    expect(lines(searches.stdout)).toEqual([expect.objectContaining({ command: 'search' })]);
  });
});

describe('verify', () => {
  test('finds a sound case whole', async () => {
    expect(await run('verify')).toBe('The case is whole.\n');
    expect(JSON.parse(await run('verify', '--format', 'json'))).toEqual({ whole: true, problems: [] });
    expect(await run('verify', '--digest')).toMatch(/^[0-9a-f]{64}\n$/);
  });
});

describe('the case', () => {
  test('is found upwards from the working directory, or by --case', async () => {
    const elsewhere = emptyFolder();
    expect((await pincite(elsewhere, ['search', 'mug', '--case', sample.folder])).code).toBe(0);
    const { stdout } = await pincite(`${sample.folder}/.pincite`, ['search', 'mug']);
    expect(stdout).toContain('hits in');
  });
});
