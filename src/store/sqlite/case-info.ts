import type { CaseInfo } from '../store.ts';
import type { Connection } from './connection.ts';
import { DamagedCase } from './failures.ts';
import { RowReader } from './row.ts';

const keys = ['id', 'createdAt', 'tokenizerVersion', 'unicodeVersion', 'toolVersion'] as const;

export function writeInfo(connection: Connection, info: Omit<CaseInfo, 'schemaVersion'>): void {
  for (const key of keys)
    connection.run('INSERT OR REPLACE INTO info (key, value) VALUES (?, ?)', [key, String(info[key])]);
}

/** @throws DamagedCase when something is missing. */
export function readInfo(connection: Connection, schemaVersion: number): CaseInfo {
  const rows = connection.rows('SELECT key, value FROM info');
  const values = new Map(
    rows.map((row) => {
      const reader = new RowReader(row);
      return [reader.text(), reader.text()] as const;
    }),
  );
  const value = (key: (typeof keys)[number]) => {
    const text = values.get(key);
    if (text === undefined) throw new DamagedCase(`the case does not say its ${key}`);
    return text;
  };
  return {
    id: value('id'),
    createdAt: value('createdAt'),
    schemaVersion,
    tokenizerVersion: Number(value('tokenizerVersion')),
    unicodeVersion: value('unicodeVersion'),
    toolVersion: value('toolVersion'),
  };
}
