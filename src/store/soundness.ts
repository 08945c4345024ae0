import type { DocumentRecord, InputRecord } from '../model/document.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { type LineTable, listRuns, type Outline, type Passage, type ZoneRun } from '../model/outline.ts';
import { doubts } from '../model/place.ts';
import type { PositionedDocument, Units } from '../query/words.ts';
import { hashText } from './encoding.ts';

/*
 * Whether what a store holds fits together, and a document's tables are what `model/outline.ts` and `query/words.ts`
 * promise, for a text of a given length. Each function gives one sentence for each kind of fault, naming the first
 * place where it was found.
 */

/** A document with all that is stored of it, decoded. */
export interface OpenedTables {
  readonly record: DocumentRecord;
  readonly text: string;
  /** As it was when the text was stored. */
  readonly textHash: string;
  readonly outline: Outline;
  readonly units: Units;
  readonly checkpoints: PositionedDocument['checkpoints'];
}

export function documentProblems(document: OpenedTables): string[] {
  const { record, text, textHash, outline, units, checkpoints } = document;
  return [
    ...(hashText(text) === textHash ? [] : ['the text does not match its hash']),
    ...(text.length === record.characters
      ? []
      : [`the text has ${text.length} characters, the record says ${record.characters}`]),
    ...outlineProblems(outline, text.length),
    ...unitsProblems(units, outline),
    ...checkpointProblems(checkpoints, text.length),
  ];
}

const searchable: readonly string[] = ['indexed', 'part', 'copy'];

/** What is wrong with a line of the ledger that claims a text. */
export function inputProblem(
  { root, path, document, outcome }: InputRecord,
  isThere: (id: DocumentId) => boolean,
): string | undefined {
  if (!searchable.includes(outcome)) return undefined;
  if (document === undefined) return `input ${root}/${path}: ${outcome}, but of no document`;
  return isThere(document) ? undefined : `input ${root}/${path}: document ${document} is not there`;
}

/** The sentences for relations between documents, copies and tags that have lost one side. */
export const lostRelations = {
  copiesOfNone: (id: DocumentId) => `document ${id}: has copies, but is not there`,
  withoutCopies: (id: DocumentId) => `document ${id}: is no file's`,
  tagsOfNone: (id: DocumentId) => `document ${id}: has tags, but is not there`,
} as const;

export function outlineProblems(outline: Outline, characters: number): string[] {
  return [
    ...lineProblems(outline.lines, characters),
    ...runProblems(listRuns(outline.runs), characters),
    ...passageProblems(outline, characters),
    ...sheetProblems(outline),
    ...markupProblems(outline, characters),
  ];
}

function lineProblems(lines: LineTable, characters: number): string[] {
  const { starts } = lines;
  const problems: string[] = [];
  for (const column of [lines.sheets, lines.pages, lines.numbers, lines.doubts])
    if (column.length !== starts.length) problems.push('the columns of lines differ in length');
  if (starts.length > 0 && starts[0] !== 0) problems.push(`the first line starts at ${starts[0]}`);
  if (starts.length === 0 && characters > 0) problems.push('the text has no lines');
  const back = firstIndex(starts, (start, i) => i > 0 && start <= (starts[i - 1] ?? 0));
  if (back !== undefined) problems.push(`line ${back} does not start after the one before`);
  if ((starts[starts.length - 1] ?? 0) > characters) problems.push('the last line starts after the text');
  const unknown = firstIndex(lines.doubts, (code) => code > doubts.length);
  if (unknown !== undefined) problems.push(`line ${unknown} has an unknown doubt`);
  return problems;
}

function runProblems(runs: readonly ZoneRun[], characters: number): string[] {
  const problems: string[] = [];
  const bad = firstIndex(runs, (run, i) => run.start < (runs[i - 1]?.end ?? 0) || run.end <= run.start);
  if (bad !== undefined) problems.push(`run ${bad} is empty or overlaps the one before`);
  if ((runs[runs.length - 1]?.end ?? 0) > characters) problems.push('the last run ends after the text');
  return problems;
}

function passageProblems({ passages, runs: table }: Outline, characters: number): string[] {
  const runs = listRuns(table);
  const body = firstIndex(passages, (passage) => passage.zone !== 'body') ?? passages.length;
  const stray = firstIndex(passages, (passage, i) => i > body && passage.zone === 'body');
  if (stray !== undefined) return [`body passage ${stray} stands among those of other zones`];
  return [
    ...tilingProblems(passages.slice(0, body), runs, characters),
    ...coverProblems(passages.slice(body), runs),
  ];
}

/** Body passages ascend, and what lies between two of them, or at the ends, is runs. */
function tilingProblems(body: readonly Passage[], runs: readonly ZoneRun[], characters: number): string[] {
  const problems: string[] = [];
  const bad = firstIndex(
    body,
    (passage, i) => passage.start < (body[i - 1]?.end ?? 0) || passage.end <= passage.start,
  );
  if (bad !== undefined) return [`passage ${bad} is empty or overlaps the one before`];
  const edges = [0, ...body.flatMap((passage) => [passage.start, passage.end]), characters];
  for (let i = 0; i + 1 < edges.length; i += 2) {
    const [from, to] = [edges[i] ?? 0, edges[i + 1] ?? 0];
    if (!isCovered(runs, from, to)) problems.push(`the text from ${from} to ${to} belongs to no passage`);
    if (problems.length > 0) break;
  }
  const last = body[body.length - 1];
  if (last !== undefined && last.end > characters) problems.push('the last passage ends after the text');
  return problems;
}

function isCovered(runs: readonly ZoneRun[], from: number, to: number): boolean {
  if (from >= to) return true;
  let at = from;
  for (let i = lastRunAtOrBefore(runs, from); i < runs.length && at < to; i++) {
    const run = runs[i];
    if (run === undefined || run.start > at) return false;
    at = Math.max(at, run.end);
  }
  return at >= to;
}

function lastRunAtOrBefore(runs: readonly ZoneRun[], offset: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((runs[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** The passages of other zones and the runs that are no furniture are the same stretches in the same order. */
function coverProblems(others: readonly Passage[], runs: readonly ZoneRun[]): string[] {
  const zoned = runs.filter((run) => run.zone !== 'unindexed');
  if (zoned.length !== others.length)
    return [`${zoned.length} runs of other zones have ${others.length} passages`];
  const bad = firstIndex(others, ({ start, end, zone }, i) => {
    const run = zoned[i];
    return run === undefined || run.start !== start || run.end !== end || run.zone !== zone;
  });
  return bad === undefined ? [] : [`passage ${bad} of the other zones does not lie over its run`];
}

function sheetProblems({ sheets }: Outline): string[] {
  const bad = firstIndex(sheets, (row, i) => i > 0 && row.sheet <= (sheets[i - 1]?.sheet ?? 0));
  return bad === undefined ? [] : [`sheet row ${bad} does not follow the one before`];
}

function markupProblems({ markup = [] }: Outline, characters: number): string[] {
  const bad = firstIndex(markup, ({ start, end }, i) => start < (markup[i - 1]?.end ?? 0) || end <= start);
  if (bad !== undefined) return [`markup ${bad} is empty or overlaps the one before`];
  return (markup.at(-1)?.end ?? 0) > characters ? ['the last markup ends after the text'] : [];
}

export function unitsProblems(units: Units, outline: Outline): string[] {
  const problems: string[] = [];
  if (units.passage.length !== outline.passages.length)
    problems.push(`${outline.passages.length} passages have ${units.passage.length} positions`);
  for (const unit of ['passage', 'turn', 'exchange', 'sentence', 'page', 'ends'] as const) {
    const starts = units[unit];
    const back = firstIndex(starts, (start, i) => i > 0 && start < (starts[i - 1] ?? 0));
    if (back !== undefined) problems.push(`${unit} ${back} begins before the one before`);
  }
  return problems;
}

export function checkpointProblems(
  { positions, offsets }: PositionedDocument['checkpoints'],
  characters: number,
): string[] {
  const bad = firstIndex(positions, (position, i) => i > 0 && position <= (positions[i - 1] ?? 0));
  const outside = firstIndex(offsets, (offset) => offset >= characters);
  return [
    ...(bad === undefined ? [] : [`checkpoint ${bad} does not follow the one before`]),
    ...(outside === undefined ? [] : [`checkpoint ${outside} lies after the text`]),
  ];
}

function firstIndex<Value>(
  values: { readonly length: number; readonly [index: number]: Value },
  found: (value: Value, index: number) => boolean,
): number | undefined {
  for (let i = 0; i < values.length; i++) if (found(values[i] as Value, i)) return i; // i < length
  return undefined;
}
