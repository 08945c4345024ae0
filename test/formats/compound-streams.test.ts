import { describe, expect, test } from 'vitest';
import { CompoundStreams } from '../../src/formats/compound-streams.ts';
import { compoundFileOf } from '../../src/formats/compound-writer.ts';

const bytesOf = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, at) => (at * 7 + seed) % 251);
const large = bytesOf(9000, 1);
const small = bytesOf(700, 2);

describe('the streams of a compound file', () => {
  const file = () =>
    compoundFileOf(
      new Map([
        ['Large', large],
        ['Small', small],
        ['Pool/_1/Inner', small],
        ['Empty', new Uint8Array()],
      ]),
    );

  test('are read by path, whatever their size; case does not count', () => {
    const streams = new CompoundStreams(file());
    expect(streams.names).toEqual(['Empty', 'Large', 'Pool/_1/Inner', 'Small']);
    expect(streams.stream('Large')).toEqual(large);
    expect(streams.stream('small')).toEqual(small);
    expect(streams.stream('Pool/_1/Inner')).toEqual(small);
    expect(streams.stream('Empty')).toEqual(new Uint8Array());
    expect(streams.stream('Pool')).toBeUndefined();
    expect(streams.stream('None')).toBeUndefined();
    expect(streams.damaged.size).toBe(0);
  });

  test('end where their chain goes round in a circle, and are named as damaged', () => {
    const bytes = file();
    const view = new DataView(bytes.buffer);
    // The stream's first sector is the file's: the table, in the last, says that it comes after itself.
    view.setUint32(bytes.length - 512, 0, true);
    const streams = new CompoundStreams(bytes);
    for (const name of streams.names) streams.stream(name);
    expect([...streams.damaged]).toEqual(['Large']);
  });

  test('of a file that is cut short are given as far as they go', () => {
    const bytes = file();
    for (let length = 0; length < bytes.length; length += 97) {
      const streams = new CompoundStreams(bytes.slice(0, length));
      for (const name of streams.names) expect((streams.stream(name) ?? []).length).toBeLessThanOrEqual(9000);
    }
  });

  test('of more than a table lists are read too', () => {
    const huge = bytesOf(8_000_000, 3);
    const streams = new CompoundStreams(
      compoundFileOf(
        new Map([
          ['Huge', huge],
          ['Small', small],
        ]),
      ),
    );
    expect(Buffer.from(streams.stream('Huge') ?? []).equals(huge)).toBe(true);
    expect(streams.stream('Small')).toEqual(small);
  });

  test('are none in bytes that are no such file', () => {
    expect(new CompoundStreams(new Uint8Array(600).fill(0xff)).names).toEqual([]);
    expect(new CompoundStreams(new Uint8Array(3)).names).toEqual([]);
  });
});
