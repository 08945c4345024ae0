import { expect, test } from 'vitest';
import { lines, textOf } from './xlsx-file.ts';

/** A record of a workbook as Excel 2 wrote them. */
function record(kind: number, ...data: readonly number[]): Buffer {
  const start = Buffer.alloc(4);
  start.writeUInt16LE(kind, 0);
  start.writeUInt16LE(data.length, 2);
  return Buffer.concat([start, Buffer.from(data)]);
}

test('a formula that is written in words costs no workbook, but itself', async () => {
  const result = Buffer.alloc(8);
  result.writeDoubleLE(12.5);
  const naturalLanguage = [0x18, 0x01, 0, 0, 0, 0]; // PtgElfLel, MS-XLS 2.5.198.49
  const workbook = Buffer.concat([
    record(0x0009, 2, 0, 0x10, 0),
    record(0x0004, 0, 0, 0, 0, 0, 0, 0, 5, ...Buffer.from('Total')),
    record(0x0006, 0, 0, 1, 0, 0, 0, 0, ...result, 0, naturalLanguage.length, ...naturalLanguage),
    record(0x000a),
  ]);
  expect((await textOf(workbook, { extension: 'xls' })).remarks).toContain(
    'The formulas are written in a way that is not known; of those without a result nothing is read.',
  );
  expect(await lines(workbook, { extension: 'xls' })).toContain('row Sheet1!1: Total\t12.5');
});
