import { readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../model/diagnostic.ts';
import { type DocumentKind, documentKinds, type GivenMetadata } from '../../model/document.ts';
import { parseDay } from '../dates.ts';
import { type Found, systemReason } from './discover.ts';
import { absoluteRaw } from './raw-path.ts';
import { formatSheetRanges, parseSheetRanges } from './sheet-ranges.ts';

/** What a manifest says of one file, or of one part of it. */
export interface ManifestRow {
  /** Line of the CSV file, from 1. */
  readonly line: number;
  readonly source?: string;
  readonly given: GivenMetadata;
}

/** Rows by absolute path; several rows of one path are its parts. */
export type Manifest = ReadonlyMap<string, readonly ManifestRow[]>;

const columns = ['file', 'title', 'source', 'kind', 'date', 'day', 'witness', 'reference', 'sheets'] as const;
type Column = (typeof columns)[number];
type Cells = Partial<Record<Column, string>>;

/**
 * Reads a manifest: a CSV file with a heading line and the columns above, of which only `file` is needed. A file is
 * named relative to the manifest's own folder.
 * @throws UserError that names every bad line; nothing is taken from a manifest with a bad line.
 */
export async function readManifest(path: string): Promise<Manifest> {
  const rows = await parseCells(path);
  const folder = dirname(await manifestPath(path));
  const problems: string[] = [];
  const manifest = new Map<string, ManifestRow[]>();
  for (const { line, cells } of rows) {
    try {
      const file = resolve(folder, required(cells.file));
      const known = manifest.get(file) ?? [];
      manifest.set(file, [...known, { line, ...interpret(cells) }]);
      refuseClash(known, cells);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(`line ${line}: ${error.message}`);
    }
  }
  if (problems.length > 0) {
    throw new UserError(
      `The manifest ${path} has ${problems.length === 1 ? 'a bad line' : `${problems.length} bad lines`}: ${problems.join(' ')}`,
      {
        hint: `Nothing was read. The columns are ${columns.join(', ')}; dates are written 2015-03-21 or 21/03/2015.`,
      },
    );
  }
  return manifest;
}

/** Where a manifest lies, with no link in the way to it: as the walk through the papers would name it. */
export async function manifestPath(path: string): Promise<string> {
  return join(await realpath(dirname(path)), basename(path));
}

async function parseCells(path: string): Promise<{ line: number; cells: Cells }[]> {
  const { parse } = await import('csv-parse/sync');
  try {
    const records: unknown = parse(await readFile(path), {
      bom: true,
      columns: (heading: string[]) => heading.map((name) => checkColumn(name)),
      info: true,
      skip_empty_lines: true,
      trim: true,
    });
    return (records as { info: { lines: number }; record: Cells }[]).map(({ info, record }) => ({
      // csv-parse types `info: true` records as unknown; `columns` above admits only the keys of Cells.
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`The manifest ${path} cannot be read: ${systemReason(error)}.`, {
      hint: 'It must be a CSV file in UTF-8 whose first line names the columns.',
      cause: error,
    });
  }
}

function checkColumn(name: string): Column {
  const column = columns.find((known) => known === name.trim().toLowerCase());
  if (column === undefined) {
    throw new UserError(`The manifest has an unknown column “${name}”.`, {
      hint: `The columns are ${columns.join(', ')}.`,
    });
  }
  return column;
}

function required(file: string | undefined): string {
  if (file === undefined || file === '') throw new UserError('The column “file” is empty.');
  return file;
}

function refuseClash(known: readonly ManifestRow[], cells: Cells): void {
  if (known.length === 0) return;
  const whole = !cells.sheets || known.some((row) => row.given.sheets === undefined);
  if (whole) throw new UserError(`“${cells.file}” is named twice; only rows with “sheets” may share a file.`);
}

function interpret(cells: Cells): { source?: string; given: GivenMetadata } {
  const given: GivenMetadata = {
    ...(cells.title ? { title: cells.title } : {}),
    ...(cells.kind ? { kind: readKind(cells.kind) } : {}),
    ...(cells.date ? { date: parseDay(cells.date) } : {}),
    ...(cells.day ? { day: readDayNumber(cells.day) } : {}),
    ...(cells.witness ? { witness: cells.witness } : {}),
    ...(cells.reference ? { reference: cells.reference } : {}),
    ...(cells.sheets ? { sheets: formatSheetRanges(parseSheetRanges(cells.sheets)) } : {}),
  };
  return { ...(cells.source ? { source: cells.source } : {}), given };
}

/** @throws UserError for a word that is no kind of document. */
export function readKind(text: string): DocumentKind {
  const kind = documentKinds.find((known) => known === text.toLowerCase());
  if (kind === undefined) {
    throw new UserError(`“${text}” is no kind of document.`, {
      hint: `The kinds are ${documentKinds.join(', ')}.`,
    });
  }
  return kind;
}

/** @throws UserError unless the text is a whole number from 1 to 9999. */
export function readDayNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new UserError(`“${text}” is no day number.`, { hint: 'Write it as 12.' });
  return Number(text);
}

/** The absolute path under which a manifest would name a found file, or one inside another. */
export function manifestKey({ root, rawPath }: Pick<Found, 'root' | 'rawPath'>): string {
  return absoluteRaw(root.directory, rawPath).toString().replaceAll('\0', '/');
}
