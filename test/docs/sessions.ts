import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { findingCommands } from '../../src/cli/commands/finding.ts';
import { main } from '../../src/cli/main.ts';
import { pincite, samplePapers, shell } from '../cli/pincite.ts';

/** Where examples happen: a `demo-case` beside `fixtures/case`, as the demo leaves it. */
export class Stage {
  readonly #top = mkdtempSync(join(tmpdir(), 'pincite-docs-'));
  readonly #case = join(this.#top, 'demo-case');

  /** @param fresh Whether the examples make the case themselves. */
  static async set(fresh: boolean): Promise<Stage> {
    const stage = new Stage();
    cpSync(samplePapers, join(stage.#top, 'fixtures', 'case'), { recursive: true });
    mkdirSync(stage.#case);
    if (fresh) return stage;
    await pincite(stage.#case, ['init']);
    const papers = '../fixtures/case';
    await pincite(stage.#case, ['ingest', papers, '--manifest', `${papers}/manifest.csv`]);
    return stage;
  }

  /** What a line of shell prints, both streams in the order written, and below it an exit code other than 0. */
  async run(line: string): Promise<readonly string[]> {
    const { code, stdout } = await shell(this.#case, `{ ${line}\n} 2>&1`);
    const printed = this.#steady(stdout).trimEnd();
    return [...(printed === '' ? [] : printed.split('\n')), ...(code === 0 ? [] : [`[exit code ${code}]`])];
  }

  /** Hits and documents of a search, as the tables of the query language give them: `6 in 5`. */
  async totals(words: string): Promise<string> {
    const printed: string[] = [];
    const line = ['search', '--case', this.#case, '--json', '--limit', '0', ...shellWords(words)];
    const surroundings = {
      stdin: Readable.from([]),
      stdout: sinkInto(printed),
      stderr: sinkInto([]),
      env: {},
      directory: this.#case,
      signal: new AbortController().signal,
    };
    await main(line, surroundings, findingCommands);
    const { totals }: { totals: { hits: number; documents: number } } = JSON.parse(printed.join(''));
    return `${totals.hits} in ${totals.documents}`;
  }

  remove(): void {
    rmSync(this.#top, { recursive: true, force: true });
  }

  /** The same on every machine and every day: folders, durations, times, who is at the keyboard. */
  #steady(text: string): string {
    return (
      text
        .replaceAll(this.#top, '…')
        .replace(/in [\d.]+ s \([\d,]+ pages a second\)/g, 'in 0.6 s (112 pages a second)')
        .replace(/by tesseract(\.js)? \S+ \(eng\) in [\d.]+ s/g, 'by tesseract.js 5.1.0 (eng) in 1.9 s')
        // The state of a case depends on the versions of its readers, and on which engine was there for OCR.
        .replace(/, state [\da-f]{12}/g, ', state 993efe0b10e6')
        .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2021-11-05T10:15:00.000Z')
        .replaceAll(
          `by ${userInfo().username}, ${new Date().toISOString().slice(0, 10)}`,
          'by ann, 2021-11-05',
        )
    );
  }
}

function sinkInto(chunks: string[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
}

/** A line as a shell cuts it; only single quotes are known. */
function shellWords(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|([^\s']+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** A command of an example session with what the page says that it prints. A line `…` stands for any lines. */
export interface Step {
  readonly command: string;
  readonly output: readonly string[];
}

export function stepsOf(lines: readonly string[]): readonly Step[] {
  const steps: { command: string; output: string[] }[] = [];
  for (const line of lines) {
    const step = steps.at(-1);
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), output: [] });
    else if (step?.output.length === 0 && step.command.endsWith('\\')) step.command += `\n${line}`;
    else if (step === undefined) throw new Error(`An example session begins with a command, not “${line}”.`);
    else step.output.push(line);
  }
  return steps;
}

/** The lines of a session as they should stand in the page: as they do where that is true, else as printed. */
export async function truthfulSession(lines: readonly string[], stage: Stage): Promise<readonly string[]> {
  const truth: string[] = [];
  for (const { command, output } of stepsOf(lines)) {
    const printed = await stage.run(command);
    const blank = output.at(-1) === '' ? [''] : [];
    const said = blank.length > 0 ? output.slice(0, -1) : output;
    truth.push(...`$ ${command}`.split('\n'), ...(agree(said, printed) ? said : printed), ...blank);
  }
  return truth;
}

function agree(said: readonly string[], printed: readonly string[]): boolean {
  const pattern = said
    .map((line) => (line === '…' ? '[\\s\\S]*?' : `${line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(printed.map((line) => `${line}\n`).join(''));
}
