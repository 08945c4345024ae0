import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const bundle = here('../../../node_modules/.cache/pincite-tests/store-child.mjs');

/** Bundles the child program, which Node 20 cannot run as TypeScript. */
export function buildChild(): void {
  buildSync({
    entryPoints: [here('child-program.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
}

export interface Child {
  readonly process: ChildProcess;
  /** Resolves with everything printed, when the process has ended. */
  readonly output: Promise<string>;
}

/** Starts the program and waits until it is about to begin its work. */
export async function startChild(
  mode: string,
  folder: string,
  options: { uid?: number } = {},
): Promise<Child> {
  const child = spawn(process.execPath, [bundle, mode, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const output = once(child, 'close').then(() => printed);
  await Promise.race([once(child.stdout, 'data'), output]);
  return { process: child, output };
}

export async function runChild(
  mode: string,
  folder: string,
  options: { uid?: number } = {},
): Promise<string> {
  return (await startChild(mode, folder, options)).output;
}
