import type { KeptRule, TagRule } from '../../model/tag-rule.ts';
import { isTagRule } from '../kept-rule.ts';
import type { Connection, SqlRow } from './connection.ts';
import { DamagedCase } from './failures.ts';
import { RowReader } from './row.ts';

/** The key under which `info` has the stamp of the last whole application of the kept rules. */
const stampKey = 'appliedRules';

/** Rules that stay in the case. */
export class TagRuleTable {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  put({ rule, position, by, at }: KeptRule): void {
    const sql = 'INSERT OR REPLACE INTO tag_rule (name, position, rule, by, at) VALUES (?, ?, ?, ?, ?)';
    this.#connection.run(sql, [rule.name, position, JSON.stringify(rule), by, at]);
  }

  /** Whether it was there. */
  remove(name: string): boolean {
    return this.#connection.run('DELETE FROM tag_rule WHERE name = ?', [name]) > 0;
  }

  /** Ascending by position, then name. */
  all(): readonly KeptRule[] {
    const sql = 'SELECT rule, position, by, at FROM tag_rule ORDER BY position, name';
    return this.#connection.rows(sql).map(keptRule);
  }

  applied(): string | undefined {
    const row = this.#connection.row('SELECT value FROM info WHERE key = ?', [stampKey]);
    return row === undefined ? undefined : new RowReader(row).text();
  }

  setApplied(stamp: string): void {
    this.#connection.run('INSERT OR REPLACE INTO info (key, value) VALUES (?, ?)', [stampKey, stamp]);
  }
}

function keptRule(row: SqlRow): KeptRule {
  const reader = new RowReader(row);
  const rule = checkedRule(reader.object());
  return { rule, position: reader.number(), by: reader.text(), at: reader.text() };
}

function checkedRule(value: unknown): TagRule {
  if (!isTagRule(value)) throw new DamagedCase('a rule that was kept is none');
  return value;
}
