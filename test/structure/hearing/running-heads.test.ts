import { describe, expect, it } from 'vitest';
import { doubts } from '../../../src/model/place.ts';
import { recognise } from '../../../src/structure/recognise.ts';
import { unsureBelow } from '../../../src/structure/recognition.ts';
import { golden, plain, readHearing } from './read-back.ts';
import { asText, hanging, type Piece, typeset } from './typesetter.ts';

const pieces: Piece[] = [
  { centred: 'DR JANE HOLLIS (sworn)' },
  { centred: 'Examined by MR QUILL' },
  {
    label: 'MR QUILL',
    paragraphs: ['Where was it that you were on duty on the night that we are to hear about?'],
  },
  ...Array.from(
    { length: 120 },
    (_, index): Piece => ({
      mark: index % 2 === 0 ? 'A.' : 'Q.',
      paragraphs: [`This is number ${index} of what was said there on that day by them all and it goes on.`],
    }),
  ),
];

const firstPages = [1, 37];

/** The pages of a transcript without their numbers. */
function bodies(firstPage: number): string[] {
  const content = asText(typeset(pieces, { ...hanging, firstPage }), { formFeeds: true, pageNumber: 'foot' });
  const text = content.layout === 'plain' ? content.text : '';
  return text.split('\f').map((page) => page.replace(/\n +\d+\n$/, ''));
}

type Print = (page: number) => string;

interface Around {
  readonly head?: Print;
  readonly foot?: Print;
}

function set(firstPage: number, feed: string, { head, foot }: Around): string {
  const pages = bodies(firstPage).map((body, index) => {
    const page = firstPage + index;
    return `${head === undefined ? '' : `${head(page)}\n\n`}${body}\n${foot === undefined ? '' : `\n${foot(page)}\n`}`;
  });
  return pages.join(feed);
}

const soundFrom = new Map(
  firstPages.map((firstPage) => {
    const text = set(firstPage, '\f', { foot: (page) => `${' '.repeat(30)}${page}` });
    return [firstPage, golden(plain(text))];
  }),
);

function sound(firstPage: number): string[] {
  return soundFrom.get(firstPage) ?? [];
}

/** Why lines are doubted, each reason once. */
function doubted(text: string): (string | undefined)[] {
  return [...new Set(readHearing(plain(text)).outline.lines.doubts)].map((code) => doubts[code - 1]);
}

const sides: Print = (page) =>
  page % 2 === 1
    ? `Day 4          In the matter of the Bridge          ${page}`
    : `${page}          In the matter of the Bridge          Day 4`;
const unlike: Print = (page) =>
  page % 2 === 1 ? `Evidence of Dr Hollis            ${page}` : `${page}         The Bridge Inquiry`;

const prints: readonly [string, Print][] = [
  ['that changes sides', sides],
  ['that changes sides, with other words', unlike],
  ...[
    'Day 3/#',
    '3/#',
    'Day 3-#',
    '3-#',
    '3:#',
    '3.#',
    'D3/#',
    'III-#',
    'T.#',
    'T#',
    '#/312',
    '#.',
    '[#]',
    'Day 3, page #',
    'Day 3   #',
    'The Bridge Inquiry, Day 3 (#)',
  ].map((form): [string, Print] => [
    `"${form}"`,
    (page) => `${' '.repeat(25)}${form.replace('#', String(page))}`,
  ]),
];

describe.each(firstPages)('a running line from page %i on', (firstPage) => {
  describe.each(['\f', ''])('pages parted by %j', (feed) => {
    it.each(prints)('%s', (_, print) => {
      for (const around of [{ head: print }, { foot: print }]) {
        const text = set(firstPage, feed, around);
        expect(golden(plain(text))).toEqual(sound(firstPage));
        expect(doubted(text)).toEqual([undefined]);
      }
    });
  });

  it('with a head and a foot, of which one has the number', () => {
    const title: Print = () => '             The Bridge Inquiry';
    for (const around of [
      { head: title, foot: sides },
      { head: sides, foot: title },
    ])
      expect(golden(plain(set(firstPage, '', around)))).toEqual(sound(firstPage));
  });

  it('under a title page and before a certificate', () => {
    const title = Array.from(
      { length: 8 },
      (_, line) => `       Line ${'abcdefgh'[line]} of the title\n`,
    ).join('');
    const certificate = Array.from({ length: 8 }, () => '       I certify this to be what was said.\n').join(
      '',
    );
    for (const around of [{ head: sides }, { foot: sides }]) {
      const text = `${title}\n${set(firstPage, '', around)}\n${certificate}`;
      const read = golden(plain(text));
      // Nobody knows which pages these stand on.
      const { doubts: codes } = readHearing(plain(text)).outline.lines;
      expect([...codes].filter((code) => code > 0)).toHaveLength(16);
      expect(read.filter((line) => /\| This is number/.test(line))).toEqual(
        sound(firstPage).filter((line) => /\| This is number/.test(line)),
      );
    }
  });
});

describe('without line numbers', () => {
  const said = 'river road night door van officer car light bridge note call early later seen heard'.split(
    ' ',
  );

  /** Pages of ten turns, most of them no more than "A. Yes.". */
  const evidence = Array.from({ length: 12 }, (_, page) => [
    ...(page === 0 ? ['DR JANE HOLLIS (sworn)', 'Examined by MR QUILL'] : []),
    ...Array.from({ length: 5 + (page % 2) }, (_turn, turn) => [
      `Q.  Was it the ${said[(page * 5 + turn) % 15]} or the ${said[(page * 3 + turn * 7) % 15]}?`,
      'A.  Yes.',
    ]).flat(),
  ]);

  it('what is said on many pages is no running head', () => {
    const text = evidence.map(
      (lines, page) => `The Bridge Inquiry\n\n${lines.join('\n')}\n\n     ${page + 1}\n`,
    );
    const answers = golden(plain(text.join('\f'))).filter((line) => line.endsWith('| Yes.'));
    expect(answers).toHaveLength(evidence.flat().filter((line) => line === 'A.  Yes.').length);
  });

  it('a text that goes on over pages is no page', () => {
    const ends = (page: number) => page === 0 || page === evidence.length - 1;
    const text = evidence.map(
      (lines, page) => `${lines.join('\n')}\n\n${ends(page) ? `     ${page + 1}` : ''}\n\n`,
    );
    expect(new Set(readHearing(plain(text.join(''))).outline.lines.pages)).toEqual(new Set([0]));
  });
});

describe('the day', () => {
  const dayOf = (print: Print, feed = '\f') => readHearing(plain(set(12, feed, { foot: print }))).outline.day;

  it.each<[string, Print]>([
    ['in the foot', (page) => `Day 3/${page}`],
    ['before the page number', (page) => `3/${page}`],
    ['before the page number, with a colon', (page) => `3:${page}`],
    ['in a head that changes sides', (page) => sides(page).replace('Day 4', 'Day 3')],
  ])('%s', (_, print) => expect(dayOf(print)).toBe(3));

  it('is not how many pages there are', () => expect(dayOf((page) => `${page}/312`)).toBeUndefined());

  it('is none of them where there are more', () =>
    expect(dayOf((page) => `Day ${page < 15 ? 3 : 4}/${page}`)).toBeUndefined());

  it('of a single page', () => {
    const [page = ''] = set(12, '\f', { foot: (number) => `Day 3/${number}` }).split('\f');
    expect(readHearing(plain(page)).outline.day).toBe(3);
    expect(golden(plain(page)).at(-1)).toMatch(/^12:25 /);
  });
});

describe('pages that cannot be read are no silent matter', () => {
  const nameless: Print = () => 'The Bridge Inquiry';

  it('without form feeds and numbers the document is unsure', () => {
    for (const around of [{}, { head: nameless }, { foot: nameless }]) {
      const text = set(1, '', around);
      const { kind, confidence } = recognise(plain(text), { fileName: 'day.txt', given: {} });
      expect(kind).toBe('hearing');
      expect(confidence).toBeLessThan(unsureBelow);
      expect(doubted(text)).toEqual(['page-missing']);
    }
  });

  it('so it is where nothing shows which page a number belongs to', () => {
    const [first = '', ...others] = bodies(37);
    const text = others.reduce((before, body, index) => `${before}\n\n${38 + index}\n\n${body}`, first);
    expect(doubted(text)).toEqual(['page-missing']);
    expect(recognise(plain(text), { fileName: 'day.txt', given: {} }).confidence).toBeLessThan(unsureBelow);
  });

  it('a 1 between the first two pages is the first one’s, a 2 the second’s', () => {
    const between = (from: number) => {
      const [first = '', ...others] = bodies(1);
      return others.reduce((before, body, index) => `${before}\n\n${from + index}\n\n${body}`, first);
    };
    for (const from of [1, 2]) {
      const read = golden(plain(between(from))).filter((line) => !line.includes('page-missing'));
      expect(read.length).toBeGreaterThan(60);
      for (const line of read) expect(sound(1)).toContain(line);
    }
  });

  it('on sheets the place is the sheet’s', () => {
    expect(doubted(set(1, '\f', { foot: nameless }))).toEqual([undefined]);
  });
});
