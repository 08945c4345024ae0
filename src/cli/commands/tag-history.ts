import type { Undone } from '../../app/tags/undo.ts';
import type { WhyTagged } from '../../app/tags/why-tagged.ts';
import { exitCodes, UserError } from '../../model/diagnostic.ts';
import type { PlacedOrigin, TagBatch } from '../../model/tag.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import { count } from '../render-hits.ts';
import { safeJson, safeLines, safeText } from '../safe-text.ts';
import { dryRunOption, reportFormat } from './tag-options.ts';

export const tagHistory: Command = {
  name: 'tag history',
  summary: 'list every batch of changes to tags, by number',
  details: 'Each command that changes tags is a batch, which pincite tag undo takes back whole.',
  arguments: [],
  options: [{ ...reportFormat, choices: ['text', 'json', 'jsonl'] }],
  examples: [{ line: 'pincite tag history', says: 'oldest first' }],
  run: (context) =>
    withCase(context, 'read', async ({ store }) => {
      const { takenBack } = await import('../../app/tags/undo.ts');
      const { options, output } = context;
      const batches = await store.tagBatches();
      const undone = takenBack(batches);
      const rows = batches.map((batch) => {
        const by = undone.get(batch.number);
        return by === undefined ? batch : { ...batch, undoneBy: by };
      });
      const format = options.text('format');
      if (format === 'json') await output.line(safeJson({ batches: rows }, 2));
      else
        for (const row of rows)
          await output.line(
            format === 'jsonl' ? safeJson(row) : safeText(batchLine(row, undone.get(row.number))),
          );
      return rows.length === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

function batchLine(batch: TagBatch, undoneBy: number | undefined): string {
  const { number, action, by, at, put, taken, noted } = batch;
  const counts = [
    ...(put > 0 ? [`+${put}`] : []),
    ...(taken > 0 ? [`−${taken}`] : []),
    ...(noted > 0 ? [count(noted, 'note')] : []),
  ];
  const done = counts.length === 0 ? '' : `: ${counts.join(' ')}`;
  const undone = undoneBy === undefined ? '' : `  (taken back by ${undoneBy})`;
  return `${number}  ${action} ${whatOf(batch)} by ${by}, ${at.slice(0, 10)}${done}${undone}`.replace(
    / {3,}/g,
    '  ',
  );
}

/** What a batch was about, in a few words. */
function whatOf({ action, detail, undoes }: TagBatch): string {
  const texts = (key: string) => {
    const value = detail[key];
    return Array.isArray(value) ? value.map((one) => nameIn(one)).join(', ') : nameIn(value);
  };
  switch (action) {
    case 'undo':
      return `of batch ${undoes ?? '?'}`;
    case 'apply':
      return `${texts('rules')} (${texts('from')})`;
    case 'import':
      return texts('file');
    case 'rename':
    case 'merge':
      return `${texts('from')} → ${texts('to')}`;
    case 'note':
      return `${texts('tag')} ${texts('ref')}`;
    default:
      return `${texts('tags')}${detail['query'] === undefined ? '' : ` (${texts('query')})`}`;
  }
}

function nameIn(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'name' in value) return String(value.name);
  return typeof value === 'string' ? value : '';
}

export const tagUndo: Command = {
  name: 'tag undo',
  summary: 'take a batch of changes to tags back whole',
  details:
    'What the batch put goes, what it took off comes back as it was, from whom and when. Without a number takes back the last batch that stands. An undo is a batch itself: to have the tags again, take that one back by its number. Refused when later batches have changed the same tags.',
  arguments: [
    { name: 'number', summary: 'as pincite tag history lists it (default: the last)', required: false },
  ],
  options: [
    dryRunOption,
    { name: 'replace', summary: 'tags that come back take the place of those that exclude them' },
    reportFormat,
  ],
  examples: [
    { line: 'pincite tag undo --dry-run', says: 'what the last batch did' },
    { line: 'pincite tag undo', says: 'takes it back' },
  ],
  run: (context) =>
    withCase(context, context.options.flag('dry-run') ? 'read' : 'write', async (open) => {
      const { undoBatch } = await import('../../app/tags/undo.ts');
      const { options, output } = context;
      const undone = await undoBatch(open, {
        number: batchNumber(context.arguments[0]),
        dryRun: options.flag('dry-run'),
        replace: options.flag('replace'),
      });
      if (!options.flag('dry-run')) {
        const { logCommand } = await import('../../app/log.ts');
        const { number, put, taken, of } = undone;
        await logCommand(open, 'tag undo', { batch: of.number, as: number, put, taken });
      }
      if (options.text('format') === 'json')
        await output.line(safeJson({ dryRun: options.flag('dry-run'), ...undone }, 2));
      else {
        await output.line(safeText(undoSentence(undone, options.flag('dry-run'))));
        if (undone.number !== undefined)
          await output.remark(`To have it again: pincite tag undo ${undone.number}`);
      }
      return exitCodes.done;
    }),
};

function batchNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new UserError(`“${text}” is no number of a batch.`, { hint: 'See them with: pincite tag history' });
}

function undoSentence({ of, put, taken, noted, gone }: Undone, dryRun: boolean): string {
  const done = [
    ...(taken > 0 ? [`${count(taken, 'tag')} off`] : []),
    ...(put > 0 ? [`${count(put, 'tag')} back`] : []),
    ...(noted > 0 ? [`${count(noted, 'note')} as before`] : []),
  ].join(', ');
  const rest = gone > 0 ? ` ${gone} of its changes were on documents that are not in the case any more.` : '';
  const { number, action, by, at } = of;
  return `${dryRun ? 'Would take' : 'Took'} back batch ${number}, ${action} by ${by}, ${at.slice(0, 10)}: ${done === '' ? 'no tag changes' : done}.${rest}`;
}

export const tagWhy: Command = {
  name: 'tag why',
  summary: 'say who or which rule put each tag on a place or document',
  details:
    'Of a rule it says the version, the query as understood, and what the case held at the time. A document lists all tags in it.',
  arguments: [{ name: 'reference', summary: 'as for show', required: true }],
  options: [reportFormat],
  examples: [
    { line: 'pincite tag why 9f3ac2d41b07@45:12', says: 'the tags on these words, and on the document' },
    { line: 'pincite tag why SAM000123', says: 'all tags of a document' },
  ],
  run: (context) =>
    withCase(context, 'read', async ({ store }) => {
      const { whyTagged } = await import('../../app/tags/why-tagged.ts');
      const { options, output } = context;
      const why = await whyTagged(store, context.arguments[0] ?? '');
      if (why === undefined) return exitCodes.nothingFound;
      if (options.text('format') === 'json') await output.line(safeJson(why, 2));
      else for (const line of whyLines(why)) await output.line(line);
      return why.tags.length === 0 ? exitCodes.nothingFound : exitCodes.done;
    }),
};

function* whyLines({ card, tags }: WhyTagged): Generator<string> {
  const now = card.supersededBy === undefined ? '' : `  (superseded by ${card.supersededBy.slice(0, 12)})`;
  yield safeText(`${card.title}  ${card.path}${now}`);
  if (tags.length === 0) yield 'No tags.';
  for (const { name, ref, note, origins } of tags) {
    yield safeText(`${name}  ${ref}`);
    for (const origin of origins) yield* originLines(origin);
    if (note !== undefined) yield safeLines(`    note: ${note.replaceAll('\n', '\n          ')}`);
  }
}

function* originLines({
  kind,
  name,
  why,
  version,
  query,
  batch,
  by,
  at,
  state,
}: PlacedOrigin): Generator<string> {
  const reason = why === undefined ? '' : `: ${why}`;
  if (kind === 'person') {
    yield safeText(`    by ${name}, ${at.slice(0, 10)} (batch ${batch})${reason}`);
    return;
  }
  yield safeText(`    by the rule ${name}, version ${version ?? '?'} (batch ${batch})${reason}`);
  yield safeText(`        query: ${query ?? ''}`);
  const held =
    state === undefined ? '' : `; the case held ${count(state.documents, 'document')}, state ${state.hash}`;
  yield safeText(`        applied by ${by}, ${at.slice(0, 10)}${held}`);
}

export const tagNote: Command = {
  name: 'tag note',
  summary: 'write a note to a tag',
  details: 'A new note takes the place of the old one; an empty one takes it away.',
  arguments: [
    { name: 'reference', summary: 'what is tagged, as for show', required: true },
    { name: 'tag', summary: 'the tag there', required: true },
    { name: 'note', summary: 'the text', required: true },
  ],
  options: [reportFormat],
  examples: [
    { line: 'pincite tag note SAM000123 read "ask for the schedule"', says: 'on a tagged document' },
  ],
  run: (context) =>
    withCase(context, 'write', async (open) => {
      const { noteTag } = await import('../../app/tags/note-tag.ts');
      const { logCommand } = await import('../../app/log.ts');
      const { options, output } = context;
      const [ref = '', tag = '', text = ''] = context.arguments;
      const noted = await noteTag(open, ref, tag, text);
      await logCommand(open, 'tag note', { ref: noted.ref, tag: noted.tag });
      if (options.text('format') === 'json') await output.line(safeJson(noted, 2));
      else {
        const on = `“${noted.tag}” on ${noted.ref}`;
        const sentence =
          noted.noted === 0
            ? `The note to ${on} was so already.`
            : noted.after === undefined
              ? `Took the note off ${on}.`
              : `Wrote the note to ${on}.`;
        await output.line(safeText(sentence));
      }
      return exitCodes.done;
    }),
};
