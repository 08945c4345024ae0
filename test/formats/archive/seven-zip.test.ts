import { expect, test } from 'vitest';
import { HeaderBytes, writtenNumber } from '../../../src/formats/archive/seven-zip/bytes.ts';
import { archiveOf, id, readStreams, writtenStreams } from '../../../src/formats/archive/seven-zip/header.ts';
import { endOf, membersOf } from './unpacked.ts';

/** Attributes of a file are none of the ids that the reader needs. */
const attributes = 21;

/** An archive of one file, packed by a method, with attributes. @param method a coder's name, in hex */
function archiveOfOne(method: string, name: string, data: string, attribute: number): Uint8Array {
  const packed = Buffer.from(data);
  const streams = {
    packPosition: 0,
    packSizes: [packed.length],
    folders: [
      {
        coders: [{ method, inputs: 1, outputs: 1, properties: new Uint8Array() }],
        bonds: [],
        packed: [0],
        sizes: [packed.length],
      },
    ],
    checksums: [undefined],
  };
  const names = Buffer.from(`${name}\0`, 'utf16le');
  const flags = Buffer.alloc(4);
  flags.writeUInt32LE(attribute);
  const header = Buffer.concat([
    Uint8Array.of(id.header, id.mainStreams),
    writtenStreams(streams),
    Uint8Array.of(id.subStreams, id.end, id.end, id.files),
    writtenNumber(1),
    Uint8Array.of(id.names),
    writtenNumber(names.length + 1),
    Uint8Array.of(0),
    names,
    Uint8Array.of(attributes, 6, 1, 0),
    flags,
    Uint8Array.of(id.end, id.end),
  ]);
  return archiveOf([packed], header);
}

test.each([
  ['of Windows', 0x20],
  ['of Unix', 0x8000 | (0o100644 << 16)],
  ['that say who may read it and not what it is', 0x8000 | (0o644 << 16)],
])('a file with attributes %s comes out', async (_, attribute) => {
  const archive = archiveOfOne('00', 'plan.txt', 'The plan.', attribute >>> 0);
  expect(await membersOf(archive)).toEqual({ 'plan.txt': 'The plan.' });
});

test('a method that the unpacker does not know is not called damage', async () => {
  const archive = archiveOfOne('04f71104', 'plan.txt', 'The plan.', 0x20);
  expect((await membersOf(archive))['plan.txt']).toMatch(/^unsupported: It cannot be unpacked \(/);
});

test('an archive that nothing was put into is empty', async () => {
  const empty = Buffer.alloc(32);
  Buffer.from('377abcaf271c0004', 'hex').copy(empty);
  expect(await endOf(empty)).toBe('empty: The file is a 7-Zip archive with no files in it.');
});

test('streams that were written are read back', () => {
  const streams = {
    packPosition: 3,
    packSizes: [70_000],
    folders: [
      {
        coders: [{ method: '21', inputs: 1, outputs: 1, properties: Uint8Array.of(24) }],
        bonds: [],
        packed: [0],
        sizes: [9],
      },
    ],
    checksums: [7],
  };
  expect(readStreams(new HeaderBytes(writtenStreams(streams)))).toMatchObject({
    packPosition: 3,
    packSizes: [70_000],
  });
});
