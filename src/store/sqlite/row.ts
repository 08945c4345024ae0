import { type DocumentId, isDocumentId } from '../../model/identifiers.ts';
import type { SqlRow } from './connection.ts';
import { DamagedCase } from './failures.ts';

/** Reads a row column by column; a value of another type than the schema's means a damaged file. */
export class RowReader {
  readonly #row: SqlRow;
  #next = 0;

  constructor(row: SqlRow) {
    this.#row = row;
  }

  text(): string {
    const value = this.#row[this.#next++];
    return typeof value === 'string' ? value : wrongType('text', value);
  }

  optionalText(): string | undefined {
    const value = this.#row[this.#next++];
    return value === null ? undefined : typeof value === 'string' ? value : wrongType('text', value);
  }

  number(): number {
    const value = this.#row[this.#next++];
    return typeof value === 'number' ? value : wrongType('number', value);
  }

  optionalNumber(): number | undefined {
    const value = this.#row[this.#next++];
    return value === null ? undefined : typeof value === 'number' ? value : wrongType('number', value);
  }

  bytes(): Uint8Array {
    const value = this.#row[this.#next++];
    return value instanceof Uint8Array ? value : wrongType('bytes', value);
  }

  documentId(): DocumentId {
    const value = this.text();
    return isDocumentId(value) ? value : wrongType('a document id', value);
  }

  optionalDocumentId(): DocumentId | undefined {
    const value = this.optionalText();
    return value === undefined || isDocumentId(value) ? value : wrongType('a document id', value);
  }

  oneOf<Name extends string>(names: readonly Name[]): Name {
    const value = this.text();
    return names.find((name) => name === value) ?? wrongType('a known word', value);
  }

  optionalObject(): Readonly<Record<string, unknown>> | undefined {
    if (this.#row[this.#next] !== null) return this.object();
    this.#next++;
    return undefined;
  }

  /** An object that the store wrote as JSON. */
  object(): Readonly<Record<string, unknown>> {
    const text = this.text();
    try {
      const value: unknown = JSON.parse(text);
      return isObject(value) ? value : wrongType('an object', value);
    } catch (cause) {
      throw cause instanceof SyntaxError ? new DamagedCase('a record is no JSON', { cause }) : cause;
    }
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(expected: string, value: unknown): never {
  throw new DamagedCase(`${expected} was expected in a row, found ${typeof value}`);
}
