import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvAdapter } from '../../../src/formats/spreadsheet/csv-adapter.ts';
import { tableForm } from '../../../src/formats/spreadsheet/delimiter.ts';
import { blocksIn, lines, readings, textOf } from './xlsx-file.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => Buffer.from(text, encoding);
const rowsOf = (text: string, extension = 'csv') => lines(bytes(text), { extension });

describe('the rows of a table in text', () => {
  test.each<[what: string, text: string, expected: readonly string[]]>([
    ['commas', 'a,b\n1,2\n', ['row !1: a\tb', 'row !2: 1\t2']],
    ['semicolons', 'a;b\r\n1,5;2\r\n', ['row !1: a\tb', 'row !2: 1,5\t2']],
    ['tabs', 'a\tb\n1\t2', ['row !1: a\tb', 'row !2: 1\t2']],
    ['bars', 'a|b\n1|2\n', ['row !1: a\tb', 'row !2: 1\t2']],
    ['a delimiter that the file names', 'sep=;\r\na;b,c\n1;2\n', ['row !1: a\tb,c', 'row !2: 1\t2']],
    [
      'quotes, with line ends in them',
      'a,b\n"1, or\n2","say ""x"""\n3,4\n',
      ['row !1: a\tb', 'row !2: 1, or 2\tsay "x"', 'row !3: 3\t4'],
    ],
    ['empty lines are rows', 'a,b\n\n1,2\n', ['row !1: a\tb', 'row !3: 1\t2']],
    [
      'rows of other lengths',
      'a,b\n1,2\n3,4\n5\n6,7,8\n',
      ['row !1: a\tb', 'row !2: 1\t2', 'row !3: 3\t4', 'row !4: 5', 'row !5: 6\t7\t8'],
    ],
    ['a byte order mark', '\ufeffa,b\n1,2\n', ['row !1: a\tb', 'row !2: 1\t2']],
    [
      'empty cells keep their place',
      'a,b,c\n1,,3\n,,4\n',
      ['row !1: a\tb\tc', 'row !2: 1\t\t3', 'row !3: \t\t4'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await rowsOf(text)).toEqual(expected);
  });

  test('in another encoding', async () => {
    const file = bytes('\ufeffName,Town\nZoë,Łódź\n', 'utf16le');
    expect(await lines(file, { extension: 'csv' })).toEqual(['row !1: Name\tTown', 'row !2: Zoë\tŁódź']);
    const old = await textOf(bytes('Name,Town\nZo\xeb,Caf\xe9 Royal\n', 'latin1'), { extension: 'csv' });
    expect(blocksIn(old.content)).toMatchObject([{}, { text: 'Zoë\tCafé Royal' }]);
    expect(old.remarks).toHaveLength(1);
  });

  test('a quote that is never closed makes no cell of the rest, and is told of', async () => {
    const { content, remarks } = await textOf(bytes('a,b\n1,"2\n3,4\n5,6\n'), { extension: 'csv' });
    expect(blocksIn(content)).toMatchObject([{}, { text: '1\t"2' }, { text: '3\t4' }, { text: '5\t6' }]);
    expect(remarks).toEqual([
      'Its quotes do not match (CSV_QUOTE_NOT_CLOSED), so each line was read as a row.',
    ]);
  });

  test('whatever a table holds comes back cell by cell', async () => {
    const cell = fc.stringMatching(/^[a-z0-9]([a-z0-9 ,;"'\n]{0,10}[a-z0-9"])?$/);
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 5, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(',', ';', '\t', '|'), async (cells, delimiter) => {
        const file = bytes(stringify(cells, { delimiter, quoted: true }));
        const read = await lines(file, { extension: 'csv' });
        expect(read).toEqual(
          cells.map(
            (row, at) => `row !${at + 1}: ${row.map((one) => one.replaceAll(/\n+/g, ' ')).join('\t')}`,
          ),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('a table too large to be held is refused with its size', async () => {
    const large = Buffer.alloc(170 * 2 ** 20, 'a,b,c\n');
    const found = [];
    for await (const reading of csvAdapter.read(large, { extension: 'csv' })) found.push(reading);
    expect(found).toEqual([
      {
        type: 'unreadable',
        outcome: 'too-large',
        reason:
          'A table of 178,257,920 bytes is more than can be held at once; cut into parts it can be read.',
      },
    ]);
  });
});

describe('what is no table', () => {
  const prose = 'On the day, as I said, it rained.\nI saw nobody.\nThen, at last, he came.\nWe left.\n';

  test('prose is read as text, whatever its name', async () => {
    const [reading] = await readings(bytes(prose), { extension: 'csv' });
    expect(reading).toMatchObject({ format: 'text' });
  });

  test('a text file is a table only when it is regular', async () => {
    const table = Array.from({ length: 6 }, (_, at) => `${at},Hale,${at * 7}`).join('\n');
    expect(await readings(bytes(table), { extension: 'txt' })).toMatchObject([{ format: 'csv' }]);
    expect(await readings(bytes(`${table}\nthe end\n`), { extension: 'txt' })).toMatchObject([
      { format: 'text' },
    ]);
  });

  test('the delimiter is the one that cuts most records alike', () => {
    expect(tableForm('a,b;c\nd;e\nf,g,h;i\n', true)?.delimiter).toBe(';');
    expect(tableForm('no delimiter\nat all\n', true)).toBeUndefined();
    expect(tableForm('', true)).toBeUndefined();
  });

  test('a record that the sample cuts short does not count', () => {
    expect(tableForm('a,b,c\n1,2,3\n4,5', false)).toMatchObject({ delimiter: ',', regular: false });
  });
});
