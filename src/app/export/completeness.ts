import { type AccountedInput, account } from '../accounting.ts';
import type { Case } from '../case.ts';
import type { Cell } from './csv.ts';
import { type Destination, type WrittenTable, writeAnswer, writeTable } from './table-writer.ts';

const columns: readonly (readonly [name: string, value: (input: AccountedInput) => Cell])[] = [
  ['path', ({ path }) => path],
  ['part', ({ part }) => part],
  ['source', ({ source }) => source],
  ['sha256', ({ sha256 }) => sha256],
  ['outcome', ({ outcome }) => outcome],
  ['reason', ({ reason }) => reason],
  ['bytes', ({ bytes }) => bytes],
  ['pages', ({ pages }) => pages],
  ['pages_indexed', ({ pagesIndexed }) => pagesIndexed],
  ['characters', ({ characters }) => characters],
];

export interface Completeness extends WrittenTable {
  readonly pages: number;
  readonly pagesIndexed: number;
  /** Pages of which the report says why they are not indexed. */
  readonly pagesUnread: number;
}

/** A line for every input, and the sum of pages. */
export async function reportCompleteness(
  open: Case,
  to: Destination,
  format: 'csv' | 'jsonl',
): Promise<Completeness> {
  const sum = { pages: 0, pagesIndexed: 0, pagesUnread: 0 };
  const facts = () => ({ what: 'completeness', ...sum });
  const inputs = counted(account(open.store), sum);
  if (format === 'csv') {
    const table = { columns: columns.map(([name]) => name), rows: asRows(inputs), facts };
    return { ...(await writeTable(open, to, table)), ...sum };
  }
  const written = await writeAnswer(open, to, facts, async (sink) => {
    let rows = 0;
    for await (const input of inputs) {
      await sink.write(`${JSON.stringify(input)}\n`);
      rows += 1;
    }
    return { rows, defused: 0 };
  });
  return { ...written, ...sum };
}

async function* counted(
  inputs: AsyncIterable<AccountedInput>,
  sum: { pages: number; pagesIndexed: number; pagesUnread: number },
): AsyncGenerator<AccountedInput> {
  for await (const input of inputs) {
    sum.pages += input.pages;
    sum.pagesIndexed += input.pagesIndexed;
    if (input.reason !== undefined) sum.pagesUnread += input.pages - input.pagesIndexed;
    yield input;
  }
}

async function* asRows(inputs: AsyncIterable<AccountedInput>): AsyncGenerator<readonly Cell[]> {
  for await (const input of inputs) yield columns.map(([, value]) => value(input));
}
