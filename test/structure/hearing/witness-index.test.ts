import { describe, expect, it } from 'vitest';
import { passagesOf, plain, readHearing } from './read-back.ts';
import { asText, hanging, type Piece, sentence, typeset } from './typesetter.ts';

/** As many questions and answers, of three lines or so each. */
function exchanges(first: number, count: number): Piece[] {
  return Array.from({ length: count }, (_, at) => ({
    mark: at % 2 === 0 ? 'Q.' : 'A.',
    paragraphs: [sentence(first + at, 16)],
  }));
}

/** Nobody is named who gives evidence; `heading` stands before the second witness's evidence, and who asks before the first's. */
const record = (heading: readonly Piece[]): Piece[] => [
  { label: 'THE PRESIDENT', paragraphs: [sentence(1, 30)] },
  { centred: 'QUESTIONING BY MR. QUILL' },
  ...exchanges(2, 40),
  ...heading,
  ...exchanges(50, 40),
];

const byHale: Piece[] = [{ centred: 'QUESTIONING BY MS. HALE' }];
const body = (pieces: readonly Piece[]) => {
  const set = typeset(pieces, { ...hanging, linesPerPage: 20 });
  const content = asText(set, { formFeeds: true, pageNumber: 'foot' });
  return { text: content.layout === 'plain' ? content.text : '', begins: set.begins };
};

const indexes: Record<string, (second: number) => string[]> = {
  'names above who asks': (second) => [
    ...['I N D E X', '', 'MR. OWEN DOE (2-TCW-100)'],
    `Questioning by Mr. QUILL ${'.'.repeat(30)} page 1`,
    ...['', 'MS. JANE ROE (2-TCW-101)'],
    `Questioning by Ms. HALE ${'.'.repeat(30)} page ${second}`,
  ],
  'names without titles, numbers behind a gap': (second) => [
    ...['INDEX', '', 'WITNESS                             PAGE', 'OWEN DOE'],
    '   Direct Examination by Mr. Quill         1',
    'JANE ROE',
    `   Direct Examination by Ms. Hale          ${second}`,
    ...['', 'EXHIBITS', "PLAINTIFF'S EXHIBIT 1                  3"],
  ],
  'names with titles before pages': (second) => [
    ...['LIST OF WITNESSES', '', 'MR. OWEN DOE ............ 1'],
    `MS. JANE ROE ............ ${second}`,
  ],
};

/** By page: who answers, with the doubts. */
function answering(text: string): Map<number, Set<string>> {
  const pages = new Map<number, Set<string>>();
  for (const { place } of passagesOf(readHearing(plain(text)))) {
    if (place.kind !== 'testimony' || place.role !== 'witness') continue;
    const page = place.page ?? 0;
    const who = `${place.speaker?.replace(/^M[rs]\. /, '')}${place.doubt === undefined ? '' : ` [${place.doubt}]`}`;
    pages.set(page, (pages.get(page) ?? new Set()).add(who));
  }
  return pages;
}

describe.each(Object.entries(indexes))('witnesses whom only an index names: %s', (name, index) => {
  const { text, begins } = body(record(byHale));
  const second = begins[43]?.page ?? 0;
  const printed = `${index(second).join('\n')}\n`;

  it.each([
    ['at the front', `${printed}\f${text}`],
    ['at the back', `${text}\f${printed}`],
  ])('give evidence from their pages on, with the index %s', (_, whole) => {
    const pages = answering(whole);
    for (const [page, who] of pages) {
      if (page < second) expect(who).toEqual(new Set(['Owen Doe']));
      if (page > second) expect(who).toEqual(new Set(['Jane Roe']));
    }
    expect(pages.size).toBeGreaterThan(5);
    // The heading shows where on its page the second begins, if the index says who asks there.
    const shown = name.includes('before pages') ? [] : ['Jane Roe'];
    expect(pages.get(second)).toEqual(new Set(['Owen Doe [speaker-unsure]', ...shown]));
  });

  it('are doubted on a page on which one follows another and no heading shows where', () => {
    const plainly = body(record([{ centred: '(Pause)' }]));
    const on = plainly.begins[43]?.page ?? 0;
    const pages = answering(`${index(on).join('\n')}\n\f${plainly.text}`);
    expect([...(pages.get(on) ?? [])].filter((who) => !who.includes('[speaker-unsure]'))).toEqual([]);
    expect(pages.get(on + 1)).toEqual(new Set(['Jane Roe']));
  });
});

describe('an index names nobody', () => {
  const { text } = body(record(byHale));
  const index = indexes['names above who asks'] ?? (() => []);

  it('where it has a page that the document has not', () => {
    const who = [...answering(`${index(900).join('\n')}\n\f${text}`).values()].flatMap((one) => [...one]);
    expect(new Set(who)).toEqual(new Set(['undefined [no-witness]']));
  });

  it('where the record names who gives evidence', () => {
    const named = body([{ centred: 'MR. PETER VOSS (sworn)' }, ...record(byHale)]).text;
    const who = [...answering(`${index(5).join('\n')}\n\f${named}`).values()].flatMap((one) => [...one]);
    expect(new Set(who)).toEqual(new Set(['Peter Voss']));
  });
});
