import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceOf } from '../../../src/formats/byte-source.ts';
import { bufferOfSource } from '../../../src/formats/mail/pst-bytes.ts';
import '../../seed.ts';

const copies = fc.array(fc.tuple(fc.nat(120), fc.nat(40)), { maxLength: 20 });

/** What is copied out of a buffer, place by place. */
function copied(from: Buffer, places: readonly (readonly [at: number, length: number])[]) {
  return places.map(([at, length]) => {
    const target = Buffer.alloc(length, 0x2e);
    try {
      return { count: from.copy(target, 0, at, at + length), target: target.toString('latin1') };
    } catch (error) {
      return error instanceof RangeError;
    }
  });
}

test('what is copied out of a source in blocks is what is copied out of a buffer', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 100 }),
      copies,
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 1, max: 4 }),
      (bytes, places, blockBytes, blocks) => {
        const buffer = Buffer.from(bytes);
        const source = bufferOfSource(sourceOf(buffer), blockBytes, blocks);
        expect(copied(source, places)).toEqual(copied(buffer, places));
      },
    ),
  );
});

test('no more of the file is held than some blocks', () => {
  let fetched = 0;
  const bytes = Buffer.alloc(1000);
  const source = {
    ...sourceOf(bytes),
    readNow: (start: number, end: number) => {
      fetched += end - start;
      return bytes.subarray(start, end);
    },
  };
  const buffer = bufferOfSource(source, 10, 2);
  const target = Buffer.alloc(4);
  for (const at of [3, 1, 12, 3, 995]) buffer.copy(target, 0, at, at + 4);
  expect(fetched).toBe(30);
  buffer.copy(target, 0, 12, 16);
  expect(fetched).toBe(40);
});
