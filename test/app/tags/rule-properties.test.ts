import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../../src/app/case.ts';
import { applyTags } from '../../../src/app/tagging.ts';
import { applyRules, keepRules } from '../../../src/app/tags/apply-rules.ts';
import { applyAfterIngest, beforeIngest } from '../../../src/app/tags/ingest-rules.ts';
import { undoBatch } from '../../../src/app/tags/undo.ts';
import { addPaper, rulesOf, tagCase, tagDigest, tagsIn, targetOfLine } from './tag-case.ts';

const words = ['phone', 'seal', 'mug', 'coat', 'bag'];
const line = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 });
const text = fc
  .array(line, { minLength: 1, maxLength: 4 })
  .map((lines) => `${lines.map((one) => one.join(' ')).join('\n')}\n`);
const papers = fc
  .array(text, { minLength: 1, maxLength: 4 })
  .map((texts) => new Map(texts.map((one, at) => [`d${at}`, one])));

const query = fc.oneof(
  fc.constantFrom(...words),
  fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words)).map(([a, b]) => `${a} OR ${b}`),
  fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words)).map(([a, b]) => `${a} w/2 ${b}`),
  fc.constantFrom('tag:t', 'NOT tag:t', 'phone tag:t', 'seal NOT tag:r/yes', 'tag:r'),
);
const rule = fc.record(
  {
    query,
    tags: fc.constantFrom(['t'], ['t', 'u/v'], ['r/yes'], ['r/no'], ['r/no/late', 't']),
    level: fc.constantFrom('passage', 'document'),
    priority: fc.integer({ min: -1, max: 1 }),
    exclude: fc.constantFrom({}, { queries: ['coat'] }, { documents: ['d0.txt'] }, { queries: ['tag:u'] }),
  },
  { requiredKeys: ['query', 'tags'] },
);
const rules = fc
  .array(rule, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((one, at) => ({ name: `rule ${at}`, ...one })));
const exclusive = [['r/yes', 'r/no']];
const byHand = fc.array(fc.tuple(fc.constantFrom('t', 'u', 'r/yes'), fc.nat(3), fc.nat(3)), { maxLength: 4 });

const apply = async (open: Case, set: readonly object[]) =>
  applyRules(open, await rulesOf(open, set, exclusive), { dryRun: false, keep: false, replace: false });

async function tagByHand(open: Case, tags: readonly (readonly [string, number, number])[]): Promise<void> {
  for (const [name, paper, at] of tags) {
    const id = `d${paper}`;
    const document = await open.store.documentsByPrefix('');
    if (document.length <= paper) continue;
    const lines = await linesOf(open, id);
    const target = await targetOfLine(open, id, at % lines);
    await applyTags(open, {
      ...{ action: 'add', names: [name], targets: [target], note: `${paper}`, replace: false },
      ...{ detail: {}, dryRun: false },
    });
  }
}

async function linesOf(open: Case, id: string): Promise<number> {
  const { document } = await targetOfLine(open, id, 0);
  return (await open.store.outline(document)).passages.length;
}

describe('rules', () => {
  it('applied again change nothing, and taken back leave what was there', async () => {
    const property = fc.asyncProperty(papers, byHand, rules, rules, async (texts, hand, first, second) => {
      const open = await tagCase(texts);
      await tagByHand(open, hand);
      const before = await tagDigest(open);
      const one = await apply(open, first);
      const after = await tagDigest(open);
      expect((await apply(open, first)).batch).toBeUndefined();
      const two = await apply(open, second);
      const [texts1, digest2] = [await tagsIn(open), await tagDigest(open)];
      expect((await apply(open, second)).batch).toBeUndefined();
      for (const [applied, left] of [
        [two, after],
        [one, before],
      ] as const) {
        if (applied.batch === undefined) continue;
        const undone = await undoBatch(open, { number: applied.batch, dryRun: false, replace: false });
        expect(await tagDigest(open)).toBe(left);
        if (applied !== two) continue;
        await undoBatch(open, { number: undone.number, dryRun: false, replace: false });
        expect([await tagsIn(open), await tagDigest(open)]).toEqual([texts1, digest2]);
        await undoBatch(open, { number: applied.batch, dryRun: false, replace: false });
      }
    });
    await fc.assert(property, { numRuns: 60 });
  }, 120_000);

  it('give the same tags whatever the order in which the papers came', async () => {
    const property = fc.asyncProperty(papers, rules, async (texts, set) => {
      const [forth, back] = [await tagCase(texts), await tagCase(new Map([...texts].reverse()))];
      for (const open of [forth, back]) await apply(open, set);
      expect(await tagsIn(back)).toEqual(await tagsIn(forth));
      expect(await back.store.digest()).toBe(await forth.store.digest());
    });
    await fc.assert(property, { numRuns: 60 });
  }, 120_000);

  it('that are kept and applied with each ingest give the same as applied to all at its end', async () => {
    const property = fc.asyncProperty(
      papers,
      papers,
      rules,
      fc.boolean(),
      async (texts, more, set, versions) => {
        const [bit, whole] = [await tagCase(texts), await tagCase(texts)];
        for (const open of [bit, whole]) await keepRules(open, await rulesOf(open, set));
        const settle = async () => {
          const before = await beforeIngest(bit);
          expect(before).toBeDefined();
          return before;
        };
        for (const [name, paper] of more) {
          const before = await settle();
          // A new version of a paper, or another paper.
          for (const open of [bit, whole])
            await addPaper(open, `new ${name}`, paper, versions ? name : `new ${name}`);
          if (before !== undefined) await applyAfterIngest(bit, before);
        }
        const before = await beforeIngest(whole);
        if (before !== undefined) await applyAfterIngest(whole, { ...before, settled: false });
        expect(await tagsIn(bit)).toEqual(await tagsIn(whole));
        expect((await beforeIngest(bit))?.settled).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 40 });
  }, 120_000);
});
