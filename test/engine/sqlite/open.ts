import Database from 'libsql';
import { createSqliteEngine, engineSchema } from '../../../src/engine/sqlite/sqlite-engine.ts';
import type { EngineUnderTest } from '../contract.ts';

/** An engine over a new database, in memory unless a file is named. */
export async function openSqliteEngine(
  file = ':memory:',
): Promise<EngineUnderTest & { readonly database: Database.Database }> {
  const database = new Database(file);
  for (const statement of engineSchema) database.exec(statement);
  const engine = createSqliteEngine(database);
  return {
    engine,
    database,
    write: (work) => inTransaction(database, work),
    close: async () => {
      await engine.close();
      database.close();
    },
  };
}

export async function inTransaction(database: Database.Database, work: () => Promise<void>): Promise<void> {
  database.exec('BEGIN IMMEDIATE');
  try {
    await work();
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
  database.exec('COMMIT');
}
