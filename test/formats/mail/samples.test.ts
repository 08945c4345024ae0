import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mailSamples } from '../../../fixtures/formats/mail-samples.ts';
import { tell } from './read.ts';

const folder = join(import.meta.dirname, '../../../fixtures/formats');

describe.each([...mailSamples()])('%s', (name, made) => {
  const stem = name.replace(/\.\w+$/, '');
  const extension = name.slice(stem.length + 1);

  test('is what the script makes', () => {
    expect(Buffer.compare(readFileSync(join(folder, name)), made)).toBe(0);
  });

  test('has its expected passages, attachments and metadata', async () => {
    const expected: unknown = JSON.parse(readFileSync(join(folder, 'expected', `${name}.json`), 'utf8'));
    expect(JSON.parse(JSON.stringify(await tell(made, extension)))).toEqual(expected);
  });
});
