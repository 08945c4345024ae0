import { describe, expect, it } from 'vitest';
import { golden, plain } from './read-back.ts';
import { runsOf } from './text-runs.ts';
import {
  asText,
  hanging,
  indented,
  lineText,
  type Piece,
  type Style,
  sentence,
  typeset,
} from './typesetter.ts';

const names = ['MR QUILL', 'THE CHAIR', 'MS O’BRIEN', 'MR QUILL', 'THE CHAIR'];
const pieces: Piece[] = Array.from(
  { length: 60 },
  (_, index): Piece => ({
    label: names[index % names.length] ?? '',
    paragraphs: [sentence(index, 6 + (index % 20))],
  }),
);

function textOf(style: Style): string {
  const content = asText(typeset(pieces, style), { formFeeds: true, pageNumber: 'foot' });
  return content.layout === 'plain' ? content.text : '';
}

const label = /(MR QUILL|THE CHAIR|MS O’BRIEN):/g;

/** The text with a change to each fifth label but the first ones. */
function misread(text: string, change: (name: string) => string): string {
  let seen = 0;
  return text.replace(label, (whole, name: string) => (++seen > 5 && seen % 5 === 2 ? change(name) : whole));
}

describe.each([
  ['hanging', hanging],
  ['indented', indented],
])('a label, %s', (_, style) => {
  /** Who speaks where: the labels themselves stand in the text. */
  const speakers = (text: string) => golden(plain(text)).map((line) => line.replace(/ \|.*/, ''));
  const sound = speakers(textOf(style));

  it.each([
    ['with a semicolon', (name: string) => `${name};`],
    ['with a full stop', (name: string) => `${name}.`],
    ['without a colon', (name: string) => name],
    ['with digits for letters', (name: string) => `${name.replace('I', '1').replace('O', '0')}:`],
  ])('%s is one', (_fault, change) => {
    expect(speakers(misread(textOf(style), change))).toEqual(sound);
  });

  it('that comes once is one before a semicolon', () => {
    const text = textOf(style);
    const once = text.replace(/THE CHAIR:/, 'DR VOSS:');
    expect(speakers(once.replace('DR VOSS:', 'DR VOSS;'))).toEqual(speakers(once));
  });
});

describe.each([
  ['hanging', hanging],
  ['indented', indented],
])('a label that is not sure, %s', (_, style) => {
  const sound = golden(plain(textOf(style)));
  const withoutDoubt = (lines: readonly string[]) =>
    lines.map((line) => line.replace(/ \[speaker-unsure\]| \|.*/g, ''));
  const once = textOf(style).replace(/THE CHAIR:/, 'DR VOSS:');

  it.each([
    ['a stop', 'DR VOSS.'],
    ['nothing', 'DR VOSS'],
  ])('comes once, with %s for its colon', (_fault, printed) => {
    const read = golden(plain(once.replace('DR VOSS:', printed)));
    expect(withoutDoubt(read)).toEqual(withoutDoubt(golden(plain(once))));
    expect(read.filter((line) => line.includes('[speaker-unsure]')).length).toBe(1);
  });

  it('has a letter and a digit that look like those of another', () => {
    const read = golden(plain(textOf(style).replace(/THE CHAIR:/, 'THF CHA1R:')));
    expect(withoutDoubt(read)).toEqual(withoutDoubt(sound));
    expect(read.filter((line) => line.includes('[speaker-unsure]')).length).toBe(1);
  });

  it('has letters alone that look like those of another, and keeps its name', () => {
    const read = golden(plain(textOf(style).replace(/THE CHAIR:/, 'THF CHAIR:')));
    expect(read.filter((line) => line.includes('[speaker-unsure]'))).toEqual([
      expect.stringContaining('Thf Chair'),
    ]);
  });

  it('has a digit among its letters and is like no other', () => {
    const read = golden(plain(once.replace('DR VOSS:', 'DR V0SS:')));
    expect(read.filter((line) => line.includes('[speaker-unsure]')).length).toBe(1);
  });

  it('is none for being a cipher, or like another in other letters', () => {
    const others = textOf(style)
      .replace(/THE CHAIR:/, 'PC 1234 HN302:')
      .replace(/MS O’BRIEN:/, 'MR QUELL:');
    const read = golden(plain(others));
    expect(read.some((line) => line.includes('Mr Quell'))).toBe(true);
    expect(read.filter((line) => line.includes('[speaker-unsure]'))).toEqual([]);
  });
});

it('labels that stand alone on their lines are known without their colons', () => {
  const alone = textOf(hanging).replace(new RegExp(`^( *\\d+ +)(${label.source})  `, 'gm'), '$1$2\n');
  const numbered = renumbered(alone);
  let seen = 0;
  const lost = numbered.replace(/(THE CHAIR):$/gm, (whole, name: string) =>
    ++seen % 4 === 2 ? name : whole,
  );
  expect(lost).not.toBe(numbered);
  const who = (text: string) => golden(plain(text)).map((line) => line.replace(/ \|.*/, ''));
  expect(who(lost)).toEqual(who(numbered));
});

/** The lines of a text on pages of 25, numbered anew. */
function renumbered(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => /\p{L}/u.test(line))
    .map((line) => (/^\s*\d+/.test(line) ? line.replace(/^ *\d+/, '').slice(3) : `    ${line}`));
  const pages: string[] = [];
  for (let at = 0; at < lines.length; at += 25) {
    const own = lines.slice(at, at + 25).map((line, order) => `${String(order + 1).padStart(2)}   ${line}`);
    pages.push([...own, '', `${' '.repeat(30)}${pages.length + 1}`, ''].join('\n'));
  }
  return pages.join('\f');
}

it('a name in the text of speech is none', () => {
  const said =
    'It was then, as I have said before to you all and say again now, seen by both\nMR QUILL. Nobody else was there.';
  const text = textOf(hanging).replace(/ 7 {3}.*\n.*\n/, () => {
    const [first, second] = said.split('\n');
    return ` 7       ${first}\n 8       ${second}\n`;
  });
  expect(golden(plain(text)).some((line) => line.startsWith('1:8'))).toBe(false);
});

describe('numbers that are glued to words', () => {
  const asked: Piece[] = [
    { centred: 'DR JANE HOLLIS (sworn)' },
    { centred: 'Examined by MR QUILL' },
    { label: 'MR QUILL', paragraphs: [sentence(0, 12)] },
    ...Array.from(
      { length: 40 },
      (_, index): Piece => ({
        mark: index % 2 === 0 ? 'A.' : 'Q.',
        paragraphs: [sentence(index, 5 + (index % 9))],
      }),
    ),
  ];

  it('are no part of them', () => {
    const content = asText(typeset(asked, hanging), { formFeeds: true, pageNumber: 'foot' });
    const text = content.layout === 'plain' ? content.text : '';
    const glued = text.replace(/^( 9|12|19) {3}(?=\S)/gm, (_, number: string) => `     ${number.trim()}`);
    expect(glued).not.toBe(text);
    const doubted = golden(plain(glued)).map((line) => line.replace(' [line-repaired]', ''));
    expect(doubted).toEqual(golden(plain(text)));
  });
});

it('a mark that seems to stand where speech goes on is one all the same', () => {
  const narrow: Style = { ...hanging, continuation: 2, paragraph: 5 };
  const asked: Piece[] = [
    { centred: 'DR JANE HOLLIS (sworn)' },
    { centred: 'Examined by MR QUILL' },
    { label: 'MR QUILL', paragraphs: [sentence(0, 12)] },
    ...Array.from(
      { length: 60 },
      (_, index): Piece => ({
        mark: index % 2 === 0 ? 'A.' : 'Q.',
        paragraphs: [sentence(index, 3 + (index % 14))],
      }),
    ),
  ];
  const set = typeset(asked, narrow);
  // Number and mark are one run: where the mark stands in it is only reckoned.
  const sheets = set.pages.map(({ page, lines }, order) => ({
    ...{ sheet: order + 1, width: 500, height: 400 },
    runs: [
      ...lines.flatMap((line, at) => runsOf(`${String(at + 1).padStart(2)} ${lineText(line)}`, at)),
      ...runsOf(`${' '.repeat(30)}${page}`, lines.length + 1),
    ],
  }));
  const begun = golden({ layout: 'sheets', sheets }).filter((line) => / (?:witness|examiner) /.test(line));
  expect(begun).toHaveLength(61);
});
