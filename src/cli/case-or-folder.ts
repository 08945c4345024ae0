import { resolve } from 'node:path';
import type { Case } from '../app/case.ts';
import { type ExitCode, exitCodes } from '../model/diagnostic.ts';
import { withCase } from './case-of.ts';
import type { CommandContext } from './command.ts';
import { count } from './render-hits.ts';
import { safeText } from './safe-text.ts';

type Work = (open: Case) => Promise<ExitCode>;

/** Lends the folder that `--in` names, read into memory, or else the case. Files that could not be read are named and decide the exit code. */
export function withCaseOrFolder(context: CommandContext, work: Work): Promise<ExitCode> {
  const folder = context.options.text('in');
  return folder === undefined ? withCase(context, 'read', work) : withFolder(context, folder, work);
}

async function withFolder(context: CommandContext, folder: string, work: Work): Promise<ExitCode> {
  const { withFolderAsCase } = await import('../app/folder-search.ts');
  const { ProgressLine } = await import('./progress-line.ts');
  const { output, surroundings } = context;
  const progress = new ProgressLine(surroundings, output.quiet);
  return withFolderAsCase(
    resolve(surroundings.directory, folder),
    {
      signal: surroundings.signal,
      progress: (state) =>
        progress.update(() => `Reading ${count(state.inputsDone, 'file')} · ${count(state.pages, 'page')}`),
    },
    async (open, unread) => {
      progress.clear();
      for (const { path, reason } of unread)
        await output.warn(`${safeText(path)} could not be read: ${safeText(reason)}`);
      const code = await work(open);
      return code === exitCodes.done && unread.length > 0 ? exitCodes.inputsUnread : code;
    },
  );
}
