import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sourceOf } from '../../../src/formats/byte-source.ts';
import { membersOf, readAll } from './unpacked.ts';

const folder = new URL('../../../fixtures/formats/', import.meta.url);
const expected: {
  readonly password: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly archives: Readonly<Record<string, Readonly<Record<string, string>>>>;
} = JSON.parse(readFileSync(new URL('expected/archives.json', folder), 'utf8'));
const names = Object.keys(expected.archives);
const sample = (name: string) => readFileSync(new URL(`archives/${name}`, folder));
const passwords = ['wrong', expected.password];

/** Texts by path, archives in archives opened as well. */
async function textsIn(bytes: Uint8Array, before = ''): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = {};
  for (const reading of await readAll(bytes, { passwords })) {
    if (reading.type !== 'child') continue;
    const path = `${before}${reading.name}`;
    const own = Buffer.from(reading.bytes).toString();
    if (/\.(zip|tgz|7z)$/.test(path)) Object.assign(texts, await textsIn(reading.bytes, `${path}/`));
    else texts[path] = own;
  }
  return texts;
}

describe('archives that other programs made', () => {
  test.each(names)('%s holds what it should', async (name) => {
    const wanted = Object.entries(expected.archives[name] ?? {});
    expect(await textsIn(sample(name))).toEqual(
      Object.fromEntries(wanted.map(([path, text]) => [path, expected.texts[text]])),
    );
  });

  test.each(names.filter((name) => name.startsWith('locked')))(
    '%s stays closed without its password',
    async (name) => {
      const closed = await readAll(sample(name));
      const open = await readAll(sample(name), { passwords: ['wrong', 'Saltmere'] });
      for (const reading of [...closed, ...open]) {
        expect(reading.type).not.toBe('child');
        if (reading.type === 'container' || reading.type === 'text') continue;
        expect(reading).toMatchObject({
          outcome: 'encrypted',
          reason: expect.stringContaining('protected by a password'),
        });
        expect(JSON.stringify(reading)).not.toMatch(/wrong|saltmere/i);
      }
    },
  );

  test.each(names)('%s gives the same when it is too large for the memory', async (name) => {
    expect(await membersOf(sourceOf(sample(name)), { passwords })).toEqual(
      await membersOf(sample(name), { passwords }),
    );
  });

  test.each(names)('%s gives one member when one is wanted, the same as among all', async (name) => {
    const all = Object.entries(await membersOf(sample(name), { passwords }));
    for (const [wanted, text] of all)
      expect((await membersOf(sample(name), { passwords, wanted }))[wanted]).toBe(text);
  });
});
