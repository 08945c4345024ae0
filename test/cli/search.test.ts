import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { emptyFolder, pincite, shell } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

async function run(...words: readonly string[]): Promise<string> {
  const { stdout, code } = await pincite(sample.folder, words);
  expect(code).toBe(0);
  return stdout;
}

interface JsonHit {
  readonly ref: string;
  readonly citation: string;
  readonly text: string;
  readonly spans: readonly (readonly [number, number])[];
  readonly place: Readonly<Record<string, unknown>>;
  readonly document: Readonly<Record<string, unknown>>;
  readonly score: number;
  readonly tags: readonly string[];
}

describe('search', () => {
  test('prints each passage under its citation, with references, totals and what was searched', async () => {
    const text = await run('search', '"blue mug"');
    expect(text).toContain('Day 1, 14:2 (Mrs Joan Pascoe)\n');
    expect(text).toContain('    A plate, a knife, the marmalade, a blue mug.\n');
    expect(text).toMatch(/^ {4}[0-9a-f]{12}@14:2\.w8-9 /m);
    expect(text).toContain('\n7 hits in 7 passages of 6 documents.\n');
    expect(text.replaceAll('\n', ' ')).toContain(
      ' Searched 17 documents, 67 pages; 1 page in them could not be read; 3 files gave no text',
    );
    for (const line of text.split('\n'))
      if (/^ {4}[^@]*$/.test(line)) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('finds nothing with exit code 1, and says what was searched and what might have been meant', async () => {
    const { code, stdout } = await pincite(sample.folder, ['search', 'recept']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Nothing found for recept\.\n/);
    expect(stdout).toContain('receipt');
    expect(stdout).toContain('Searched 17 documents');
  });

  test('limits hits, not totals', async () => {
    const few = JSON.parse(await run('search', 'the', '--json', '--limit', '3'));
    const all = JSON.parse(await run('search', 'the', '--json', '--limit', 'all'));
    expect(few.hits).toEqual(all.hits.slice(0, 3));
    expect(few.totals).toEqual(all.totals);
    expect(all.hits).toHaveLength(all.totals.hits);
    expect(new Set(all.hits.map(({ ref }: JsonHit) => ref)).size).toBe(all.totals.hits);
  });

  test('gives the same bytes twice', async () => {
    for (const format of ['text', 'json', 'jsonl', 'csv']) {
      const words = ['search', 'note OR phone', '--limit', 'all', '--format', format];
      expect(await run(...words)).toBe(await run(...words));
    }
  });

  test('sorts by document, date and place', async () => {
    const of = async (sort: string): Promise<JsonHit[]> =>
      JSON.parse(await run('search', 'phone', '--json', '--limit', 'all', '--sort', sort)).hits;
    const keys = (hits: readonly JsonHit[], key: (hit: JsonHit) => string) => hits.map(key);
    const documents = keys(
      await of('document'),
      ({ document }) => `${document['source']} ${document['path']}`,
    );
    expect(documents).toEqual([...documents].sort());
    const dates = keys(await of('date'), ({ document }) => String(document['date'] ?? ''));
    expect(dates).toEqual([...dates].sort());
    const scores = (await of('relevance')).map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  test('says how it read a query that may surprise', async () => {
    expect(await run('search', 'did not go')).toMatch(/^Read as: did NOT go\./);
  });

  test('tells how many documents lack what a filter asks for', async () => {
    const { searched } = JSON.parse(await run('search', 'phone date:2014', '--json'));
    expect(Object.keys(searched.lacking)).toEqual([]);
    const { searched: places } = JSON.parse(await run('search', 'phone speaker:"Officer A12"', '--json'));
    expect(Number(places.lacking.speaker)).toBeGreaterThan(0);
  });
});

describe('--format json', () => {
  test('has the fields of the contract, and spans that stand on the words', async () => {
    const answer = JSON.parse(await run('search', '"blue mug"', '--format', 'json'));
    expect(answer).toMatchObject({
      query: '"blue mug"',
      parsed: '"blue mug"',
      totals: { documents: 6, passages: 7, hits: 7 },
      searched: { documents: 17, pages: 67, unreadablePages: 1, partlyRead: 1 },
    });
    for (const hit of answer.hits as JsonHit[]) {
      expect(hit.ref).toMatch(/^[A-Za-z0-9@:._-]+$/);
      expect(hit.spans.map(([start, end]) => hit.text.slice(start, end).toLowerCase())).toEqual(['blue mug']);
      expect(hit.citation).not.toBe('');
      expect(typeof hit.score).toBe('number');
      expect(hit.tags).toEqual([]);
      expect(Object.keys(hit.document)).toEqual(
        expect.arrayContaining(['id', 'title', 'path', 'source', 'kind']),
      );
      expect(hit.place).toHaveProperty('zone', 'body');
    }
    const [first] = (answer.hits as JsonHit[]).filter(({ document }) => document['day'] === 1);
    expect(first?.place).toEqual({
      kind: 'testimony',
      zone: 'body',
      page: 14,
      line: 2,
      endPage: 14,
      endLine: 2,
      sheet: 14,
      day: 1,
      speaker: 'Mrs Joan Pascoe',
      witness: 'Mrs Joan Pascoe',
      examiner: 'Mr Hale',
      role: 'witness',
    });
  });

  test('and jsonl hold the same hits', async () => {
    const { hits } = JSON.parse(await run('search', 'mug', '--json', '--limit', 'all'));
    const lines = (await run('search', 'mug', '--format', 'jsonl', '--limit', 'all')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(hits);
  });
});

const columns =
  'hit, query, term, citation, ref, document, reference, source, title, kind, date, day, page, line, end_page, end_line, sheet, stamp, paragraph, speaker, role, witness, before, text, after, hits_in_document, score, tags, copies, parent, file, sha256, zone, ocr, confidence, doubt'.split(
    ', ',
  );

describe('--format csv', () => {
  test('has the columns of the contract, in their order, one row a hit', async () => {
    const text = await run('export', 'hits', 'mug');
    const rows: string[][] = parse(text, { relax_column_count: false });
    expect(rows[0]).toEqual(columns);
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/\r/);
    const { hits } = JSON.parse(await run('search', 'mug', '--json', '--limit', 'all', '--sort', 'document'));
    const records: Record<string, string>[] = parse(text, { columns: true });
    expect(records.map(({ ref }) => ref)).toEqual(hits.map(({ ref }: JsonHit) => ref));
    const hallam = records.find(({ reference }) => reference === 'SAM000123');
    expect(hallam).toMatchObject({
      query: 'mug',
      source: 'watchdog-2015',
      kind: 'statement',
      date: '2015-03-25',
      paragraph: '5',
      witness: 'Lorna Hallam',
      text: 'mug',
      stamp: 'SAM000123_0001',
      sheet: '1',
      copies: 'case/watchdog-2019/second-disclosure/WS 14 - Hallam.pdf',
      file: 'case/watchdog-2015/SAM000123_statement-hallam.pdf',
      zone: 'body',
    });
    expect(hallam?.['before']).toMatch(/a jar of marmalade and a blue$/);
  });

  test('is the same from search and export', async () => {
    const searched = await run('search', 'mug', '--format', 'csv', '--limit', 'all', '--sort', 'document');
    expect(searched).toBe(await run('export', 'hits', 'mug'));
  });

  test('has no limit of rows', async () => {
    const { totals } = JSON.parse(await run('search', 't*', '--json', '--limit', '1'));
    const rows: string[][] = parse(await run('export', 'hits', 't*'));
    expect(rows).toHaveLength(totals.hits + 1);
  });

  test('with --bom begins with the mark by which Excel knows UTF-8', async () => {
    expect((await run('export', 'hits', 'mug', '--bom')).startsWith('\ufeffhit,')).toBe(true);
  });

  test('defuses what a spreadsheet would run, counts it, and leaves JSON lines as they are', async () => {
    const folder = emptyFolder();
    writeFileSync(
      join(folder, '=cmd.txt'),
      '=HYPERLINK("http://x","lamp")\n\n+lamp\n\n@lamp, "lamp" and\n-lamp\n',
    );
    await pincite(folder, ['init']);
    await pincite(folder, ['ingest', '=cmd.txt', '--source', 'desk']);
    const { stdout, stderr } = await pincite(folder, ['export', 'hits', 'lamp', '-o', 'lamp.csv']);
    expect(stdout).toBe('');
    const records: Record<string, string>[] = parse(readFileSync(join(folder, 'lamp.csv')), {
      columns: true,
    });
    expect(records.length).toBeGreaterThan(3);
    for (const record of records) {
      expect(record['title']).toBe("'=cmd");
      for (const cell of Object.values(record)) expect(cell).not.toMatch(/^\s*[=+\-@]/);
    }
    const manifest = JSON.parse(readFileSync(join(folder, 'lamp.csv.manifest.json'), 'utf8'));
    const cells = records.flatMap((record) => Object.values(record)).filter((cell) => cell.startsWith("'"));
    expect(manifest.defusedCells).toBe(cells.length);
    expect(stderr).toContain(`${cells.length} cells defused`);
    const lines = await pincite(folder, ['search', 'lamp', '--format', 'jsonl', '--limit', 'all']);
    expect(lines.stdout).toContain('"title":"=cmd"');
  });
});

describe('-o', () => {
  test.each(['csv', 'json', 'jsonl'])(
    '%s: a file, and beside it a manifest that proves it',
    async (format) => {
      const folder = sample.copy();
      const file = `mug.${format}`;
      const words = ['search', 'mug', '--limit', 'all', '--format', format];
      const { code, stdout } = await pincite(folder, [...words, '-o', file]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      const bytes = readFileSync(join(folder, file));
      expect(bytes.toString()).toBe((await pincite(folder, words)).stdout);
      const manifest = JSON.parse(readFileSync(join(folder, `${file}.manifest.json`), 'utf8'));
      const status = JSON.parse((await pincite(folder, ['status', '--format', 'json'])).stdout);
      expect(manifest).toMatchObject({
        file,
        query: 'mug',
        parsed: 'mug',
        rows: manifest.totals.hits,
        caseId: status.case,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
      expect(manifest.toolVersion).toMatch(/^\d+\.\d+\.\d+/);
    },
  );

  test('does not write over a file that pincite did not write, unless told to', async () => {
    const folder = sample.copy();
    writeFileSync(join(folder, 'mug.csv'), 'mine');
    const refused = await pincite(folder, ['export', 'hits', 'mug', '-o', 'mug.csv']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^pincite: .*mug\.csv is there already.*\n {2}.*--force/);
    expect(readFileSync(join(folder, 'mug.csv'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'mug.csv.manifest.json'))).toBe(false);
    expect((await pincite(folder, ['export', 'hits', 'mug', '-o', 'mug.csv', '--force'])).code).toBe(0);
    expect((await pincite(folder, ['export', 'hits', 'coat', '-o', 'mug.csv'])).code).toBe(0);
    expect(readFileSync(join(folder, 'mug.csv'), 'utf8')).toContain('coat');
  });

  test('into a folder that is not there, or onto a folder, is refused', async () => {
    for (const file of ['nowhere/mug.csv', '.']) {
      const refused = await pincite(sample.folder, ['export', 'hits', 'mug', '-o', file]);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toMatch(/^pincite: /);
      expect(refused.stderr).not.toMatch(/\n\s+at /);
    }
  });
});

describe('search --in', () => {
  test('answers without a case and leaves nothing behind', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'a.txt'), 'The lamp was lit.\n');
    const found = await shell(folder, 'pincite search lamp --in . && ls -A');
    expect(found.code).toBe(0);
    expect(found.stdout).toContain('The lamp was lit.');
    expect(found.stdout.trim().split('\n').at(-1)).toBe('a.txt');
    expect((await pincite(folder, ['search', 'candle', '--in', '.'])).code).toBe(1);
  });
});
