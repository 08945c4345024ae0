import type { Case } from '../app/case.ts';
import type { CommandContext } from './command.ts';

/** Opens the case that a command is to work on, lends it, and closes it whatever happens. */
export async function withCase<T>(
  { options, surroundings }: CommandContext,
  access: 'read' | 'write',
  work: (open: Case) => Promise<T>,
): Promise<T> {
  const { openCaseFrom } = await import('../app/case.ts');
  const open = await openCaseFrom(surroundings.directory, options.text('case'), access);
  try {
    return await work(open);
  } finally {
    await open.close();
  }
}
