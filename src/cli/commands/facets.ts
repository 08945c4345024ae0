import { type FacetField, type FacetRow, type Facets, facetFields } from '../../app/facets.ts';
import { exitCodes } from '../../model/diagnostic.ts';
import { withCaseOrFolder } from '../case-or-folder.ts';
import type { Command, CommandContext } from '../command.ts';
import { formatOption } from '../format-option.ts';
import { queryArgument, questionFrom, readingOptions } from '../question-options.ts';
import { count, searchedSentence, totalsSentence } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';

export const facets: Command = {
  name: 'facets',
  summary: 'count the hits of a query by source, kind, year, speaker, witness or tag',
  details:
    'One row a value, most hits first, with the hits and the documents that they are in; what has no such thing is counted in a row of its own. A hit with several tags counts in the row of each.',
  arguments: [queryArgument],
  options: [
    { name: 'by', value: 'field', summary: 'what to count by', choices: facetFields, standard: 'source' },
    { name: 'in', value: 'folder', summary: 'count in the files of a folder without making a case' },
    ...readingOptions,
    formatOption(['json', 'csv']),
    { name: 'json', summary: 'the same as --format json' },
  ],
  examples: [
    { line: 'pincite facets notebook --by speaker', says: 'who says the word, and how often' },
    { line: 'pincite facets notebook --by year --format csv', says: 'for a spreadsheet' },
  ],
  run: (context) =>
    withCaseOrFolder(context, async (open) => {
      const { facets: countBy } = await import('../../app/facets.ts');
      const by = context.options.choice<FacetField>('by', facetFields, 'source');
      const counted = await countBy(open, questionFrom(context), by);
      await sayFacets(context, counted);
      return counted.totals.hits === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

async function sayFacets({ options, output }: CommandContext, counted: Facets): Promise<void> {
  const format = options.flag('json') ? 'json' : options.text('format');
  if (format === 'json') return output.line(safeJson(counted, 2));
  if (format === 'csv') {
    const { CsvEncoder } = await import('../../app/export/csv.ts');
    const encoder = new CsvEncoder();
    const cells = [
      [counted.by, 'hits', 'documents'],
      ...counted.rows.map(({ value, hits, documents }) => [value, hits, documents]),
    ];
    for (const row of cells) await output.printData(encoder.line(row));
    return;
  }
  for (const row of counted.rows) await output.line(textRow(row, counted.by));
  const { totals, searched, parsed } = counted;
  await output.line(totals.hits === 0 ? `Nothing found for ${safeText(parsed)}.` : totalsSentence(totals));
  const inCase = options.text('in') === undefined;
  await output.folded(searchedSentence(searched, inCase), { paint: output.style.faint });
}

function textRow({ value, hits, documents }: FacetRow, by: FacetField): string {
  return `${safeText(value ?? `(no ${by})`)}: ${count(hits, 'hit')} in ${count(documents, 'document')}`;
}
