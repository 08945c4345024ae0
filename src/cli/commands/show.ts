import type { ShownPassage } from '../../app/passages.ts';
import { exitCodes } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import { citationStyleFrom, styleOption } from '../citation-style.ts';
import type { Command } from '../command.ts';
import { formatOption } from '../format-option.ts';
import {
  renderDocument,
  renderSameMessage,
  renderShown,
  renderSuperseded,
  renderTarget,
} from '../render-passages.ts';
import { safeJson } from '../safe-text.ts';

export const show: Command = {
  name: 'show',
  summary: 'open a reference, a citation or a document',
  details:
    'Takes the reference of any hit and opens it at exactly those words; takes citations in any style (“Day 12 45:12”, “{Day12/45:12-46:3}”, “INQ000123_0004”), and a document by its id, reference, path or title.',
  arguments: [
    { name: 'what', summary: 'a reference, a citation or a document', required: true, several: true },
  ],
  options: [
    { name: 'context', value: 'n', summary: 'passages before and after the words', standard: '1' },
    styleOption,
    formatOption(['json', 'jsonl']),
  ],
  examples: [
    {
      line: 'pincite show 9f3ac2d41b07@45:12-45:14',
      says: 'the words of a reference, marked, in their context',
    },
    { line: 'pincite show "Day 1 5:12"', says: 'a place as people cite it' },
    { line: 'pincite show SAM000123 --format jsonl', says: 'a whole document, one passage a line' },
  ],
  run: (context) =>
    withCase(context, 'read', async (open) => {
      const { show: openPlace } = await import('../../app/show.ts');
      const { options, output } = context;
      const shown = await openPlace(open.store, {
        what: context.arguments.join(' '),
        context: options.count('context') ?? 1,
        style: citationStyleFrom(open, options),
      });
      const format = options.text('format');
      if (format === 'jsonl') {
        for await (const passage of shown.passages) await output.line(safeJson(passage));
      } else if (format === 'json') {
        const passages: ShownPassage[] = [];
        for await (const passage of shown.passages) passages.push(passage);
        const { card, children, sameMessage, target } = shown;
        const same = sameMessage.length === 0 ? {} : { sameMessage };
        await output.line(safeJson({ document: card, children, ...same, target, passages }, 2));
      } else {
        await output.print(renderSuperseded(shown.card, output));
        await output.print(renderSameMessage(shown.sameMessage, output));
        await output.print(
          shown.target === undefined
            ? renderDocument(shown.card, shown.children, output)
            : renderTarget(shown.target, output),
        );
        for await (const passage of shown.passages)
          await output.print(renderShown(passage, shown.target, output));
      }
      return exitCodes.done;
    }),
};
