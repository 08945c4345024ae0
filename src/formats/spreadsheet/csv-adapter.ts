import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { writtenNumber } from '../../model/written-number.ts';
import type { Adapter, Extraction, ReadOptions, Sniff } from '../extraction.ts';
import { withRefusals } from '../refusals.ts';
import { textAdapter } from '../text/adapter.ts';
import { decodeText, sniffText } from '../text/decode.ts';
import { type Delimiter, type TableForm, tableForm } from './delimiter.ts';
import { workbookExtractions } from './workbook-extractions.ts';
import { mostCharacters, WorkbookSize, Worksheet } from './worksheet.ts';

const extensions = new Set(['csv', 'tsv', 'tab', 'psv']);
/** Bytes by which a table is told from a text. */
const sampleBytes = 64 * 1024;

/**
 * Tables in text: cells parted by commas, semicolons, tabs or bars, told by their regularity. Rows go by their number as
 * a spreadsheet program counts them: a quoted line end begins none, an empty line is one.
 */
export const csvAdapter: Adapter = {
  name: 'csv',
  version: 1,
  recognises: (sniff) => csvLikeness(sniff),
  read: (bytes, options) => withRefusals(() => readCsv(bytes, options)),
};

/** Another name says that it is no table; then only a regular one, with names over numbers, is taken for one. */
function csvLikeness(sniff: Sniff): number {
  if (textAdapter.recognises(sniff) === 0) return 0;
  const form = tableForm(sniffText(sniff.bytes.subarray(0, sampleBytes)), sniff.bytes.length <= sampleBytes);
  if (form === undefined) return 0;
  if (extensions.has(sniff.extension)) return 0.8;
  return form.regular ? 0.65 : 0;
}

async function readCsv(bytes: Uint8Array, options: ReadOptions): Promise<Iterable<Extraction>> {
  if (bytes.length > mostCharacters) {
    const reason = `A table of ${writtenNumber(bytes.length)} bytes is more than can be held at once; cut into parts it can be read.`;
    return [{ type: 'unreadable', outcome: 'too-large', reason }];
  }
  const { text, remarks } = await decodeText(bytes);
  const form = tableForm(text.slice(0, sampleBytes), text.length <= sampleBytes);
  const { worksheet, remark } = await readRows(text, form);
  return workbookExtractions(
    {
      worksheets: [worksheet],
      metadata: {},
      remarks: remark === undefined ? remarks : [...remarks, remark],
      children: [],
    },
    'csv',
    options,
  );
}

/** A quote that is never closed would make one cell of all that follows: then quotes are read as they stand. */
async function readRows(
  text: string,
  form: TableForm | undefined,
): Promise<{ worksheet: Worksheet; remark?: string }> {
  const from = form?.declared === true ? 2 : 1;
  const delimiter = form?.delimiter ?? ',';
  try {
    return { worksheet: await parseRows(text, delimiter, from, '"') };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      worksheet: await parseRows(text, delimiter, from, false),
      remark: `Its quotes do not match (${error.code}), so each line was read as a row.`,
    };
  }
}

async function parseRows(
  text: string,
  delimiter: Delimiter,
  fromLine: number,
  quote: '"' | false,
): Promise<Worksheet> {
  const worksheet = new Worksheet('', false, new WorkbookSize());
  let row = 0;
  const parser = parse({
    delimiter,
    quote,
    from_line: fromLine,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    on_record: (cells: readonly string[]) => {
      row++;
      worksheet.row(
        row,
        cells.map((cell, column) => ({ column, text: cell })),
        false,
      );
      return null;
    },
  });
  await pipeline(Readable.from(piecesOf(text)), parser);
  // Streams that have ended hold on to the text until the event loop turns.
  await setImmediate();
  return worksheet;
}

/** Characters that are parsed at a time: the parser makes bytes of them, which for all at once are a second text. */
const pieceLength = 2 ** 18;

/** A text in pieces, none of which ends within a surrogate pair. */
function* piecesOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const end = at + pieceLength;
    const last = text.charCodeAt(end - 1); // NaN behind the text
    const next = last >= 0xd800 && last < 0xdc00 ? end + 1 : end;
    yield text.slice(at, next);
    at = next;
  }
}
