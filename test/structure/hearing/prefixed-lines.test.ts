import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExtractedText, SheetText } from '../../../src/model/extracted.ts';
import { listRuns } from '../../../src/model/outline.ts';
import { doubts } from '../../../src/model/place.ts';
import { withoutMargins } from '../../../src/structure/hearing/margins.ts';
import { layoutOf } from '../../../src/structure/reading-order.ts';
import { recognise } from '../../../src/structure/recognise.ts';
import { expectInvariants } from '../outline-invariants.ts';
import { golden, passagesOf, plain, readHearing } from './read-back.ts';
import {
  asPrefixedText,
  asText,
  examination,
  hanging,
  indented,
  prefixes,
  run,
  typeset,
} from './typesetter.ts';

const pieces = examination;

const styles = [
  ['hanging', { ...hanging, firstPage: 8 }],
  ['indented', { ...indented, firstPage: 98 }],
] as const;
const table = Object.entries(prefixes);

function textOf(content: ExtractedText): string {
  return content.layout === 'plain' ? content.text : '';
}

const kindOf = (text: string) => recognise(plain(text), { fileName: 'day.txt', given: {} });

describe.each(styles)('turns that are set %s, page and line before each line', (_, style) => {
  const set = typeset(pieces, style);
  const sound = golden(asText(set, { formFeeds: true, pageNumber: 'foot' }));

  it.each(table)('%s', (_name, prefix) => {
    const text = textOf(asPrefixedText(set, prefix));
    expect(golden(plain(text))).toEqual(sound);
    expect(kindOf(text)).toMatchObject({ kind: 'hearing', confidence: 1, pages: set.pages.length });
  });

  it.each([
    ['form feeds', () => '\f'],
    ['blank lines', () => '\n\n'],
    ['marks', () => '\n------- page break -------\n\n'],
    ['their page numbers', (page: number) => `\n${' '.repeat(20)}Page ${page}\n\n`],
  ])('pages parted by %s', (_name, between) => {
    for (const prefix of Object.values(prefixes))
      expect(golden(asPrefixedText(set, prefix, between))).toEqual(sound);
  });

  it('the page alone above the numbers of its lines', () => {
    const above = (page: number) => `${String(page).padStart(5, '0')}\n`;
    const prefix = (_page: number, line: number, text: string) => `${String(line).padStart(2)}   ${text}`;
    expect(golden(asPrefixedText(set, prefix, above))).toEqual(sound);
  });

  /** The lines on sheets of forty; `foot` stands below each. */
  function onSheets(text: string, foot?: (sheet: number) => string): ExtractedText {
    const lines = text.replaceAll('\t', '  ').split('\n');
    const sheets: SheetText[] = [];
    for (let first = 0; first < lines.length; first += 40) {
      const sheet = sheets.length + 1;
      const runs = lines.slice(first, first + 40).flatMap((line, row) => {
        const words = line.trimStart();
        return words === '' ? [] : [run(words, 40 + (line.length - words.length) * 5, 40 + row * 10)];
      });
      const below = foot === undefined ? [] : [run(foot(sheet), 200, 700)];
      sheets.push({ sheet, width: 600, height: 800, runs: [...runs, ...below] });
    }
    return { layout: 'sheets', sheets };
  }

  it.each(table)('%s: on sheets that end elsewhere than the pages', (_name, prefix) => {
    const text = textOf(asPrefixedText(set, prefix));
    for (const content of [onSheets(text), onSheets(text, (sheet) => `Page ${sheet} of 12`)]) {
      expect(golden(content)).toEqual(sound);
      expect(readHearing(content).pages).toBe(set.pages.length);
    }
  });

  it.each(table)('%s: as paragraphs of a word processor', (_name, prefix) => {
    const lines = textOf(asPrefixedText(set, prefix)).split('\n');
    const blocks = lines.map((text) => ({ type: 'paragraph' as const, text }));
    expect(golden({ layout: 'blocks', blocks })).toEqual(sound);
  });
});

describe.each([
  ['hanging', hanging],
  ['indented', indented],
] as const)('turns that are set %s, while pages come to have a digit more', (_, style) => {
  it.each(table)('%s', (_name, prefix) => {
    for (const firstPage of [6, 96, 996, 9996]) {
      for (const linesPerPage of [15, 20, 28]) {
        const set = typeset(pieces, { ...style, firstPage, linesPerPage });
        const sound = golden(asText(set, { formFeeds: true, pageNumber: 'foot' }));
        expect(golden(asPrefixedText(set, prefix))).toEqual(sound);
      }
    }
  });
});

const asked = (page: number, line: number) =>
  line % 2 === 1
    ? `Q.  Was it at ${page} minutes past ${line}?`
    : `A.  Yes, ${page} past ${line}, as I said.`;
const prefix = prefixes['five digits and two'];
const pages = Array.from({ length: 8 }, (_, at) =>
  Array.from({ length: 25 }, (_line, order) => prefix(37 + at, order + 1, asked(37 + at, order + 1))),
);
const whole = (set: readonly (readonly string[])[]) => `${set.flat().join('\n')}\n`;
/** All pages, the fourth changed. */
const withFourth = (change: (lines: readonly string[]) => readonly string[]) =>
  whole(pages.map((lines, at) => (at === 3 ? change(lines) : lines)));

interface SeenLine {
  readonly place: string;
  readonly truth: string;
  readonly doubt: string | undefined;
}

/** Where lines of speech are said to stand, and where they do. */
function linesOf(text: string): SeenLine[] {
  const { outline, text: read } = readHearing(plain(text));
  const { starts, pages: printed, numbers, doubts: codes } = outline.lines;
  return [...starts].flatMap((start, index) => {
    const [, page, number] =
      / (\d+)(?: minutes)? past (\d+)/.exec(read.slice(start, starts[index + 1])) ?? [];
    if (page === undefined) return [];
    const doubt = doubts[(codes[index] ?? 0) - 1];
    return [{ place: `${printed[index]}:${numbers[index]}`, truth: `${page}:${number}`, doubt }];
  });
}

function doubted(text: string): string[] {
  const counts = new Map<string, number>();
  for (const { place, doubt } of linesOf(text)) {
    if (doubt === undefined) continue;
    const key = doubt.startsWith('line-') ? `${place} ${doubt}` : `${place.split(':')[0]} ${doubt}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => (count > 1 ? `${key} (${count})` : key));
}

const knownFaults: readonly (readonly [string, string, readonly string[]])[] = [
  ['nothing', whole(pages), []],
  ['a line is missing', withFourth((lines) => lines.toSpliced(8, 1)), ['40:10 line-missing']],
  ['the first line is missing', withFourth((lines) => lines.slice(1)), ['40:2 line-missing']],
  ['the first half is missing', withFourth((lines) => lines.slice(12)), ['40:13 line-missing']],
  [
    'a line is there twice',
    withFourth((lines) => lines.toSpliced(8, 0, lines[8] ?? '')),
    ['40:9 line-repeated (2)'],
  ],
  [
    'two lines are swapped',
    withFourth((lines) => [...lines.slice(0, 8), lines[9] ?? '', lines[8] ?? '', ...lines.slice(10)]),
    ['40:10 line-out-of-order', '40:9 line-out-of-order'],
  ],
  ['a prefix is lost', whole(pages).replace('00040:09', '        '), ['40:9 line-repaired']],
  [
    'a page number is another one on one line',
    whole(pages).replace('00040:09', '00049:09'),
    ['40 page-repeated (24)', '49 page-out-of-order'],
  ],
  ['a page is missing, as in excerpts', whole(pages.toSpliced(3, 1)), []],
  ['a page is there twice', whole(pages.toSpliced(3, 0, pages[3] ?? [])), ['40 page-repeated (50)']],
  [
    'two pages are swapped',
    whole([...pages.slice(0, 3), pages[4] ?? [], pages[3] ?? [], ...pages.slice(5)]),
    ['41 page-out-of-order (25)', '40 page-out-of-order (25)', '42 page-out-of-order (25)'],
  ],
  [
    'another line number stands behind one prefix',
    whole(pages)
      .replace(/^(\d+:(\d+))/gm, '$1 $2')
      .replace('00040:09 09', '00040:09 08'),
    ['40 two-numberings'],
  ],
];

describe('what is wrong with the prefixes is doubted, and no line is silently somewhere else', () => {
  it.each(knownFaults)('%s', (_, text, expected) => {
    expect(doubted(text)).toEqual(expected);
    expect(linesOf(text).filter(({ place, truth, doubt }) => place !== truth && doubt === undefined)).toEqual(
      [],
    );
  });

  const fault = fc.record({
    kind: fc.constantFrom('lose', 'double', 'swap', 'bare', 'wrap', 'page', 'line'),
    at: fc.nat(pages.length * 25 - 2),
    digit: fc.nat(9),
  });
  /** Faults that stand apart, the last one first: two side by side may look like what is sound. */
  const faults = fc
    .uniqueArray(fault, { minLength: 1, maxLength: 5, comparator: (a, b) => Math.abs(a.at - b.at) < 8 })
    .map((found) => found.toSorted((a, b) => b.at - a.at));

  /** The text with a fault in one of its lines. */
  function withFault(
    lines: readonly string[],
    { kind, at, digit }: typeof fault extends fc.Arbitrary<infer F> ? F : never,
  ) {
    const [line = '', next = ''] = [lines[at], lines[at + 1]];
    const changed: Record<typeof kind, readonly string[]> = {
      lose: [next],
      double: [line, line, next],
      swap: [next, line],
      bare: [line.replace(/^\d+:\d+/, (own) => ' '.repeat(own.length)), next],
      wrap: [line, `and so on, ${digit} times.`, next],
      page: [line.replace(/\d(?=:)/, `${digit}`), next],
      line: [line.replace(/(?<=:\d)\d/, `${digit}`), next],
    };
    return lines.toSpliced(at, 2, ...changed[kind]);
  }

  it('whatever is wrong, and however often', () => {
    fc.assert(
      fc.property(faults, (faulty) => {
        const text = whole([faulty.reduce<readonly string[]>(withFault, pages.flat())]);
        const { outline, text: stored } = readHearing(plain(text));
        expectInvariants(stored, outline);
        for (const { place, truth, doubt } of linesOf(text)) {
          const [page, line] = place.split(':');
          // Of a line that has lost its prefix at the edge of a page no number is given.
          if (doubt === undefined)
            expect(truth).toBe(line === '0' ? `${page}:${truth.split(':')[1]}` : place);
        }
      }),
      { numRuns: 80 },
    );
  });

  it('another line number stands behind every prefix', () => {
    const text = whole(
      pages.map((lines) =>
        lines.map((line, at) =>
          line.replace(/^\d+:\d+/, (own) => `${own} ${String(((at + 3) % 25) + 1).padStart(2)}`),
        ),
      ),
    );
    expect(new Set(linesOf(text).map(({ doubt }) => doubt))).toEqual(new Set(['two-numberings']));
    expect(linesOf(text).every(({ place, truth }) => place === truth)).toBe(true);
  });

  it('another page number stands above the pages', () => {
    const text = pages.map((lines, at) => `     Page ${700 + at}\n\n${lines.join('\n')}\n`).join('\n');
    expect(new Set(linesOf(text).map(({ doubt }) => doubt))).toEqual(new Set(['two-numberings']));
  });

  it('a line that is wrapped keeps the place of its first half, and is doubted', () => {
    const text = whole(pages).replace(/^(00040:10 .*)$/m, '$1\nand nobody else was there.');
    const found = passagesOf(readHearing(plain(text))).find(({ text: words }) =>
      words.includes('nobody else'),
    );
    expect(found?.place).toMatchObject({ page: 40, line: 10, endLine: 10, doubt: 'line-missing' });
  });

  it('a page whose first line is lost, where that alone has the page', () => {
    const style = { ...hanging, firstPage: 1 };
    const content = asPrefixedText(typeset(pieces, style), prefixes['the page before its first line alone']);
    const read = passagesOf(readHearing(plain(textOf(content).replace(/^00003:01.*\n/m, ''))));
    const places = read.map(({ place }) => place);
    const unknown = places.filter(({ doubt }) => doubt === 'page-missing');
    expect(unknown.length).toBeGreaterThan(8);
    for (const { kind } of places) expect(kind).toBe('testimony');
    expect(places.filter((place) => 'page' in place && place.page === 3)).toEqual([]);
    expect(
      places.filter((place) => 'page' in place && (place.page === 2 || place.page === 4)).length,
    ).toBeGreaterThan(20);
  });

  it('lines without text that were left out are no lines missing', () => {
    const gapped = whole(pages).replace(/^\d+:(?:05|11|17) .*\n/gm, '');
    expect(doubted(gapped)).toEqual([]);
    // Where some are there, the others are missing.
    expect(doubted(gapped.replace(/^(00040:24).*$/m, '$1')).length).toBeGreaterThan(20);
  });

  it('an excerpt begins and ends anywhere', () => {
    const excerpt = [pages[0]?.slice(11) ?? [], pages[1]?.slice(0, 4) ?? [], pages[5]?.slice(7, 20) ?? []];
    expect(doubted(whole(excerpt))).toEqual([]);
    expect(kindOf(`Designations: Hollis\n\n${whole(excerpt)}`).kind).toBe('hearing');
    expect(linesOf(whole(excerpt)).every(({ place, truth }) => place === truth)).toBe(true);
  });

  it('the prefixes are no words', () => {
    const { outline, text } = readHearing(plain(whole(pages)));
    const cut = listRuns(outline.runs).filter(({ zone }) => zone === 'unindexed');
    const prefixed = [...text.matchAll(/\d{5}:\d\d/g)].map(({ index }) => index);
    expect(prefixed.every((at) => cut.some(({ start, end }) => start <= at && end >= at + 8))).toBe(true);
  });
});

const minute = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const chapters = (first: number, verses: readonly number[]) =>
  verses.flatMap((count, chapter) =>
    many(count, (verse) => `${first + chapter}:${verse + 1} And they went over the river.`),
  );

describe('numbers before lines that are no page and line', () => {
  it.each<readonly [string, readonly string[]]>([
    ['times of meetings', many(60, (at) => `${minute(540 + at * 15)} Meeting ${at}`)],
    ['a log of each minute', many(300, (at) => `${minute(600 + at)} Q. Reading ${at} was taken`)],
    ['a log in police style', many(90, (at) => `${minute(1260 + at * 2)} Unit ${at} sent to the bridge`)],
    ['a chat', many(90, (at) => `10:${String(Math.floor(at / 3)).padStart(2, '0')} MR QUILL: hello ${at}`)],
    [
      'times in a recording',
      many(
        120,
        (at) =>
          `${String(Math.floor(at / 2)).padStart(2, '0')}:${at % 2 === 0 ? '07' : '41'} MR QUILL: hello`,
      ),
    ],
    [
      'subtitles',
      many(
        90,
        (at) => `${at + 1}\n00:00:${String(at % 60).padStart(2, '0')},200 --> 00:01:00,000\nQ. Hello.\n`,
      ),
    ],
    ['verses', chapters(1, [31, 25, 24, 26, 32, 22, 24, 22])],
    ['a short book of verses', chapters(1, [16, 15, 15])],
    ['verses of chapters past a hundred', chapters(118, [29, 76, 7, 8, 9, 4])],
    ['ratios', many(90, (at) => `${at + 1}:1 is what they had`)],
    [
      'numbered paragraphs',
      many(90, (at) => `${Math.floor(at / 15) + 1}.${(at % 15) + 1} I went to the bridge.`),
    ],
    ['times in brackets', many(300, (at) => `[${minute(600 + at)}] MR QUILL: hello ${at}`)],
    [
      'verses in brackets',
      chapters(1, [31, 25, 24, 26, 32, 22, 24, 22]).map((line) => line.replace(/^\S+/, '($&)')),
    ],
    [
      'months and days',
      many(92, (at) => `${7 + Math.floor(at / 31)}/${(at % 31) + 1} Q. Sent to the bridge`),
    ],
    [
      'years and months',
      many(96, (at) => `${2010 + Math.floor(at / 12)}/${(at % 12) + 1} Sent to the bridge`),
    ],
    ['stock and quantities', many(90, (at) => `${1000 + at} ${(at % 30) + 1} Item ${at}`)],
    [
      'times before numbered lines',
      many(100, (at) => `10:${String(Math.floor(at / 3)).padStart(2, '0')} ${(at % 25) + 1}   Q.  Where?`),
    ],
  ])('%s', (_, lines) => {
    const layout = layoutOf(plain(`${lines.join('\n')}\n`));
    expect(withoutMargins(layout).prefixes).toBeUndefined();
  });

  it('a table that nobody speaks in is no hearing', () => {
    const lines = many(120, (at) => `${101 + Math.floor(at / 30)} ${(at % 30) + 1} Item of the inventory`);
    expect(kindOf(lines.join('\n')).kind).toBe('plain');
  });
});
