import { zipSync } from 'fflate';
import type { OfficePackage } from '../docx/package.ts';
import { readBinaryWorkbook } from './binary-workbook.ts';
import type { ReadWorkbook } from './workbook-extractions.ts';

/** BrtColInfo (MS-XLSB 2.4.323): a run of columns that share a width, and whether they are hidden. */
const columnRun = 0x3c;
/** A worksheet has columns A to XFD. */
const columns = 16_384;

/** The binary form of an Office Open XML workbook (MS-XLSB), of which SheetJS gets to see only what it can come to an end with. */
export async function readXlsb(archive: OfficePackage): Promise<ReadWorkbook> {
  const parts = new Map(archive.names.map((name) => [name, archive.part(name) ?? new Uint8Array()]));
  const worksheets = [...parts].filter(([name]) => /(?:^|\/)worksheets\/[^/]+\.bin$/i.test(name));
  const hidden = !worksheets.some(([, part]) => hasColumnsBeyond(part));
  // its own unfolding of damaged data may never end
  const unfolded = zipSync(Object.fromEntries(parts), { level: 0 });
  const workbook = await readBinaryWorkbook(unfolded, { hidden });
  const lost = 'What it says of its columns is damaged: which rows and columns are hidden is not known.';
  return {
    ...workbook,
    remarks: [...new Set([...archive.problems, ...workbook.remarks, ...(hidden ? [] : [lost])])],
  };
}

/** Whether a worksheet speaks of columns that none has: SheetJS counts through each, up to four thousand million. */
function hasColumnsBeyond(part: Uint8Array): boolean {
  const view = new DataView(part.buffer, part.byteOffset, part.length);
  for (const { type, start, end } of records(part))
    if (type === columnRun && start + 8 <= end && view.getUint32(start + 4, true) >= columns) return true;
  return false;
}

/** The records of a part (MS-XLSB 2.1.4): where the content of each starts and ends. */
function* records(part: Uint8Array): Generator<{ type: number; start: number; end: number }> {
  let offset = 0;
  const byte = () => part[offset++] ?? 0;
  while (offset < part.length) {
    let type = byte();
    if (type & 0x80) type = (type & 0x7f) + ((byte() & 0x7f) << 7);
    let length = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const next = byte();
      length += (next & 0x7f) << shift;
      if ((next & 0x80) === 0) break;
    }
    const end = Math.min(offset + length, part.length);
    yield { type, start: offset, end };
    offset = end;
  }
}
