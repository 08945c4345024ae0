import { UserError } from '../../model/diagnostic.ts';
import { labelKey, type Tag, type TagChange, type TagLabel } from '../../model/tag.ts';
import { nearestName } from '../../query/problem.ts';
import type { RecordedBatch } from '../../store/store.ts';
import type { Case } from '../case.ts';
import { undefused } from '../export/csv.ts';
import { personName } from '../person.ts';
import { recordBatch } from './batch.ts';
import { makeRoom, StandingTags } from './exclusive.ts';
import { readNote } from './note-tag.ts';
import { checkTagName } from './tag-name.ts';
import { labelOn } from './tag-target.ts';
import { TargetFinder } from './target-finder.ts';
import { tagsOf } from './undo.ts';

/** A line that cannot be taken in, and why. */
export interface BadTagLine {
  /** Of the file, from 1: where the row begins. */
  readonly line: number;
  readonly message: string;
  readonly hint?: string;
}

export interface ImportRequest {
  /** The file's name as typed, for the history. */
  readonly file: string;
  /** Lines that are good are taken in, whatever is wrong with others. */
  readonly partial: boolean;
  readonly replace: boolean;
  readonly dryRun: boolean;
}

export interface ImportedTags {
  /** Rows with something in them. */
  readonly rows: number;
  readonly bad: readonly BadTagLine[];
  /** Whether the good ones were, or would be, taken in. */
  readonly taken: boolean;
  /** Tags that the good rows name; of them those that were there already, with the same note. */
  readonly tags: number;
  readonly unchanged: number;
  readonly outcome: RecordedBatch;
}

/** What `export tags` writes besides; it says nothing that an import could put back. */
const ignored = ['title', 'file', 'by', 'at', 'why'];
const columns = ['ref', 'tags', 'tag', 'note', ...ignored];

interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Puts the tags of a CSV file: a row a reference, with tags divided by semicolons and a note. Nothing is put when one
 * line is bad, unless `partial`.
 * @throws UserError when the file is no CSV with the column ref, or has no row.
 */
export async function importTags(open: Case, text: string, request: ImportRequest): Promise<ImportedTags> {
  const reader = new RowImporter(open);
  await reader.prepare();
  const rows = await readRows(text, request.file, reader.bad);
  const all = rows.length + reader.bad.length;
  for (const row of rows) await reader.add(row, request.replace);
  reader.bad.sort((a, b) => a.line - b.line);
  const { changes, tags, unchanged } = await reader.changes();
  const taken = reader.bad.length === 0 || request.partial;
  const nothing: RecordedBatch = { put: 0, taken: 0, noted: 0 };
  const detail = { file: request.file, rows: all, badLines: reader.bad.length };
  const outcome =
    request.dryRun || !taken ? nothing : await recordBatch(open, { action: 'import', detail }, changes);
  return { rows: all, bad: reader.bad, taken, tags, unchanged, outcome };
}

async function readRows(text: string, name: string, bad: BadTagLine[]): Promise<readonly Row[]> {
  const { parse } = await import('csv-parse/sync');
  let records: readonly { record: readonly string[]; line: number }[];
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    // csv-parse types records with `info` and `raw` as unknown; without `columns` they are lists of texts.
    const rows = parsed as { info: { lines: number }; record: string[]; raw: string }[];
    records = rows.map(({ info, record, raw }) => ({ record, line: info.lines - lineEnds(raw) }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UserError(`The file of tags ${name} cannot be read as CSV: ${error.message}.`, {
      hint: 'Nothing was done. Put a cell with quotation marks in it between quotation marks, and double those inside.',
      cause: error,
    });
  }
  const [heading, ...rest] = records;
  const names = checkHeading(heading?.record ?? [], name);
  return rest.flatMap(({ record, line }) => {
    if (record.every((cell) => cell.trim() === '')) return [];
    if (record.length !== names.length) {
      bad.push({ line, message: `The line has ${record.length} cells; the first line has ${names.length}.` });
      return [];
    }
    return [{ line, cells: Object.fromEntries(names.map((column, at) => [column, record[at] ?? ''])) }];
  });
}

/** Line ends within a record: a row that begins on line 3 and ends on line 5 has two. */
function lineEnds(raw: string): number {
  return (
    raw
      .replace(/(\r\n|\r|\n)+$/, '')
      .replace(/^(\r\n|\r|\n)+/, '')
      .split(/\r\n|\r|\n/).length - 1
  );
}

function delimiterOf(text: string): string {
  const [heading = ''] = text
    .replace(/^\ufeff/, '')
    .replace(/^[\r\n]+/, '')
    .split(/[\r\n]/);
  const counts = [',', ';', '\t'].map((sign) => [sign, heading.split(sign).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

function checkHeading(cells: readonly string[], name: string): readonly string[] {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const unknown = names.find((column) => !columns.includes(column));
  const hint = `The columns are ref, tags and note; those of pincite export tags are understood as well.`;
  if (unknown !== undefined) {
    const near = nearestName(unknown, columns);
    throw new UserError(`The file of tags ${name} has an unknown column “${unknown}”.`, {
      hint: near === undefined ? hint : `Did you mean ${near}? ${hint}`,
    });
  }
  const twice = names.find((column, at) => names.indexOf(column) !== at);
  if (twice !== undefined)
    throw new UserError(`The file of tags ${name} has the column “${twice}” twice.`, { hint });
  if (!names.includes('ref') || !(names.includes('tags') || names.includes('tag')))
    throw new UserError(`The first line of ${name} must name the columns ref and tags.`, { hint });
  return names;
}

interface Wanted {
  readonly label: TagLabel;
  readonly line: number;
  note: string | undefined;
}

class RowImporter {
  readonly bad: BadTagLine[] = [];
  readonly #open: Case;
  readonly #finder: TargetFinder;
  readonly #wanted = new Map<string, Wanted>();
  #standing = new StandingTags([]);
  readonly #room = new Set<TagLabel>();

  constructor(open: Case) {
    this.#open = open;
    this.#finder = new TargetFinder(open.store);
  }

  async prepare(): Promise<void> {
    this.#standing = new StandingTags(await this.#open.store.exclusiveTags());
    for await (const tag of this.#open.store.tags()) this.#standing.add(tag);
  }

  async add({ line, cells }: Row, replace: boolean): Promise<void> {
    try {
      const cell = (name: string) => undefused(cells[name] ?? '');
      const names = `${cell('tags')};${cell('tag')}`.split(';').filter((name) => name.trim() !== '');
      if (cell('ref').trim() === '') throw new UserError('The column ref is empty.');
      if (names.length === 0) throw new UserError('The line has no tag.');
      const note = readNote(cell('note'));
      const tags = names.map(checkTagName);
      const target = await this.#finder.findCurrent(cell('ref').trim());
      const labels = tags.map((name) => labelOn(name, target));
      this.#wantAll(
        labels.map((label) => ({ label, line, note })),
        replace,
      );
    } catch (error) {
      if (!(error instanceof UserError) || error.exitCode === 4) throw error;
      const { message, hint } = error;
      this.bad.push({ line, message, ...(hint === undefined ? {} : { hint }) });
    }
  }

  /** All labels of a row, or none. */
  #wantAll(row: readonly Wanted[], replace: boolean): void {
    const undo: (() => void)[] = [];
    try {
      for (const wanted of row) this.#want(wanted, replace, undo);
    } catch (error) {
      for (const back of undo.reverse()) back();
      throw error;
    }
  }

  #want(wanted: Wanted, replace: boolean, undo: (() => void)[]): void {
    const { label, note } = wanted;
    const known = this.#wanted.get(labelKey(label));
    if (known !== undefined) {
      if (known.note !== undefined && note !== undefined && known.note !== note)
        throw new UserError(`“${label.name}” has another note on line ${known.line}.`);
      const before = known.note;
      known.note ??= note;
      undo.push(() => {
        known.note = before;
      });
      return;
    }
    const against = this.#standing.against(label);
    for (const other of against) this.#refuseClash(label, other, replace);
    for (const other of against) {
      this.#room.add(other);
      this.#standing.take(other);
    }
    this.#standing.add(label);
    this.#wanted.set(labelKey(label), wanted);
    undo.push(() => {
      this.#wanted.delete(labelKey(label));
      this.#standing.take(label);
      for (const other of against) {
        this.#room.delete(other);
        this.#standing.add(other);
      }
    });
  }

  #refuseClash(label: TagLabel, other: TagLabel, replace: boolean): void {
    const ofFile = this.#wanted.get(labelKey(other));
    const pair = `“${label.name}” and “${other.name}” exclude each other`;
    if (ofFile !== undefined)
      throw new UserError(`${pair}, and the other is put there by line ${ofFile.line}.`);
    if (replace) return;
    throw new UserError(`${pair}, and the other is there already.`, {
      hint: 'With --replace the new tag takes its place.',
    });
  }

  async changes(): Promise<{
    readonly changes: readonly TagChange[];
    readonly tags: number;
    readonly unchanged: number;
  }> {
    const known = await tagsOf(
      this.#open.store,
      [...this.#wanted.values()].map(({ label }) => label),
    );
    const person = personName();
    const room = await makeRoom(
      this.#open.store,
      [...this.#room].map((standing) => ({ wanted: standing, standing })),
    );
    const puts = [...this.#wanted].flatMap(([key, wanted]) => changesFor(wanted, known.get(key), person));
    const changed = new Set(puts.map(({ label }) => labelKey(label)));
    return {
      changes: [...room, ...puts],
      tags: this.#wanted.size,
      unchanged: this.#wanted.size - changed.size,
    };
  }
}

/** A tag that somebody else put there is the importer's from now on as well. */
function changesFor({ label, note }: Wanted, known: Tag | undefined, person: string): readonly TagChange[] {
  const isMine = known?.origins.some(({ kind, name }) => kind === 'person' && name === person);
  const put: TagChange = { type: 'put', label, origin: { kind: 'person', name: person } };
  return [
    ...(isMine ? [] : [put]),
    ...(note === undefined || note === known?.note ? [] : [{ type: 'note' as const, label, note }]),
  ];
}
