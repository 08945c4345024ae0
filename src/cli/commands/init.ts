import { resolve } from 'node:path';
import { exitCodes } from '../../model/diagnostic.ts';
import type { Command } from '../command.ts';
import { safeText } from '../safe-text.ts';

export const init: Command = {
  name: 'init',
  summary: 'make a folder a case',
  details:
    'A case is a folder with .pincite/ in it: the ledger of everything handed in, the texts, the index, the tags and the log. The papers themselves may lie anywhere and are never changed.',
  arguments: [{ name: 'folder', summary: 'the folder (default: the working directory)', required: false }],
  options: [],
  examples: [
    { line: 'pincite init', says: 'the working directory becomes a case' },
    { line: 'pincite init harbour-case', says: 'makes the folder if it is not there' },
  ],
  async run({ arguments: [folder], output, surroundings }) {
    const { makeCase } = await import('../../app/case.ts');
    const directory = resolve(surroundings.directory, folder ?? '.');
    await makeCase(directory);
    await output.line(`Made a case in ${safeText(directory)}.`);
    await output.remark('Next: pincite ingest PAPERS --source NAME');
    return exitCodes.done;
  },
};
