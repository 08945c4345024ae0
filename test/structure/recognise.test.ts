import { describe, expect, it } from 'vitest';
import type { ExtractedText } from '../../src/model/extracted.ts';
import { recognise, recognisers } from '../../src/structure/recognise.ts';
import { run } from './hearing/typesetter.ts';

const transcript = Array.from({ length: 40 }, (_, index) =>
  index % 2 === 0 ? 'Q.  Where was it?' : 'A.  There.',
).join('\n');
const hearing: ExtractedText = {
  layout: 'plain',
  text: `MR QUILL (sworn)\nExamined by MS HALE\n${transcript}\n`,
};
const nothing: ExtractedText = { layout: 'plain', text: 'just a few words\nand no more\n' };
const given = (kind?: 'hearing' | 'letter' | 'plain') => ({
  fileName: 'x.txt',
  given: kind === undefined ? {} : { kind },
});

describe('which recogniser reads a document', () => {
  it('the surest', () => {
    expect(recognise(hearing, given())).toMatchObject({ kind: 'hearing', recogniser: { name: 'hearing' } });
    expect(recognise(nothing, given()).kind).not.toBe('hearing');
  });

  it('a person goes before all of them', () => {
    expect(recognise(nothing, given('hearing'))).toMatchObject({ kind: 'hearing', confidence: 1 });
    expect(recognise(hearing, given('plain'))).toMatchObject({ kind: 'plain', confidence: 1 });
  });

  it('the last takes every document, also an empty one', () => {
    expect(recognisers.at(-1)?.name).toBe('plain');
    for (const content of [
      { layout: 'plain' as const, text: '' },
      { layout: 'sheets' as const, sheets: [] },
      { layout: 'sheets' as const, sheets: [{ sheet: 1, width: 1, height: 1, runs: [], problem: 'torn' }] },
      { layout: 'blocks' as const, blocks: [] },
    ]) {
      const document = recognise(content, given());
      expect(document.outline.passages).toEqual([]);
      expect(document.text).toBe('');
    }
  });

  it('a torn sheet keeps its reason', () => {
    const sheets = [{ sheet: 1, width: 1, height: 1, runs: [], problem: 'torn' }];
    expect(recognise({ layout: 'sheets', sheets }, given()).outline.sheets).toEqual([
      { sheet: 1, problem: 'torn' },
    ]);
  });
});

describe('what nobody knows', () => {
  it('a text is cited by its lines, paragraph by paragraph', () => {
    const document = recognise({ layout: 'plain', text: 'one\ntwo\n\nthree\n' }, given('plain'));
    expect(
      document.outline.passages.map(({ kind, start, end }) => [kind.kind, document.text.slice(start, end)]),
    ).toEqual([
      ['line', 'one\ntwo'],
      ['line', 'three'],
    ]);
    expect([...document.outline.lines.numbers]).toEqual([1, 2, 3, 4]);
  });

  it('sheets are cited by paragraphs, told by their white space', () => {
    const runs = [run('one', 20, 20), run('two', 20, 32), run('three', 20, 60), run('four', 20, 72)];
    const document = recognise(
      { layout: 'sheets', sheets: [{ sheet: 1, width: 600, height: 800, runs }] },
      given('plain'),
    );
    expect(
      document.outline.passages.map(({ kind, start, end }) => [kind, document.text.slice(start, end)]),
    ).toEqual([
      [{ kind: 'block', ordinal: 1 }, 'one\ntwo'],
      [{ kind: 'block', ordinal: 2 }, 'three\nfour'],
    ]);
  });

  it.each([
    ['at the foot', [run('Notebook', 20, 20), run('Copied twice', 20, 32), run('INQ000123_0004', 400, 760)]],
    ['at the head', [run('INQ000123_0004', 20, 10), run('Notebook', 20, 40), run('Copied twice', 20, 52)]],
  ])('the stamp of a single sheet is no part of the text: %s', (_, runs) => {
    const { text, outline, metadata } = recognise(
      { layout: 'sheets', sheets: [{ sheet: 1, width: 600, height: 800, runs }] },
      given('plain'),
    );
    expect(outline.passages.map(({ zone, start, end }) => [zone, text.slice(start, end)]).toSorted()).toEqual(
      [
        ['body', 'Notebook\nCopied twice'],
        ['stamp', 'INQ000123_0004'],
      ],
    );
    expect(outline.sheets).toEqual([{ sheet: 1, stamp: 'INQ000123_0004' }]);
    expect(metadata.reference).toBe('INQ000123');
  });

  it('blocks are cited one by one under their heading, notes in their own zone', () => {
    const blocks = [
      { type: 'heading' as const, text: 'Findings' },
      { type: 'paragraph' as const, text: 'one\nstill one' },
      { type: 'note' as const, text: 'a note' },
    ];
    const document = recognise({ layout: 'blocks', blocks }, given('plain'));
    expect(document.outline.passages).toMatchObject([
      { zone: 'body', kind: { kind: 'block', ordinal: 1, heading: 'Findings' } },
      { zone: 'body', kind: { kind: 'block', ordinal: 2, heading: 'Findings' } },
      { zone: 'note' },
    ]);
  });
});
