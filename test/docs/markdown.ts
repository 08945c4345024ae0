import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Every file that belongs to the project, as git lists them. */
export const trackedFiles: readonly string[] = execFileSync('git', ['ls-files', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((name) => name !== '');

/** The pages that people read. */
export const pages: readonly string[] = trackedFiles.filter(
  (name) => name.endsWith('.md') && !name.startsWith('fixtures/case/'),
);

export function readTracked(name: string): string {
  return readFileSync(join(root, name), 'utf8');
}

/** A fenced block: its language, its lines, and where they stand in the page. */
export interface Fence {
  readonly language: string;
  readonly lines: readonly string[];
  /** Index of the first line between the fences. */
  readonly at: number;
}

export function fencesOf(page: string): readonly Fence[] {
  const fences: Fence[] = [];
  let open: { language: string; at: number } | undefined;
  const lines = page.split('\n');
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('```')) continue;
    if (open === undefined) open = { language: line.slice(3).trim(), at: index + 1 };
    else {
      fences.push({ ...open, lines: lines.slice(open.at, index) });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`A fence in line ${open.at} is never closed.`);
  return fences;
}

/** The cells of a table's row, or undefined where a line is none. */
export function cellsOf(line: string): readonly string[] | undefined {
  if (!line.startsWith('| ') || !line.endsWith(' |')) return undefined;
  return line
    .slice(2, -2)
    .split(/ +(?<!\\)\| +/)
    .map((cell) => cell.trim());
}
