import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { pdfSamples } from '../../../fixtures/formats/pdf-samples.ts';
import { childTexts, readAll, zoned } from './reading.ts';

const committed = (name: string) =>
  readFileSync(new URL(`../../../fixtures/formats/${name}`, import.meta.url));
const samples = await pdfSamples();

test.each(samples)('$name is read as expected', async ({ name }) => {
  const expected = JSON.parse(committed(`expected/${name.replace(/\.pdf$/, '.json')}`).toString('utf8'));
  const extractions = await readAll(committed(name), { passwords: expected.passwords ?? [] });
  const [text] = extractions;
  const sheets = text?.type === 'text' && text.content.layout === 'sheets' ? text.content.sheets : [];
  expect(sheets.map(({ sheet, ocr, runs }) => ({ sheet, ...(ocr && { ocr }), runs: zoned(runs) }))).toEqual(
    expected.sheets,
  );
  expect(childTexts(extractions)).toEqual(expected.attachments ?? {});
});

test.each(samples)('$name is what the script makes', ({ name, bytes, expected }) => {
  expect(Buffer.compare(committed(name), bytes)).toBe(0);
  const expectation = committed(`expected/${name.replace(/\.pdf$/, '.json')}`).toString('utf8');
  expect(JSON.parse(expectation)).toEqual(expected);
});
