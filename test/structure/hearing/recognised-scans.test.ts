import { describe, expect, it } from 'vitest';
import type { ExtractedText, SheetText, TextRun } from '../../../src/model/extracted.ts';
import { passagesOf, plain, type ReadPassage, readHearing } from './read-back.ts';
import { asSheets, hanging, opening, type Piece, run, type SheetOptions, typeset } from './typesetter.ts';

/** Questions and answers that each say who they are, of one line, over six pages. */
const pieces: readonly Piece[] = [
  ...opening,
  ...Array.from(
    { length: 147 },
    (_, at): Piece => ({
      mark: at % 2 === 0 ? 'A.' : 'Q.',
      paragraphs: [`It was the ${at % 2 === 0 ? 'answer' : 'question'} of turn ${at}.`],
    }),
  ),
];
const transcript = typeset(pieces, hanging);
const one: SheetOptions = { up: 1, order: 'down', numbersFirst: false, pageNumber: 'foot' };

/** The sheets with their runs changed; the change is told the sheet, from 1, and the runs before and after. */
function changed(
  options: SheetOptions,
  change: (run: TextRun, sheet: number) => TextRun | undefined,
  ocr?: 'file',
): ExtractedText {
  const set = asSheets(transcript, options);
  if (set.layout !== 'sheets') throw new Error('sheets were asked for');
  const sheets = set.sheets.map(
    (sheet): SheetText => ({
      ...sheet,
      ...(ocr === undefined ? {} : { ocr }),
      runs: sheet.runs.flatMap((own) => change(own, sheet.sheet) ?? []),
    }),
  );
  return { layout: 'sheets', sheets };
}

const isNumber = ({ text, box }: TextRun, number: number, right: number) =>
  text === String(number) && box.left < right;
const misread = ({ box }: TextRun, text: string) => run(text, box.left, box.top);

/** What is said by another than it says itself, with no doubt on it. */
function saidByOthers(passages: readonly ReadPassage[]): string[] {
  return passages.flatMap(({ place, text }) => {
    const [, said] = /It was the (answer|question) of turn/.exec(text) ?? [];
    if (said === undefined || place.kind !== 'testimony') return [];
    return place.role === (said === 'answer' ? 'witness' : 'examiner') ? [] : [text];
  });
}

describe('a line number that was misread', () => {
  const junk = ['nl', 'al', 'Ly', '£5', 'ate}', 'az', '>', 'FA', '*|'];

  it.each(junk)('as “%s” hides no mark behind it', (text) => {
    const content = changed(one, (own) => (isNumber(own, 12, 52) ? misread(own, text) : own));
    const read = readHearing(content);
    const passages = passagesOf(read);
    expect(saidByOthers(passages)).toEqual([]);
    const twelfth = passages.filter(({ place }) => place.kind === 'testimony' && place.line === 12);
    expect(twelfth).toHaveLength(6);
    for (const { place, text: words } of twelfth) {
      expect(words).not.toContain(text);
      expect(place.doubt).toBe('line-repaired');
    }
  });

  it.each(['.', '   '])('hides none in a text without columns either, marks with %j', (stop) => {
    const lines = (page: number) =>
      Array.from({ length: 25 }, (_, at) => {
        const misread = at === 11 ? 'at' : at === 14 ? 'l' : at === 16 ? 'e@ 17' : undefined;
        const words = at % 2 === 0 ? `Q${stop} It was the question` : `A${stop} It was the answer`;
        return `${misread ?? at + 1} ${words} of turn ${page * 25 + at}.`;
      });
    const text = [1, 2, 3, 4].map((page) => `${[...lines(page), `${page}`].join('\n')}\n`).join('\f');
    const passages = passagesOf(readHearing(plain(text)));
    expect(passages.filter(({ text: words }) => words.includes('of turn'))).toHaveLength(100);
    expect(saidByOthers(passages)).toEqual([]);
  });

  it('hides no label in a text without columns, whatever stands before it', () => {
    const lines = (page: number) =>
      Array.from({ length: 25 }, (_, at) => {
        const number = at === 7 ? 'e@ 8' : at === 16 ? 'r ) 17' : at === 21 ? 'zz' : String(at + 1);
        return `${number} ${at % 2 === 0 ? 'MR. QUILL' : 'JUSTICE HALE'}: It was turn ${page * 25 + at}.`;
      });
    const text = [1, 2, 3, 4].map((page) => `${[...lines(page), `${page}`].join('\n')}\n`).join('\f');
    const said = passagesOf(readHearing(plain(text))).filter(({ text: words }) =>
      words.includes('It was turn'),
    );
    expect(said).toHaveLength(100);
    const surnames = said.map(({ place }) => place.kind === 'testimony' && place.speaker?.split(' ').at(-1));
    expect(surnames).toEqual(said.map((_, turn) => ((turn % 25) % 2 === 0 ? 'Quill' : 'Hale')));
  });

  it('takes no word from a text without columns where the number is lost altogether', () => {
    const lines = (page: number) =>
      Array.from({ length: 25 }, (_, at) => {
        const words = at % 5 === 0 ? `Q. It was question ${page * 25 + at}` : 'so it went on and on';
        return at === 13 || at === 16 ? words : `${at + 1} ${words}`;
      });
    const text = [1, 2, 3, 4].map((page) => `${[...lines(page), `${page}`].join('\n')}\n`).join('\f');
    const said = passagesOf(readHearing(plain(text))).map(({ text: words }) => words);
    expect(said.join(' ').match(/so it went on and on/g)).toHaveLength(80);
  });

  it('hides no label, and a speck before a number hides nothing', () => {
    const content = changed(one, (own) => {
      if (isNumber(own, 3, 52)) return misread(own, 'e@ 3');
      return isNumber(own, 9, 52) ? misread(own, ') Q') : own;
    });
    const passages = passagesOf(readHearing(content));
    expect(saidByOthers(passages)).toEqual([]);
    const first = passages.find(({ text }) => text.includes('where it was that you were on duty'));
    expect(first?.place).toMatchObject({ page: 1, line: 3, speaker: 'Mr Quill', doubt: 'line-repaired' });
  });
});

/** Lines on a page that is not theirs, with no doubt on it: `turn` says where each stands. */
function silentlyWrong(content: ExtractedText): string[] {
  const { text, outline } = readHearing(content);
  const { starts, pages, numbers, doubts } = outline.lines;
  return Array.from(starts).flatMap((start, index) => {
    const turn = /of turn (\d+)\./.exec(text.slice(start, starts[index + 1]))?.[1];
    const truth = turn === undefined ? undefined : transcript.begins[opening.length + Number(turn)];
    if (truth === undefined || doubts[index] !== 0 || pages[index] === 0) return [];
    const given = `${pages[index]}:${numbers[index]}`;
    return given === `${truth.page}:${truth.line}` ? [] : [`${truth.page}:${truth.line} given ${given}`];
  });
}

/** How many lines are cited by a printed page. */
function cited(content: ExtractedText): number {
  const { outline } = readHearing(content);
  return outline.lines.numbers.filter((number, index) => number > 0 && (outline.lines.pages[index] ?? 0) > 0)
    .length;
}

describe('pages over one another on a condensed sheet', () => {
  const four: SheetOptions = { ...one, up: 4 };
  /** Of the line numbers of the lower pages, which stand in two columns. */
  const lower = ({ box }: TextRun) => box.top > 310 && (box.left < 60 || (box.left > 380 && box.left < 410));
  const unread = (from: number, to: number) =>
    changed(four, (own) => {
      const number = Number(own.text);
      const isFirst = lower(own) && own.text.length < 3 && number >= from && number <= to;
      return isFirst ? misread(own, 'uf') : own;
    });

  it.each([
    ['the first number of a lower page is', 1, 1],
    ['its first two are', 1, 2],
    ['its first four are', 1, 4],
    ['the first and the third are', 3, 3],
  ])('are parted where %s not read', (_, from, to) => {
    const content = unread(from, to);
    expect(silentlyWrong(content)).toEqual([]);
    expect(cited(content)).toBe(cited(asSheets(transcript, four)));
  });

  it('are not parted where a 7 was read as 1', () => {
    const content = changed(four, (own) =>
      own.text === '7' && own.box.left < 400 ? misread(own, '1') : own,
    );
    expect(silentlyWrong(content)).toEqual([]);
    expect(cited(content)).toBe(cited(asSheets(transcript, four)));
  });

  it('are doubted where so many are that nothing parts them', () => {
    expect(silentlyWrong(unread(1, 7))).toEqual([]);
    const withHeads = changed({ ...four, pageNumber: 'head' }, (own) => {
      const number = Number(own.text);
      return lower(own) && own.text.length < 3 && number < 8 ? misread(own, 'uf') : own;
    });
    expect(silentlyWrong(withHeads)).toEqual([]);
  });
});

describe('a page number of a recognised sheet', () => {
  it.each([1, 2, 6])('that is misread on sheet %i is doubted', (misreadOn) => {
    const content = changed(
      one,
      (own, sheet) => (sheet === misreadOn && own.box.top >= 300 ? misread(own, '91') : own),
      'file',
    );
    expect(silentlyWrong(content)).toEqual([]);
  });

  it('is doubted in a text of which repaired line numbers show that it is of scans', () => {
    const printed = ['1', '2', '3', '', '95', '6', '7', '8'];
    const lines = (page: number) =>
      Array.from({ length: 25 }, (_, at) => {
        const mark = at % 2 === 0 ? 'Q.' : 'A.';
        return `${(at === 11 ? 'nl' : String(at + 1)).padStart(2)}   ${mark}  It was line ${page}:${at + 1}.`;
      });
    const pages = printed.map((number, page) =>
      [...lines(page + 1), '', `${' '.repeat(30)}${number}`].join('\n'),
    );
    const { text, outline } = readHearing(plain(`${pages.join('\n\f')}\n`));
    const { starts, pages: given, doubts } = outline.lines;
    const wrong = Array.from(starts).filter((start, index) => {
      const page = / line (\d+):/.exec(text.slice(start, starts[index + 1]))?.[1];
      return page !== undefined && doubts[index] === 0 && given[index] !== 0 && given[index] !== Number(page);
    });
    expect(wrong).toEqual([]);
  });

  it('is not doubted where the pages count on', () => {
    const { outline } = readHearing(changed(one, (own) => own, 'file'));
    expect(outline.lines.doubts.every((doubt) => doubt === 0)).toBe(true);
  });
});
