import type { Evidence, Witness } from '../witnesses.ts';
import { type Cell, CsvEncoder } from './csv.ts';

type ColumnValue = (witness: Witness, evidence: Evidence) => Cell;

/** One row for each time that somebody gave evidence, and for each statement. */
const witnessColumns: readonly (readonly [name: string, value: ColumnValue])[] = [
  ['witness', ({ name }) => name],
  ['name_in_document', (_, { name }) => name],
  ['same_person_because', ({ names }, { name }) => names.find((known) => known.name === name)?.because],
  ['may_be', ({ mayBe }) => mayBe.join('; ')],
  ['type', (_, { type }) => type],
  ['citation', (_, { citation }) => citation],
  ['ref', (_, { ref }) => ref],
  ['document', (_, { document }) => document.id],
  ['reference', (_, { document }) => document.reference],
  ['source', (_, { document }) => document.source],
  ['title', (_, { document }) => document.title],
  ['date', (_, { document }) => document.date],
  ['day', (_, { document }) => document.day],
  ['page', (_, evidence) => printed(evidence, 'page')],
  ['line', (_, evidence) => printed(evidence, 'line')],
  ['end_page', (_, evidence) => printed(evidence, 'endPage')],
  ['end_line', (_, evidence) => printed(evidence, 'endLine')],
  ['examiners', (_, { examiners }) => examiners.join('; ')],
  ['file', (_, { document }) => document.path],
  ['doubt', (_, { place }) => place?.doubt],
];

function printed({ place }: Evidence, field: 'page' | 'line' | 'endPage' | 'endLine'): Cell {
  return place?.kind === 'testimony' ? place[field] : undefined;
}

/** Witnesses as CSV lines, heading first. */
export function* witnessCsv(witnesses: readonly Witness[]): Generator<string> {
  const encoder = new CsvEncoder();
  yield encoder.line(witnessColumns.map(([name]) => name));
  for (const witness of witnesses) {
    for (const evidence of witness.evidence)
      yield encoder.line(witnessColumns.map(([, value]) => value(witness, evidence)));
  }
}
