import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MemberNames } from '../../src/app/ingest/member-names.ts';

describe('names of files inside others', () => {
  test('are paths of which none is another, nor leads through another', () => {
    const part = fc.constantFrom('a', 'b', 'a.zip', '', ' ', 'a (2)', 'c\0');
    const name = fc.array(part, { maxLength: 3 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (given) => {
        const names = new MemberNames();
        const taken = given.map((one) => names.take(one, 'embedded').name);
        expect(new Set(taken).size).toBe(taken.length);
        for (const one of taken) {
          expect(one).not.toContain('\0');
          expect(taken.filter((other) => other.startsWith(`${one}/`))).toEqual([]);
        }
      }),
    );
  });

  test.each([
    ['../x', true],
    ['a/../../x', true],
    ['/etc/passwd', true],
    ['C:\\x', true],
    ['c:/x', true],
    ['\\\\server\\x', true],
    ['..\\x', true],
    ['a/../b', false],
    ['..x/y', false],
    ['a:b', false],
    ['./a', false],
  ])('%s leads out of an archive: %s', (name, leadsOut) => {
    expect(new MemberNames().take(name, 'member').leadsOut).toBe(leadsOut);
  });

  test('of attachments are what stands last where mail programs put down a whole path', () => {
    const names = new MemberNames();
    expect(names.take('C:\\Users\\ann\\memo.doc', 'attachment')).toEqual({
      name: 'memo.doc',
      leadsOut: false,
    });
    expect(names.take('../memo.doc', 'attachment')).toEqual({ name: 'memo (2).doc', leadsOut: false });
  });
});
