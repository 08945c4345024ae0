import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteSink, ByteSource, readAscending } from '../../../src/engine/sqlite/varint.ts';

const number = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 0xffff_ffff }));

test('numbers and bytes come back as they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, fc.uint8Array({ maxLength: 100 }))), (pieces) => {
      const sink = new ByteSink(1);
      for (const [value, bytes] of pieces) {
        sink.number(value);
        sink.copy(bytes, 0, bytes.length);
      }
      const source = new ByteSource(sink.take());
      for (const [value, bytes] of pieces) {
        expect(source.number()).toBe(value);
        expect(source.bytes.slice(source.at, source.at + bytes.length)).toEqual(bytes);
        source.at += bytes.length;
      }
      expect(source.at).toBe(source.bytes.length);
      expect(sink.length).toBe(0);
    }),
  );
});

test('ascending numbers come back from their differences', () => {
  fc.assert(
    fc.property(fc.uniqueArray(number), fc.nat(3), (values, before) => {
      const ascending = Uint32Array.from(values).sort();
      const sink = new ByteSink();
      for (let index = 0; index < before; index += 1) sink.number(200);
      const start = sink.length;
      ascending.forEach((value, index) => {
        sink.number(value - (ascending[index - 1] ?? 0));
      });
      const bytes = sink.take();
      const into = new Uint32Array(before + ascending.length);
      expect(readAscending(bytes, start, ascending.length, into, before)).toBe(bytes.length);
      expect(into.subarray(before)).toEqual(ascending);
    }),
  );
});

test('reading beyond the end gives zeros and ends', () => {
  expect(new ByteSource(Uint8Array.of(0x81)).number()).toBe(1);
  expect(readAscending(Uint8Array.of(5), 0, 3, new Uint32Array(3), 0)).toBeGreaterThan(1);
});
