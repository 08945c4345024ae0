import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { hitsOf } from './hits-of.ts';
import { pincite } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

const list = [
  '# what was handed in',
  'phone',
  'handed: "handed in" w/12 (Saturday OR Sunday)',
  'zebra',
  '(unclosed',
  'source: police',
  'receipt OR "blue mug"',
  'seal*',
  '',
].join('\n');

interface Row {
  readonly line: number;
  readonly term: string;
  readonly query: string;
  readonly hits: number;
  readonly documents: number;
  readonly uniqueDocuments: number;
  readonly documentsWithFamilies: number;
  readonly pages: number;
  readonly sources: Readonly<Record<string, number>>;
  readonly sample?: readonly { readonly ref: string }[];
}

interface Report {
  readonly terms: readonly Row[];
  readonly bad: readonly { readonly line: number; readonly message: string }[];
  readonly all: Omit<Row, 'line' | 'term' | 'query'>;
  readonly sharedDocuments: number;
  readonly documentsOverTerms: number;
}

function folderWith(text: string): string {
  const folder = sample.copy();
  writeFileSync(join(folder, 'terms.txt'), text);
  return folder;
}

async function reported(folder: string, ...words: readonly string[]) {
  const run = await pincite(folder, ['terms', 'terms.txt', '--json', ...words]);
  const report: Report = JSON.parse(run.stdout);
  return { ...run, report };
}

describe('the term report', () => {
  test('counts as searches of the single terms do, and says how they overlap', async () => {
    const folder = folderWith(list);
    const { code, report, stderr } = await reported(folder);
    expect(code).toBe(2);
    expect(report.bad.map(({ line }) => line)).toEqual([5, 6]);
    expect(stderr).toContain('Line 5: This bracket is never closed.');
    expect(report.terms.map(({ term }) => term)).toEqual([
      'phone',
      'handed',
      'zebra',
      'receipt OR "blue mug"',
      'seal*',
    ]);
    const documents: Set<string>[] = [];
    for (const row of report.terms) {
      const hits = await hitsOf(folder, row.query);
      const ids = new Set(hits.map(({ document }) => document.id));
      documents.push(ids);
      expect([row.hits, row.documents]).toEqual([hits.length, ids.size]);
    }
    for (const [at, row] of report.terms.entries()) {
      const others = documents.filter((_, other) => other !== at);
      const own = [...(documents[at] ?? [])].filter((id) => !others.some((ids) => ids.has(id)));
      expect(row.uniqueDocuments).toBe(own.length);
    }
    const { all } = report;
    expect(all.documents).toBe(new Set(documents.flatMap((ids) => [...ids])).size);
    expect(all.documents).toBe(all.uniqueDocuments + report.sharedDocuments);
    const sum = (field: 'hits' | 'uniqueDocuments' | 'documents') =>
      report.terms.reduce((total, row) => total + row[field], 0);
    expect(all.hits).toBe(sum('hits'));
    expect(all.uniqueDocuments).toBe(sum('uniqueDocuments'));
    expect(report.documentsOverTerms).toBe(sum('documents'));
  });

  test('counts printed pages, or sheets, on which a hit begins', async () => {
    const folder = folderWith('phone kind:hearing\n');
    const { report } = await reported(folder);
    const pages = new Set<string>();
    for (const { document, place } of await hitsOf(folder, 'phone kind:hearing'))
      pages.add(`${document.id} ${place.page} ${place.page === undefined ? place.sheet : ''}`);
    expect(report.terms[0]?.pages).toBe(pages.size);
    expect(pages.size).toBeGreaterThan(3);
  });

  test('has a column for each source, and its documents add up where no document is in two', async () => {
    const folder = folderWith('telephone OR phone\n');
    const { report } = await reported(folder);
    for (const source of ['inquest-2021', 'trial-2016']) {
      const ids = new Set(
        (await hitsOf(folder, `(telephone OR phone) source:${source}`)).map((hit) => hit.document.id),
      );
      expect(report.terms[0]?.sources[source]).toBe(ids.size);
    }
  });

  test('writes CSV with a row a line and a manifest beside it', async () => {
    const folder = folderWith(list);
    expect((await pincite(folder, ['terms', 'terms.txt', '-o', 'report.csv'])).code).toBe(2);
    const rows: readonly Record<string, string>[] = parse(readFileSync(join(folder, 'report.csv')), {
      columns: true,
    });
    expect(rows.map(({ row, line }) => `${row} ${line}`)).toEqual([
      'term 2',
      'term 3',
      'term 4',
      'unread 5',
      'unread 6',
      'term 7',
      'term 8',
      'all ',
    ]);
    expect(rows[2]).toMatchObject({
      term: 'zebra',
      hits: '0',
      documents: '0',
      unique_documents: '0',
      pages: '0',
    });
    expect(Object.keys(rows[0] ?? {}).filter((name) => name.startsWith('documents in '))).toContain(
      'documents in inquest-2021',
    );
    const manifest = JSON.parse(readFileSync(join(folder, 'report.csv.manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ what: 'terms', terms: 5, rows: 8 });
  });

  test('writes a workbook in which nothing runs, twice the same', async () => {
    const folder = folderWith(`${list}=1+1\n`);
    const words = ['terms', 'terms.txt', '--sample', '3', '-o', 'report.xlsx'];
    await pincite(folder, words);
    const first = readFileSync(join(folder, 'report.xlsx'));
    const members = unzipSync(first);
    const text = Object.entries(members).map(([name, bytes]) => [name, strFromU8(bytes)] as const);
    expect(text.find(([name]) => name === 'xl/workbook.xml')?.[1]).toMatch(/Terms.*Sample.*About/s);
    expect(text.find(([name]) => name === 'xl/sharedStrings.xml')?.[1]).toContain('=1+1');
    for (const [name, xml] of text) if (name.startsWith('xl/worksheets/')) expect(xml).not.toContain('<f>');
    await pincite(folder, words);
    expect(readFileSync(join(folder, 'report.xlsx')).equals(first)).toBe(true);
  });

  test('draws the hits of a sample by seed', async () => {
    const folder = folderWith('phone\nreceipt\n');
    const draw = async (seed: string) => {
      const { report } = await reported(folder, '--sample', '5', '--seed', seed);
      return report.terms.map((row) => (row.sample ?? []).map(({ ref }) => ref));
    };
    const [phone = [], receipt = []] = await draw('1');
    const all = (await hitsOf(folder, 'phone')).map(({ ref }) => ref);
    expect(phone).toHaveLength(5);
    expect(all.filter((ref) => phone.includes(ref))).toEqual(phone);
    expect(receipt).toEqual((await hitsOf(folder, 'receipt')).map(({ ref }) => ref));
    expect(await draw('1')).toEqual([phone, receipt]);
    expect((await draw('2'))[0]).not.toEqual(phone);
    await pincite(folder, ['terms', 'terms.txt', '--sample', '5', '-o', 'report.csv']);
    const rows: readonly Record<string, string>[] = parse(readFileSync(join(folder, 'report.sample.csv')), {
      columns: true,
    });
    expect(rows.map(({ term, ref }) => `${term} ${ref}`)).toEqual([
      ...phone.map((ref) => `phone ${ref}`),
      ...receipt.map((ref) => `receipt ${ref}`),
    ]);
  });

  test.each([
    ['a file of another kind', ['terms', 'terms.txt', '-o', 'report.pdf'], 'neither a .csv nor an .xlsx'],
    ['a list that is not there', ['terms', 'nothing.txt'], 'nothing.txt'],
    [
      'a file that pincite did not write',
      ['terms', 'terms.txt', '-o', 'mine.csv'],
      'pincite did not write it',
    ],
  ])('refuses %s', async (_, words, sentence) => {
    const folder = folderWith('phone\n');
    writeFileSync(join(folder, 'mine.csv'), 'mine');
    const { code, stderr } = await pincite(folder, words);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(readFileSync(join(folder, 'mine.csv'), 'utf8')).toBe('mine');
    expect(existsSync(join(folder, 'report.pdf'))).toBe(false);
  });
});
