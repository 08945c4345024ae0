import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const program = join(root, 'bin/pincite.js');
/** The papers of the sample case. */
export const samplePapers = join(root, 'fixtures/case');
export const sampleManifest = join(samplePapers, 'manifest.csv');

/** What a command left behind. `code` is null when a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Set for the command, on top of what tests always set. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the real program in a folder and waits for its end. */
export async function pincite(
  folder: string,
  words: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  return ended(start(folder, words, options));
}

/** Starts the program without waiting: for what happens while it works. */
export function start(folder: string, words: readonly string[], { env = {} }: RunOptions = {}): ChildProcess {
  return spawn(process.execPath, [program, ...words], { cwd: folder, env: environment(env) });
}

/** Runs a line of bash in which `pincite` is the program. */
export async function shell(folder: string, line: string, { env = {} }: RunOptions = {}): Promise<Ended> {
  const definition = `pincite() { ${quoted(process.execPath)} ${quoted(program)} "$@"; }`;
  return ended(spawn('bash', ['-c', `${definition}\n${line}`], { cwd: folder, env: environment(env) }));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Nothing of the environment in which the tests run may change what a command prints. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), LANG: 'C.UTF-8', ...extra };
}

/** Resolves when a started program ends. To be called before anything is waited for: a program that is gone ends no more. */
export async function ended(child: ChildProcess): Promise<Ended> {
  if (child.exitCode !== null || child.signalCode !== null)
    throw new Error('the program ended before its end was waited for');
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise<number | null>((settle, fail) => {
    child.on('error', fail);
    child.on('close', settle);
  });
  return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

/** An empty folder that is gone when the test has ended. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pincite-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** @throws Error when the built program is missing or older than its sources: the tests would prove nothing. */
function requireBuild(): void {
  const built = join(root, 'dist/start.cjs');
  if (!existsSync(built) || newest(join(root, 'src')) > statSync(built).mtimeMs) {
    throw new Error('dist is missing or older than src: npm run build');
  }
}

function newest(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    const path = join(folder, entry.name);
    return Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }, 0);
}

requireBuild();
