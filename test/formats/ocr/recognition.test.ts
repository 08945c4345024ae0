import { describe, expect, test } from 'vitest';
import type { SheetText, TextRun } from '../../../src/formats/extraction.ts';
import { recognisedText } from '../../../src/formats/ocr/recognised-text.ts';
import {
  garbledText,
  hardlyAnyText,
  noTextLayer,
  noWordsFound,
  withRecognition,
} from '../../../src/formats/ocr/recognition.ts';
import type { RecognisedSheet, RecognisedWord } from '../../../src/model/recognised-sheet.ts';

/** Words on lines 100 pixels apart, of letters 50 pixels high, at 720 pixels an inch: a tenth of that in points. */
function recognised(lines: readonly string[], more: Partial<RecognisedSheet> = {}): RecognisedSheet {
  const words = lines.flatMap((line, index) => {
    let left = 100;
    return line.split(' ').map((text): RecognisedWord => {
      const below = /[gjpqy,]/.test(text) ? 22 : 0;
      const above = /[^acemnorsuvwxzgpqy]/.test(text) ? 70 : 48;
      const baseline = 200 + index * 150;
      const box = { left, top: baseline - above, right: left + text.length * 40, bottom: baseline + below };
      left = box.right + 30;
      return { text, confidence: 0.9, line: index, block: 0, box };
    });
  });
  const engine = { engine: 'tesseract', engineVersion: '5', languages: 'eng' };
  const held = { width: 4000, height: 2000, dpi: 720, turns: 0, straightenedBy: 0 } as const;
  return { sheet: 1, ...engine, ...held, words, ...more };
}

function sheet(...runs: readonly TextRun[]): SheetText {
  return { sheet: 1, width: 400, height: 200, runs };
}

function typed(text: string, zone?: TextRun['zone']): TextRun {
  return { text, box: { left: 10, top: 15, right: 80, bottom: 21 }, ...(zone === undefined ? {} : { zone }) };
}

const prose = typed('The deceased was seen at the quay at a quarter past nine that evening. '.repeat(3));
const garbled = typed('Wkh ghfhdvhg zdv vhhq dw wkh txdb dw d txduwhu sdvw qlqh wkdw hyhqlqj. '.repeat(3));
const facts = { blank: [], pictures: [] };
const asPicture = { blank: [], pictures: [1] };

function textOf({ runs }: SheetText): string[] {
  return runs.map(({ text }) => text);
}

describe('recognised words', () => {
  test('come as runs on their baselines, as high as their font, in points', () => {
    const { runs, width, height, ocr, confidence } = recognisedText(recognised(['Seal found', 'on a quay']));
    expect([width, height, ocr, confidence]).toEqual([400, 200, 'ours', 0.9]);
    expect(runs.map(({ text }) => text)).toEqual(['Seal found', 'on a quay']);
    expect(runs.map((run) => Math.round(run.box.bottom))).toEqual([20, 35]);
    expect(runs.map((run) => Math.round(run.box.top))).toEqual([10, 25]);
  });

  test('are parted where a gutter is', () => {
    const near = recognised(['12 Q. Did you']);
    const [first, ...rest] = near.words;
    const words = [first, ...rest.map((word) => ({ ...word, box: shift(word.box, 200) }))].filter(
      (word) => word !== undefined,
    );
    expect(textOf(recognisedText({ ...near, words }))).toEqual(['12', 'Q. Did you']);
  });

  function shift({ left, right, ...rest }: RecognisedWord['box'], by: number) {
    return { ...rest, left: left + by, right: right + by };
  }
});

describe('before anything is recognised', () => {
  test.each([
    ['nothing on it', sheet(), facts, noTextLayer],
    ['a stamp on a picture', sheet(typed('INQ000123_0004')), asPicture, hardlyAnyText],
    ['characters that make no words', sheet(garbled), facts, garbledText],
    ['only a comment', sheet(typed('Check this', 'comment')), facts, noTextLayer],
  ])('a sheet waits with %s, and says why', (_, one, known, problem) => {
    expect(withRecognition([one], known, {})).toEqual({ sheets: [{ ...one, problem }], awaiting: [1] });
  });

  test.each([
    ['a text', sheet(prose), facts],
    ['a text over a picture', sheet(prose), asPicture],
    ['a few words without a picture', sheet(typed('Appendix A')), facts],
    ['nothing drawn at all', sheet(), { blank: [1], pictures: [] }],
    ['a failure of its own', { ...sheet(), problem: 'it is damaged' }, facts],
  ])('a sheet does not wait with %s', (_, one, known) => {
    expect(withRecognition([one], known, {})).toEqual({ sheets: [one], awaiting: [] });
  });

  test('every sheet with something on it waits when all are to be recognised, and keeps its text meanwhile', () => {
    const sheets = [sheet(prose), { ...sheet(), sheet: 2 }];
    const state = withRecognition(sheets, { blank: [2], pictures: [] }, { recogniseAll: true });
    expect(state).toEqual({ sheets, awaiting: [1] });
  });
});

describe('what was recognised', () => {
  const known = recognised(['Seal found', 'on a quay']);

  test.each([
    ['nothing', sheet(), facts],
    ['a text that makes no words', sheet(garbled), facts],
    ['a text, when somebody had it recognised all the same', sheet(prose), facts],
  ])('takes the place of %s', (_, one, about) => {
    const { sheets, awaiting } = withRecognition([one], about, { recognised: [known] });
    expect(awaiting).toEqual([]);
    expect(sheets.flatMap(textOf)).toEqual(['Seal found', 'on a quay']);
    expect(sheets[0]).toMatchObject({ ocr: 'ours', confidence: 0.9 });
    expect(sheets[0]?.problem).toBeUndefined();
  });

  test('leaves comments, and what no viewer shows, where they are', () => {
    const one = sheet(typed('Check this', 'comment'), typed('white on white', 'hidden'));
    const { sheets } = withRecognition([one], facts, { recognised: [known] });
    expect(sheets.flatMap(textOf)).toEqual(['Seal found', 'on a quay', 'Check this', 'white on white']);
  });

  test('is not said twice where a stamp is typed over the picture', () => {
    const stamp = typed('INQ000123_0004');
    const { sheets } = withRecognition([sheet(stamp)], asPicture, {
      recognised: [recognised(['lNQ0OO123_0004', 'on a quay'])],
    });
    expect(sheets.flatMap(textOf)).toEqual(['on a quay', 'INQ000123_0004']);
    const turned = withRecognition([sheet(stamp)], asPicture, {
      recognised: [recognised(['on a quay INQ000123_0004'], { turns: 1 })],
    });
    expect(turned.sheets.flatMap(textOf)).toEqual(['on a quay', 'INQ000123_0004']);
  });

  test('does not take the place of a garbled text when it is a guess itself', () => {
    const guess = { ...known, words: known.words.map((word) => ({ ...word, confidence: 0.4 })) };
    const { sheets, awaiting } = withRecognition([sheet(garbled)], facts, { recognised: [guess] });
    expect([sheets[0]?.problem, awaiting, sheets.flatMap(textOf)]).toEqual([garbledText, [], [garbled.text]]);
  });

  test('accounts for a sheet without words, and for one that OCR broke down on', () => {
    const empty = withRecognition([sheet()], facts, { recognised: [{ ...known, words: [] }] });
    expect(empty).toEqual({ sheets: [{ ...sheet(), problem: noWordsFound }], awaiting: [] });
    const failed = { ...known, words: [], problem: 'OCR failed: it took too long' };
    expect(withRecognition([sheet()], facts, { recognised: [failed] }).sheets[0]?.problem).toBe(
      failed.problem,
    );
    const photograph = sheet(typed('Figure 3: the quay'));
    expect(
      withRecognition([photograph], asPicture, { recognised: [{ ...known, words: [] }] }).sheets,
    ).toEqual([photograph]);
  });
});
