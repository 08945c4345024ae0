import type { Case } from '../../app/case.ts';
import type { ListedDocument } from '../../app/documents.ts';
import type { NearDuplicates } from '../../app/near-duplicates.ts';
import { type ExitCode, exitCodes } from '../../model/diagnostic.ts';
import { documentKinds, unsureBelow } from '../../model/document.ts';
import { referenceIdLength } from '../../model/identifiers.ts';
import { leastAlike, nearEnough } from '../../model/near-duplicate.ts';
import { withCase } from '../case-of.ts';
import type { Command, CommandContext } from '../command.ts';
import { formatOption } from '../format-option.ts';
import type { Output } from '../output.ts';
import { count } from '../render-hits.ts';
import { parentLine, sameMessageLine } from '../render-passages.ts';
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
    {
      name: 'family',
      value: 'document',
      summary: 'only what came out of this document or archive, and itself',
    },
    { name: 'thread', value: 'document', summary: 'only the messages of its conversation, in order' },
    { name: 'unsure', summary: 'only documents whose kind is not sure' },
    { name: 'poor-ocr', summary: 'only documents with sheets that OCR is not sure of' },
    {
      name: 'near',
      value: 'doc',
      summary:
        'what is nearly the same as this document, most alike first; all: every group of near-duplicates',
    },
    {
      name: 'alike',
      value: 'percent',
      summary: 'with --near: how much of their text both must have in common',
      standard: String(nearEnough * 100),
    },
    formatOption(['json', 'jsonl', 'csv']),
  ],
  examples: [
    { line: 'pincite docs', says: 'every document' },
    { line: 'pincite docs statment hallam', says: 'a statement by somebody called something like Hallam' },
    { line: 'pincite docs --near SAM000123', says: 'drafts and other versions of a statement' },
    { line: 'pincite docs --near all', says: 'every group of documents that are nearly the same' },
    { line: 'pincite docs --thread SAM000123', says: 'the conversation that a message belongs to' },
    { line: 'pincite docs --kind hearing', says: 'the hearings, with their witnesses' },
  ],
  run: (context) =>
    withCase(context, 'read', async (open) => {
      const { listDocuments } = await import('../../app/documents.ts');
      const { options, output } = context;
      const near = options.text('near');
      if (near !== undefined) return sayNear(context, open, near);
      const kind = documentKinds.find((known) => known === options.text('kind'));
      const source = options.text('source');
      const family = options.text('family');
      const thread = options.text('thread');
      const documents = await listDocuments(open.store, {
        words: context.arguments.join(' '),
        unsure: options.flag('unsure'),
        poorOcr: options.flag('poor-ocr'),
        ...(source === undefined ? {} : { source }),
        ...(thread === undefined ? {} : { thread }),
        ...(kind === undefined ? {} : { kind }),
        ...(family === undefined ? {} : { family }),
      });
      await printDocuments(documents, options.text('format') ?? 'text', output);
      return documents.length === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

async function sayNear(context: CommandContext, { store }: Case, name: string): Promise<ExitCode> {
  const { nearDuplicateGroups, nearTo } = await import('../../app/near-duplicates.ts');
  const { options, output } = context;
  const least = (options.count('alike', leastAlike * 100) ?? nearEnough * 100) / 100;
  const groups =
    name === 'all' ? await nearDuplicateGroups(store, least) : [await nearTo(store, name, least)];
  const format = options.text('format') ?? 'text';
  const found = groups.reduce((sum, { near }) => sum + near.length, 0);
  if (format === 'text') await sayGroups(groups, output);
  else if (format === 'json') await output.line(safeJson({ groups }, 2));
  else {
    const rows = groups.flatMap(({ document, near }, group) =>
      [{ ...document, similarity: 1 }, ...near].map((one) => ({ group: group + 1, ...one })),
    );
    await printDocuments(rows, format, output);
  }
  return found === 0 ? exitCodes.nothingFound : exitCodes.done;
}

async function sayGroups(groups: readonly NearDuplicates[], output: Output): Promise<void> {
  for (const { document, near } of groups) {
    await sayDocument(document, output);
    for (const one of near) await sayDocument(one, output, `${Math.floor(one.similarity * 100)} % alike`);
    if (groups.length > 1) await output.line();
  }
  const found = groups.reduce((sum, { near }) => sum + near.length, 0);
  if (found === 0) await output.remark('Nothing is nearly the same.');
}

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

function correspondents({ from, to }: ListedDocument): string {
  return `from ${from}${to === undefined ? '' : ` to ${to}`}`;
}

async function sayDocument(document: ListedDocument, output: Output, alike?: string): Promise<void> {
  const { style } = output;
  const facts = [
    alike,
    document.kind + (document.confidence < unsureBelow ? ' (unsure)' : ''),
    document.source,
    document.date,
    document.from === undefined ? undefined : correspondents(document),
    document.reference,
    document.pages === 0 ? undefined : count(document.pages, 'page'),
  ].filter((fact) => fact !== undefined);
  await output.line(`${document.id.slice(0, referenceIdLength)}  ${style.heading(safeText(document.title))}`);
  await output.line(`              ${style.faint(safeText(facts.join(' · ')))}`);
  await output.line(`              ${style.faint(safeText(document.path))}`);
  const from = parentLine(document);
  if (from !== '') await output.line(`              ${style.faint(from)}`);
  if (document.sameMessage !== undefined) {
    await output.line(`              ${safeText(sameMessageLine(document.sameMessage))}`);
  }
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
