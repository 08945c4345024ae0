import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tarFile, tarMember } from './tar-file.ts';
import { endOf, membersOf, readAll } from './unpacked.ts';

const lamp = { name: 'letters/lamp.txt', data: 'The lamp was lit.\n' };
const door = { name: 'door.txt', data: 'The door was shut.\n'.repeat(60) };
const end = Buffer.alloc(1024);

describe('a tar archive', () => {
  test('gives its members as they were put in', async () => {
    const member = fc.record({
      name: fc.stringMatching(/^[a-z]{1,8}(\/[a-zé]{1,8}){0,2}$/),
      data: fc.uint8Array({ maxLength: 1600 }),
    });
    const property = fc.asyncProperty(fc.array(member, { minLength: 1, maxLength: 6 }), async (members) => {
      const read = (await readAll(tarFile(members))).flatMap((one) => (one.type === 'child' ? [one] : []));
      expect(read.map(({ name, bytes }) => [name, Buffer.from(bytes)])).toEqual(
        members.map(({ name, data }) => [name, Buffer.from(data)]),
      );
    });
    await fc.assert(property, { numRuns: 60 });
  });

  test.each([
    [
      'of GNU tar',
      tarMember({ name: '././@LongLink', type: 'L', data: `${'n'.repeat(150)}.txt\0` }),
      `${'n'.repeat(150)}.txt`,
    ],
    ['of Solaris', tarMember({ name: 'sun', type: 'X', data: '23 path=é/a long name\n' }), 'é/a long name'],
    ['of POSIX', tarMember({ name: 'pax', type: 'x', data: '23 path=é/a long name\n' }), 'é/a long name'],
  ])('takes long names %s from the record before', async (_, record, name) => {
    const archive = Buffer.concat([record, tarMember({ ...lamp, name: 'cut' }), tarMember(door), end]);
    expect(Object.keys(await membersOf(archive))).toEqual([name, 'door.txt']);
  });

  test('leaves folders out, and says why what is no file does not come out', async () => {
    const archive = tarFile([
      { name: 'letters/', type: '5' },
      { name: 'link', type: '2', link: 'lamp.txt' },
      { name: 'pipe', type: '6' },
      { name: 'holes', type: 'S', data: 'x' },
      lamp,
    ]);
    expect(await membersOf(archive)).toEqual({
      link: 'unsupported: It is a link to lamp.txt, not a file of its own.',
      pipe: 'unsupported: It is a pipe.',
      holes: 'unsupported: It is a file with holes, which pincite does not put together.',
      'letters/lamp.txt': lamp.data,
    });
    expect(await endOf(archive)).toBe('container: The file is a tar archive with 4 files in it.');
  });

  test('a long list of holes is no damage', async () => {
    const archive = tarFile([{ name: 'holes', type: 'S', data: 'x', holes: 2 }, lamp]);
    expect(await membersOf(archive)).toMatchObject({ 'letters/lamp.txt': lamp.data });
    expect(await endOf(archive)).toBe('container: The file is a tar archive with 2 files in it.');
  });

  test('with a damaged header goes on at the next, and counts as failed', async () => {
    const archive = tarFile([lamp, door, { name: 'c.txt', data: 'The candle burnt.\n' }]);
    archive.fill(0x41, 1024, 1100);
    expect(Object.keys(await membersOf(archive))).toEqual(['letters/lamp.txt', 'c.txt']);
    expect(await endOf(archive)).toMatch(
      /^failed: .* but it is damaged at byte 1024; 2 files could be found in it\.$/,
    );
  });

  test('that is cut off names the member that it ends in', async () => {
    const archive = tarFile([lamp, door]).subarray(0, 1024 + 512 + 100);
    expect(await membersOf(archive)).toEqual({
      'letters/lamp.txt': lamp.data,
      'door.txt': 'failed: The archive ends before it does.',
    });
  });

  test('packed by gzip is read through; of a damaged one comes what stands before the damage', async () => {
    const noise = {
      name: 'noise',
      data: Buffer.from(Array.from({ length: 90_000 }, (_, at) => (at * at * 31) % 251)),
    };
    const packed = gzipSync(tarFile([lamp, noise, door]));
    expect(Object.keys(await membersOf(packed))).toEqual(['letters/lamp.txt', 'noise', 'door.txt']);
    const cut = packed.subarray(0, packed.length / 2);
    expect(Object.keys(await membersOf(cut))).toContain('letters/lamp.txt');
    expect(await endOf(cut)).toMatch(
      /^failed: The file is a gzip archive of a tar archive, but it is damaged \(unexpected end of file\)/,
    );
  });

  test('of the time before there was a mark is known by its checksum', async () => {
    const archive = tarFile([lamp]);
    archive.fill(0, 257, 265);
    archive.write('        ', 148);
    const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect(await membersOf(archive)).toEqual({ 'letters/lamp.txt': lamp.data });
  });

  test('claims of sizes that cannot be are no members', async () => {
    const archive = tarFile([lamp, door]);
    archive.write('77777777777\0', 124);
    archive.write('        ', 148);
    const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect(await membersOf(archive)).toMatchObject({
      'letters/lamp.txt': expect.stringMatching(/^too-large: It has 8,192 MB/),
    });
  });
});
