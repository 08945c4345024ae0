import { describe } from 'vitest';
import { testEngine } from '../contract.ts';
import { openSqliteEngine } from './open.ts';

describe('the SQLite engine', () => {
  testEngine(() => openSqliteEngine(), { positions: true });
});
