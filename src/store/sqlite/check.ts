import { UserError } from '../../model/diagnostic.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import { DamagedColumns } from '../columns.ts';
import { documentProblems, inputProblem, lostRelations } from '../soundness.ts';
import type { Connection } from './connection.ts';
import type { DocumentRow, DocumentTables } from './documents.ts';
import { DamagedCase } from './failures.ts';
import type { Ledger } from './ledger.ts';
import { type CaseLog, quickCheck } from './log.ts';
import type { RecognisedSheetTable } from './recognised-sheets.ts';
import { RowReader } from './row.ts';

/** Everything that is wrong with a case, a sentence each; one document's text is in memory at a time. */
export async function* problemsOf(
  connection: Connection,
  documents: DocumentTables,
  ledger: Ledger,
  recognised: RecognisedSheetTable,
  log: CaseLog,
): AsyncGenerator<string> {
  yield* named(
    'case.db',
    findings(() => quickCheck(connection)),
  );
  yield* named(
    'log.db',
    findings(() => log.earlierProblems()),
  );
  yield* named('log.jsonl', await log.problems());
  for await (const row of documents.rows()) {
    const problems = findings(() => storedDocumentProblems(documents, row));
    yield* named(`document ${row.id}`, problems);
  }
  yield* findings(() => strayProblems(documents));
  yield* inputProblems(documents, ledger);
  yield* copyProblems(connection);
  yield* recognised.problems();
}

function* named(subject: string, problems: readonly string[]): Generator<string> {
  for (const problem of problems) yield `${subject}: ${problem}`;
}

/** What `look` finds; when it cannot even look, that is the finding. */
function findings(look: () => readonly string[]): readonly string[] {
  try {
    return look();
  } catch (error) {
    const known = [DamagedCase, DamagedColumns, UserError].some((kind) => error instanceof kind);
    if (known && error instanceof Error) return [error.message];
    throw error;
  }
}

function storedDocumentProblems(documents: DocumentTables, { id, textHash }: DocumentRow): readonly string[] {
  const record = documents.record(id);
  if (record === undefined) return ['its record is gone'];
  return documentProblems({
    record,
    text: documents.text(id, 0, Number.MAX_SAFE_INTEGER),
    textHash,
    outline: documents.outline(id),
    units: documents.units(id),
    checkpoints: documents.checkpoints(id),
  });
}

function strayProblems(documents: DocumentTables): readonly string[] {
  const { chunks, tables, sizes } = documents.strays();
  return [
    ...(chunks > 0 ? [`${chunks} chunks of text belong to no document`] : []),
    ...(tables > 0 ? [`${tables} sets of tables belong to no document`] : []),
    ...(sizes > 0 ? [`documents counted with other words or pages than they have: ${sizes}`] : []),
  ];
}

async function* inputProblems(documents: DocumentTables, ledger: Ledger): AsyncGenerator<string> {
  for await (const input of ledger.inputs()) {
    const problem = inputProblem(input, (id) => documents.has(id));
    if (problem !== undefined) yield problem;
  }
}

const relations: readonly { readonly sql: string; readonly sentence: (id: DocumentId) => string }[] = [
  {
    sql: 'SELECT DISTINCT document FROM copy WHERE document NOT IN (SELECT id FROM document) ORDER BY 1',
    sentence: lostRelations.copiesOfNone,
  },
  {
    sql: 'SELECT id FROM document WHERE id NOT IN (SELECT document FROM copy) ORDER BY 1',
    sentence: lostRelations.withoutCopies,
  },
  {
    sql: 'SELECT DISTINCT document FROM tag_label WHERE document NOT IN (SELECT id FROM document) ORDER BY 1',
    sentence: lostRelations.tagsOfNone,
  },
];

function* copyProblems(connection: Connection): Generator<string> {
  for (const { sql, sentence } of relations)
    for (const row of connection.rows(sql)) yield sentence(new RowReader(row).documentId());
}
