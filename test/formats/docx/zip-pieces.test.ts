import fc from 'fast-check';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readZipDirectory, readZipMember, zipMemberPieces } from '../../../src/formats/docx/zip.ts';
import '../../seed.ts';

/** Enough that it comes in several pieces. */
const content = fc
  .tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 2 ** 31 }))
  .map(([lines, seed]) => {
    let state = seed;
    const next = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0);
    return Buffer.from(Array.from({ length: lines }, () => `<row r="${next()}"/>`).join(''));
  });

function inPieces(file: Uint8Array, wholeUpTo: number) {
  const entry = readZipDirectory(file).entries.get('sheet.xml');
  if (entry === undefined) throw new Error('the archive has lost its member');
  const problems: string[] = [];
  const pieces = [...zipMemberPieces(file, entry, (problem) => problems.push(problem), wholeUpTo)];
  const whole = readZipMember(file, entry);
  return { bytes: Buffer.concat(pieces), problems, whole };
}

test('a member in pieces is the member as a whole', () => {
  fc.assert(
    fc.property(content, fc.constantFrom(0, 1000, 2 ** 30), (bytes, wholeUpTo) => {
      const read = inPieces(zipSync({ 'sheet.xml': bytes }), wholeUpTo);
      expect(read.bytes.equals(bytes)).toBe(true);
      expect(read.problems).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('of a damaged one as much comes out, and it is told of', () => {
  fc.assert(
    fc.property(content, fc.nat(), fc.integer({ min: 1, max: 255 }), (bytes, at, change) => {
      const file = zipSync({ 'sheet.xml': bytes });
      const { dataStart, compressedSize } = readZipDirectory(file).entries.get('sheet.xml') ?? {
        dataStart: 0,
        compressedSize: 1,
      };
      const place = dataStart + (at % compressedSize);
      file[place] = (file[place] ?? 0) ^ change;
      const { bytes: found, problems, whole } = inPieces(file, 0);
      // What changed may be the mark of the end alone: then all of it has come, and its checksum says so.
      expect(problems.length).toBe(found.equals(bytes) ? 0 : 1);
      expect(found.equals(whole.bytes)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test.each<[what: string, harm: (archive: Uint8Array) => Uint8Array]>([
  ['is put in front', (archive) => Buffer.concat([Buffer.from('MZ something'), archive])],
  ['is lost in a member', (archive) => Buffer.concat([archive.subarray(0, 40), archive.subarray(41)])],
])('members are where they are found when something %s', (_, harm) => {
  const data = Buffer.from('no words '.repeat(20));
  const words = Buffer.from('The plan.');
  const archive = harm(zipSync({ a: data, 'content.xml': words }, { level: 0 }));
  const { entries, salvaged } = readZipDirectory(archive);
  expect(salvaged).toBe(false);
  const content = entries.get('content.xml');
  if (content === undefined) throw new Error('the member is not listed');
  expect(Buffer.from(readZipMember(archive, content).bytes)).toEqual(words);
});
