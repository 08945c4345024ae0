import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnsweringDocuments, type Collection, FeatureTable } from '../../src/query/feature-table.ts';
import { joinIntervals } from '../../src/query/interval-columns.ts';
import { noIntervals } from '../../src/query/intervals.ts';
import { match, unitsWithHits } from '../../src/query/match.ts';
import { occurrencesIn } from '../../src/query/occurrences.ts';
import { parse } from '../../src/query/parser.ts';
import { joinPassages, passagesOfOne } from '../../src/query/passage-columns.ts';
import { layOutWords, positionDocument } from '../../src/query/positions.ts';
import { scoringLeaves } from '../../src/query/scoring-leaves.ts';
import { bind, outlineOf } from './run.ts';

/** A text that is laid out, with what a query finds in it. */
function found(typed: string, text: string, word?: string) {
  const query = parse(typed);
  const outline = outlineOf(text);
  const words = layOutWords(text, outline);
  const { units } = positionDocument(text, outline);
  const { expansions } = bind(query, words);
  const bound = { query, expansions: word === undefined ? expansions : [...expansions, [word]] };
  const occurrences = occurrencesIn(bound, words);
  const context = { occurrences, units, filter: () => true, regex: () => noIntervals };
  const hits = match(bound, context);
  const withAll = hits === undefined ? 0 : unitsWithHits(bound, context, 'passage');
  const asTyped = new Map(word === undefined ? [] : [[0, expansions.length]]);
  return { query, units, words: words.ids.length, occurrences, asTyped, hits: hits ?? noIntervals, withAll };
}

type Found = ReturnType<typeof found>;

/** Documents in columns, all of which answer. */
function columnsOf(documents: readonly Found[]): AnsweringDocuments {
  const leaves = documents[0]?.occurrences.length ?? 0;
  const inLeaf = (leaf: number) =>
    joinIntervals(
      documents.map(({ occurrences }) => {
        const { starts = noIntervals.starts, ends = starts } = occurrences[leaf] ?? {};
        return { starts, ends };
      }),
    );
  return {
    hits: joinIntervals(documents.map(({ hits }) => hits)),
    passages: joinPassages(documents.map(({ units }) => passagesOfOne(units))),
    occurrences: Array.from({ length: leaves }, (_, leaf) => inLeaf(leaf)),
    rows: [...documents.keys()],
  };
}

function tableOf(...documents: readonly Found[]): FeatureTable {
  const [first] = documents;
  const table = new FeatureTable(first === undefined ? [] : scoringLeaves(first.query), first?.asTyped);
  table.add(columnsOf(documents));
  return table;
}

function scores(typed: string, text: string, word?: string): number[] {
  const document = found(typed, text, word);
  const collection = { passages: document.units.passage.length, words: document.words };
  return [...tableOf(document).scores(collection).ofHits];
}

/** Scores of a query whose first word is a pattern of "rope". */
function scoresWithTyped(typed: string, text: string): number[] {
  return scores(typed, text, 'rope');
}

/** The textbook's formula, for one passage. */
function textbook(
  counts: readonly number[],
  holding: readonly number[],
  passages: number,
  length: number,
  average: number,
) {
  return counts.reduce((sum, count, at) => {
    const held = holding[at] ?? 0;
    const rarity = Math.log(1 + (passages - held + 0.5) / (held + 0.5));
    return sum + (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / average));
  }, 0);
}

describe('scores', () => {
  it('are those of the formula', () => {
    const text = '|red car red\n|blue car here now\n|green';
    const [red = 0, ...others] = scores('red', text);
    expect(red).toBeCloseTo(2 * textbook([2], [1], 3, 3, 8 / 3), 12);
    expect(others).toEqual([red]);
  });

  it('put rarer words, shorter passages and closer words first', () => {
    const [car = 0, rare = 0] = scores('car OR rare', '|car aa bb\n|rare aa bb\n|car cc dd');
    expect(rare).toBeGreaterThan(car);
    const [long = 0, short = 0] = scores('car', '|car aa bb cc dd ee\n|car\n|aa');
    expect(short).toBeGreaterThan(long);
    const [far = 0, near = 0] = scores('car w/9 bag', '|car aa bb cc bag\n|car bag aa bb cc\n|dd');
    expect(near).toBeGreaterThan(far);
  });

  it('put what was typed before what is like it', () => {
    for (const [typed, other] of [
      ['rope~', 'ropes'],
      ['rope^', 'ropes'],
      ['sounds:rope', 'roap'],
    ]) {
      const [exact = 0, like = 0] = scoresWithTyped(typed ?? '', `|rope aa\n|${other} aa\n|bb cc`);
      expect(exact, typed).toBeGreaterThan(like);
      expect(like, typed).toBeGreaterThan(0);
    }
    const [first = 0, second = 0] = scoresWithTyped('"rope~ aa"', '|ropes aa\n|rope aa\n|bb cc');
    expect(second).toBeGreaterThan(first);
  });

  it('count only what can make a hit', () => {
    expect(scoringLeaves(parse('a "b (c OR d e)" NOT f AND (g NOT w/5 h) ANDANY i'))).toEqual([
      0, 1, 2, 3, 4, 6, 8,
    ]);
  });

  const lines = fc.array(fc.constantFrom('|car', 'bag', 'aa', '\n|', '\n#', '\n', 'car bag'), {
    maxLength: 20,
  });

  it('know in how many passages AND holds for words', () => {
    let some = 0;
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom('car bag', 'car AND bag AND aa', 'aa aa', 'b* car'),
        (parts, typed) => {
          const document = found(typed, `${parts.join(' ')}\n`);
          expect(tableOf(document).passagesWithAll).toBe(document.withAll);
          some += document.withAll;
        },
      ),
      { numRuns: 500 },
    );
    expect(some).toBeGreaterThan(50);
  });

  it('are positive, finite and the same each time', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('car', 'car OR bag', 'car w/3 bag', 'car bag'), (parts, typed) => {
        const text = `${parts.join(' ')}\n`;
        const first = scores(typed, text);
        for (const score of first) expect(score > 0 && Number.isFinite(score)).toBe(true);
        expect(scores(typed, text)).toEqual(first);
      }),
      { numRuns: 300 },
    );
  });

  /** What the scores of some documents come to by their definition, a hit at a time. */
  function plainly(documents: readonly Found[], collection: Collection): number[][] {
    const leaves = scoringLeaves(documents[0]?.query ?? parse('a'));
    const passageAt = ({ units }: Found, position: number) =>
      Math.max(
        0,
        units.passage.findLastIndex((start) => start <= position),
      );
    const starts = ({ occurrences }: Found, leaf: number) => [...(occurrences[leaf]?.starts ?? [])];
    const holding = leaves.map((leaf) =>
      documents.reduce(
        (sum, document) =>
          sum + new Set(starts(document, leaf).map((start) => passageAt(document, start))).size,
        0,
      ),
    );
    const average = Math.max(1, collection.words / Math.max(1, collection.passages));
    return documents.map((document) =>
      Array.from(document.hits.starts, (start, hit) => {
        const passage = passageAt(document, start);
        const begins = document.units.passage[passage] ?? 0;
        const zoneEnd = document.units.ends.find((end) => end > begins) ?? begins;
        const next = document.units.passage[passage + 1] ?? zoneEnd;
        const length = Math.max(1, Math.min(next, zoneEnd) - begins);
        const counts = leaves.map(
          (leaf) => starts(document, leaf).filter((at) => passageAt(document, at) === passage).length,
        );
        const spare = (document.hits.ends[hit] ?? start) - start;
        return textbook(counts, holding, collection.passages, length, average) * (1 + 1 / (1 + spare));
      }),
    );
  }

  it('of many documents, added together or apart, are what the definition says', () => {
    const texts = fc.array(lines, { minLength: 1, maxLength: 8 });
    const queries = fc.constantFrom('car', 'car OR bag', 'car w/3 bag', 'car bag', 'b* OR car OR aa');
    fc.assert(
      fc.property(texts, queries, fc.nat(8), (parts, typed, cut) => {
        const documents = parts.map((part) => found(typed, `${part.join(' ')}\n`));
        const collection = { passages: 40, words: 160 };
        const together = tableOf(...documents).scores(collection);
        const apart = new FeatureTable(scoringLeaves(parse(typed)));
        for (const some of [documents.slice(0, cut), documents.slice(cut)])
          if (some.length > 0) apart.add(columnsOf(some));
        expect(apart.scores(collection)).toEqual(together);
        const expected = plainly(documents, collection);
        expect(together.ofHits).toHaveLength(expected.flat().length);
        for (const [at, score] of expected.flat().entries())
          expect(together.ofHits[at]).toBeCloseTo(score, 12);
        for (const [at, own] of expected.entries())
          expect(together.best[at]).toBeCloseTo(Math.max(0, ...own), 12);
      }),
      { numRuns: 300 },
    );
  });

  it('are asked of the documents that answer, wherever they stand among those that were proposed', () => {
    const documents = ['|car bag\n', '|car\n|bag aa\n', '|bag car\n'].map((text) =>
      found('car OR bag', text),
    );
    const [first, , third] = documents;
    if (first === undefined || third === undefined) throw new Error('three texts');
    const table = new FeatureTable([0, 1]);
    const { occurrences } = columnsOf(documents);
    table.add({ ...columnsOf([first, third]), occurrences, rows: [0, 2] });
    const collection = { passages: 9, words: 30 };
    expect(table.scores(collection)).toEqual(tableOf(first, third).scores(collection));
    expect([table.passages, table.passagesWithAll]).toEqual([2, 2]);
  });

  it('count all passages of a document that answers as a whole', () => {
    const whole = found('NOT car', '|bag\n|aa\n');
    const table = tableOf(whole, found('NOT car', '|bb\n'));
    expect(table.passages).toBe(3);
    expect([...table.scores({ passages: 3, words: 3 }).best]).toEqual([0, 0]);
  });
});
