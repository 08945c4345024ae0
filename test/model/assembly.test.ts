import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assemble, assemblySources, codeFileOf } from '../../scripts/assembly.ts';
import { startAssembly } from '../../src/model/assembly.ts';

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

test('a module that lacks what is asked of it is refused', () => {
  expect(() => startAssembly(empty, ['read'], [])).toThrow('build it again');
});
