import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { xlsxFile } from '../formats/spreadsheet/xlsx-file.ts';
import { emptyFolder, pincite } from './pincite.ts';

const rows = 500_000;

function row(number: number): string {
  const last = number === rows ? ' zebra' : '';
  return `<row r="${number}"><c t="inlineStr"><is><t>Payment ${number} made${last}</t></is></c></row>`;
}

test('a worksheet with more hidden rows than positions can number far apart is read whole', {
  timeout: 240_000,
}, async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'papers'));
  const front = '<row r="1"><c t="inlineStr"><is><t>Front page</t></is></c></row>';
  const hidden = Array.from({ length: rows }, (_, at) => row(at + 1)).join('');
  const file = xlsxFile({
    sheets: [
      { name: 'Seen', xml: `<sheetData>${front}</sheetData>` },
      { name: 'Ledger', state: 'hidden', xml: `<sheetData>${hidden}</sheetData>` },
    ],
  });
  writeFileSync(join(folder, 'papers', 'ledger.xlsx'), file);
  await pincite(folder, ['init']);
  const read = await pincite(folder, ['ingest', 'papers', '--quiet', '--memory', '1000']);
  expect([read.code, read.stderr]).toEqual([0, '']);
  const hitsOf = async (query: string) =>
    JSON.parse((await pincite(folder, ['search', query, '--format', 'json'])).stdout).hits;
  const [hit, ...others] = await hitsOf('zebra');
  expect(others).toEqual([]);
  expect(hit.place).toMatchObject({ zone: 'hidden', kind: 'row', worksheet: 'Ledger', row: rows });
  expect((await hitsOf('payment w/9999 zebra')).map(({ ref }: { ref: string }) => ref)).toHaveLength(1);
  expect(await hitsOf(`${rows - 1} w/9999 zebra`)).toEqual([]);
});
