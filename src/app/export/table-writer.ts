import type { Case } from '../case.ts';
import { version } from '../version.ts';
import { byteOrderMark, type Cell, CsvEncoder } from './csv.ts';
import { type Sink, writeWithManifest } from './written-file.ts';

/** Where a table goes: a file with a manifest beside it, or standard output. */
export interface Destination {
  readonly file?: string;
  /** Replace a file that pincite did not write. */
  readonly force: boolean;
  readonly bom: boolean;
  readonly standardOutput: Sink;
}

export interface WrittenTable {
  readonly rows: number;
  readonly defused: number;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>;
  /** What the manifest says of it, asked for when all rows are written. */
  facts(): Readonly<Record<string, unknown>>;
}

/** Writes a table as CSV, row by row, so that its length does not matter. */
export function writeTable(open: Pick<Case, 'store'>, to: Destination, table: Table): Promise<WrittenTable> {
  const encoder = new CsvEncoder();
  return writeAnswer(open, to, table.facts, async (sink) => {
    if (to.bom) await sink.write(byteOrderMark);
    await sink.write(encoder.line(table.columns));
    let rows = 0;
    for await (const row of table.rows) {
      await sink.write(encoder.line(row));
      rows += 1;
    }
    return { rows, defused: encoder.defused };
  });
}

/** Writes anything that comes in rows; the manifest beside a file names the case, the tool and the counts. */
export async function writeAnswer(
  { store }: Pick<Case, 'store'>,
  to: Destination,
  facts: () => Readonly<Record<string, unknown>>,
  produce: (sink: Sink) => Promise<WrittenTable>,
): Promise<WrittenTable> {
  if (to.file === undefined) return produce(to.standardOutput);
  let written: WrittenTable = { rows: 0, defused: 0 };
  await writeWithManifest(to.file, to.force, async (sink) => {
    written = await produce(sink);
    return {
      ...facts(),
      rows: written.rows,
      defusedCells: written.defused,
      caseId: store.info.id,
      toolVersion: version,
    };
  });
  return written;
}
