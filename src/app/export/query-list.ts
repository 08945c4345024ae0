import type { Case } from '../case.ts';
import type { BadLine, ListedAnswer } from '../query-list.ts';
import { hitColumns } from './hit-columns.ts';
import { type HitEncoding, headOf } from './hits.ts';
import { type Destination, type WrittenTable, writeAnswer, writeTable } from './table-writer.ts';

/** What came of a list of queries. */
export interface ListOutcome {
  readonly answers: AsyncIterable<ListedAnswer>;
  /** Lines that could not be answered, known when all answers were given. */
  readonly bad: readonly BadLine[];
}

/** Writes the hits of every query of a list, one after the other, as CSV, JSON or JSON lines. CSV rows are numbered through. */
export function writeListAnswers(
  open: Pick<Case, 'store'>,
  to: Destination,
  outcome: ListOutcome,
  format: 'csv' | 'json' | 'jsonl',
  encoding: HitEncoding,
): Promise<WrittenTable> {
  const heads: unknown[] = [];
  const facts = () => ({ what: 'hits', queries: heads, unread: outcome.bad });
  if (format === 'csv') {
    const columns = hitColumns.map(([name]) => name);
    return writeTable(open, to, { columns, rows: rowsOf(outcome, heads), facts });
  }
  return writeAnswer(open, to, facts, async (sink) => {
    const queries: unknown[] = [];
    let rows = 0;
    for await (const { term, line, query, answer } of outcome.answers) {
      const hits: unknown[] = [];
      for await (const hit of answer.hits) {
        rows += 1;
        const encoded: object = JSON.parse(encoding.hit(hit));
        if (format === 'json') hits.push(encoded);
        else await sink.write(`${encoding.line({ term, query, ...encoded })}\n`);
      }
      heads.push({ term, line, ...headOf(answer) });
      queries.push({ term, line, ...headOf(answer), hits });
    }
    if (format === 'json') await sink.write(`${encoding.whole({ queries, unread: outcome.bad })}\n`);
    return { rows, defused: 0 };
  });
}

async function* rowsOf({ answers }: ListOutcome, heads: unknown[]) {
  let number = 0;
  for await (const { term, line, query, answer } of answers) {
    for await (const hit of answer.hits) {
      number += 1;
      yield hitColumns.map(([, value]) => value({ ...hit, number }, { query, term }));
    }
    heads.push({ term, line, ...headOf(answer) });
  }
}
