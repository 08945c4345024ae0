import { strFromU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { cell, openDocumentFile, row } from '../../../fixtures/formats/open-document.ts';
import { compoundFileOf } from '../../../src/formats/compound-writer.ts';
import { lockedMember, manifest } from '../odt/open-document.ts';
import { lines, readings, textOf } from './xlsx-file.ts';

const extension = 'ods';
const sheet = (inside: string) => `<table:table table:name="Calls">${inside}</table:table>`;
const book = (inside: string, styles = '') =>
  openDocumentFile({ kind: 'spreadsheet', body: sheet(inside), styles });
const rowsOf = async (inside: string) => (await lines(book(inside), { extension })).slice(1);

describe('the cells of an OpenDocument spreadsheet', () => {
  test.each<[what: string, inside: string, expected: readonly string[]]>([
    [
      'as they are shown',
      row([cell('07700 900123'), cell('£1,250.00', 'office:value="1250"')]),
      ['row Calls!1: 07700 900123\t£1,250.00'],
    ],
    [
      'dates also as ISO',
      row([
        cell('12/03/15', 'office:date-value="2015-03-12"'),
        cell('12/03/15', 'office:date-value="2015-03-12T14:05:00"'),
        cell('12/03/15 14:05', 'office:date-value="2015-03-12T14:05:00"'),
        cell('2015-03-12', 'office:date-value="2015-03-12"'),
      ]),
      [
        'row Calls!1: 12/03/15 (2015-03-12)\t12/03/15 (2015-03-12 14:05:00)\t12/03/15 14:05 (2015-03-12)\t2015-03-12',
      ],
    ],
    [
      'by their values where nothing is shown',
      row([
        '<table:table-cell office:value="7"/>',
        '<table:table-cell office:date-value="2015-03-12T00:00:00"/>',
      ]),
      ['row Calls!1: 7\t2015-03-12'],
    ],
    [
      'repeated, and empty between',
      row([
        cell('a', 'table:number-columns-repeated="2"'),
        '<table:table-cell table:number-columns-repeated="3"/>',
        cell('b'),
      ]) +
        '<table:table-row table:number-rows-repeated="5"/>' +
        row([cell('c')], 'table:number-rows-repeated="2"'),
      ['row Calls!1: a\ta\tb', 'row Calls!7: c', 'row Calls!8: c'],
    ],
    [
      'with spaces, tabs and several paragraphs',
      row([
        '<table:table-cell><text:p>a<text:s text:c="2"/>b<text:tab/>c</text:p><text:p>d</text:p></table:table-cell>',
      ]),
      ['row Calls!1: a  b c d'],
    ],
    [
      'with links and comments beside them',
      row([
        '<table:table-cell><office:annotation><dc:creator>DC Hale</dc:creator><dc:date>2015-03-12T00:00:00</dc:date><text:p>who rang?</text:p></office:annotation><text:p><text:a xlink:href="https://example.org">the log</text:a></text:p></table:table-cell>',
      ]),
      ['row Calls!1: the log', 'comment Calls!1: DC Hale: who rang?', 'note Calls!1: https://example.org'],
    ],
    [
      'in hidden columns',
      `<table:table-column/><table:table-column table:visibility="collapse"/>${row([cell('a'), cell('b')])}`,
      ['row Calls!1: a', 'row/hidden Calls!1: \tb'],
    ],
    ['in hidden rows', row([cell('a')], 'table:visibility="filter"'), ['row/hidden Calls!1: a']],
  ])('%s', async (_, inside, expected) => {
    expect(await rowsOf(inside)).toEqual(expected);
  });

  test('a row repeated to the end of the sheet costs nothing when it is empty, and is refused when it is not', async () => {
    const filled = row([cell('x')], 'table:number-rows-repeated="2000000000"');
    expect(await readings(book(filled), { extension })).toMatchObject([{ outcome: 'too-large' }]);
    const empty = `${row([cell('x')])}<table:table-row table:number-rows-repeated="2000000000"/>`;
    expect(await rowsOf(empty)).toEqual(['row Calls!1: x']);
  });

  test('a chart gives its words, an object that is a file is a child', async () => {
    const chart =
      '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><text:p>Calls a day</text:p><table:table-cell office:value-type="float"><text:p>12</text:p></table:table-cell></office:document-content>';
    const file = openDocumentFile({
      kind: 'spreadsheet',
      body: sheet(
        row([
          '<table:table-cell><draw:frame><draw:object xlink:href="./Object 1"/></draw:frame><draw:frame><draw:object-ole xlink:href="./Object 2"/></draw:frame><text:p>a</text:p></table:table-cell>',
        ]),
      ),
      parts: { 'Object 1/content.xml': chart, 'Object 2': new Uint8Array([1, 2, 3]) },
    });
    expect((await lines(file, { extension })).slice(1)).toEqual(['row Calls!1: a', 'paragraph: Calls a day']);
    expect((await readings(file, { extension }))[1]).toMatchObject({ type: 'child', name: 'Object 2' });
  });

  test('what is wrapped in an object comes out, and a workbook in it is a file of its own', async () => {
    const numbers = (...all: readonly number[]) =>
      Buffer.concat(all.map((one) => Buffer.from(Uint32Array.of(one).buffer)));
    const native = Buffer.concat([
      Buffer.from([0, 0, 0, 0, 2, 0]),
      Buffer.from('plan.txt\0C:\\plan.txt\0'),
      numbers(0x30000, 4),
      Buffer.from('x.t\0'),
      numbers(6),
      Buffer.from('a plan'),
    ]);
    const object = compoundFileOf(new Map([['\x01Ole10Native', native]]));
    const inner = unzipSync(book(row([cell('inside')])))['content.xml'] ?? new Uint8Array();
    const type = 'application/vnd.oasis.opendocument.spreadsheet';
    const file = openDocumentFile({
      kind: 'spreadsheet',
      body: sheet(
        row([
          '<table:table-cell><draw:frame><draw:object-ole xlink:href="./Object 1"/></draw:frame><draw:frame><draw:object xlink:href="./Object 2"/></draw:frame><text:p>a</text:p></table:table-cell>',
        ]),
      ),
      parts: {
        'Object 1': object,
        'Object 2/content.xml': inner,
        'META-INF/manifest.xml': manifest(
          `<manifest:file-entry manifest:full-path="Object 2/" manifest:media-type="${type}"/>`,
        ),
      },
    });
    const [, wrapped, workbook] = await readings(file, { extension });
    expect(wrapped).toMatchObject({
      type: 'child',
      name: 'Object 1/plan.txt',
      bytes: new Uint8Array(Buffer.from('a plan')),
    });
    if (workbook?.type !== 'child') throw new Error('no workbook came out');
    expect(await lines(workbook.bytes, { extension })).toContain('row Calls!1: inside');
  });

  test('what it says of itself', async () => {
    expect((await textOf(book(row([cell('a')])), { extension })).metadata).toEqual({
      author: 'DC Hale',
      created: '2014-12-01T09:30:00',
    });
  });

  test('one whose members are encrypted is opened with its password, and said to be so without', async () => {
    const content = unzipSync(book(row([cell('secret')])))['content.xml'];
    const { bytes, entry } = lockedMember('content.xml', strFromU8(content ?? new Uint8Array()), 'pässword');
    const parts = { 'content.xml': bytes, 'META-INF/manifest.xml': manifest(entry) };
    const file = openDocumentFile({ kind: 'spreadsheet', body: '', parts });
    expect(await readings(file, { extension, passwords: ['wrong'] })).toMatchObject([
      { outcome: 'encrypted', reason: 'The document is protected by a password.' },
    ]);
    expect((await lines(file, { extension, passwords: ['wrong', 'pässword'] })).slice(1)).toEqual([
      'row Calls!1: secret',
    ]);
  });

  test('one whose content is missing has failed, whatever stands at the heads of its pages', async () => {
    const masters =
      '<style:master-page><style:header><text:p>Draft</text:p></style:header></style:master-page>';
    const { 'content.xml': _, ...parts } = unzipSync(
      openDocumentFile({ kind: 'spreadsheet', body: '', masters }),
    );
    expect(await readings(zipSync(parts), { extension })).toMatchObject([
      {
        outcome: 'failed',
        reason: 'No text could be read. The file is damaged: its content is missing.',
      },
    ]);
  });
});
