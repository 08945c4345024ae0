import fc from 'fast-check';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { endOf, membersOf, readAll } from './unpacked.ts';

const lamp = Buffer.from('The lamp was lit at nine.\n'.repeat(40));
const door = Buffer.from('The door was shut.\n');
const two = () => Buffer.from(zipSync({ 'a/lamp.txt': lamp, 'door.txt': [door, { level: 0 }] }));
const whole = { 'a/lamp.txt': lamp.toString(), 'door.txt': door.toString() };

const central = Buffer.from('PK\x01\x02');

/** The archive with a change in the directory's record of its first member. */
function changed(change: (record: Buffer) => void): Buffer {
  const archive = two();
  change(archive.subarray(archive.indexOf(central)));
  return archive;
}

describe('a ZIP archive', () => {
  test('gives its members as they were put in, folders left out', async () => {
    const name = fc.stringMatching(/^[a-z]{1,6}(\/[a-z]{1,6}){0,2}\.txt$/);
    const files = fc.dictionary(name, fc.uint8Array({ maxLength: 300 }), { minKeys: 1, maxKeys: 6 });
    const property = fc.asyncProperty(files, fc.constantFrom(0, 6), async (contents, level) => {
      const archive = zipSync(contents, { level: level === 0 ? 0 : 6 });
      const read = (await readAll(archive)).flatMap((one) => (one.type === 'child' ? [one] : []));
      expect(read.map(({ name, bytes }) => [name, Buffer.from(bytes)])).toEqual(
        Object.entries(contents).map(([at, bytes]) => [at, Buffer.from(bytes)]),
      );
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test('behind a program that unpacks it is read', async () => {
    const program = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(3000, 7), two()]);
    expect(await membersOf(program)).toEqual(whole);
  });

  test.each([
    ['whose directory is cut off', () => two().subarray(0, two().indexOf(central))],
    ['whose directory has a damaged record', () => changed((record) => record.fill(0, 0, 4))],
  ])('%s gives the members by their own headers, and counts as failed', async (_, make) => {
    expect(await membersOf(make())).toEqual(whole);
    expect(await endOf(make())).toMatch(
      /^failed: .*the list of its members is (missing|damaged); 2 files could be found/,
    );
  });

  test('whose members are not where its directory says is searched for them', async () => {
    expect(await membersOf(changed((record) => record.writeUInt32LE(7, 42)))).toEqual(whole);
  });

  test.each([
    ['size', 24],
    ['packed size', 20],
  ])('that lies about the %s of a member gives it all the same', async (_, at) => {
    expect(await membersOf(changed((record) => record.writeUInt32LE(0xfffffff0, at)))).toEqual(whole);
  });

  test('with a damaged member gives what can be unfolded, and names it', async () => {
    const lines = Array.from({ length: 3000 }, (_, at) => `Entry ${at * 7919}.\n`).join('');
    const archive = Buffer.from(zipSync({ 'log.txt': Buffer.from(lines), 'door.txt': door }));
    archive.fill(0xff, 9000, 9040);
    const members = await membersOf(archive);
    expect(members['door.txt']).toBe(door.toString());
    expect(members['log.txt']?.slice(0, 1000)).toBe(lines.slice(0, 1000));
    expect(await endOf(archive)).toMatch(
      /^failed: The file is a ZIP archive, but log\.txt has not the size that it should have; 2 files/,
    );
  });

  test.each([
    [
      'packed in a way that nobody knows',
      (r: Buffer) => r.writeUInt16LE(1, 10),
      'unsupported: It is packed by Shrink',
    ],
    [
      'in another file of several',
      (r: Buffer) => r.writeUInt16LE(3, 34),
      'failed: It begins in another file',
    ],
    ['encrypted beyond us', (r: Buffer) => r.writeUInt16LE(0x41, 8), 'encrypted: It is encrypted in a way'],
  ])('says of a member that is %s why it does not come out', async (_, change, reason) => {
    const members = await membersOf(changed(change));
    expect(members['a/lamp.txt']).toContain(reason);
    expect(members['door.txt']).toBe(door.toString());
  });

  test('reads names in UTF-8 whether it says so or not, and else in the code page of the first PCs', async () => {
    const name = (bytes: Buffer) => {
      const archive = Buffer.from(zipSync({ 'xxxx.txt': door }));
      for (let at = archive.indexOf('xxxx'); at >= 0; at = archive.indexOf('xxxx', at + 1))
        bytes.copy(archive, at);
      return membersOf(archive);
    };
    expect(Object.keys(await name(Buffer.from('éé')))).toEqual(['éé.txt']);
    expect(Object.keys(await name(Buffer.from([0x82, 0x8a, 0x61, 0x62])))).toEqual(['éèab.txt']);
  });

  test('gives no more than is allowed, and refuses what unfolds to hundreds of times its size', async () => {
    expect(await membersOf(two(), { unfoldLimit: 4096 })).toMatchObject({
      'a/lamp.txt': lamp.toString(),
      'door.txt': expect.stringContaining('--unfold'),
    });
    const bomb = zipSync({ 'bomb.txt': new Uint8Array(40 * 2 ** 20) });
    expect(await membersOf(bomb)).toEqual({
      'bomb.txt': expect.stringMatching(/^too-large: It would unfold to 40 MB, /),
    });
  });

  test('without files is said to be empty', async () => {
    expect(await endOf(zipSync({}))).toBe('empty: The file is a ZIP archive with no files in it.');
  });

  test('however it is damaged, is read to an end', async () => {
    const damage = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 6 });
    const property = fc.asyncProperty(damage, fc.nat(500), async (bytes, cut) => {
      const archive = two();
      for (const [at, byte] of bytes) archive[at % archive.length] = byte;
      const last = (await readAll(archive.subarray(0, Math.max(40, archive.length - (cut % 200))))).at(-1);
      expect(['container', 'unreadable', 'text']).toContain(last?.type);
    });
    await fc.assert(property, { numRuns: 200 });
  });
});
