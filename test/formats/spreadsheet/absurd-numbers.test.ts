import { describe, expect, test } from 'vitest';
import { cell, openDocumentFile, row } from '../../../fixtures/formats/open-document.ts';
import { lines, readings } from './xlsx-file.ts';

const openDocument = (inside: string) =>
  openDocumentFile({
    kind: 'spreadsheet',
    body: `<table:table table:name="Calls">${inside}</table:table>`,
    styles: '',
  });

/** A workbook in Excel's XML of 2003. */
const xmlWorkbook = (inside: string) =>
  Buffer.from(
    `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Calls"><Table>${inside}</Table></Worksheet></Workbook>`,
  );
const shown = (text: string, attributes = '') =>
  `<Cell${attributes}><Data ss:Type="String">${text}</Data></Cell>`;

describe('a table that speaks of more than any has', { timeout: 10_000 }, () => {
  test('by a text repeated in every column counts as too large before it is made', async () => {
    const file = openDocument(
      row([cell('long text '.repeat(5000), 'table:number-columns-repeated="16384"')]),
    );
    expect(await readings(file, { extension: 'ods' })).toMatchObject([
      { type: 'unreadable', outcome: 'too-large', reason: expect.stringContaining('characters') },
    ]);
  });

  test('by rows that repeat nothing but white space is read', async () => {
    const blank = '<table:table-cell office:string-value=" "/>';
    const file = openDocument(row([blank], 'table:number-rows-repeated="2147483647"') + row([cell('last')]));
    expect(await lines(file, { extension: 'ods' })).toEqual(['heading: Calls', 'row Calls!2147483648: last']);
  });

  test('by columns described at once is read', async () => {
    const file = xmlWorkbook(`<Column ss:Width="9" ss:Span="999999999"/><Row>${shown('seen')}</Row>`);
    expect(await lines(file, { extension: 'xls' })).toEqual(['heading: Calls', 'row Calls!1: seen']);
  });

  test('by the number of a row or a column is read', async () => {
    const file = xmlWorkbook(
      `<Row>${shown('first')}${shown('far', ' ss:Index="2000000000"')}</Row><Row ss:Index="4000000000">${shown('last')}</Row>`,
    );
    expect(await lines(file, { extension: 'xls' })).toEqual([
      'heading: Calls',
      'row Calls!1: first\tfar',
      'row Calls!4000000000: last',
    ]);
  });
});
