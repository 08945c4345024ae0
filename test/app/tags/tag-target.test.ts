import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../src/app/case.ts';
import { OpenedDocument } from '../../../src/app/opened-document.ts';
import { targetOfPassage } from '../../../src/app/tags/tag-target.ts';
import { inBothCases } from '../../search/both-cases.ts';
import { anyCase } from '../../search/corpus.ts';
import { openSample } from '../sample-case.ts';

/** Compares, for every passage of a case, its target with the words at hand and without; says how many have words. */
async function compareTargets({ store }: Case): Promise<number> {
  let withWords = 0;
  for await (const { id } of store.documents()) {
    const document = await OpenedDocument.open(store, id);
    for (const passage of document.outline.passages.keys()) {
      const words = await document.wordsOfPassage(passage);
      if (words === undefined || words.length === 0) continue;
      withWords += 1;
      expect(await targetOfPassage(document, passage, words)).toEqual(
        await targetOfPassage(document, passage),
      );
    }
  }
  return withWords;
}

describe('the target of a passage whose words were read already', () => {
  it('is that which its text gives: in every paper of the sample case', async () => {
    const sample = await openSample();
    try {
      expect(await compareTargets(sample.open)).toBeGreaterThan(200);
    } finally {
      await sample.close();
    }
  });

  it('is that which its text gives: in any papers', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, (made) =>
        inBothCases(made, async (cases) => {
          for (const one of cases) await compareTargets(one);
        }),
      ),
      { numRuns: 40 },
    );
  });
});
