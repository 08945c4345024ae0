import { readFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { readings } from './xlsx-file.ts';

const calls = readFileSync(new URL('../../../fixtures/formats/calls.xlsb', import.meta.url));

/** A record of BrtColInfo (MS-XLSB 2.4.323): from the first column to one that no worksheet has. */
function columnsTo(last: number): Uint8Array {
  const record = Buffer.alloc(20);
  record.writeUInt16LE(0x123c);
  record.writeUInt32LE(last, 6);
  return record;
}

/** The worksheet with a record set before its cells, after BrtBeginSheet (two bytes of type, none of content). */
function withColumnsTo(last: number): Uint8Array {
  const parts = unzipSync(calls);
  const sheet = parts['xl/worksheets/sheet1.bin'] ?? new Uint8Array();
  const changed = Buffer.concat([sheet.subarray(0, 3), columnsTo(last), sheet.subarray(3)]);
  return zipSync({ ...parts, 'xl/worksheets/sheet1.bin': changed });
}

describe('a binary workbook', () => {
  test('is read whole where it speaks of columns that no worksheet has', async () => {
    const [sound] = await readings(calls);
    const [damaged] = await readings(withColumnsTo(0xfffffff0));
    expect(damaged).toMatchObject({
      type: 'text',
      remarks: expect.arrayContaining([expect.stringContaining('What it says of its columns is damaged')]),
    });
    expect(damaged).toMatchObject({ content: sound && 'content' in sound ? sound.content : undefined });
  }, 10_000);

  test('whose columns are all there is read without a remark', async () => {
    const [sound] = await readings(calls);
    expect(await readings(withColumnsTo(5))).toMatchObject([
      { remarks: sound && 'remarks' in sound ? sound.remarks : undefined },
    ]);
  });

  test('that is damaged in a part says so', async () => {
    const damaged = Buffer.from(calls);
    const part = 'xl/metadata.bin';
    const start = damaged.indexOf(part) + part.length;
    damaged.writeUInt8(damaged.readUInt8(start + 20) ^ 0x04, start + 20);
    expect(await readings(damaged)).toMatchObject([
      { type: 'text', remarks: expect.arrayContaining([expect.stringMatching(/metadata\.bin is damaged/)]) },
    ]);
  });
});
