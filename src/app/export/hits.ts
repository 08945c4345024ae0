import type { Case } from '../case.ts';
import type { Hit } from '../hit.ts';
import { type Answer, type SearchRequest, search } from '../search.ts';
import { hitColumns } from './hit-columns.ts';
import { type Destination, type WrittenTable, writeAnswer, writeTable } from './table-writer.ts';

/** How hits and answers become text; whoever prints says how. */
export interface HitEncoding {
  readonly hit: (hit: Hit) => string;
  readonly whole: (answer: unknown) => string;
  readonly line: (row: unknown) => string;
}

/** Answers a query and writes every hit as a row of CSV. */
export async function exportHits(open: Case, to: Destination, request: SearchRequest): Promise<WrittenTable> {
  return writeHitTable(open, to, await search(open, request));
}

/** Writes an answer's hits as CSV, JSON or JSON lines. */
export function writeHitAnswer(
  open: Case,
  to: Destination,
  answer: Answer,
  format: 'csv' | 'json' | 'jsonl',
  encoding: HitEncoding,
): Promise<WrittenTable> {
  if (format === 'csv') return writeHitTable(open, to, answer);
  return writeAnswer(open, to, factsOf(answer), async (sink) => {
    const hits: unknown[] = [];
    let rows = 0;
    for await (const hit of answer.hits) {
      rows += 1;
      if (format === 'jsonl') await sink.write(`${encoding.hit(hit)}\n`);
      else hits.push(JSON.parse(encoding.hit(hit)));
    }
    if (format === 'json') await sink.write(`${encoding.whole({ ...headOf(answer), hits })}\n`);
    return { rows, defused: 0 };
  });
}

function writeHitTable(open: Case, to: Destination, answer: Answer): Promise<WrittenTable> {
  return writeTable(open, to, {
    columns: hitColumns.map(([name]) => name),
    rows: rowsOf(answer),
    facts: factsOf(answer),
  });
}

async function* rowsOf(answer: Answer) {
  const context = { query: answer.query, term: '' };
  for await (const hit of answer.hits) yield hitColumns.map(([, value]) => value(hit, context));
}

/** What was asked to be left out of the totals. */
function narrowingOf({ newSince, hidden }: Answer) {
  return { ...(newSince === undefined ? {} : { newSince }), ...(hidden === undefined ? {} : { hidden }) };
}

/** What an answer says before its hits. */
export function headOf(answer: Answer) {
  const { query, parsed, notes, totals, searched, suggestions, remark } = answer;
  const said = [...notes.map(({ message }) => message), ...(remark === undefined ? [] : [remark])];
  return { query, parsed, notes: said, totals, ...narrowingOf(answer), searched, suggestions };
}

/** What the manifest beside a hit list says of it. */
function factsOf(answer: Answer) {
  const { query, parsed, totals, searched } = answer;
  return () => ({ what: 'hits', query, parsed, totals, ...narrowingOf(answer), searched });
}
