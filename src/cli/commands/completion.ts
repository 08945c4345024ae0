import { exitCodes, UserError } from '../../model/diagnostic.ts';
import type { Command } from '../command.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export const completion: Command = {
  name: 'completion',
  summary: 'print a completion script for your shell',
  arguments: [{ name: 'shell', summary: 'bash, zsh or fish', required: true }],
  options: [],
  examples: [
    { line: 'pincite completion bash >> ~/.bashrc', says: 'for bash' },
    { line: 'pincite completion zsh > ~/.zfunc/_pincite', says: 'for zsh' },
    { line: 'pincite completion fish > ~/.config/fish/completions/pincite.fish', says: 'for fish' },
  ],
  async run({ arguments: [wanted], output }) {
    const { completionScript } = await import('../completion-script.ts');
    const shell = shells.find((known) => known === wanted);
    if (shell === undefined) {
      throw new UserError(`There is no completion for “${wanted}”.`, {
        hint: `The shells are ${shells.join(', ')}.`,
      });
    }
    await output.print(completionScript(shell));
    return exitCodes.done;
  },
};
