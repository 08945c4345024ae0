import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextBlock } from '../../src/model/extracted.ts';
import { outlineParagraphs } from '../../src/structure/numbered-document.ts';
import { numberMark } from '../../src/structure/paragraph-number.ts';
import { labelsOf, type PrintedLine, readBlocks, readSheets, readText, setSheets } from './documents.ts';

describe('what may be a number at the head of a line', () => {
  const digitsOn = (text: string) =>
    numberMark(
      { start: 0, text, sheet: 0, column: 0, left: 0, right: 0, top: 0, bottom: 0 },
      0,
      false,
    )?.readings.map(({ digits }) => digits);

  it.each([
    ['a) one', ['a']],
    ['  iv. one', ['iv']],
    ['xviii) one', ['xviii']],
    ['bb.', ['bb']],
    ['A1  One', ['A1']],
    ['A.1  One', ['A.1']],
    ['(D) one', ['D']],
    ['§ 12 One', ['12']],
    ['[12A] One', ['12A']],
    ['(12A) One', ['12A']],
    ['12A) One', ['12A']],
    ['4.7) One', ['4.7']],
    ['12A\tOne', ['12A']],
    ['Para 12 One', ['12']],
    ['Paragraph 12. One', ['12']],
    ['PARAGRAPH 12:', ['12']],
    // Only where these count on from numbers that are believed.
    ['14 Quay Street', ['14']],
    ['102.When it came', ['102']],
    ['[102]When it came', ['102']],
  ])('%s', (text, digits) => expect(digitsOn(text)).toEqual(digits));

  it.each([
    'xxviii) one',
    'one',
    'A',
    'An. 1',
    'a',
    'abc def.',
    'Q. One',
    'élan. One',
    'Paragraph 12 of his statement',
    'Paragraph one',
    '14 men came',
    '10.30am',
    '[2015] EWCA Civ 99',
    '[2012] 1 WLR 2855',
  ])('not %s', (text) => expect(digitsOn(text)).toBeUndefined());
});

describe('paragraph numbers in a text', () => {
  it.each<[string, string, string[]]>([
    ['plain numbers', '1. I live alone.\n\n2. I saw him.\n\n3. He left.\n', ['1', '2', '3']],
    ['numbers in square brackets', '[1] The appeal.\n\n[2] The facts.\n\n[3] The law.\n', ['1', '2', '3']],
    ['bare numbers with a gap', '1   The call came.\n\n2   I answered.\n', ['1', '2']],
    [
      'decimal numbers',
      '1. Background.\n\n1.1 First.\n\n1.2 Second.\n\n2. Findings.\n\n2.1 Third.\n',
      ['1', '1.1', '1.2', '2', '2.1'],
    ],
    ['parts', '1. Two things:\n   (a) one\n   (b) two\n2. Next.\n', ['1', '1(a)', '1(b)', '2']],
    [
      'parts of parts',
      '1. Things:\n   (a) one\n      (i) x\n      (ii) y\n   (b) two\n2. Next.\n',
      ['1', '1(a)', '1(a)(i)', '1(a)(ii)', '1(b)', '2'],
    ],
    [
      'parts printed with their paragraph',
      '4.6 One.\n\n4.7(a) Two.\n\n4.7(b) Three.\n\n4.8 Four.\n',
      ['4.6', '4.7(a)', '4.7(b)', '4.8'],
    ],
    ['inserted paragraphs', '1. One.\n\n2. Two.\n\n2A. More.\n\n3. Three.\n', ['1', '2', '2A', '3']],
    [
      'a ninth part',
      `1. Many:\n${[...'abcdefghij'].map((l) => `   (${l}) thing\n`).join('')}2. Next.\n`,
      ['1', ...[...'abcdefghij'].map((l) => `1(${l})`), '2'],
    ],
    [
      'an extract from the middle',
      '45. He said so.\n\n46. She did not.\n\n47. It rained.\n',
      ['45', '46', '47'],
    ],
    ['lettered numbers', 'A1.  One.\n\nA2.  Two.\n\nB1.  Three.\n', ['A1', 'A2', 'B1']],
    ['pilcrows', '¶ 1 This case.\n\n¶ 2 The facts.\n', ['1', '2']],
    ['words', 'Para 1 It came.\n\nPara 2 It went.\n\nPara 3 It was late.\n', ['1', '2', '3']],
    ['bare numbers', '1 It came.\n\n2 It went.\n\n3 It was late.\n', ['1', '2', '3']],
    [
      'numbers without room behind them',
      '8. It came.\n\n9. It went.\n\n10.It was late.\n\n11.We left.\n',
      ['8', '9', '10', '11'],
    ],
    ['inserted paragraphs in brackets', '[1] One.\n\n[1A] More.\n\n[2] Two.\n', ['1', '1A', '2']],
    [
      'parts in other brackets than the paragraphs',
      '1) Things:\n   (1) one\n   (2) two\n2) Next.\n',
      ['1', '1(1)', '1(2)', '2'],
    ],
    [
      'Roman parts under an eighth part',
      `1. Many:\n${[...'abcdefgh'].map((l) => `(${l}) thing\n`).join('')}(i) one\n(ii) two\n2. Next.\n`,
      ['1', ...[...'abcdefgh'].map((l) => `1(${l})`), '1(h)(i)', '1(h)(ii)', '2'],
    ],
    [
      'round brackets that begin again under a heading',
      'THE DAY\n\n(1) One.\n\n(2) Two.\n\nTHE NIGHT\n\n(1) Three.\n\n(2) Four.\n',
      ['1', '2', '1', '2'],
    ],
  ])('%s', (_, text, expected) => expect(labelsOf(readText(text))).toEqual(expected));

  it.each<[string, string, string[]]>([
    [
      'a numbered list inside a paragraph',
      '1. I bought:\n     1. milk\n     2. bread\n     3. tea\n2. I went home.\n\n3. I slept.\n',
      ['1', '2', '3'],
    ],
    [
      'a year at the beginning of a line',
      '1. I have lived there since\n2015. I know it well.\n\n2. I work there.\n',
      ['1', '2'],
    ],
    ['an amount', '1. He paid\n12.50 for the drinks and\n3. I left.\n\n2. I went home.\n', ['1', '2']],
    ['a date', '1. I met him on\n12 March 2015 at home.\n\n2. I left on\n3 April.\n', ['1', '2']],
    [
      'a quotation with numbers of its own',
      '1. The report says:\n\n23. The call was late.\n\n24. No one answered.\n\n2. I agree.\n\n3. I add this.\n',
      ['1', '2', '3'],
    ],
    [
      'a reference to a section',
      '1. He was arrested under section\n(a) of the Act.\n\n2. He was released.\n',
      ['1', '2'],
    ],
    [
      'a table of contents',
      '1. Introduction ........ 3\n2. Findings ........ 9\n\n1. This is the report.\n\n2. We found it.\n',
      ['1', '2'],
    ],
    ['a single number', 'We met at\n7. It was late.\n', []],
    [
      'an address, where the number itself comes later',
      '13. I live at this address:\n\n14 Quay Street\n\n14. I saw him.\n\n15. He left.\n',
      ['13', '14', '15'],
    ],
    [
      'a paragraph that is quoted further in with the number of the next',
      '1. The report says:\n\n     2. It was late.\n\n2. I agree.\n\n3. I add this.\n',
      ['1', '2', '3'],
    ],
  ])('are not taken from %s', (_, text, expected) => expect(labelsOf(readText(text))).toEqual(expected));

  it('begin again under a heading', () => {
    const text = 'THE DAY\n\n1. One.\n\n2. Two.\n\nTHE NIGHT\n\n1. Three.\n\n2. Four.\n\n3. Five.\n';
    const document = readText(text);
    expect(labelsOf(document)).toEqual(['1', '2', '1', '2', '3']);
    const kinds = outlineParagraphs(document).outline.passages.map(({ kind }) => kind);
    expect(kinds.map((kind) => ('heading' in kind ? kind.heading : undefined))).toEqual([
      ...['THE DAY', 'THE DAY', 'THE DAY'],
      ...['THE NIGHT', 'THE NIGHT', 'THE NIGHT', 'THE NIGHT'],
    ]);
  });

  it.each<[string, string, string[]]>([
    [
      'questions',
      '1. What did you see?\n\n[1] A car.\n\n[2] A van.\n\n2. When was it?\n\n[3] At night.\n\n3. Who came?\n\n[4] He did.\n\n[5] She did.\n',
      ['1?', '1', '2', '2?', '3', '3?', '4', '5'],
    ],
    [
      'chapters, which are headings',
      '1. The call\n\n1. It came.\n\n2. It went.\n\n3. It was late.\n\n2. The visit\n\n4. He came.\n\n5. He sat.\n\n3. The end\n\n6. He left.\n\n7. I slept.\n',
      ['1', '2', '3', '4', '5', '6', '7'],
    ],
  ])('run on through the numbers of %s', (_, text, expected) =>
    expect(labelsOf(readText(text))).toEqual(expected),
  );

  it.each<[string, string, string[]]>([
    [
      'begin again with nothing between',
      '1. One.\n\n2. Two.\n\n1. Three.\n\n2. Four.\n\n3. Five.\n',
      ['1', '2', '1?', '2?', '3?'],
    ],
    ['come twice', '1. A.\n\n2. B.\n\n2. C.\n\n3. D.\n\n4. E.\n', ['1', '2?', '2?', '3', '4']],
    [
      'leap, and go on from there',
      '1. A.\n\n2. B.\n\n31. C.\n\n32. D.\n\n33. E.\n',
      ['1', '2?', '31?', '32', '33'],
    ],
  ])('are doubted where they %s', (_, text, expected) => expect(labelsOf(readText(text))).toEqual(expected));

  it('that are passed over put the text behind them in doubt', () => {
    const text = '1. A.\n\n2. B.\n\n4. D.\n\n3. C.\n\n5. E.\n\n6. F.\n';
    const { passages } = outlineParagraphs(readText(text)).outline;
    const cited = passages.map(({ start, end, kind, doubt }) => [
      kind.kind === 'paragraph' ? kind.paragraph : kind.kind,
      text.slice(start, end),
      doubt,
    ]);
    expect(cited.slice(1, 4)).toEqual([
      ['2', '2. B.', undefined],
      ['2', '4. D.', 'paragraph-out-of-order'],
      ['3', '3. C.', 'paragraph-out-of-order'],
    ]);
  });

  it('say when one is missing, on both sides of the gap', () => {
    expect(labelsOf(readText('1. A.\n\n2. B.\n\n4. D.\n\n5. E.\n'))).toEqual(['1', '2?', '4?', '5']);
    expect(labelsOf(readText('1. A.\n\n2. B.\n\n7. Misread.\n\n4. D.\n\n5. E.\n'))).toEqual([
      '1',
      '2?',
      '4?',
      '5',
    ]);
  });
});

describe('what stands between numbers', () => {
  it('may be the title of a chapter, whose number is in its paragraphs', () => {
    const document = readText(
      '1. The call\n\n1.1 It came.\n\n1.2 It went.\n\n2. The note\n\n2.1 It was blue.\n',
    );
    expect(labelsOf(document)).toEqual(['1.1', '1.2', '2.1']);
    const kinds = outlineParagraphs(document).outline.passages.map(({ kind }) => kind);
    expect(kinds[0]).toEqual({ kind: 'block', ordinal: 1, heading: 'The call' });
    expect(kinds.at(-1)).toEqual({ kind: 'paragraph', paragraph: '2.1', heading: 'The note' });
  });

  it('belongs to the paragraph before, and after its parts to the whole', () => {
    const text =
      '1. Two things:\n\n   (a) one\n\n   (b) two\n\nBoth were blue.\n\n2. Next.\n\nIt went on.\n\nSigned: A B\n';
    const { outline } = outlineParagraphs(readText(text));
    const passages = outline.passages.map(({ start, end, kind, turn }) => [
      kind.kind === 'paragraph' ? kind.paragraph : kind.kind,
      text.slice(start, end),
      turn,
    ]);
    expect(passages).toEqual([
      ['1', '1. Two things:', 1],
      ['1(a)', '(a) one', 1],
      ['1(b)', '(b) two', 1],
      ['1', 'Both were blue.', 1],
      ['2', '2. Next.\n\nIt went on.', 2],
      ['block', 'Signed: A B', 3],
    ]);
  });
});

describe('automatic numbers of a word processor', () => {
  const item = (number: string, text: string, level = 1): TextBlock => ({
    type: 'item',
    text,
    number,
    level,
  });

  it('are taken as they are printed', () => {
    const blocks = [
      item('1.', 'One'),
      item('(a)', 'part', 2),
      item('(b)', 'part', 2),
      item('2.', 'Two.'),
      item('2.1', 'Deep', 2),
    ];
    expect(labelsOf(readBlocks(blocks))).toEqual(['1', '1(a)', '1(b)', '2', '2.1']);
  });

  it('go on through typed ones', () => {
    const typed: TextBlock = { type: 'paragraph', text: '3.\tTyped by hand' };
    expect(labelsOf(readBlocks([item('1.', 'One'), item('2.', 'Two'), typed, item('4.', 'Four')]))).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
  });

  it('go before typed ones, which may be those of chapters', () => {
    const chapter = (text: string): TextBlock => ({ type: 'paragraph', text });
    const blocks = [
      chapter('1. The call'),
      item('1.', 'It came.'),
      chapter('2. The visit'),
      item('2.', 'He came.'),
      chapter('3. The end'),
      item('3.', 'He left.'),
      item('4.', 'I slept.'),
    ];
    const document = readBlocks(blocks);
    expect(labelsOf(document)).toEqual(['1', '2', '3', '4']);
    expect(document.headings.map(({ text }) => text)).toEqual(['1. The call', '2. The visit', '3. The end']);
  });

  it('number the rows of a table too', () => {
    const row = (number: string): TextBlock => ({ type: 'row', text: 'One\tTwo', number });
    expect(labelsOf(readBlocks([row('1.'), row('2.'), row('3.')]))).toEqual(['1', '2', '3']);
  });

  it('of headings are no part of the paragraph before', () => {
    const heading = (number: string, text: string): TextBlock => ({
      type: 'heading',
      text,
      number,
      level: 1,
    });
    const blocks = [
      item('1.', 'One.'),
      heading('(i)', 'The call'),
      item('2.', 'Two.'),
      heading('(ii)', 'The visit'),
      item('3.', 'Three.'),
    ];
    const document = readBlocks(blocks);
    expect(labelsOf(document)).toEqual(['1', '2', '3']);
    expect(document.headings.map(({ text, number }) => [text, number])).toEqual([
      ['The call', 'i'],
      ['The visit', 'ii'],
    ]);
  });
});

/** A numbered paragraph: sentences, its parts. */
const sentence = fc.constantFrom(
  'I saw him go.',
  'It was 10.30 at night.',
  'See paragraph 7 of 2015.',
  'He paid £12.',
  'No one came.',
);
const paragraphs = fc.array(
  fc.record({
    sentences: fc.array(sentence, { minLength: 1, maxLength: 14 }),
    parts: fc.oneof(fc.constant(0), fc.integer({ min: 2, max: 12 })),
    list: fc.oneof(fc.constant(0), fc.integer({ min: 2, max: 4 })),
  }),
  { minLength: 2, maxLength: 25 },
);

interface Laid {
  readonly lines: readonly PrintedLine[];
  readonly labels: readonly string[];
}

/** A word that no other line has: lines that repeat at the edges of sheets are running heads. */
function nonce(seed: number): string {
  return [...String(seed * 7919)].map((digit) => 'klmnoprstu'.charAt(Number(digit))).join('');
}

/** Wraps words at 60 characters. */
function wrap(text: string): string[] {
  return text.match(/.{1,60}(?=\s|$)/g)?.map((line) => line.trim()) ?? [];
}

function layOut(
  document: typeof paragraphs extends fc.Arbitrary<infer P> ? P : never,
  mark: (n: number) => string,
): Laid {
  const lines: PrintedLine[] = [];
  const labels: string[] = [];
  for (const [index, { sentences, parts, list }] of document.entries()) {
    const number = index + 1;
    labels.push(`${number}`);
    const [first = '', ...rest] = wrap(
      sentences.map((one, at) => `${one} So ${nonce(number * 20 + at)}.`).join(' '),
    );
    lines.push(
      [
        [72, mark(number)],
        [108, first],
      ],
      ...rest.map((line): PrintedLine => [[108, line]]),
      [],
    );
    for (let part = 0; part < parts; part++) {
      const letter = String.fromCharCode(97 + part);
      labels.push(`${number}(${letter})`);
      lines.push(
        [
          [108, `(${letter})`],
          [144, `a thing, ${nonce(number * 500 + part)};`],
        ],
        [],
      );
    }
    for (let one = 1; one <= list; one++)
      lines.push([
        [144, `${one}.`],
        [170, `an item, ${nonce(number * 900 + one)}`],
      ]);
    if (list > 0) lines.push([]);
  }
  return { lines, labels };
}

describe('numbers in the margin', () => {
  const margin = (number: string, left: number, text: string): PrintedLine => [
    [left, number],
    [left + 36, text],
  ];

  it('beside numbered lists are no printed pages side by side', () => {
    const lines = Array.from({ length: 7 }, (_, at): PrintedLine[] => [
      margin(`[${at + 1}]`, 72, `The ${nonce(at + 40)} was there.`),
      ...(at % 2 === 0
        ? Array.from({ length: 4 }, (_, one) =>
            margin(`[${one + 1}]`, 108, `a thing, ${nonce(at * 30 + one + 90)}`),
          )
        : [[[108, `and it was ${nonce(at + 300)}.`]] as PrintedLine]),
    ]).flat();
    const document = readSheets(setSheets([lines]));
    expect(document.layout.lines.every(({ column }) => column === 0)).toBe(true);
    expect(labelsOf(document)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  });

  it('begin paragraphs though no white space stands above', () => {
    const lines = [1, 2, 3, 5, 6].flatMap((number): PrintedLine[] => [
      margin(`(${number})`, 72, `The ${nonce(number + 40)} was there`),
      [[108, `all ${nonce(number + 60)} day.`]],
    ]);
    expect(labelsOf(readSheets(setSheets([lines])))).toEqual(['1', '2', '3?', '5?', '6']);
  });
});

describe('a numbered document', () => {
  it('laid out on sheets and read again has the same paragraphs', () => {
    const marks = fc.constantFrom<(n: number) => string>(
      (n) => `${n}.`,
      (n) => `[${n}]`,
      (n) => `${n}`,
    );
    fc.assert(
      fc.property(paragraphs, marks, fc.integer({ min: 20, max: 48 }), (document, mark, length) => {
        const { lines, labels } = layOut(document, mark);
        const pages = Array.from({ length: Math.ceil(lines.length / length) }, (_, at) =>
          lines.slice(at * length, (at + 1) * length),
        );
        const sheets = setSheets(pages, (sheet) => ({ head: 'Statement of A Witness', foot: `${sheet}` }));
        expect(labelsOf(readSheets(sheets))).toEqual(labels);
      }),
      { numRuns: 150 },
    );
  });

  it('laid out as text and read again has the same paragraphs', () => {
    fc.assert(
      fc.property(paragraphs, (document) => {
        const { lines, labels } = layOut(document, (n) => `${n}.`);
        const text = lines
          .map((line) => line.reduce((row, [left, piece]) => `${row.padEnd((left - 72) / 6)}${piece}`, ''))
          .join('\n');
        expect(labelsOf(readText(text))).toEqual(labels);
      }),
      { numRuns: 150 },
    );
  });
});
