import { describe } from 'vitest';
import { createMemoryEngine } from '../../../src/engine/memory/memory-engine.ts';
import { testEngine } from '../contract.ts';

describe('the in-memory engine', () => {
  testEngine(
    async () => {
      const engine = createMemoryEngine();
      return { engine, write: (work) => work(), close: () => engine.close() };
    },
    { positions: false },
  );
});
