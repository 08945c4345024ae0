import type {
  CaseState,
  ExclusiveChange,
  ExclusiveTags,
  MadeTagChange,
  PlacedOrigin,
  Tag,
  TagBatch,
  TagLabel,
  TagOrigin,
} from '../../model/tag.ts';
import { originColumns, tagActions, tagOriginKinds } from '../../model/tag.ts';
import { compareKeys } from '../code-point-order.ts';
import type { SqlRow, SqlValue } from './connection.ts';
import { DamagedCase } from './failures.ts';
import { RowReader } from './row.ts';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw cause instanceof SyntaxError ? new DamagedCase('a record of tags is no JSON', { cause }) : cause;
  }
}

function readLabel(reader: RowReader): TagLabel {
  const label = { name: reader.text(), document: reader.documentId() };
  const place = { reference: reader.text(), wordsHash: reader.text() };
  return { ...label, ...(place.reference !== '' && { place }) };
}

function readOrigin(reader: RowReader): TagOrigin {
  const origin = { kind: reader.oneOf(tagOriginKinds), name: reader.text() };
  const [version, query, why] = [reader.text(), reader.text(), reader.text()];
  return {
    ...origin,
    ...(why !== '' && { why }),
    ...(version !== '' && { version }),
    ...(query !== '' && { query }),
  };
}

/** A row of a label, its note, and its origins as JSON. */
export function tagOf(row: SqlRow): Tag {
  const reader = new RowReader(row);
  const label = readLabel(reader);
  const note = reader.optionalText();
  const origins = parsed(reader.text());
  if (!Array.isArray(origins)) throw new DamagedCase('the origins of a tag are no list');
  return {
    ...label,
    ...(note !== undefined && { note }),
    origins: origins.map(placedOrigin).sort(byColumns),
  };
}

function placedOrigin(columns: unknown): PlacedOrigin {
  if (!Array.isArray(columns) || !columns.every(isSqlValue))
    throw new DamagedCase('an origin of a tag is no row');
  const reader = new RowReader(columns);
  const origin = readOrigin(reader);
  const batch = { batch: reader.number(), by: reader.text(), at: reader.text() };
  const state = reader.optionalText();
  return {
    ...origin,
    ...batch,
    ...(state !== undefined && origin.kind === 'rule' && { state: caseState(parsed(state)) }),
  };
}

function byColumns(a: TagOrigin, b: TagOrigin): number {
  return compareKeys(originColumns(a), originColumns(b));
}

/** A row of the columns of a batch. */
export function batchOf(row: SqlRow): TagBatch {
  const reader = new RowReader(row);
  const start = { number: reader.number(), action: reader.oneOf(tagActions) };
  const person = { by: reader.text(), at: reader.text(), detail: reader.object() };
  const state = reader.optionalText();
  const undoes = reader.optionalNumber();
  const exclusive = reader.optionalText();
  return {
    ...start,
    ...person,
    ...(state !== undefined && { state: caseState(parsed(state)) }),
    ...(undoes !== undefined && { undoes }),
    ...(exclusive !== undefined && { exclusive: exclusiveChange(parsed(exclusive)) }),
    put: reader.number(),
    taken: reader.number(),
    noted: reader.number(),
  };
}

const changeTypes = ['put', 'take', 'note'] as const;

/** A row of a label, a change's type, its origin, and what came before and after. */
export function changeOf(row: SqlRow): MadeTagChange {
  const reader = new RowReader(row);
  const label = readLabel(reader);
  const type = reader.oneOf(changeTypes);
  if (type !== 'note') return { type, label, origin: readOrigin(reader), since: reader.number() };
  const notes = new RowReader(row.slice(-2));
  const [before, after] = [notes.optionalText(), notes.optionalText()];
  return { type, label, ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

function isSqlValue(value: unknown): value is SqlValue {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

export function exclusiveTagsOf(row: SqlRow): ExclusiveTags {
  return texts(parsed(new RowReader(row).text()));
}

function caseState(value: unknown): CaseState {
  const { hash, documents } = fields(value);
  if (typeof hash !== 'string' || typeof documents !== 'number')
    throw new DamagedCase('the state of the case at a batch of tags is not there');
  return { hash, documents };
}

function exclusiveChange(value: unknown): ExclusiveChange {
  const { declared, withdrawn } = fields(value);
  return { declared: list(declared).map(texts), withdrawn: list(withdrawn).map(texts) };
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new DamagedCase('a record of tags is no object');
  return { ...value };
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new DamagedCase('a record of tags is no list');
  return value;
}

function texts(value: unknown): readonly string[] {
  const all = list(value);
  if (!all.every((text) => typeof text === 'string')) throw new DamagedCase('names of tags are no texts');
  return all;
}
