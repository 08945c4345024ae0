import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { extract } from '../../../src/formats/registry.ts';
import { Conversions, hasLibreOffice } from './libreoffice.ts';
import { listsAsWordFile, randomLists } from './random-lists.ts';

const documents = 60;

async function ourNumbers(bytes: Uint8Array, extension: string): Promise<ReadonlyMap<string, string>> {
  const numbers = new Map<string, string>();
  for await (const found of extract(bytes, { extension })) {
    if (found.type !== 'text' || found.content.layout !== 'blocks')
      throw new Error(`${found.type} instead of blocks`);
    for (const { text, number } of found.content.blocks) numbers.set(text, number ?? '');
  }
  return numbers;
}

describe.skipIf(!hasLibreOffice)(
  'paragraph numbers as LibreOffice prints them (skipped where soffice is not installed)',
  () => {
    const conversions = new Conversions();
    afterAll(() => conversions.remove());
    const random = fc.sample(randomLists, { numRuns: documents, seed: 5 });
    const word = new Map(random.map((lists, at) => [`lists${at}.docx`, listsAsWordFile(lists)]));

    test('of DOCX files', async () => {
      await expectSame(word, 'docx', conversions.printedNumbers(word));
    }, 300_000);

    test.each(['doc', 'odt', 'fodt'])(
      'of %s files',
      async (extension) => {
        const files = conversions.convert(word, extension);
        await expectSame(files, extension, conversions.printedNumbers(files));
      },
      300_000,
    );

    // RTF holds the numbers as they were printed when it was written.
    test('of rtf files', async () => {
      await expectSame(conversions.convert(word, 'rtf'), 'rtf', conversions.printedNumbers(word));
    }, 300_000);

    async function expectSame(
      files: ReadonlyMap<string, Uint8Array>,
      extension: string,
      printed: ReturnType<Conversions['printedNumbers']>,
    ): Promise<void> {
      const differences: string[] = [];
      for (const [name, bytes] of files) {
        const theirs = printed.get(name.replace(/\.\w+$/, '')) ?? new Map<string, string>();
        for (const [text, number] of await ourNumbers(bytes, extension)) {
          const wanted = theirs.get(text);
          if (wanted !== number) differences.push(`${name} ${text}: ${number} instead of ${wanted}`);
        }
      }
      expect(differences).toEqual([]);
    }
  },
);
