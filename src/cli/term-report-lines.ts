import { overlapSentences } from '../app/export/term-report.ts';
import type { TermCounts, TermReport, TermRow } from '../app/term-report.ts';
import { writtenNumber } from '../model/written-number.ts';
import { foldLines } from './fold.ts';
import { hitJson } from './hit-json.ts';
import type { Output } from './output.ts';
import { byPassage, renderPassage, searchedSentence } from './render-hits.ts';
import { safeJson, safeText } from './safe-text.ts';

const headings = ['hits', 'documents', '+ family', 'unique', 'pages'] as const;
const columnWidth = 10;

/** The report as a table for people: a term's numbers, then its sources, then the hits that were drawn. */
export async function sayTerms(report: TermReport, output: Output): Promise<void> {
  const { style, width } = output;
  const termWidth = Math.max(20, width - headings.length * columnWidth);
  await output.line(
    style.faint(' '.repeat(termWidth) + headings.map((text) => text.padStart(columnWidth)).join('')),
  );
  for (const row of report.terms) {
    await sayRow(row.term, row, termWidth, output);
    if (row.term !== row.query)
      await output.folded(safeText(row.query), { paint: style.faint, indent: '    ' });
    await saySources(row, output);
    await saySample(row, output);
  }
  await sayRow('All terms', report.all, termWidth, output);
  await saySources(report.all, output);
  await output.line();
  for (const sentence of overlapSentences(report)) await output.folded(sentence, { paint: style.faint });
  await output.folded(searchedSentence({ ...report.searched, lacking: {} }, true), { paint: style.faint });
}

/** A name that is too long for its column goes on below it: nothing is cut. */
async function sayRow(name: string, counts: TermCounts, termWidth: number, output: Output): Promise<void> {
  const numbers = [
    counts.hits,
    counts.documents,
    counts.documentsWithFamilies,
    counts.uniqueDocuments,
    counts.pages,
  ];
  const cells = numbers.map((number) => writtenNumber(number).padStart(columnWidth)).join('');
  const safe = safeText(name);
  const [first = [0, 0], ...others] = foldLines(safe, termWidth - 1);
  await output.line(`${output.style.heading(safe.slice(...first).padEnd(termWidth))}${cells}`);
  for (const [start, end] of others) await output.line(output.style.heading(safe.slice(start, end)));
}

async function saySources({ sources }: TermCounts, output: Output): Promise<void> {
  const parts = Object.entries(sources).sort();
  if (parts.length === 0) return;
  const text = parts.map(([name, documents]) => `${name} ${writtenNumber(documents)}`).join(', ');
  await output.folded(safeText(text), { paint: output.style.faint, indent: '    ' });
}

async function saySample({ sample }: TermRow, output: Output): Promise<void> {
  if (sample.length === 0) return;
  const layout = {
    style: output.style,
    width: output.width,
    contextWords: 25,
    signs: output.onTerminal && !output.style.coloured,
  };
  await output.line();
  for await (const hits of byPassage(each(sample))) await output.print(renderPassage(hits, layout));
}

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values;
}

/** The report for machines: one object, or a term, then an unread line, then all terms a line. */
export function termReportJson(report: TermReport, format: string): readonly string[] {
  const plain = report.terms.map(({ sample, ...row }) =>
    report.sampleSize > 0 ? { ...row, sample: sample.map(hitJson) } : row,
  );
  const counted = overlapSentences(report);
  if (format === 'json') return [safeJson({ ...report, terms: plain, counted }, 2)];
  return [
    ...plain.map((row) => safeJson({ row: 'term', ...row })),
    ...report.bad.map((row) => safeJson({ row: 'unread', ...row })),
    safeJson({ row: 'all', ...report.all, counted }),
  ];
}
