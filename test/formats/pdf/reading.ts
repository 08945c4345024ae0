import { expect } from 'vitest';
import type { Extraction, ReadOptions, SheetText, TextRun } from '../../../src/formats/extraction.ts';
import { pdfAdapter } from '../../../src/formats/pdf/pdf-adapter.ts';

/** All that the adapter makes of a file. */
export async function readAll(
  bytes: Uint8Array,
  options: Partial<ReadOptions> = {},
): Promise<readonly Extraction[]> {
  const extractions: Extraction[] = [];
  for await (const extraction of pdfAdapter.read(bytes, { extension: 'pdf', ...options })) {
    extractions.push(extraction);
  }
  return extractions;
}

/** The text of a file, which must have one. */
export async function readText(bytes: Uint8Array, options: Partial<ReadOptions> = {}) {
  const [extraction] = await readAll(bytes, options);
  if (extraction?.type !== 'text' || extraction.content.layout !== 'sheets') {
    throw new Error(`no text: ${JSON.stringify(extraction)}`);
  }
  return { ...extraction, sheets: extraction.content.sheets };
}

export async function readSheets(bytes: Uint8Array): Promise<readonly SheetText[]> {
  return (await readText(bytes)).sheets;
}

export async function readRuns(
  bytes: Uint8Array,
  options: Partial<ReadOptions> = {},
): Promise<readonly TextRun[]> {
  return (await readText(bytes, options)).sheets.flatMap(({ runs }) => runs);
}

export const texts = (runs: readonly TextRun[]) => runs.map(({ text }) => text);

/** Runs as `text` in the body, and as `zone: text` elsewhere. */
export function zoned(runs: readonly TextRun[]): readonly string[] {
  return runs.map(({ text, zone }) => (zone === undefined ? text : `${zone}: ${text}`));
}

/** What the file holds, which must be whole: names and texts. */
export function childTexts(extractions: readonly Extraction[]): Readonly<Record<string, string>> {
  const children = extractions.flatMap((one) => (one.type === 'child' ? [one] : []));
  expect(children.every(({ relation }) => relation === 'attachment')).toBe(true);
  return Object.fromEntries(children.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('utf8')]));
}
