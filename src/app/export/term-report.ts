import type { Case } from '../case.ts';
import type { TermCounts, TermReport } from '../term-report.ts';
import { version } from '../version.ts';
import type { Cell } from './csv.ts';
import { hitColumns } from './hit-columns.ts';
import { type Destination, type WrittenTable, writeTable } from './table-writer.ts';
import { workbookBytes } from './workbook.ts';
import { writeWithManifest } from './written-file.ts';

const columns = [
  'row',
  'line',
  'term',
  'query',
  'parsed',
  'hits',
  'documents',
  'documents_with_families',
  'unique_documents',
  'pages',
  'problem',
] as const;

/** A header, and a row a term, a bad line, and all terms together. After the fixed columns one a source: its documents. */
export function termTable(report: TermReport): {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
} {
  const { terms, bad, all, sourceNames } = report;
  const counts = (of: TermCounts): readonly Cell[] => [
    of.hits,
    of.documents,
    of.documentsWithFamilies,
    of.uniqueDocuments,
    of.pages,
  ];
  const sources = (of: TermCounts): readonly Cell[] => sourceNames.map((name) => of.sources[name] ?? 0);
  const rows = [
    ...terms.map((one) => ({
      line: one.line,
      cells: [
        'term',
        one.line,
        one.term,
        one.query,
        one.parsed,
        ...counts(one),
        undefined,
        ...sources(one),
      ] as readonly Cell[],
    })),
    ...bad.map(({ line, text, message }) => ({
      line,
      cells: blankFrom(['unread', line, text, text], columns.length - 1, [
        message,
        ...sourceNames.map(() => undefined),
      ]),
    })),
  ].sort((a, b) => a.line - b.line);
  const together = [
    'all',
    undefined,
    undefined,
    undefined,
    undefined,
    ...counts(all),
    undefined,
    ...sources(all),
  ];
  return {
    columns: [...columns, ...sourceNames.map((name) => `documents in ${name}`)],
    rows: [...rows.map(({ cells }) => cells), together],
  };
}

/** Cells at the beginning and from a column on, and nothing between. */
function blankFrom(first: readonly Cell[], column: number, last: readonly Cell[]): readonly Cell[] {
  return [...first, ...Array.from({ length: column - first.length }, () => undefined), ...last];
}

/** How the numbers hang together: said with every report, so that nobody adds up what overlaps. */
export function overlapSentences(report: TermReport): readonly string[] {
  const { all, documentsOverTerms, sharedDocuments } = report;
  return [
    `Documents of all terms together count once: ${all.documents} = ${all.uniqueDocuments} that one term alone hits + ${sharedDocuments} that several hit. The terms one by one add up to ${documentsOverTerms}.`,
    `Hits of all terms together are the sum of the terms’ (${all.hits}): words that answer two terms count with each.`,
    'A document that lies in several sources counts in the column of each; pages of all terms together count once.',
    'A family is everything that came in one file: a message with its attachments, an archive with its members.',
  ];
}

function factsOf(report: TermReport): Readonly<Record<string, unknown>> {
  const { terms, bad, all, searched, sampleSize, seed } = report;
  const sample = sampleSize > 0 ? { sample: { size: sampleSize, seed } } : {};
  return {
    what: 'terms',
    terms: terms.length,
    unread: bad,
    all,
    searched,
    ...sample,
    counted: overlapSentences(report),
  };
}

/** Writes the report as CSV, a row a term. */
export function writeTermTable(
  open: Pick<Case, 'store'>,
  to: Destination,
  report: TermReport,
): Promise<WrittenTable> {
  return writeTable(open, to, { ...termTable(report), facts: () => factsOf(report) });
}

/** Writes the hits that were drawn, with the columns of a hit list. */
export function writeSample(
  open: Pick<Case, 'store'>,
  to: Destination,
  report: TermReport,
): Promise<WrittenTable> {
  const facts = () => ({ ...factsOf(report), what: 'sample' });
  return writeTable(open, to, { ...sampleTable(report), facts });
}

function sampleTable({ terms }: TermReport) {
  const rows: (readonly Cell[])[] = [];
  for (const { term, query, sample } of terms) {
    for (const hit of sample) {
      const number = rows.length + 1;
      rows.push(hitColumns.map(([, value]) => value({ ...hit, number }, { query, term })));
    }
  }
  return { columns: hitColumns.map(([name]) => name), rows };
}

/** Writes the report as an Excel workbook: the terms, the hits that were drawn, and how it was counted. */
export async function writeTermWorkbook(
  { store }: Pick<Case, 'store'>,
  to: Destination & { readonly file: string },
  report: TermReport,
): Promise<WrittenTable> {
  const table = termTable(report);
  const about = [
    ['case', store.info.id],
    ['pincite', version],
    ['documents searched', report.searched.documents],
    ['pages searched', report.searched.pages],
    ['pages that could not be read', report.searched.unreadablePages],
    ['files that gave no text', report.searched.unreadFiles],
    ...(report.sampleSize > 0 ? [['hits drawn of each term, at most', report.sampleSize]] : []),
    ...(report.sampleSize > 0 ? [['seed', report.seed]] : []),
    ...overlapSentences(report).map((sentence) => ['how it is counted', sentence]),
  ];
  const bytes = await workbookBytes([
    { name: 'Terms', ...table },
    ...(report.sampleSize > 0 ? [{ name: 'Sample', ...sampleTable(report) }] : []),
    { name: 'About', columns: ['what', 'value'], rows: about },
  ]);
  await writeWithManifest(to.file, to.force, async (sink) => {
    await sink.writeBytes(bytes);
    return { ...factsOf(report), rows: table.rows.length, caseId: store.info.id, toolVersion: version };
  });
  return { rows: table.rows.length, defused: 0 };
}
