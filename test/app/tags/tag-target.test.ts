import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../src/app/case.ts';
import { OpenedDocument } from '../../../src/app/opened-document.ts';
import { targetAt, targetOfPassage } from '../../../src/app/tags/tag-target.ts';
import { hashTerms } from '../../../src/app/words-hash.ts';
import { formatPlaceReference } from '../../../src/citation/reference.ts';
import { tokenise } from '../../../src/query/tokenizer.ts';
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

/** Compares the target of a stretch with what its reference and its folded text give, each by itself. */
async function compareStretches({ store }: Case, cuts: readonly number[]): Promise<void> {
  for await (const { id } of store.documents()) {
    const document = await OpenedDocument.open(store, id);
    const { textEnd } = document.places;
    for (const [at, cut] of cuts.entries()) {
      const [start, end] = [cut, cuts[at + 1] ?? 1]
        .map((part) => Math.floor(part * textEnd))
        .sort((a, b) => a - b);
      if (start === undefined || end === undefined || start === end) continue;
      const stretch = { start, end };
      const reference = formatPlaceReference(await document.referenceTo(stretch));
      const words = tokenise(await document.foldedText(stretch)).terms;
      const target = await targetAt(document, stretch);
      expect(target.place?.reference).toBe(reference);
      expect(target.place?.wordsHash).toBe(hashTerms(words));
    }
  }
}

describe('the target of a stretch', () => {
  it('has the reference of the stretch and the hash of its words', async () => {
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(anyCase, cuts, (made, where) =>
        inBothCases(made, async (cases) => {
          for (const one of cases) await compareStretches(one, where);
        }),
      ),
      { numRuns: 60 },
    );
  });
});

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
