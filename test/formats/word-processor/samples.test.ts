import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { amendedStatement } from '../../../fixtures/formats/word-samples.ts';
import { extractions, linesOf } from './block-lines.ts';

const folder = resolve(import.meta.dirname, '../../../fixtures/formats');
const file = (name: string) => new Uint8Array(readFileSync(resolve(folder, name)));
const expected: readonly string[] = JSON.parse(
  readFileSync(resolve(folder, 'expected/amended-statement.json'), 'utf8'),
);

test('the sample Word file is what its script makes', () => {
  expect(Buffer.from(file('amended-statement.docx')).equals(amendedStatement())).toBe(true);
});

describe('one amended statement, in the format of each word processor', () => {
  // Dates of Word's older formats have no seconds and no zone; no other format than DOCX has the zone.
  const dated = (line: string) => line.replaceAll(/(T\d\d:\d\d):00Z?/g, '$1');

  test.each<[extension: string, lacking: readonly string[]]>([
    ['docx', []],
    ['odt', []],
    ['fodt', []],
    // Only the newer two know of comments that have been dealt with.
    ['doc', [', resolved']],
    // LibreOffice leaves the box out when it writes RTF.
    ['rtf', [', resolved', 'paragraph: Seen by the reading team']],
  ])('%s', async (extension, lacking) => {
    const wanted = expected
      .map((line) => lacking.reduce((left, lost) => left.replace(lost, ''), dated(line)))
      .filter((line) => line !== '');
    const lines = await linesOf(file(`amended-statement.${extension}`), extension);
    expect(lines.map(dated)).toEqual(wanted);
  });
});

describe('damage', () => {
  test.each(['doc', 'odt', 'fodt', 'rtf'])(
    'any cut and any flipped bit of a %s file gives an answer',
    async (extension) => {
      const good = file(`amended-statement.${extension}`);
      const stride = Math.ceil(good.length / 120);
      for (let at = 0; at < good.length; at += stride) {
        const flipped = good.slice();
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
        for (const bytes of [flipped, good.slice(0, at)]) {
          const found = await extractions(bytes, extension);
          expect(found.length).toBeGreaterThan(0);
          expect(JSON.stringify(found)).not.toContain('gave up');
        }
      }
    },
  );

  test.each(['rtf', 'fodt'])(
    'a %s file that ends early gives what stands before, and says so',
    async (extension) => {
      const good = file(`amended-statement.${extension}`);
      const end = Buffer.from(good).indexOf('Later I heard');
      const [found] = await extractions(good.slice(0, end), extension);
      expect(found).toMatchObject({ type: 'text', remarks: [expect.stringMatching(/stands before/)] });
      expect(JSON.stringify(found)).toContain('He wore a dark coat.');
    },
  );
});
