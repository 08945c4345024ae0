import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { citationOf, citationStyles } from '../../src/citation/citation.ts';
import { parseCitation } from '../../src/citation/citation-parser.ts';
import { parseTemplate } from '../../src/citation/citation-template.ts';
import type { CitedDocument } from '../../src/citation/cited-document.ts';
import type { Place } from '../../src/model/place.ts';

const hearing: CitedDocument = {
  title: 'Inquest transcript',
  kind: 'hearing',
  day: 12,
  date: '2021-11-05',
  confidence: 0.99,
};
const statement: CitedDocument = {
  title: 'Statement of PC Adams',
  kind: 'statement',
  date: '2015-03-02',
  reference: 'INQ000123',
  confidence: 0.9,
};
const judgment: CitedDocument = {
  title: 'R (B) v Ashworth',
  kind: 'judgment',
  date: '2003-04-15',
  confidence: 0.9,
};

const lines: Place = {
  kind: 'testimony',
  zone: 'body',
  page: 45,
  line: 12,
  endPage: 45,
  endLine: 14,
  sheet: 12,
  speaker: 'PC Adams',
  role: 'witness',
};
const overPages: Place = { ...lines, endPage: 46, endLine: 3 };
const noPage: Place = { kind: 'testimony', zone: 'body', role: 'other', line: 5, endLine: 5, sheet: 12 };
const inText: Place = {
  kind: 'testimony',
  zone: 'body',
  role: 'witness',
  speaker: 'PC Adams',
  line: 5,
  endLine: 7,
};
const para: Place = {
  kind: 'paragraph',
  zone: 'body',
  paragraph: '12',
  page: 3,
  sheet: 5,
  heading: 'The call',
};
const paras: Place = { ...para, endParagraph: '14' };
const page: Place = { kind: 'page', zone: 'body', page: 3, sheet: 5 };
const sheetOnly: Place = { kind: 'page', zone: 'body', sheet: 12 };
const block: Place = { kind: 'block', zone: 'body', ordinal: 17, page: 3, sheet: 5 };

describe('citations', () => {
  it.each<[CitedDocument, Place, string]>([
    [hearing, lines, 'Inquest transcript, Day 12, 45:12–14 (PC Adams)'],
    [hearing, overPages, 'Inquest transcript, Day 12, 45:12–46:3 (PC Adams)'],
    [hearing, { ...lines, endLine: 12 }, 'Inquest transcript, Day 12, 45:12 (PC Adams)'],
    [{ ...hearing, title: 'Inquest, Day 12' }, lines, 'Inquest, Day 12, 45:12–14 (PC Adams)'],
    [hearing, noPage, 'Inquest transcript, Day 12, sheet 12, line 5 (no printed page)'],
    [hearing, inText, 'Inquest transcript, Day 12, lines 5–7 (PC Adams) (no printed page)'],
    [
      hearing,
      { ...lines, doubt: 'line-repaired' },
      'Inquest transcript, Day 12, 45:12–14 (PC Adams) [line number repaired]',
    ],
    [
      { ...hearing, confidence: 0.3 },
      lines,
      'Inquest transcript, Day 12, sheet 12, lines 12–14 [layout unsure]',
    ],
    [statement, para, 'Statement of PC Adams (2015), para 12'],
    [statement, paras, 'Statement of PC Adams (2015), paras 12–14'],
    [statement, { ...para, endParagraph: '12(b)' }, 'Statement of PC Adams (2015), para 12'],
    [statement, { ...para, paragraph: '12(b)', endParagraph: '12' }, 'Statement of PC Adams (2015), para 12'],
    [
      statement,
      { ...para, doubt: 'paragraph-out-of-order' },
      'Statement of PC Adams (2015), para 12 [paragraph numbers out of order]',
    ],
    [{ ...statement, title: '', witness: 'PC Adams' }, para, 'Statement of PC Adams (2015), para 12'],
    [statement, page, 'Statement of PC Adams (2015), p 3 (sheet 5)'],
    [statement, { ...page, sheet: 3 }, 'Statement of PC Adams (2015), p 3'],
    [statement, block, 'Statement of PC Adams (2015), p 3 (sheet 5)'],
    [statement, sheetOnly, 'Statement of PC Adams (2015), sheet 12 (no printed page)'],
    [
      statement,
      { ...block, zone: 'deleted', markup: { kind: 'deleted', by: 'A. Clerk', at: '2020-03-04T10:15:00Z' } },
      'Statement of PC Adams (2015), p 3 (deleted text, by A. Clerk on 4 March 2020, sheet 5)',
    ],
    [
      statement,
      { ...block, markup: { kind: 'inserted', by: 'A. Clerk (DS)' } },
      'Statement of PC Adams (2015), p 3 (inserted by A. Clerk DS, sheet 5)',
    ],
    [
      statement,
      { ...block, zone: 'deleted', markup: { kind: 'moved away' } },
      'Statement of PC Adams (2015), p 3 (deleted text, moved away, sheet 5)',
    ],
    [
      statement,
      {
        ...block,
        zone: 'comment',
        markup: { kind: 'comment', at: '2020-03-04', about: 'a man', resolved: true },
      },
      'Statement of PC Adams (2015), p 3 (comment, on 4 March 2020, on “a man”, resolved, sheet 5)',
    ],
    [statement, { ...page, zone: 'note' }, 'Statement of PC Adams (2015), p 3 (note, sheet 5)'],
    [
      statement,
      { kind: 'row', zone: 'body', worksheet: 'Calls', row: 15 },
      'Statement of PC Adams (2015), worksheet ‘Calls’, row 15',
    ],
    [
      statement,
      { kind: 'line', zone: 'body', line: 120, endLine: 124 },
      'Statement of PC Adams (2015), lines 120–124',
    ],
    [
      statement,
      { kind: 'message', zone: 'body', part: 'quoted', line: 4 },
      'Statement of PC Adams (2015), quoted text, line 4',
    ],
  ])('%#. default', (document, place, expected) => expect(citationOf(document, place)).toBe(expected));

  it('name the entries of a log by their time', () => {
    const log: CitedDocument = { title: 'Incident log', kind: 'log', date: '2015-03-12', confidence: 0.9 };
    const entry: Place = {
      kind: 'block',
      zone: 'body',
      ordinal: 4,
      heading: '12/03/2015 21:38',
      page: 3,
      sheet: 3,
    };
    const citation = 'Incident log (2015), entry 12/03/2015 21:38 (p 3)';
    expect(citationOf(log, entry)).toBe(citation);
    const line: Place = { kind: 'line', zone: 'body', line: 5, endLine: 6, heading: '12/03/2015 21:38' };
    expect(citationOf(log, line)).toBe('Incident log (2015), entry 12/03/2015 21:38 (lines 5–6)');
    expect(parseCitation(citation)).toMatchObject({ place: { type: 'entries', entry: '12/03/2015 21:38' } });
  });

  it('say which of several paragraphs with one number is meant', () => {
    expect(citationOf(statement, para, 'default', { paragraphRepeated: true })).toBe(
      'Statement of PC Adams (2015), para 12 (under “The call”, p 3, sheet 5)',
    );
  });

  it.each<[CitedDocument, Place, string]>([
    [hearing, overPages, '{Day12/45:12-46:3}'],
    [hearing, lines, '{Day12/45:12-14}'],
    [statement, para, '{INQ000123/para 12}'],
    [statement, page, '{INQ000123/3} (sheet 5)'],
    [statement, { ...page, stamp: 'INQ000123_0004' }, '{INQ000123_0004}'],
    [hearing, noPage, '{Day12/sheet 12, line 5} (no printed page)'],
  ])('%#. inquiry', (document, place, expected) =>
    expect(citationOf(document, place, 'inquiry')).toBe(expected),
  );

  it.each<[CitedDocument, Place, string]>([
    [hearing, lines, 'Inquest transcript (Day 12, 5 November 2021) 45:12–14 (PC Adams)'],
    [statement, paras, 'Statement of PC Adams (2 March 2015) paras 12–14'],
    [judgment, paras, 'R (B) v Ashworth (15 April 2003) [12]–[14]'],
    [judgment, page, 'R (B) v Ashworth (15 April 2003) 3 (sheet 5)'],
  ])('%#. oscola', (document, place, expected) =>
    expect(citationOf(document, place, 'oscola')).toBe(expected),
  );

  it.each<[CitedDocument, Place, string]>([
    [hearing, lines, 'Day 12, 45:12–14 (PC Adams)'],
    [statement, para, 'INQ000123, para 12'],
    [judgment, para, 'R (B) v Ashworth, para 12'],
  ])('%#. short', (document, place, expected) => expect(citationOf(document, place, 'short')).toBe(expected));
});

describe('templates', () => {
  const put = (source: string, document: CitedDocument, place: Place) => {
    const template = parseTemplate(source);
    return 'parts' in template ? citationOf(document, place, template) : template.message;
  };

  it.each<[string, CitedDocument, Place, string]>([
    ['{title}, Day {day}, {page}:{line}', hearing, lines, 'Inquest transcript, Day 12, 45:12'],
    ['{title}[, Day {day}][, para {paragraph}]', statement, para, 'Statement of PC Adams, para 12'],
    ['{title}[ [({reference})] at {place}]', statement, para, 'Statement of PC Adams (INQ000123) at para 12'],
    ['\\[{title}\\] {place}', statement, para, '[Statement of PC Adams] para 12'],
    [
      '{title} {page}:{line}',
      statement,
      sheetOnly,
      'Statement of PC Adams (2015), sheet 12 (no printed page)',
    ],
    [
      '{title} {page}',
      statement,
      { ...para, doubt: 'paragraph-out-of-order' },
      'Statement of PC Adams 3 [paragraph numbers out of order]',
    ],
    ['{titel}', statement, para, 'There is no field {titel}.'],
    ['{title', statement, para, 'A brace without its other half.'],
    ['[{title}', statement, para, 'This bracket is not closed.'],
    ['{title}]', statement, para, 'This bracket closes nothing.'],
  ])('%s', (source, document, place, expected) => expect(put(source, document, place)).toBe(expected));

  it('point at what is wrong', () => {
    expect(parseTemplate('{title} {titel}')).toMatchObject({ start: 8, end: 15 });
  });
});

describe('a citation typed by hand', () => {
  const onLines = (page: number, line: number, endPage = page, endLine = line) => ({
    type: 'lines',
    page,
    line,
    endPage,
    endLine,
  });
  it.each<[string, object]>([
    ['Day 12 45:12', { document: { day: 12, words: '' }, place: onLines(45, 12) }],
    ['day12/45:12-46:3', { document: { day: 12, words: '' }, place: onLines(45, 12, 46, 3) }],
    ['{Day12/45:12-46:3}', { document: { day: 12, words: '' }, place: onLines(45, 12, 46, 3) }],
    [
      'Inquest transcript, Day 12, 45:12–14 (PC Adams)',
      {
        document: { day: 12, words: 'Inquest transcript' },
        place: onLines(45, 12, 45, 14),
        remark: 'PC Adams',
      },
    ],
    ['Day 12 page 45 line 12', { document: { day: 12, words: '' }, place: onLines(45, 12) }],
    ['Day 12, 45', { document: { day: 12, words: '' }, place: { type: 'pages', page: 45, endPage: 45 } }],
    ['INQ000123_0004', { document: { reference: 'INQ000123', stamp: 'INQ000123_0004', words: '' } }],
    [
      '{INQ000123/4}',
      { document: { reference: 'INQ000123', words: '' }, place: { type: 'pages', page: 4, endPage: 4 } },
    ],
    [
      'INQ000123 para 4.7(a)',
      {
        document: { reference: 'INQ000123', words: '' },
        place: { type: 'paragraphs', paragraph: '4.7(a)', endParagraph: '4.7(a)' },
      },
    ],
    [
      'Statement of PC Adams (2015), paras 12–14',
      {
        document: { words: 'Statement of PC Adams (2015)' },
        place: { type: 'paragraphs', paragraph: '12', endParagraph: '14' },
      },
    ],
    [
      'R (B) v Ashworth [2003] EWCA Civ 547 [12]',
      {
        document: { words: 'R (B) v Ashworth [2003] EWCA Civ 547' },
        place: { type: 'paragraphs', paragraph: '12', endParagraph: '12' },
      },
    ],
    [
      'Adams statement p. 3 (sheet 5)',
      {
        document: { words: 'Adams statement' },
        place: { type: 'pages', page: 3, endPage: 3 },
        sheet: 5,
        remark: 'sheet 5',
      },
    ],
    ['Adams', { document: { words: 'Adams' } }],
  ])('%s', (text, expected) => expect(parseCitation(text)).toEqual(expected));

  it('may be nothing', () => expect(parseCitation('  ')).toBeUndefined());
});

describe('a printed citation', () => {
  const count = fc.integer({ min: 1, max: 999 });
  const places: fc.Arbitrary<{ place: Place; clue: object }> = fc.oneof(
    fc.tuple(count, count, fc.nat(3), fc.nat(9)).map(([at, line, more, further]) => {
      const end = { endPage: at + more, endLine: line + further };
      const place: Place = {
        kind: 'testimony',
        zone: 'body',
        role: 'other',
        page: at,
        line,
        ...end,
        sheet: 7,
      };
      return { place, clue: { type: 'lines', page: at, line, ...end } };
    }),
    fc.tuple(count, fc.constantFrom('', '(a)', '.7', 'A'), fc.boolean()).map(([number, tail, several]) => {
      const paragraph = `${number}${tail}`;
      const endParagraph = several ? `${number + 1}` : paragraph;
      const place: Place = { kind: 'paragraph', zone: 'body', paragraph, endParagraph };
      return { place, clue: { type: 'paragraphs', paragraph, endParagraph } };
    }),
    count.map((sheet): { place: Place; clue: object } => ({
      place: { kind: 'page', zone: 'body', sheet },
      clue: { type: 'sheets', sheet, endSheet: sheet },
    })),
    fc.tuple(count, fc.nat(9)).map(([line, more]): { place: Place; clue: object } => ({
      place: { kind: 'line', zone: 'body', line, endLine: line + more },
      clue: { type: 'text-lines', line, endLine: line + more },
    })),
  );

  it('is read back as the same place, in every style', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(hearing, statement, judgment),
        places,
        fc.constantFrom(...citationStyles),
        (document, { place, clue }, style) => {
          expect(parseCitation(citationOf(document, place, style))?.place).toEqual(clue);
        },
      ),
    );
  });
});
