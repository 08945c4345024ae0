import { createMemoryStore } from '../../src/store/memory/memory-store.ts';
import { testStore } from './contract.ts';

testStore('The memory store', {
  make: async () => createMemoryStore({ tokenizerVersion: 1, unicodeVersion: '15.1', toolVersion: '0.1.0' }),
  cleanUp: async () => {
    // It leaves nothing behind.
  },
});
