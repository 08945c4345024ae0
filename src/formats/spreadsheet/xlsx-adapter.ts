import { OfficePackage } from '../docx/package.ts';
import { isZip } from '../docx/zip.ts';
import type { Adapter, Extraction, ReadOptions } from '../extraction.ts';
import { withRefusals } from '../refusals.ts';
import { workbookExtractions } from './workbook-extractions.ts';
import { readXlsx } from './xlsx-workbook.ts';

/**
 * Excel workbooks of 2007 and later. Each row is a block, by worksheet and row; cells as they are shown, dates also as
 * ISO; what is hidden stands apart. Read as a stream of XML, never as a tree, so that memory grows with the text alone.
 */
export const xlsxAdapter: Adapter = {
  name: 'xlsx',
  version: 1,
  recognises: ({ bytes }) => (isZip(bytes) ? 0.9 : 0),
  read: (bytes, options) => withRefusals(() => readPackage(bytes, options)),
};

async function readPackage(bytes: Uint8Array, options: ReadOptions): Promise<Iterable<Extraction>> {
  const archive = new OfficePackage(bytes);
  const workbook = archive.has('xl/workbook.bin') ? await readBinary(archive) : readXlsx(archive);
  if (typeof workbook !== 'string') return workbookExtractions(workbook, 'xlsx', options);
  return [{ type: 'unreadable', outcome: 'failed', reason: workbook }];
}

/** Few workbooks are binary: what reads them is loaded when there is one. */
async function readBinary(archive: OfficePackage) {
  const { readXlsb } = await import('./xlsb-workbook.ts');
  return readXlsb(archive);
}
