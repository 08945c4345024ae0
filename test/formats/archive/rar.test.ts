import { expect, test } from 'vitest';
import { extract } from '../../../src/formats/registry.ts';

/** A RAR archive of 2002 with one stored file, its header saying that its files are packed together. */
const solid = Buffer.from(
  '526172211a07003bd07308000d00000000000000' +
    'b71b741080250005000000050000000386a610360000002114300500a4810000612e74787468656c6c6f',
  'hex',
);

test('what the unpacker cannot do is not called damage', async () => {
  const readings = [];
  for await (const reading of extract(solid, { extension: 'rar' })) readings.push(reading);
  expect(readings.at(-1)).toMatchObject({
    outcome: 'failed',
    reason: expect.stringMatching(
      /^The file is a RAR archive, but not all of it can be unpacked \(RAR solid /,
    ),
  });
});
