import { appendFileSync, createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { LogEntry } from '../store.ts';
import { type Connection, openForReading } from './connection.ts';
import { pagedRows } from './pages.ts';
import { isObject, RowReader } from './row.ts';

/** As what a line that is no entry is given: what it says is there to be read all the same. */
const unreadable = 'unreadable';

/**
 * The case's log, in a file of its own so that a search can write its line while an ingest writes to the case: JSON
 * Lines, each appended by one write, which the system keeps whole. Nobody waits for the disk: every search would, and
 * after a power cut the last lines may be missing. Each line begins with its line end, so that one which was cut off (a
 * full disk) spoils no other. Earlier cases have the beginning of their log in a database.
 */
export class CaseLog {
  readonly #file: string;
  readonly #earlier: string;
  readonly #directory: string;

  constructor(caseFolder: string, directory: string) {
    this.#file = join(caseFolder, 'log.jsonl');
    this.#earlier = join(caseFolder, 'log.db');
    this.#directory = directory;
  }

  add({ at, command, detail }: LogEntry): void {
    appendFileSync(this.#file, `\n${oneLine({ at, command, detail })}`);
  }

  async *entries(): AsyncGenerator<LogEntry> {
    yield* this.#earlierEntries();
    for await (const { line, entry } of this.#lines())
      yield entry ?? { at: '', command: unreadable, detail: { line } };
  }

  /** What is wrong with the log, a sentence each; empty when it is sound or not there. */
  async problems(): Promise<readonly string[]> {
    const problems: string[] = [];
    for await (const { number, entry } of this.#lines())
      if (entry === undefined) problems.push(`line ${number} is no entry`);
    return problems;
  }

  /** The same of the database of an earlier case, as SQLite words it. */
  earlierProblems(): readonly string[] {
    if (!existsSync(this.#earlier)) return [];
    const connection = openForReading(this.#earlier, this.#directory);
    try {
      return quickCheck(connection);
    } finally {
      connection.close();
    }
  }

  async *#lines(): AsyncGenerator<{ number: number; line: string; entry: LogEntry | undefined }> {
    if (!existsSync(this.#file)) return;
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(this.#file) })) {
      number += 1;
      if (line !== '') yield { number, line, entry: entryOf(line) };
    }
  }

  async *#earlierEntries(): AsyncGenerator<LogEntry> {
    if (!existsSync(this.#earlier)) return;
    const connection = openForReading(this.#earlier, this.#directory);
    try {
      const table = connection.row("SELECT 1 FROM sqlite_schema WHERE name = 'entry'");
      if (table === undefined) return;
      const sql = 'SELECT number, at, command, detail FROM entry WHERE number > ? ORDER BY number LIMIT ?';
      for await (const row of pagedRows(connection, sql, [0], ([number]) => [number ?? 0])) {
        const reader = new RowReader(row.slice(1));
        yield { at: reader.text(), command: reader.text(), detail: reader.object() };
      }
    } finally {
      connection.close();
    }
  }
}

/** JSON leaves the line and paragraph separators as they are, at which a reader of lines may break. */
function oneLine(entry: LogEntry): string {
  return JSON.stringify(entry).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function entryOf(line: string): LogEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!isObject(value)) return undefined;
  const { at, command, detail } = value;
  if (typeof at !== 'string' || typeof command !== 'string' || !isObject(detail)) return undefined;
  return { at, command, detail };
}

/** Damaged pages and indexes that do not fit their tables, as SQLite words them. */
export function quickCheck(connection: Connection): readonly string[] {
  const rows = connection.rows('PRAGMA quick_check');
  return rows.map((row) => new RowReader(row).text()).filter((finding) => finding !== 'ok');
}
