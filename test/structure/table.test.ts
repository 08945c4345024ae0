import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlaceIndex } from '../../src/citation/place-index.ts';
import {
  findStretch,
  formatPlaceReference,
  nameStretch,
  parsePlaceReference,
  placeReference,
} from '../../src/citation/reference.ts';
import type { TextBlock } from '../../src/model/extracted.ts';
import { headerIndex } from '../../src/structure/column-names.ts';
import { recognise } from '../../src/structure/recognise.ts';
import { expectInvariants } from './outline-invariants.ts';
import { plainTable } from './table-twin.ts';
import '../seed.ts';

const row = (worksheet: string, number: number, text: string, rest: Partial<TextBlock> = {}): TextBlock => ({
  type: 'row',
  text,
  place: { kind: 'row', worksheet, row: number },
  ...rest,
});

function recogniseTable(blocks: readonly TextBlock[]) {
  return recognise({ layout: 'table', blocks }, { fileName: '', given: {} });
}

describe('the row that names the columns', () => {
  test.each<[what: string, rows: readonly string[], expected: number | undefined]>([
    ['words over numbers', ['Date|Caller', '12/03/2015 (2015-03-12)|07700 900123'], 0],
    ['below a title', ['Calls of March', 'Date|Seconds', '1|2'], 1],
    ['words over words that it does not repeat', ['Name|Town', 'Hale|Saltmere', 'Pell|Quay'], 0],
    ['over columns that are empty at first', ['Name|Paid', 'Hale|', 'Pell|£12.50'], 0],
    ['some names twice', ['Name|Town|Name|Seconds', 'a|b|c|1'], 0],
    ['no row below', ['Name|Town'], undefined],
    ['numbers first', ['1|2', 'Name|Seconds', '3|4'], undefined],
    ['one column', ['Names', 'Hale', 'Pell'], undefined],
    ['words that come again below', ['Hale|Saltmere', 'Pell|Saltmere', 'Orme|Quay'], undefined],
    ['rows wider than the names', ['Name|Town', 'Hale|Saltmere|quay', 'Pell|Quay|gate'], undefined],
    [
      'long sentences',
      ['It is said that he came in the night to the gate|and that nobody saw him there at all', 'a|b', 'c|d'],
      undefined,
    ],
    ['nothing', [], undefined],
  ])('%s', (_, rows, expected) => {
    expect(headerIndex(rows.map((cells) => cells.split('|')))).toBe(expected);
  });
});

describe('a workbook', () => {
  const blocks: readonly TextBlock[] = [
    { type: 'heading', text: 'Calls', level: 1 },
    { type: 'header', text: 'Exhibit AB/1' },
    row('Calls', 1, 'Calls of March'),
    row('Calls', 3, 'Date\tCaller'),
    row('Calls', 4, '2015-03-12\t07700 900123'),
    row('Calls', 4, '\t\tin a hidden column', { zone: 'hidden' }),
    row('Calls', 4, 'DC Hale: who rang?', { type: 'comment' }),
    row('Calls', 7, '2015-03-13\t07700 900456'),
    { type: 'paragraph', text: 'In a box' },
    { type: 'heading', text: 'a:b/c ’x’', level: 1 },
    row('a:b/c ’x’', 4, 'no names here'),
    { type: 'heading', text: 'Payments', level: 1, zone: 'hidden' },
    row('Payments', 1, 'Payee\tAmount', { zone: 'hidden' }),
    row('Payments', 2, 'Pell\t£1,250.00', { zone: 'hidden' }),
  ];
  const document = recogniseTable(blocks);
  const passages = document.outline.passages.map(({ zone, kind, start, end }) => {
    const place =
      kind.kind === 'row'
        ? `${kind.worksheet}!${kind.row}${kind.header === undefined ? '' : ` under ${kind.header}`}`
        : `${kind.kind} ${'heading' in kind ? kind.heading : ''}`;
    return `${zone} ${place}: ${document.text.slice(start, end)}`;
  });

  test('gives a passage to each row, and to what stands beside the rows, in its zone', () => {
    expect(document).toMatchObject({ kind: 'table', confidence: 0.98 });
    expect(passages).toEqual([
      'body block Calls: Calls',
      'body Calls!1: Calls of March',
      'body Calls!3: Date\tCaller',
      'body Calls!4 under 3: 2015-03-12\t07700 900123',
      'body Calls!7 under 3: 2015-03-13\t07700 900456',
      'body block Calls: In a box',
      'body block a:b/c ’x’: a:b/c ’x’',
      'body a:b/c ’x’!4: no names here',
      'header block Calls: Exhibit AB/1',
      'hidden Calls!4 under 3: \t\tin a hidden column',
      'comment Calls!4 under 3: DC Hale: who rang?',
      'hidden block Payments: Payments',
      'hidden Payments!1: Payee\tAmount',
      'hidden Payments!2 under 1: Pell\t£1,250.00',
    ]);
    expectInvariants(document.text, document.outline);
  });

  test('each passage has a reference that opens it again, whatever its worksheet is called', () => {
    const index = new PlaceIndex(document.outline);
    const references = document.outline.passages.map(({ start, end }) => {
      const named = nameStretch(index, { start, end });
      const text = document.text.slice(named.start, named.end);
      return formatPlaceReference(placeReference(index, named, { start, end }, text).reference);
    });
    expect(references).toEqual([
      'b1',
      'r1.1',
      'r1.3',
      'r1.4',
      'r1.7',
      'b9',
      'b10',
      'r2.4',
      'header1',
      'hidden1',
      'comment1',
      'hidden2',
      'hidden3',
      'hidden4',
    ]); // prettier-ignore
    for (const [at, reference] of references.entries()) {
      expect(reference).toMatch(/^[A-Za-z0-9:._-]+$/);
      const name = parsePlaceReference(reference)?.name;
      const found = name === undefined ? undefined : findStretch(index, name);
      const { start, end } = document.outline.passages[at] ?? {};
      expect(found).toMatchObject({ start, end });
    }
  });
});

test('a table that only a person says is one is read as it stands', () => {
  const given = { kind: 'table' } as const;
  const document = recognise({ layout: 'plain', text: 'a line\n\nanother' }, { fileName: '', given });
  expect(document).toMatchObject({ kind: 'table', confidence: 1 });
  expect(document.outline.passages.map(({ kind }) => kind.kind)).toEqual(['line', 'line']);
});

describe('any blocks with rows among them', () => {
  const cell = fc.constantFrom(
    '',
    ' ',
    'Name',
    'Town',
    '07700 900123',
    'a\nb',
    'c\r\nd',
    '2015-03-12',
    'é',
    '–',
  );
  const text = fc.array(cell, { maxLength: 4 }).map((cells) => cells.join('\t'));
  const place = fc.record({
    kind: fc.constant('row' as const),
    worksheet: fc.constantFrom('Calls', 'Payments', ''),
    row: fc.integer({ min: 1, max: 40 }),
  });
  const block = fc.oneof(
    fc.record<TextBlock>(
      {
        type: fc.constantFrom('row' as const, 'note' as const, 'comment' as const),
        text,
        place,
        zone: fc.constant('hidden' as const),
      },
      { requiredKeys: ['type', 'text', 'place'] },
    ),
    fc.record<TextBlock>(
      {
        type: fc.constantFrom('heading' as const, 'header' as const, 'note' as const, 'paragraph' as const),
        text,
        level: fc.constantFrom(1, 2),
        zone: fc.constant('hidden' as const),
      },
      { requiredKeys: ['type', 'text'] },
    ),
  );

  test('come to what a layout of them comes to, though they are gone through once and no line is kept', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 60 }), (blocks) => {
        const { text, outline } = recognise(
          { layout: 'table', blocks: blocks.values() },
          { fileName: '', given: {} },
        );
        expect({ text, outline }).toEqual(plainTable(blocks));
        expectInvariants(text, outline);
      }),
      { numRuns: 300 },
    );
  });
});
