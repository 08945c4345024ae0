import { CompoundStreams } from '../compound-streams.ts';
import { isCompoundFile } from '../docx/compound-file.ts';
import type { Adapter, Extraction, ReadOptions } from '../extraction.ts';
import { openEncryptedOffice } from '../office-encryption.ts';
import { withRefusals } from '../refusals.ts';
import { isEncryptedBook } from './biff-asides.ts';
import { readBinaryWorkbook } from './binary-workbook.ts';
import { workbookExtractions } from './workbook-extractions.ts';

/** Excel workbooks before 2007. SheetJS reads the cells; what it leaves out is read beside it. */
export const xlsAdapter: Adapter = {
  name: 'xls',
  version: 1,
  recognises: ({ bytes }) => (isCompoundFile(bytes) ? 0.9 : 0),
  read: (bytes, options) => withRefusals(() => readWorkbook(bytes, options)),
};

/** Excel's XML of 2003, which often goes by the name of an XLS file. */
export const xmlWorkbookAdapter: Adapter = { ...xlsAdapter, name: 'xml-workbook' };

async function readWorkbook(bytes: Uint8Array, options: ReadOptions): Promise<Iterable<Extraction>> {
  const streams = isCompoundFile(bytes) ? new CompoundStreams(bytes) : undefined;
  const book = streams?.stream('Workbook') ?? streams?.stream('Book');
  if (book === undefined || !isEncryptedBook(book))
    return workbookExtractions(await readBinaryWorkbook(bytes), 'xls', options);
  const opened = await openEncryptedOffice(bytes, options.passwords);
  return opened.type === 'closed'
    ? [{ type: 'unreadable', outcome: 'encrypted', reason: opened.reason }]
    : workbookExtractions(await readBinaryWorkbook(opened.bytes), 'xls', options);
}
