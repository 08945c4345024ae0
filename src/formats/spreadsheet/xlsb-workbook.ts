import { zipSync } from 'fflate';
import type { OfficePackage } from '../docx/package.ts';
import { packageMetadata } from '../docx/properties.ts';
import { readBinaryWorkbook } from './binary-workbook.ts';
import type { ReadWorkbook } from './workbook-extractions.ts';
import { xlsbFormats } from './xlsb-formats.ts';
import { recordsOf } from './xlsb-records.ts';

/** BrtColInfo (MS-XLSB 2.4.323): a run of columns that share a width, and whether they are hidden. */
const columnRun = 0x3c;
/** A worksheet has columns A to XFD. */
const columns = 16_384;

/** Parts that hold nothing of what is read. SheetJS reads some of them all the same, and gives up where one is damaged. */
const beside =
  /(?:^|\/)(?:theme|printerSettings|docProps)\/|(?:^|\/)(?:metadata|calcChain|vbaProject)\.bin$/i;
const worksheet = /(?:^|\/)worksheets\/[^/]+\.bin$/i;
const styles = /(?:^|\/)styles\.bin$/i;

/** The binary form of an Office Open XML workbook (MS-XLSB), of which SheetJS gets to see only what it can come to an end with. */
export async function readXlsb(archive: OfficePackage): Promise<ReadWorkbook> {
  const parts = new Map<string, Uint8Array>();
  const remarks: string[] = [];
  for (const name of archive.names) {
    const part = archive.part(name) ?? new Uint8Array();
    // one that is named in the list of contents but is not there would be an error too
    if (beside.test(name)) parts.set(name, new Uint8Array());
    else parts.set(name, styles.test(name) ? formatsOnly(part, remarks) : part);
  }
  const hidden = ![...parts].some(([name, part]) => worksheet.test(name) && hasColumnsBeyond(part));
  if (!hidden)
    remarks.push('What it says of its columns is damaged: which rows and columns are hidden is not known.');
  // its own unfolding of damaged data may never end
  const unfolded = zipSync(Object.fromEntries(parts), { level: 0 });
  const workbook = await readBinaryWorkbook(unfolded, { hidden });
  const metadata = packageMetadata(archive);
  return {
    ...workbook,
    metadata,
    remarks: [...new Set([...archive.problems, ...workbook.remarks, ...remarks])],
  };
}

/** Of the styles what says which numbers are dates; a remark where that is not known of all cells. */
function formatsOnly(part: Uint8Array, remarks: string[]): Uint8Array {
  const formats = xlsbFormats(part);
  if (!formats.isWhole)
    remarks.push(
      'Its cell formats are damaged: some dates and times stand as the numbers that Excel keeps them as.',
    );
  return formats.part;
}

/** Whether a worksheet speaks of columns that none has: SheetJS counts through each, up to four thousand million. */
function hasColumnsBeyond(part: Uint8Array): boolean {
  const view = new DataView(part.buffer, part.byteOffset, part.length);
  for (const { type, start, end } of recordsOf(part))
    if (type === columnRun && start + 8 <= end && view.getUint32(start + 4, true) >= columns) return true;
  return false;
}
