import { readFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { lines, readings, textOf } from './xlsx-file.ts';

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
      remarks: expect.arrayContaining([expect.stringContaining('sheet1.bin is damaged')]),
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
    const part = 'xl/comments1.bin';
    const start = damaged.indexOf(part) + part.length;
    damaged.writeUInt8(damaged.readUInt8(start + 20) ^ 0x04, start + 20);
    expect(await readings(damaged)).toMatchObject([
      { type: 'text', remarks: expect.arrayContaining([expect.stringMatching(/comments1\.bin is damaged/)]) },
    ]);
  });

  const extension = 'xlsb';
  const withPart = (name: string, change: (part: Uint8Array) => Uint8Array) => {
    const parts = unzipSync(calls);
    return zipSync({ ...parts, [name]: change(parts[name] ?? new Uint8Array()) });
  };
  const nonsense = () => Buffer.from('<a:theme>');
  const styles = unzipSync(calls)['xl/styles.bin'] ?? new Uint8Array();
  /** Where the first record of a kind begins. */
  const recordAt = (...type: readonly number[]) => Buffer.from(styles).indexOf(Buffer.from(type));

  test.each(['xl/theme/theme1.xml', 'xl/metadata.bin', 'docProps/app.xml', 'docProps/core.xml'])(
    'is read whole whatever stands in %s',
    async (name) => {
      const { content } = await textOf(calls, { extension });
      expect((await textOf(withPart(name, nonsense), { extension })).content).toEqual(content);
    },
  );

  test('keeps its dates where the styles are damaged before and after its formats', async () => {
    const sound = await lines(calls, { extension });
    expect(sound.join('\n')).toContain('21/11/2014 (2014-11-21)');
    const fonts = recordAt(0x2b, styles[recordAt(0xe3, 0x04, 4) + 8] ?? 0);
    const after = recordAt(0xea, 0x04, 0) + 3;
    // a font that is said to reach over all that follows, and a style that is no record of any kind
    for (const [at, bytes] of [
      [fonts + 1, [0xff, 0xff, 0x7f]],
      [after, [0xff, 0x7f, 0x04]],
    ] as const) {
      const changed = Buffer.from(styles);
      Buffer.from(bytes).copy(changed, at);
      expect(
        await lines(
          withPart('xl/styles.bin', () => changed),
          { extension },
        ),
      ).toEqual(sound);
    }
  });

  test('whose formats are damaged is read, and says that its dates are not told from numbers', async () => {
    const cellFormats = recordAt(0xe9, 0x04, 4);
    const cut = withPart('xl/styles.bin', (part) => part.subarray(0, cellFormats + 7));
    const { remarks } = await textOf(cut, { extension });
    expect(remarks).toEqual([
      'Its cell formats are damaged: some dates and times stand as the numbers that Excel keeps them as.',
      'The worksheet “Payments” is hidden.',
    ]);
    expect((await lines(cut, { extension })).join('\n')).toContain('41964');
  });

  test('is read whole where there are records of no kind that is known', async () => {
    const unknownRecord = [0xff, 0x7f, 0];
    const added = withPart('xl/worksheets/sheet1.bin', (part) => Buffer.from([...unknownRecord, ...part]));
    const { content, remarks } = await textOf(added, { extension });
    expect(content).toEqual((await textOf(calls, { extension })).content);
    expect(remarks).toEqual(['The worksheet “Payments” is hidden.']);
  });

  test('that breaks off in a worksheet is read up to there, and says so', async () => {
    const cut = withPart('xl/worksheets/sheet1.bin', (part) => part.subarray(0, 500));
    const { remarks } = await textOf(cut, { extension });
    expect(remarks[0]).toBe('xl/worksheets/sheet1.bin is damaged; what could be told in it was read.');
    const read = (await lines(cut, { extension })).filter((line) => line.startsWith('row Calls!'));
    const sound = (await lines(calls, { extension })).filter((line) => line.startsWith('row Calls!'));
    expect(read.slice(0, -1)).toEqual(sound.slice(0, read.length - 1));
    expect(read.length).toBeGreaterThan(1);
  });

  describe('takes no number in it for a number of things to make:', () => {
    const most = [0xf0, 0xff, 0xff, 0xff];
    /** Sets bytes at an offset in the content of the first record of a kind. */
    const withNumber = (name: string, record: readonly number[], offset: number, bytes = most) =>
      withPart(name, (part) => {
        const changed = Buffer.from(part);
        Buffer.from(bytes).copy(changed, changed.indexOf(Buffer.from(record)) + record.length + 1 + offset);
        return changed;
      });
    const comments = unzipSync(calls)['xl/comments1.bin'] ?? new Uint8Array();
    const textRecord = Buffer.from(comments).indexOf(Buffer.from([0xfd, 0x04]));
    const runs = (comments[textRecord + 4] ?? 0) * 2 + 5;

    test.each([
      ['runs of fonts in a comment', 'xl/comments1.bin', [0xfd, 0x04], runs, true],
      ['characters of a comment', 'xl/comments1.bin', [0xfd, 0x04], 1, false],
      ['the column of a comment', 'xl/comments1.bin', [0xfb, 0x04], 12, true],
      ['the row of a row', 'xl/worksheets/sheet1.bin', [0x00], 0, false],
      ['the extent of a worksheet', 'xl/worksheets/sheet1.bin', [0x94, 0x01], 4, true],
      ['characters of a cell', 'xl/worksheets/sheet1.bin', [0x06], 8, false],
      ['the state of a worksheet', 'xl/workbook.bin', [0x9c, 0x01], 4, true],
    ] as const)(
      '%s',
      async (_, name, record, offset, isWhole) => {
        const { remarks } = await textOf(withNumber(name, record, offset), { extension });
        const isDamaged = remarks.some((remark) => remark.startsWith(`${name} is damaged`));
        expect(isDamaged).toBe(!isWhole);
      },
      10_000,
    );
  });
});
