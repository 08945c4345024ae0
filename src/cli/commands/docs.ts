import type { ListedDocument } from '../../app/documents.ts';
import { exitCodes } from '../../model/diagnostic.ts';
import { documentKinds, unsureBelow } from '../../model/document.ts';
import { referenceIdLength } from '../../model/identifiers.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import type { Output } from '../output.ts';
import { count } from '../render-hits.ts';
import { safeJson, safeText } from '../safe-text.ts';

export const docs: Command = {
  name: 'docs',
  summary: 'list documents, or find one by half-remembered words',
  details:
    'With words, finds documents by title, name, reference, witness or path: the beginning of a word is enough, and a typing error does not hurt.',
  arguments: [{ name: 'words', summary: 'of a title, name or path', required: false, several: true }],
  options: [
    { name: 'source', value: 'name', summary: 'only from this source' },
    { name: 'kind', value: 'kind', summary: 'only of this kind', choices: documentKinds },
    { name: 'unsure', summary: 'only documents whose kind is not sure' },
    { name: 'poor-ocr', summary: 'only documents with sheets that OCR is not sure of' },
    {
      name: 'format',
      value: 'format',
      summary: 'how to answer',
      choices: ['text', 'json', 'jsonl', 'csv'],
      standard: 'text',
    },
  ],
  examples: [
    { line: 'pincite docs', says: 'every document' },
    { line: 'pincite docs statment hallam', says: 'a statement by somebody called something like Hallam' },
    { line: 'pincite docs --kind hearing', says: 'the hearings, with their witnesses' },
  ],
  run: (context) =>
    withCase(context, 'read', async ({ store }) => {
      const { listDocuments } = await import('../../app/documents.ts');
      const { options, output } = context;
      const kind = documentKinds.find((known) => known === options.text('kind'));
      const source = options.text('source');
      const documents = await listDocuments(store, {
        words: context.arguments.join(' '),
        unsure: options.flag('unsure'),
        poorOcr: options.flag('poor-ocr'),
        ...(source === undefined ? {} : { source }),
        ...(kind === undefined ? {} : { kind }),
      });
      await printDocuments(documents, options.text('format') ?? 'text', output);
      return documents.length === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

async function printDocuments(
  documents: readonly ListedDocument[],
  format: string,
  output: Output,
): Promise<void> {
  if (format === 'json') return output.line(safeJson({ documents }, 2));
  if (format === 'jsonl') {
    for (const document of documents) await output.line(safeJson(document));
    return;
  }
  if (format === 'csv') {
    const { documentCsv } = await import('../../app/export/document-columns.ts');
    for (const line of documentCsv(documents).lines) await output.printData(line);
    return;
  }
  for (const document of documents) await sayDocument(document, output);
  await output.remark(
    documents.length === 0 ? 'No document fits.' : `${count(documents.length, 'document')}.`,
  );
}

async function sayDocument(document: ListedDocument, output: Output): Promise<void> {
  const { style } = output;
  const facts = [
    document.kind + (document.confidence < unsureBelow ? ' (unsure)' : ''),
    document.source,
    document.date,
    document.reference,
    document.pages === 0 ? undefined : count(document.pages, 'page'),
  ].filter((fact) => fact !== undefined);
  await output.line(`${document.id.slice(0, referenceIdLength)}  ${style.heading(safeText(document.title))}`);
  await output.line(`              ${style.faint(safeText(facts.join(' · ')))}`);
  await output.line(`              ${style.faint(safeText(document.path))}`);
  const { recognition } = document;
  if (recognition !== undefined) {
    const sure = `${Math.round(recognition.confidence * 100)} % sure`;
    const poor = recognition.poorSheets === 0 ? '' : `, ${count(recognition.poorSheets, 'sheet')} poorly`;
    await output.line(
      `              ${style.faint(`${count(recognition.sheets, 'sheet')} by OCR, ${sure}${poor}`)}`,
    );
  }
  if (document.kind === 'hearing' && document.witnesses.length > 0) {
    await output.line(`              Witnesses: ${safeText(document.witnesses.join('; '))}`);
  }
}
