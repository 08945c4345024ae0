import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NumberingCounter, type NumberingLevel } from '../../../src/formats/docx/numbering.ts';
import { formatNumber } from '../../../src/formats/list-number.ts';
import { blocksOfBody } from './word-file.ts';

/** Short for a list's definition: levels as "format text" with options after a bar. */
interface Lvl {
  readonly fmt?: string;
  readonly text: string;
  readonly start?: number;
  readonly restart?: number;
  readonly style?: string;
  readonly legal?: boolean;
  readonly extra?: string;
}

function lvl(level: Lvl, index: number): string {
  return (
    `<w:lvl w:ilvl="${index}"><w:start w:val="${level.start ?? 1}"/><w:numFmt w:val="${level.fmt ?? 'decimal'}"/>` +
    `${level.restart === undefined ? '' : `<w:lvlRestart w:val="${level.restart}"/>`}` +
    `${level.style === undefined ? '' : `<w:pStyle w:val="${level.style}"/>`}${level.legal ? '<w:isLgl/>' : ''}` +
    `<w:lvlText w:val="${level.text}"/>${level.extra ?? ''}</w:lvl>`
  );
}

function abstract(id: number, levels: readonly Lvl[], extra = ''): string {
  return `<w:abstractNum w:abstractNumId="${id}">${extra}${levels.map(lvl).join('')}</w:abstractNum>`;
}

function num(id: number, abstractId: number, overrides = ''): string {
  return `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstractId}"/>${overrides}</w:num>`;
}

function start(level: number, value: number): string {
  return `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${value}"/></w:lvlOverride>`;
}

/** A paragraph: "1" is numId 1, level 0; "1/2" level 2; "s:Name" a style, "s:Name 1/0" both; "-" neither; "del 1" with its mark deleted. */
function para(short: string, at: number): string {
  const style = /s:(\S+)/.exec(short)?.[1];
  const list = /(?:^|\s)(\d+)(?:\/(\d+))?$/.exec(short);
  const level = list?.[2];
  const numPr =
    list &&
    `<w:numPr>${level === undefined ? '' : `<w:ilvl w:val="${level}"/>`}<w:numId w:val="${list[1]}"/></w:numPr>`;
  const mark = short.startsWith('del') ? '<w:rPr><w:del w:id="1"/></w:rPr>' : '';
  const field = /LISTNUM.*/.exec(short)?.[0];
  if (field !== undefined) {
    return `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>${field}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>t${at}</w:t></w:r></w:p>`;
  }
  const section = short.startsWith('section') ? '<w:sectPr/>' : '';
  const pPr = `${style ? `<w:pStyle w:val="${style}"/>` : ''}${numPr ?? ''}${mark}${section}`;
  const text = /empty|section/.test(short) ? '' : `<w:r><w:t>t${at}</w:t></w:r>`;
  return `<w:p><w:pPr>${pPr}</w:pPr>${text}</w:p>`;
}

async function numbers(paragraphs: string, numbering: string, styles = ''): Promise<string> {
  const blocks = await blocksOfBody(paragraphs.split(', ').map(para).join(''), { numbering, styles });
  return blocks.map((block) => block.number ?? '-').join(' ');
}

const legal: readonly Lvl[] = [
  { text: '%1.' },
  { fmt: 'lowerLetter', text: '(%2)' },
  { fmt: 'lowerRoman', text: '(%3)' },
];
const outline: readonly Lvl[] = [{ text: '%1' }, { text: '%1.%2' }, { text: '%1.%2.%3' }];
const style = (id: string, inside: string, based = '') =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${id}"/>${based && `<w:basedOn w:val="${based}"/>`}<w:pPr>${inside}</w:pPr></w:style>`;
const numPr = (numId: number | undefined, level?: number) =>
  `<w:numPr>${level === undefined ? '' : `<w:ilvl w:val="${level}"/>`}${numId === undefined ? '' : `<w:numId w:val="${numId}"/>`}</w:numPr>`;

describe('definitions in, printed numbers out', () => {
  test.each<[what: string, paragraphs: string, numbering: string, printed: string, styles?: string]>([
    ['a plain list', '1, 1, -, 1', abstract(0, legal) + num(1, 0), '1. 2. - 3.'],
    [
      'levels start anew',
      '1, 1/1, 1/1, 1/2, 1, 1/1',
      abstract(0, legal) + num(1, 0),
      '1. (a) (b) (i) 2. (a)',
    ],
    [
      'outline numbers',
      '1, 1/1, 1/2, 1/2, 1/1, 1/2',
      abstract(0, outline) + num(1, 0),
      '1 1.1 1.1.1 1.1.2 1.2 1.2.1',
    ],
    [
      'lists of one definition go on',
      '1, 2, 1, 2',
      abstract(0, legal) + num(1, 0) + num(2, 0),
      '1. 2. 3. 4.',
    ],
    [
      'lists of two definitions do not',
      '1, 2, 1',
      abstract(0, legal) + abstract(1, legal) + num(1, 0) + num(2, 1),
      '1. 1. 2.',
    ],
    [
      'an override starts anew, once',
      '1, 1, 2, 1, 2',
      abstract(0, legal) + num(1, 0) + num(2, 0, start(0, 1)),
      '1. 2. 1. 2. 3.',
    ],
    [
      'an override leaves a running counter above alone',
      '1, 1, 2/1, 2/1, 2',
      abstract(0, legal) + num(1, 0) + num(2, 0, start(0, 1) + start(1, 1)),
      '1. 2. (a) (b) 3.',
    ],
    [
      'an override is for the first paragraph of its list only',
      '1, 2, 2/1',
      abstract(0, legal) + num(1, 0) + num(2, 0, start(1, 2)),
      '1. 2. (a)',
    ],
    ['the end of a section is not counted', '1, section 1, 1', abstract(0, legal) + num(1, 0), '1. 2.'],
    [
      'a field of the list',
      'LISTNUM mine \\l 1, 1, LISTNUM mine \\l 2',
      abstract(0, legal, '<w:name w:val="mine"/>') + num(1, 0),
      '1. 2. (a)',
    ],
    [
      'a field of Word’s own lists',
      'LISTNUM, LISTNUM LegalDefault \\l 2, LISTNUM NumberDefault \\l 1 \\s 5',
      '',
      '1) 1.1. 5)',
    ],
    [
      'an override has no part in later starts',
      '1, 2/1, 2/1, 1, 2/1',
      abstract(0, legal) + num(1, 0) + num(2, 0, start(1, 2)),
      '1. (b) (c) 2. (a)',
    ],
    ['a start of its own', '1, 1', abstract(0, [{ text: '%1)', start: 7 }]) + num(1, 0), '7) 8)'],
    ['a start of zero', '1, 1', abstract(0, [{ text: '%1', start: 0 }]) + num(1, 0), '0 1'],
    [
      'a skipped level is used up',
      '1/1, 1/1, 1',
      abstract(0, [{ text: '%1', start: 10 }, { text: '%1.%2' }]) + num(1, 0),
      '10.1 10.2 11',
    ],
    [
      'never restarts',
      '1, 1/1, 1, 1/1',
      abstract(0, [{ text: '%1' }, { text: '%2)', restart: 0 }]) + num(1, 0),
      '1 1) 2 2)',
    ],
    [
      'restarts after a level above the next one only',
      '1, 1/1, 1/2, 1/1, 1/2, 1, 1/2',
      abstract(0, [{ text: '%1' }, { text: '%1.%2' }, { text: '%3', restart: 1 }]) + num(1, 0),
      '1 1.1 1 1.2 2 2 1',
    ],
    [
      'a level replaced for one list',
      '2, 2',
      abstract(0, legal) +
        num(
          2,
          0,
          `<w:lvlOverride w:ilvl="0">${lvl({ fmt: 'upperRoman', text: 'Part %1', start: 4 }, 0)}</w:lvlOverride>`,
        ),
      'Part IV Part V',
    ],
    [
      'numId 0 switches off',
      's:A, s:A 0, s:A',
      abstract(0, legal) + num(1, 0),
      '1. - 2.',
      style('A', numPr(1)),
    ],
    [
      'a style that switches off',
      's:A, s:B, s:A',
      abstract(0, legal) + num(1, 0),
      '1. - 2.',
      style('A', numPr(1)) + style('B', numPr(0), 'A'),
    ],
    [
      'levels by linked styles',
      's:A, s:B, s:B, s:A',
      abstract(0, [
        { text: '%1.', style: 'A' },
        { text: '%1.%2', style: 'B' },
      ]) + num(1, 0),
      '1. 1.1 1.2 2.',
      style('A', numPr(1)) + style('B', numPr(1)),
    ],
    [
      'a style inherits its list and adds a level',
      's:A, s:B, s:C, s:A',
      abstract(0, outline) + num(1, 0),
      '1 1.1 1.2 2',
      style('A', numPr(1)) + style('B', numPr(undefined, 1), 'A') + style('C', '', 'B'),
    ],
    [
      'the paragraph goes before its style',
      's:A, s:A 1/1',
      abstract(0, outline) + num(1, 0),
      '1 1.1',
      style('A', numPr(1)),
    ],
    [
      'styles based in a circle',
      's:A, s:B',
      abstract(0, outline) + num(1, 0),
      '1 2',
      style('A', numPr(1), 'B') + style('B', '', 'A'),
    ],
    [
      'through a numbering style',
      '2, 2/1, 1',
      abstract(0, outline, '<w:styleLink w:val="L"/>') +
        abstract(1, [], '<w:numStyleLink w:val="L"/>') +
        num(1, 0) +
        num(2, 1),
      '1 1.1 2',
      `<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr>${numPr(1)}</w:pPr></w:style>`,
    ],
    [
      'legal form',
      '1, 1/1',
      abstract(0, [
        { fmt: 'upperRoman', text: '%1' },
        { text: '%1.%2', legal: true },
      ]) + num(1, 0),
      'I 1.1',
    ],
    [
      'other forms in one number',
      '1, 1/1',
      abstract(0, [
        { fmt: 'upperLetter', text: '%1' },
        { fmt: 'lowerRoman', text: '%1-%2' },
      ]) + num(1, 0),
      'A A-i',
    ],
    [
      'bullets have no number',
      '1, 1/1',
      abstract(0, [{ fmt: 'bullet', text: '•' }, { text: '%2' }]) + num(1, 0),
      '- 1',
    ],
    ['none prints the rest', '1', abstract(0, [{ fmt: 'none', text: 'Exhibit%1' }]) + num(1, 0), 'Exhibit'],
    [
      'an empty number still counts',
      '1, 1/1, 1',
      abstract(0, [{ text: '' }, { text: '%1.%2' }]) + num(1, 0),
      '- 1.1 -',
    ],
    [
      'a hidden number',
      '1, 1/1',
      abstract(0, [{ text: '%1', extra: '<w:rPr><w:vanish/></w:rPr>' }, { text: '%1.%2' }]) + num(1, 0),
      '- 1.1',
    ],
    [
      'an empty paragraph counts, though it has no text',
      '1, empty 1, 1',
      abstract(0, legal) + num(1, 0),
      '1. 3.',
    ],
    ['a deleted end joins two paragraphs', '1, del 1, 1', abstract(0, legal) + num(1, 0), '1. 2.'],
    ['a list that is not defined', '9, 1', abstract(0, legal) + num(1, 0), '- 1.'],
    ['a level that is not defined', '1/5, 1', abstract(0, legal) + num(1, 0), '- 1.'],
    [
      'zero-padded by a pattern',
      '1',
      abstract(0, [
        {
          text: '%1',
          extra:
            '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>' +
            '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>',
        },
      ]) + num(1, 0),
      '001',
    ],
  ])('%s', async (_, paragraphs, numbering, printed, styles = '') => {
    expect(await numbers(paragraphs, numbering, styles)).toBe(printed);
  });
});

test.each<[format: string, pairs: string]>([
  ['decimal', '1=1 12=12'],
  ['decimalZero', '1=01 10=10 100=100'],
  ['lowerLetter', '1=a 26=z 27=aa 28=bb 52=zz 53=aaa'],
  ['upperLetter', '3=C 29=CC'],
  ['lowerRoman', '1=i 4=iv 9=ix 14=xiv 40=xl 90=xc 400=cd 1999=mcmxcix'],
  ['upperRoman', '2024=MMXXIV'],
  ['ordinal', '1=1st 2=2nd 3=3rd 4=4th 11=11th 12=12th 13=13th 21=21st 111=111th'],
  ['cardinalText', '1=One 13=Thirteen 40=Forty 99=Ninety-nine'],
  ['ordinalText', '1=First 12=Twelfth 20=Twentieth 21=Twenty-first'],
  ['chicago', '1=* 2=† 5=**'],
  ['decimalEnclosedCircle', '1=① 20=⑳ 21=21'],
  ['russianLower', '1=а'],
  ['numberInDash', '3=-3-'],
  ['none', '5='],
  ['someOtherFormat', '5=5'],
])('%s', (format, pairs) => {
  for (const pair of pairs.split(' ')) {
    const [value, printed] = pair.split('=');
    expect(formatNumber(Number(value), format).replaceAll(' ', '')).toBe(printed);
  }
});

describe('against a naive twin', () => {
  const formats = ['decimal', 'lowerLetter', 'upperRoman', 'decimalZero'] as const;
  const level = fc.record({
    format: fc.constantFrom(...formats),
    start: fc.integer({ min: 0, max: 4 }),
    restart: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
    legal: fc.boolean(),
  });
  const lists = fc.record({
    levels: fc.array(level, { minLength: 3, maxLength: 3 }),
    overrides: fc.array(fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }), {
      minLength: 3,
      maxLength: 3,
    }),
    steps: fc.array(fc.tuple(fc.constantFrom('1', '2'), fc.nat(2)), { maxLength: 40 }),
  });
  type Lists = typeof lists extends fc.Arbitrary<infer T> ? T : never;

  /** Replays all paragraphs from the beginning for each number: no state is kept. */
  function naive({ levels, overrides, steps }: Lists): string[] {
    return steps.map((_, last) => {
      let path: (number | undefined)[] = [undefined, undefined, undefined];
      for (const [step, [numId, depth]] of steps.slice(0, last + 1).entries()) {
        const opensSecond = numId === '2' && steps.findIndex(([id]) => id === '2') === step;
        for (let at = 0; at <= depth; at++) {
          if (at < depth && path[at] !== undefined) continue;
          const set = opensSecond ? overrides[at] : undefined;
          path[at] = set ?? (path[at] === undefined ? levels[at]?.start : (path[at] ?? 0) + 1);
        }
        path = path.map((value, at) => {
          const restart = levels[at]?.restart;
          const startsAnew = at > depth && (restart === undefined || (restart > 0 && depth + 1 <= restart));
          return startsAnew ? undefined : value;
        });
      }
      const own = steps[last]?.[1] ?? 0;
      const shown = path.slice(0, own + 1).map((value, at) => {
        return formatNumber(value ?? 0, levels[own]?.legal ? 'decimal' : (levels[at]?.format ?? ''));
      });
      return `${shown.join('.')})`;
    });
  }

  test('random lists get the same numbers', () => {
    fc.assert(
      fc.property(lists, (given) => {
        const levels = given.levels.map((one, at): NumberingLevel => {
          const text = `${['%1', '%1.%2', '%1.%2.%3'][at]})`;
          const { restart, ...rest } = one;
          return { ...rest, text, hidden: false, ...(restart !== undefined && { restart }) };
        });
        const overrides = new Map(
          given.overrides.flatMap((value, at) =>
            value === undefined ? [] : [[at, { start: value }] as const],
          ),
        );
        const counter = new NumberingCounter({
          abstracts: new Map([['0', { levels }]]),
          instances: new Map([
            ['1', { abstractId: '0', overrides: new Map() }],
            ['2', { abstractId: '0', overrides }],
          ]),
          numberingStyles: new Map(),
        });
        expect(given.steps.map(([numId, depth]) => counter.next(numId, depth)?.number)).toEqual(naive(given));
      }),
      { numRuns: 500 },
    );
  });
});
