import type { Extraction, TextBlock } from '../extraction.ts';
import { readObject } from '../odf/object-text.ts';
import { odfAdapter } from '../odf/odf-adapter.ts';
import type { OdfPackage } from '../odf/odf-package.ts';
import { OdsSheets } from './ods-sheets.ts';
import { type ReadWorkbook, workbookExtractions } from './workbook-extractions.ts';
import { WorkbookSize } from './worksheet.ts';

/** OpenDocument spreadsheets: as Excel workbooks are read, cells as the program that wrote them showed them. */
export const odsAdapter = odfAdapter('ods', 1, (file, options) =>
  workbookExtractions(readOds(file), 'ods', options),
);

function readOds(file: OdfPackage): ReadWorkbook {
  const sheets = new OdsSheets(new WorkbookSize());
  file.read('content.xml', sheets);
  sheets.finish();
  const children: Extraction[] = [];
  for (const { worksheet, path } of sheets.objects) {
    const { texts, child } = readObject(file, path);
    for (const text of texts) worksheet.drawing(text);
    if (child !== undefined) children.push(child);
  }
  const heads = (file.has('content.xml') ? file.pageHeads() : []).map(
    (text): TextBlock => ({ type: 'header', text }),
  );
  const remarks = [
    ...file.problems,
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
