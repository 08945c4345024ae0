import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeCompoundFile } from '../../fixtures/formats/compound-writer.ts';
import { mailSamples } from '../../fixtures/formats/mail-samples.ts';
import { mendCompoundFile } from '../../src/formats/compound-mend.ts';
import { tell } from './mail/read.ts';
import '../seed.ts';

const sample = mailSamples().get('message.msg') as Uint8Array; // one of the samples

describe('compound files', () => {
  test('a sound one is left alone', () => {
    const large = writeCompoundFile([
      { name: 'large', bytes: new Uint8Array(9000) },
      { name: 'folder', children: [{ name: 'small', bytes: new Uint8Array(70) }] },
    ]);
    for (const bytes of [sample, large]) expect(mendCompoundFile(bytes)).toEqual({ bytes, mended: false });
  });

  test.each<[what: string, sector: number, entry: number]>([
    ['a chain that comes round to its beginning', 0, 1],
    ['a sector that is its own next', 0, 2],
  ])('%s ends', async (_, tableSector, entry) => {
    const looped = Buffer.from(sample);
    looped.writeUInt32LE(entry === 2 ? 2 : 1, 512 * (tableSector + 1) + 4 * entry);
    expect(mendCompoundFile(looped).mended).toBe(true);
    await tell(looped, 'msg');
  });

  test('one that is cut short gives what is left', async () => {
    const { blocks, remarks, unreadable } = await tell(sample.subarray(0, sample.length - 600), 'msg');
    expect(unreadable).toBeUndefined();
    expect(blocks.length).toBeGreaterThan(0);
    expect(remarks.join(' ')).toContain('damaged');
  });

  test('no change of numbers leads a reader in circles', async () => {
    const changes = fc.array(
      fc.tuple(
        fc.nat(sample.length / 4 - 1),
        fc.constantFrom(0, 1, 2, 3, 7, 100, 0x7fffffff, 0xfffffffe, 0xffffffff),
      ),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(changes, async (numbers) => {
        const damaged = Buffer.from(sample);
        for (const [at, value] of numbers) damaged.writeUInt32LE(value, at * 4);
        const once = mendCompoundFile(damaged);
        expect(mendCompoundFile(once.bytes).mended).toBe(false);
        await tell(damaged, 'msg');
      }),
      { numRuns: 200 },
    );
  });
});
