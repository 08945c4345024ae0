import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether LibreOffice is on the PATH. */
export const hasLibreOffice = spawnSync('soffice', ['--version'], { stdio: 'ignore' }).status === 0;

/** A folder of its own for one test's conversions; LibreOffice keeps its profile in it. */
export class Conversions {
  private readonly folder = mkdtempSync(join(tmpdir(), 'pincite-office-'));

  /** Files by name in another format, by the names that LibreOffice gives them (the extension is the format's). */
  convert(
    files: ReadonlyMap<string, Uint8Array>,
    extension: string,
    filter = '',
  ): ReadonlyMap<string, Uint8Array> {
    const [from, to] = [join(this.folder, `from-${extension}`), join(this.folder, extension)];
    for (const folder of [from, to]) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
    }
    for (const [name, bytes] of files) writeFileSync(join(from, name), bytes);
    const target = filter === '' ? extension : `${extension}:${filter}`;
    const profile = `-env:UserInstallation=file://${join(this.folder, 'profile')}`;
    const names = [...files.keys()];
    const run = spawnSync(
      'soffice',
      [
        '--headless',
        profile,
        '--convert-to',
        target,
        '--outdir',
        to,
        ...names.map((name) => join(from, name)),
      ],
      { timeout: 300_000, encoding: 'utf8' },
    );
    if (run.status !== 0) throw new Error(`soffice: ${run.stderr}`);
    const made = names.map((name) => name.replace(/\.\w+$/, `.${extension}`));
    return new Map(made.map((name) => [name, new Uint8Array(readFileSync(join(to, name)))]));
  }

  /** What LibreOffice prints before each paragraph, by its text, which must be words of the form `t12`. */
  printedNumbers(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, ReadonlyMap<string, string>> {
    const texts = this.convert(files, 'txt', 'Text');
    return new Map(
      [...texts].map(([name, bytes]) => [
        name.replace(/\.txt$/, ''),
        numbersIn(Buffer.from(bytes).toString('utf8')),
      ]),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function numbersIn(text: string): ReadonlyMap<string, string> {
  const numbers = new Map<string, string>();
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    const [, number = '', word] = /^\s*(.*?)\s*\b(t\d+)\s*$/.exec(line) ?? [];
    if (word !== undefined) numbers.set(word, withoutBullet(number));
  }
  return numbers;
}

/** A bullet is no number. */
function withoutBullet(number: string): string {
  return /[\p{L}\p{N}]/u.test(number) ? number.replaceAll(/\s+/g, ' ').trim() : '';
}
