import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { assemble, assemblySources, codeFileOf } from '../../scripts/assembly.ts';
import { startAssembly } from '../../src/model/assembly.ts';
import code from '../../src/store/columns.wasm.ts';

describe('the assemblies', () => {
  const sources = assemblySources();

  test.each(sources)('the code of %s is that of its source (else: npm run assemble)', async (source) => {
    expect(await assemble(source)).toBe(readFileSync(codeFileOf(source), 'utf8'));
  });

  test('there are some', () => {
    expect(sources.length).toBeGreaterThan(0);
  });
});

/** The least of all modules: it exports nothing. */
const empty = 'AGFzbQEAAAA=';

test('a module starts where there is no Buffer as well', () => {
  const { calls, constants } = startAssembly(code, ['position'], ['mostNumbers']);
  vi.stubGlobal('Buffer', undefined);
  try {
    const elsewhere = startAssembly(code, ['position'], ['mostNumbers']);
    expect(elsewhere.constants).toEqual(constants);
    expect(elsewhere.calls.position()).toBe(calls.position());
  } finally {
    vi.unstubAllGlobals();
  }
});

test('a module that lacks what is asked of it is refused', () => {
  expect(() => startAssembly(empty, ['read'], [])).toThrow('build it again');
});
