import { OfficePackage } from '../docx/package.ts';
import { isZip, ZipError } from '../docx/zip.ts';
import type { Adapter, Extraction, ReadOptions } from '../extraction.ts';
import { type ReadWorkbook, workbookExtractions } from './workbook-extractions.ts';
import { WorkbookTooLarge } from './worksheet.ts';
import { readXlsx } from './xlsx-workbook.ts';

/** The binary form of the same archive. */
async function readXlsb(bytes: Uint8Array): Promise<ReadWorkbook> {
  const { readBinaryWorkbook } = await import('./binary-workbook.ts');
  return readBinaryWorkbook(bytes);
}

/**
 * Excel workbooks of 2007 and later. Each row is a block, by worksheet and row; cells as they are shown, dates also as
 * ISO; what is hidden stands apart. Read as a stream of XML, never as a tree, so that memory grows with the text alone.
 */
export const xlsxAdapter: Adapter = {
  name: 'xlsx',
  version: 1,
  recognises: ({ bytes }) => (isZip(bytes) ? 0.9 : 0),
  async *read(bytes, options) {
    yield* readPackage(bytes, options);
  },
};

async function* readPackage(bytes: Uint8Array, options: ReadOptions): AsyncIterable<Extraction> {
  try {
    const archive = new OfficePackage(bytes);
    const workbook = archive.has('xl/workbook.bin') ? await readXlsb(bytes) : readXlsx(archive);
    if (typeof workbook === 'string') yield { type: 'unreadable', outcome: 'failed', reason: workbook };
    else yield* workbookExtractions(workbook, 'xlsx', options);
  } catch (error) {
    if (error instanceof ZipError)
      yield { type: 'unreadable', outcome: error.outcome, reason: error.message };
    else if (error instanceof WorkbookTooLarge)
      yield { type: 'unreadable', outcome: 'too-large', reason: error.message };
    else throw error;
  }
}
