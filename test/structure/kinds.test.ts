import { describe, expect, it } from 'vitest';
import { recognise } from '../../src/structure/recognise.ts';
import type { RecognisedDocument } from '../../src/structure/recognition.ts';
import { setSheets } from './documents.ts';

function recogniseText(
  text: string,
  given: Parameters<typeof recognise>[1]['given'] = {},
): RecognisedDocument {
  return recognise({ layout: 'plain', text }, { fileName: 'paper.txt', given });
}

function recogniseBlocks(...paragraphs: readonly string[]): RecognisedDocument {
  const blocks = paragraphs.map((text) => ({ type: 'paragraph' as const, text }));
  return recognise({ layout: 'blocks', blocks }, { fileName: 'paper.html', given: { kind: 'statement' } });
}

/** Place and beginning of each body passage. */
function passagesOf({ text, outline }: RecognisedDocument, length = 24): string[] {
  return outline.passages
    .filter(({ zone }) => zone === 'body')
    .map(({ start, end, kind }) => {
      const place =
        kind.kind === 'paragraph' ? kind.paragraph : kind.kind === 'message' ? kind.part : kind.kind;
      return `${place}: ${text
        .slice(start, Math.min(end, start + length))
        .replace(/\s+/g, ' ')
        .trim()}`;
    });
}

const policeStatement = `WITNESS STATEMENT
(Criminal Procedure Rules, r. 16.2; Criminal Justice Act 1967, s. 9)

Statement of: Jane MARLOWE          URN: 01 / AB / 1234 / 15

Age if under 18: Over 18      Occupation: Police Constable 4417

This statement (consisting of 2 page(s) each signed by me) is true to the best of my
knowledge and belief and I make it knowing that, if it is tendered in evidence, I shall be
liable to prosecution if I have wilfully stated in it anything which I know to be false.

Signature: J Marlowe                Date: 14/03/2015

On Thursday 12 March 2015 I was on duty in full uniform. At 21.40 hours I was called to
14 Quay Street. I took photographs, which I produce as exhibit JM/1 and JM/2.

I then spoke to Mr Orrin. He gave me a telephone, exhibit reference PO/7.

Signed: J Marlowe
`;

const inquiryStatement = `Witness Name: Peter Orrin
Statement No.: 1
Exhibits: PO/01 - PO/03
Dated: 3 May 2021

THE QUAY STREET INQUIRY

WITNESS STATEMENT OF PETER ORRIN

I, Peter Orrin, will say as follows:

Introduction

1. I make this statement in answer to a request.

2. I lived at 14 Quay Street from
2009. I knew the house well:
   (a) the front door;
   (b) the yard.

The evening

3. I made three calls, which I list in [PO/02].

Statement of Truth

I believe that the facts stated in this witness statement are true.

Signed: P Orrin
`;

describe('statements', () => {
  it('on a police form', () => {
    const document = recogniseText(policeStatement);
    expect(document).toMatchObject({ kind: 'statement' });
    expect(document.confidence).toBeGreaterThan(0.9);
    expect(document.metadata).toEqual({
      title: 'Statement of Jane MARLOWE',
      author: 'Jane MARLOWE',
      witnesses: [{ name: 'Jane MARLOWE', examiners: [] }],
      date: '2015-03-14',
      exhibits: ['JM/1', 'JM/2', 'PO/7'],
    });
  });

  it('for an inquiry, by paragraph', () => {
    const document = recogniseText(inquiryStatement);
    expect(document).toMatchObject({
      kind: 'statement',
      metadata: { author: 'Peter Orrin', date: '2021-05-03' },
    });
    expect(passagesOf(document).slice(-10)).toEqual([
      'block: Introduction',
      '1: 1. I make this statement',
      '2: 2. I lived at 14 Quay St',
      '2(a): (a) the front door;',
      '2(b): (b) the yard.',
      'block: The evening',
      '3: 3. I made three calls, w',
      'block: Statement of Truth',
      'block: I believe that the facts',
      'block: Signed: P Orrin',
    ]);
    const third = document.outline.passages.find(
      ({ kind }) => kind.kind === 'paragraph' && kind.paragraph === '3',
    );
    expect(third?.kind).toMatchObject({ heading: 'The evening' });
  });

  it.each([
    ['Statement of PC 4471 Colin Reeve, made on 17 March 2015', 'PC 4471 Colin Reeve', '2015-03-17'],
    ['SECOND WITNESS STATEMENT OF DR ANNE O’DOWD', 'DR ANNE O’DOWD', undefined],
    ['WITNESS STATEMENT\n\nWitness name: Ana Fenn\nDate: 2 May 2019', 'Ana Fenn', '2019-05-02'],
    [
      'WITNESS STATEMENT\n\nI, Ana María Fenn, of 4 Quay Street, will say as follows',
      'Ana María Fenn',
      undefined,
    ],
  ])('say who made them: %s', (head, author, date) => {
    const { metadata } = recogniseText(`${head}\n\n1. I saw it.\n\n2. I left.\n\nStatement of Truth\n`, {
      kind: 'statement',
    });
    expect(metadata.author).toBe(author);
    expect(metadata.date).toBe(date);
  });

  it.each([
    'I have read this statement and it is true to the best of my knowledge.',
    'I have read over my witness statement of three pages.',
    'The contents of this statement are true to the best of my knowledge and belief.',
    'I confirm that the facts set out in my statement are true.',
    'This witness statement is true.',
    'I make this declaration conscientiously believing it to be true.',
    'I understand that proceedings for contempt of court may be brought against me.',
  ])('end before their closing formula: %s', (formula) => {
    const document = recogniseBlocks('1. I saw it.', '2. I left.', 'I went home.', formula, 'Signed: A Fenn');
    expect(passagesOf(document, 200)).toEqual([
      '1: 1. I saw it.',
      '2: 2. I left. I went home.',
      `block: ${formula}`,
      'block: Signed: A Fenn',
    ]);
  });

  it.each([
    'I have read the statement of Mr Orrin.',
    'This was the statement that I made.',
    'I understand that proceedings were brought.',
  ])('go on in an unnumbered paragraph: %s', (text) => {
    const document = recogniseBlocks('1. I saw it.', '2. I left.', text);
    expect(passagesOf(document, 200)).toEqual(['1: 1. I saw it.', `2: 2. I left. ${text}`]);
  });

  it('a closing formula inside a numbered paragraph belongs to it', () => {
    const lines = ['1. I saw it.', '', '2. I left. I say again that', 'this statement is true.'];
    const document = recogniseText(lines.join('\n'), { kind: 'statement' });
    expect(passagesOf(document, 200).at(-1)).toBe('2: 2. I left. I say again that this statement is true.');
  });

  it('what stands over the title is no heading', () => {
    const document = recognise(
      {
        layout: 'blocks',
        blocks: [
          { type: 'paragraph', text: 'Quay Street Panel, Reference 7' },
          { type: 'heading', text: 'Statement of Ana Fenn' },
          { type: 'paragraph', text: '1. I saw it.' },
          { type: 'paragraph', text: '2. I left.' },
        ],
      },
      { fileName: 'paper.html', given: { kind: 'statement' } },
    );
    const kinds = document.outline.passages.map(({ kind }) => kind);
    expect(kinds[0]).toEqual({ kind: 'block', ordinal: 1 });
    expect(kinds[1]).toEqual({ kind: 'block', ordinal: 2, heading: 'Statement of Ana Fenn' });
  });

  it('a line above a later heading parts paragraphs', () => {
    const texts = ['1. I saw it.', '2. I left.', 'Afterwards', 'The evening', '3. I slept.'];
    const blocks = texts.map((text) => ({
      type: text === 'The evening' ? ('heading' as const) : ('paragraph' as const),
      text,
    }));
    const document = recognise(
      { layout: 'blocks', blocks },
      { fileName: 'paper.html', given: { kind: 'statement' } },
    );
    expect(passagesOf(document)).toEqual([
      '1: 1. I saw it.',
      '2: 2. I left.',
      'block: Afterwards',
      'block: The evening',
      '3: 3. I slept.',
    ]);
  });

  it('by two people in one file are of both', () => {
    const second = policeStatement
      .replaceAll('Jane MARLOWE', 'Peter ORRIN')
      .replace('Police Constable 4417', 'Builder')
      .replace('14/03/2015', '16/03/2015');
    const { metadata } = recogniseText(`${policeStatement}\n\n${second}`);
    expect(metadata).toMatchObject({
      title: 'Statements of Jane MARLOWE and Peter ORRIN',
      witnesses: [{ name: 'Jane MARLOWE' }, { name: 'Peter ORRIN' }],
    });
    expect(metadata).not.toHaveProperty('author');
    expect(metadata).not.toHaveProperty('date');
  });

  it.each([
    ['the same person twice', 'Marlowe, Jane', 'Statement of Jane MARLOWE'],
    ['an officer by number', 'PC 4417 MARLOWE', 'Statement of Jane MARLOWE'],
    ['one of the family', 'Mrs Anna MARLOWE', 'Statements of Jane MARLOWE and Mrs Anna MARLOWE'],
    ['somebody blacked out', '██████', 'Statements of Jane MARLOWE and others'],
  ])('of %s', (_, name, title) => {
    const second = policeStatement.replaceAll('Jane MARLOWE', name);
    expect(recogniseText(`${policeStatement}\n\n${second}`).metadata.title).toBe(title);
  });

  it('blacked out, before another one, are not his', () => {
    const [first, second] = ['[REDACTED]', 'Peter ORRIN'].map((name) =>
      policeStatement.replaceAll('Jane MARLOWE', name),
    );
    expect(recogniseText(`${first}\n\n${second}`).metadata.title).toBe(
      'Statements of Peter ORRIN and others',
    );
  });

  it('end before what is annexed to them', () => {
    const annexed = `${inquiryStatement}\nANNEX A\n\n1. The first call.\n\n2. The second call.\n`;
    expect(passagesOf(recogniseText(annexed)).slice(-7)).toEqual([
      '3: 3. I made three calls, w',
      'block: Statement of Truth',
      'block: I believe that the facts',
      'block: Signed: P Orrin',
      'block: ANNEX A',
      '1: 1. The first call.',
      '2: 2. The second call.',
    ]);
  });

  it('on paper keep page, sheet and stamp', () => {
    const lines = inquiryStatement
      .split('\n')
      .map((line) =>
        line === '' ? [] : ([[72 + (line.length - line.trimStart().length) * 6, line.trim()]] as const),
      );
    const sheets = setSheets([lines.slice(0, 16), lines.slice(16)], (sheet) => ({
      foot: `Page ${sheet} of 2`,
      footRight: `INQ000123_000${sheet}`,
    }));
    const document = recognise({ layout: 'sheets', sheets }, { fileName: 'INQ000123.pdf', given: {} });
    expect(document).toMatchObject({
      kind: 'statement',
      pages: 2,
      sheets: 2,
      metadata: { reference: 'INQ000123' },
    });
    expect(document.outline.sheets.map(({ stamp }) => stamp)).toEqual(['INQ000123_0001', 'INQ000123_0002']);
    expect(passagesOf(document).filter((line) => /^\d/.test(line))).toHaveLength(5);
  });
});

const judgment = `Neutral Citation Number: [2019] EWHC 4321 (QB)
IN THE HIGH COURT OF JUSTICE

Date: 12 March 2019

Before:

MRS JUSTICE FENN

Marlowe v Orrin

JUDGMENT

[1] This is the judgment of the court.

[2] The claimant says this:

    23. It was dark.

    24. No one came.

[3] I do not agree. In
[2015] EWCA Civ 99 the point was left open.

[4] The claim fails.

[5] So ordered.
`;

const letter = `Quay Street Association
14 Quay Street

5 November 2014

Dear Mr Orrin,

Re: the lights

Thank you for your call. The lights will be mended.

We shall write again.

Yours sincerely,

Jane Fenn
Secretary
`;

const log = `INCIDENT LOG 4417 of 12/03/2015

12/03/2015 21:38  Call received from female caller,
                  address 14 Quay Street
12/03/2015 21:40  PC Marlowe assigned
12/03/2015 21:52  On scene
12/03/2015 22:15  Ambulance requested
12/03/2015 22:40  Scene closed
`;

const email = `From: Jane Fenn <jane@example.org>
To: Peter Orrin
Sent: 05 November 2014 10:14
Subject: The lights

Peter,

They were mended today.

-----Original Message-----
From: Peter Orrin
Sent: 4 November 2014 09:00
To: Jane Fenn
Subject: The lights

When will they be mended?
`;

describe('other papers', () => {
  it('judgments by square brackets, quotations left alone', () => {
    const document = recogniseText(judgment);
    expect(document).toMatchObject({
      kind: 'judgment',
      metadata: { reference: '[2019] EWHC 4321 (QB)', date: '2019-03-12', title: 'Marlowe v Orrin' },
    });
    expect(
      passagesOf(document)
        .filter((line) => /^\d/.test(line))
        .map((line) => line.split(':')[0]),
    ).toEqual(['1', '2', '3', '4', '5']);
  });

  it('letters by paragraphs', () => {
    const document = recogniseText(letter);
    expect(document).toMatchObject({
      kind: 'letter',
      metadata: { title: 'Letter from Jane Fenn to Mr Orrin', author: 'Jane Fenn', date: '2014-11-05' },
    });
    expect(passagesOf(document)).toContain('block: We shall write again.');
  });

  it('logs by entries', () => {
    const document = recogniseText(log);
    expect(document).toMatchObject({ kind: 'log', metadata: { date: '2015-03-12' } });
    const entries = document.outline.passages.slice(1);
    expect(entries.map(({ kind }) => ('heading' in kind ? kind.heading : undefined))).toEqual(
      ['21:38', '21:40', '21:52', '22:15', '22:40'].map((time) => `12/03/2015 ${time}`),
    );
    expect(document.text.slice(entries[0]?.start, entries[0]?.end)).toMatch(
      /^12\/03\/2015 21:38[\s\S]*14 Quay Street$/,
    );
  });

  it('e-mails by their parts', () => {
    const document = recogniseText(email);
    expect(document).toMatchObject({
      kind: 'email',
      metadata: { title: 'The lights', author: 'Jane Fenn <jane@example.org>', date: '2014-11-05' },
    });
    expect(passagesOf(document).map((line) => line.split(':')[0])).toEqual([
      'header',
      'body',
      'body',
      'quoted',
      'quoted',
    ]);
  });

  it('reports by numbered paragraphs', () => {
    const text = `REPORT INTO THE QUAY STREET LIGHTS\n\nExecutive summary\n\n${Array.from({ length: 6 }, (_, at) => `1.${at + 1} The panel found fault ${at}.\n`).join('\n')}`;
    const document = recogniseText(text);
    expect(document.kind).toBe('report');
    expect(passagesOf(document).filter((line) => /^\d/.test(line))).toHaveLength(6);
  });

  it.each([
    ['a shopping list', 'milk\nbread\ntea\n'],
    ['prose', 'It was late. The lights were out.\n\nNo one came, and at 10.30 I went home.\n'],
  ])('%s is plain', (_, text) => expect(recogniseText(text).kind).toBe('plain'));

  it('a person decides', () => {
    const document = recogniseText('1. One.\n\n2. Two.\n', { kind: 'statement' });
    expect(document).toMatchObject({ kind: 'statement', confidence: 1 });
    expect(passagesOf(document)).toEqual(['1: 1. One.', '2: 2. Two.']);
  });
});
