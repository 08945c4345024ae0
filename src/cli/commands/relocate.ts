import { resolve } from 'node:path';
import { exitCodes, UserError } from '../../model/diagnostic.ts';
import { withCase } from '../case-of.ts';
import type { Command } from '../command.ts';
import { safeText } from '../safe-text.ts';

export const relocate: Command = {
  name: 'relocate',
  summary: 'say where a root of papers lies now',
  details:
    'Papers are remembered by a named root and their path below it. When the folder has moved, or lies elsewhere on this machine, one word from you puts all of it right. Without arguments lists the roots.',
  arguments: [
    { name: 'root', summary: 'the name of the root', required: false },
    { name: 'folder', summary: 'where it lies now', required: false },
  ],
  options: [],
  examples: [
    { line: 'pincite relocate', says: 'the roots, and where they lie' },
    { line: 'pincite relocate inquest-2021 /media/disk/inquest', says: 'moves a root' },
  ],
  run: (context) => {
    const [root, folder] = context.arguments;
    return withCase(context, root === undefined ? 'read' : 'write', async ({ store }) => {
      const roots = await store.roots();
      if (root === undefined) {
        for (const [name, directory] of roots) await context.output.line(safeText(`${name}  ${directory}`));
        return roots.size === 0 ? exitCodes.nothingFound : exitCodes.done;
      }
      if (!roots.has(root) || folder === undefined) {
        throw new UserError(
          folder === undefined ? 'Where does the root lie now?' : `The case has no root “${root}”.`,
          {
            hint: `Its roots are ${[...roots.keys()].join(', ') || 'none yet'}. Usage: pincite relocate ROOT FOLDER`,
          },
        );
      }
      await store.write(() => store.setRoot(root, resolve(context.surroundings.directory, folder)));
      await context.output.line(
        safeText(`${root} is now ${resolve(context.surroundings.directory, folder)}.`),
      );
      return exitCodes.done;
    });
  },
};
