import { isZip } from '../docx/zip.ts';
import type { Adapter, Extraction, ReadOptions, TextBlock } from '../extraction.ts';
import { readObject } from '../odf/object-text.ts';
import { OdfPackage } from '../odf/odf-package.ts';
import { withRefusals } from '../refusals.ts';
import { OdsSheets } from './ods-sheets.ts';
import { type ReadWorkbook, workbookExtractions } from './workbook-extractions.ts';
import { WorkbookSize } from './worksheet.ts';

/** OpenDocument spreadsheets: as Excel workbooks are read, cells as the program that wrote them showed them. */
export const odsAdapter: Adapter = {
  name: 'ods',
  version: 1,
  recognises: ({ bytes }) => (isZip(bytes) ? 0.9 : 0),
  read: (bytes, options) => withRefusals(() => readPackage(bytes, options)),
};

function readPackage(bytes: Uint8Array, options: ReadOptions): Iterable<Extraction> {
  const file = new OdfPackage(bytes);
  const obstacle = file.obstacle();
  return obstacle === undefined ? workbookExtractions(readOds(file), 'ods', options) : [obstacle];
}

function readOds(file: OdfPackage): ReadWorkbook {
  const sheets = new OdsSheets(new WorkbookSize());
  file.readContent(sheets);
  sheets.finish();
  const children: Extraction[] = [];
  for (const { worksheet, path } of sheets.objects) {
    const { texts, child } = readObject(file, path);
    for (const text of texts) worksheet.drawing(text);
    if (child !== undefined) children.push(child);
  }
  const heads = file.pageHeads().map((text): TextBlock => ({ type: 'header', text }));
  const remarks = [
    ...new Set(file.archive.problems),
    ...sheets.hidden.map((name) => `The worksheet “${name}” is hidden.`),
    ...(sheets.hasChanges ? ['The file keeps earlier contents of its cells, which were not read.'] : []),
  ];
  return {
    heads,
    worksheets: sheets.worksheets,
    metadata: file.metadata(),
    remarks,
    children,
  };
}
