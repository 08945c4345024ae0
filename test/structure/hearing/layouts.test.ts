import { describe, expect, it } from 'vitest';
import { listRuns } from '../../../src/model/outline.ts';
import { hearingRecogniser } from '../../../src/structure/hearing/hearing.ts';
import { layoutOf } from '../../../src/structure/reading-order.ts';
import { golden, plain, readHearing } from './read-back.ts';

/** Numbers the lines of a page from 1 and puts its number at the foot. */
function page(lines: readonly string[], foot: string | number, head?: string): string {
  const count = Math.max(25, lines.length);
  const numbered = Array.from({ length: count }, (_, index) =>
    `${String(index + 1).padStart(2)}   ${lines[index] ?? ''}`.trimEnd(),
  );
  return `${head === undefined ? '' : `${head}\n\n`}${numbered.join('\n')}\n\n${' '.repeat(30)}${foot}\n`;
}

const inquest = [
  page(
    [
      "              IN THE BARCHESTER CORONER'S COURT",
      '',
      '        INQUEST TOUCHING THE DEATH OF JOHN DOE',
      '',
      '          HER HONOUR JUDGE ANNE MALLORY',
      '',
      '                  Day 12',
      '            Monday, 4 May 2020',
      '',
      '             A P P E A R A N C E S',
      'MR T BEAL QC and MS J FENN appeared on behalf of the family',
      'MR R STOKES appeared for the Chief Constable',
    ],
    1,
  ),
  page(
    [
      '                                    Monday, 4 May 2020',
      '(10.00 am)',
      '                  (In the presence of the jury)',
      'THE CORONER:  Good morning. Mr Beal, are you ready to call your',
      '    next witness?',
      "MR BEAL:  I am, ma'am. PC Marlow, please.",
      '             PC 1234 DAVID MARLOW (sworn)',
      '                 Examined by MR BEAL QC',
      'MR BEAL:  Constable, what is your name?',
      'A.  David Marlow.',
      'Q.  And your number?',
      'A.  1234.',
      "MR STOKES:  I am sorry to interrupt, ma'am.",
      'Q.  Were you on duty on the night of 3 March, that is the night',
      '    NHS: that we have heard so much about?',
      'A.  I was. We left at about ten, and',
      'THE CORONER:  Slow down, please.',
      'A.  -- and we drove to the',
      '    river.',
      'A JUROR:  Could the witness speak up?',
      'THE CORONER:  Yes. Constable?',
      'PC MARLOW:  Of course.',
      '                Cross-examined by MR STOKES',
      'Q.  Officer, you had a radio? I ask because of what was said of',
      '    it here on Friday by your inspector, that it was broken, and',
    ],
    2,
  ),
  page(
    [
      '    that it lay in the van.',
      '        Do you have that?',
      'A.  Yes.',
      '                  (The short adjournment)',
      '(11.20 am)',
      '                  Re-examined by MR BEAL',
      'Q.  Why not?',
      'A.  It was broken.',
      '                  Questions from THE JURY',
      'THE CORONER:  The jury ask whether it was repaired.',
      'A.  It was.',
      '                  (The witness withdrew)',
      "MS FENN:  Ma'am, Dr Hollis.",
      '                DR JANE HOLLIS (affirmed)',
      '         Questions from COUNSEL TO THE INQUEST',
      "MR O'HARA:  Doctor, you are a pathologist?",
      'A.  Yes.',
      '(4.30 pm)',
      '(The hearing adjourned until 10.00 am on Tuesday,',
      '5 May 2020)',
    ],
    3,
  ),
  page(
    [
      '                      I N D E X',
      'PC 1234 DAVID MARLOW (sworn) ......................2',
      '     Examined by MR BEAL QC .......................2',
      'DR JANE HOLLIS (affirmed) .........................3',
    ],
    4,
  ),
].join('\f');

describe('an inquest', () => {
  it('line by line', () => {
    const lines = golden(plain(inquest));
    expect(lines[0]).toMatch(/^page 1: IN THE BARCHESTER .* for the Chief Constable$/);
    expect(lines.at(-1)).toMatch(/^page 4: I N D E X/);
    expect(lines.slice(1, -1)).toEqual([
      '2:1 other | Monday, 4 May 2020',
      '2:2 other | (10.00 am)',
      '2:3 other | (In the presence of the jury)',
      '2:4-5 chair The Coroner | THE CORONER: Good morning. Mr Beal, are you ready to call your next witness?',
      "2:6 other Mr Beal | MR BEAL: I am, ma'am. PC Marlow, please.",
      '2:7 other | PC 1234 DAVID MARLOW (sworn)',
      '2:8 other | Examined by MR BEAL QC',
      '2:9 examiner Mr Beal | MR BEAL: Constable, what is your name?',
      '2:10 witness PC 1234 David Marlow | David Marlow.',
      '2:11 examiner Mr Beal QC | And your number?',
      '2:12 witness PC 1234 David Marlow | 1234.',
      "2:13 other Mr Stokes | MR STOKES: I am sorry to interrupt, ma'am.",
      '2:14-15 examiner Mr Beal QC | Were you on duty on the night of 3 March, that is the night NHS: that we have heard so much about?',
      '2:16 witness PC 1234 David Marlow | I was. We left at about ten, and',
      '2:17 chair The Coroner | THE CORONER: Slow down, please.',
      '2:18-19 witness PC 1234 David Marlow | -- and we drove to the river.',
      '2:20 other A Juror | A JUROR: Could the witness speak up?',
      '2:21 chair The Coroner | THE CORONER: Yes. Constable?',
      '2:22 witness PC Marlow | PC MARLOW: Of course.',
      '2:23 other | Cross-examined by MR STOKES',
      '2:24-3:1 examiner Mr Stokes | Officer, you had a radio? I ask because of what was said of it here on Friday by your inspector, that it was broken, and that it lay in the van.',
      '3:2 examiner Mr Stokes | Do you have that?',
      '3:3 witness PC 1234 David Marlow | Yes.',
      '3:4 other | (The short adjournment)',
      '3:5 other | (11.20 am)',
      '3:6 other | Re-examined by MR BEAL',
      '3:7 examiner Mr Beal | Why not?',
      '3:8 witness PC 1234 David Marlow | It was broken.',
      '3:9 other | Questions from THE JURY',
      '3:10 chair The Coroner | THE CORONER: The jury ask whether it was repaired.',
      '3:11 witness PC 1234 David Marlow | It was.',
      '3:12 other | (The witness withdrew)',
      "3:13 other Ms Fenn | MS FENN: Ma'am, Dr Hollis.",
      '3:14 other | DR JANE HOLLIS (affirmed)',
      '3:15 other | Questions from COUNSEL TO THE INQUEST',
      "3:16 examiner Mr O'Hara | MR O'HARA: Doctor, you are a pathologist?",
      '3:17 witness Dr Jane Hollis | Yes.',
      '3:18 other | (4.30 pm)',
      '3:19-20 other | (The hearing adjourned until 10.00 am on Tuesday, 5 May 2020)',
    ]);
  });

  it('what it is and who was heard', () => {
    const { metadata, pages, confidence } = readHearing(plain(inquest));
    expect(metadata).toEqual({
      title: 'INQUEST TOUCHING THE DEATH OF JOHN DOE',
      date: '2020-05-04',
      day: 12,
      witnesses: [
        {
          name: 'PC 1234 David Marlow',
          fromPage: 2,
          fromLine: 7,
          toPage: 3,
          toLine: 12,
          examiners: ['Mr Beal QC', 'Mr Stokes'],
        },
        {
          name: 'Dr Jane Hollis',
          fromPage: 3,
          fromLine: 14,
          toPage: 3,
          toLine: 20,
          examiners: ["Mr O'Hara"],
        },
      ],
    });
    expect(pages).toBe(4);
    expect(confidence).toBeGreaterThan(0.9);
  });

  it('a question shares its exchange with the answer, and a turn its number over the page', () => {
    const { outline, text } = readHearing(plain(inquest));
    const find = (words: string) => {
      const at = text.indexOf(words);
      return outline.passages.find((passage) => passage.start <= at && at < passage.end);
    };
    expect(find('And your number?')?.exchange).toBe(find('1234.\n')?.exchange);
    expect(find('And your number?')?.exchange).not.toBe(find('Constable, what')?.exchange);
    expect(find('Officer, you')?.turn).toBe(find('Do you have that')?.turn);
  });

  it('numbers, marks and page numbers are no words', () => {
    const { outline, text } = readHearing(plain(inquest));
    const furniture = listRuns(outline.runs)
      .filter((run) => run.zone === 'unindexed')
      .map((run) => text.slice(run.start, run.end));
    expect(furniture.some((piece) => /11\s+Q\.\s*$/.test(piece))).toBe(true);
    expect(furniture.join('')).not.toMatch(/[B-PR-Za-z]/);
  });
});

describe('an American deposition', () => {
  it('line by line', () => {
    const lines = golden(
      plain(
        [
          page(
            [
              '        UNITED STATES DISTRICT COURT',
              '       NORTHERN DISTRICT OF EXAMPLE',
              '',
              'ACME WIDGETS, INC.,           )',
              '      vs.                     )  No. 12-345',
              'JANE ROE,                     )',
              '     DEPOSITION OF JOHN Q. PUBLIC',
              '           March 3, 2011',
            ],
            'Reporters of Example, Inc.',
            '                                              Page 1',
          ),
          page(
            [
              '             JOHN Q. PUBLIC,',
              'having been first duly sworn, was examined and testified',
              'as follows:',
              '                  EXAMINATION',
              'BY MS. LEE:',
              '     Q    Would you state your name, and tell us where it is',
              'that you live at present?',
              '     A    John Public. I live in Springfield, and I have',
              'lived there since nineteen ninety.',
              '          MR. SMITH:  Objection, form. That assumes facts that',
              'are not in evidence.',
              '          THE WITNESS:  I can answer.',
              'BY MS. LEE:',
              '     Q    Go ahead.',
              '     A    A friend told me.',
              '              (Exhibit 3 marked.)',
              '     Q    What is Exhibit 3?',
              '     A    A letter.',
              '                CROSS-EXAMINATION',
              'BY MR. SMITH:',
              '     Q    Sir, who wrote it?',
              '     A    I did.',
            ],
            'Reporters of Example, Inc.',
            '                                              Page 2',
          ),
        ].join('\f'),
      ),
    );
    expect(lines.slice(1)).toEqual([
      '2:1-3 other | JOHN Q. PUBLIC, having been first duly sworn, was examined and testified as follows:',
      '2:4 other | EXAMINATION',
      '2:5 other | BY MS. LEE:',
      '2:6-7 examiner Ms. Lee | Would you state your name, and tell us where it is that you live at present?',
      '2:8-9 witness John Q. Public | John Public. I live in Springfield, and I have lived there since nineteen ninety.',
      '2:10-11 other Mr. Smith | MR. SMITH: Objection, form. That assumes facts that are not in evidence.',
      '2:12 witness John Q. Public | THE WITNESS: I can answer.',
      '2:13 other | BY MS. LEE:',
      '2:14 examiner Ms. Lee | Go ahead.',
      '2:15 witness John Q. Public | A friend told me.',
      '2:16 other | (Exhibit 3 marked.)',
      '2:17 examiner Ms. Lee | What is Exhibit 3?',
      '2:18 witness John Q. Public | A letter.',
      '2:19 other | CROSS-EXAMINATION',
      '2:20 other | BY MR. SMITH:',
      '2:21 examiner Mr. Smith | Sir, who wrote it?',
      '2:22 witness John Q. Public | I did.',
    ]);
  });
});

describe('other ways of setting a hearing', () => {
  it('without line numbers', () => {
    const text = [
      '                R v SMITH\n\n                Tuesday 3 May 2016\n\nMR BEAL: My Lord, I call Mr Jones.\n\nMR PETER JONES, sworn\n\nExamined by MR BEAL\n\nQ.  What is your full name?\nA.  Peter Jones.\nQ.  Where do you live?\nA.  In the town, not far from the bridge.\n\nMR JUSTICE HARE: When did you move there?\n\nA.  In 2001.\n\n                  1\n',
      'Q.  Do you own a car?\nA.  I do.\nMR STOKES: My Lord, relevance.\nMR JUSTICE HARE: I shall allow it.\nQ.  What make?\nA.  A Ford.\n\n                  2\n',
    ].join('\f');
    expect(golden(plain(text))).toEqual([
      '1:? other | R v SMITH',
      '1:? other | Tuesday 3 May 2016',
      '1:? other Mr Beal | MR BEAL: My Lord, I call Mr Jones.',
      '1:? other | MR PETER JONES, sworn',
      '1:? other | Examined by MR BEAL',
      '1:? examiner Mr Beal | What is your full name?',
      '1:? witness Mr Peter Jones | Peter Jones.',
      '1:? examiner Mr Beal | Where do you live?',
      '1:? witness Mr Peter Jones | In the town, not far from the bridge.',
      '1:? chair Mr Justice Hare | MR JUSTICE HARE: When did you move there?',
      '1:? witness Mr Peter Jones | In 2001.',
      '2:? examiner Mr Beal | Do you own a car?',
      '2:? witness Mr Peter Jones | I do.',
      '2:? other Mr Stokes | MR STOKES: My Lord, relevance.',
      '2:? chair Mr Justice Hare | MR JUSTICE HARE: I shall allow it.',
      '2:? examiner Mr Beal | What make?',
      '2:? witness Mr Peter Jones | A Ford.',
    ]);
  });

  it('with numbered questions and the examiner at the question', () => {
    const lines = [
      '         MR. BYRNE WAS EXAMINED BY MR. DUNNE AS FOLLOWS:',
      '',
      '  1  Q.  MR. DUNNE:  You are a member of the force?',
      '     A.  That is correct, since',
      '         1990.',
      '  2  Q.  And you were in the station?',
      '     A.  I was.',
      '         CHAIRMAN:  Thank you.',
      '  3  Q.  MR. DUNNE:  Where?',
      '     A.  At the desk.',
    ];
    expect(golden(plain(page(lines, 7)))).toEqual([
      '7:1 other | MR. BYRNE WAS EXAMINED BY MR. DUNNE AS FOLLOWS:',
      '7:3 examiner Mr. Dunne | MR. DUNNE: You are a member of the force?',
      '7:4-5 witness Mr. Byrne | That is correct, since 1990.',
      '7:6 examiner Mr. Dunne | And you were in the station?',
      '7:7 witness Mr. Byrne | I was.',
      '7:8 chair Chairman | CHAIRMAN: Thank you.',
      '7:9 examiner Mr. Dunne | MR. DUNNE: Where?',
      '7:10 witness Mr. Byrne | At the desk.',
    ]);
  });

  it('with bracketed line numbers and the page at the head', () => {
    const said = [
      'MR. SMITH: Your Honor, we are ready to proceed with the',
      'first witness of the day.',
      'THE COURT: Very well.',
      'Q. State your name.',
      'A. Jane Roe.',
      'MS. LEE: Objection.',
      'THE COURT: Overruled.',
      'Q. You may answer.',
      'A. I forget.',
      '(Recess.)',
    ];
    const text = `Page 33\n${said.map((line, index) => `[${index + 1}] ${line}`).join('\n')}\n`;
    expect(golden(plain(text))).toEqual([
      '33:1-2 other Mr. Smith | MR. SMITH: Your Honor, we are ready to proceed with the first witness of the day.',
      '33:3 chair The Court | THE COURT: Very well.',
      '33:4 examiner Mr. Smith [no-examiner] | State your name.',
      '33:5 witness [no-witness] | Jane Roe.',
      '33:6 other Ms. Lee | MS. LEE: Objection.',
      '33:7 chair The Court | THE COURT: Overruled.',
      '33:8 examiner Mr. Smith [no-examiner] | You may answer.',
      '33:9 witness [no-witness] | I forget.',
      '33:10 other | (Recess.)',
    ]);
  });

  it('without pages or numbers, cited by the lines of the file, paragraphs parted by blank lines', () => {
    const text =
      'R v DOE\n\nMR JUSTICE HARE: Yes, Mr Quill.\n\nMR QUILL: My Lord, there is one matter that I must raise before the\njury come in.\n\nWe only learned of it last night, when the officer wrote to us and\nsent his book.\n\nMR JUSTICE HARE: I see.\n';
    expect(golden(plain(text))).toEqual([
      '?:1 other | R v DOE',
      '?:3 chair Mr Justice Hare | MR JUSTICE HARE: Yes, Mr Quill.',
      '?:5-6 other Mr Quill | MR QUILL: My Lord, there is one matter that I must raise before the jury come in.',
      '?:8-9 other Mr Quill | We only learned of it last night, when the officer wrote to us and sent his book.',
      '?:11 chair Mr Justice Hare | MR JUSTICE HARE: I see.',
    ]);
  });

  it('with bare surnames, once they return', () => {
    const text = 'BEER: Did you?\nDOE: I did.\nBEER: When?\nDOE: Then.\nBEER: Sure?\nDOE: Yes.\n';
    expect(golden(plain(text)).slice(0, 2)).toEqual([
      '?:1 other Beer | BEER: Did you?',
      '?:2 other Doe | DOE: I did.',
    ]);
  });

  it('as the paragraphs of a word processor', () => {
    const blocks = [
      'Day 3 - 4 May 2021',
      'THE CHAIRMAN: Good morning, everybody.',
      'MR QUILL: Mr Doe, please.',
      'MR JOHN DOE (sworn)',
      'Questions by MR QUILL',
      'Q. Mr Doe, you have made a statement?',
      'A. I have. It is a long one.',
      'I have since remembered more.',
      'MS HALE: Sir, may I rise?',
      'Q. Please go on.',
      'A. That is all.',
    ].map((text) => ({ type: 'paragraph' as const, text }));
    const content = { layout: 'blocks' as const, blocks };
    expect(golden(content).slice(3)).toEqual([
      '?:? other | MR JOHN DOE (sworn)',
      '?:? other | Questions by MR QUILL',
      '?:? examiner Mr Quill | Mr Doe, you have made a statement?',
      '?:? witness Mr John Doe | I have. It is a long one.',
      '?:? witness Mr John Doe | I have since remembered more.',
      '?:? other Ms Hale | MS HALE: Sir, may I rise?',
      '?:? examiner Mr Quill | Please go on.',
      '?:? witness Mr John Doe | That is all.',
    ]);
    expect(readHearing(content).metadata).toMatchObject({ day: 3, date: '2021-05-04' });
  });

  it('is told by the whole of it where somebody speaks for a day', () => {
    const turns = Array.from({ length: 25 }, (_, at) =>
      at % 2 === 0 ? 'Q.  And then?' : 'A.  I went home.',
    );
    const speech = Array.from(
      { length: 25 },
      () => '    and so it went on, for years, in house after house,',
    );
    const pages = Array.from({ length: 80 }, (_, at) =>
      page(
        at === 19 ? ['MR BEAL:  I come to this:', ...speech.slice(1)] : at > 19 && at < 45 ? speech : turns,
        at + 1,
      ),
    );
    const layout = layoutOf(plain(pages.join('')));
    expect(hearingRecogniser.confidence(layout, { fileName: 'x.txt', given: {} })).toBeGreaterThan(0.95);
  });

  it('is not seen in other papers', () => {
    const letter =
      'Dear Mr Smith,\n\nThank you for your letter of 3 May. I write to say this: we agree.\n\nNOTE: enclosed.\n\nYours sincerely,\nA. Clerk\n';
    const list = Array.from({ length: 40 }, (_, index) => `${index + 1}. The item numbered so.`).join('\n');
    for (const text of [letter, list, '', 'One line.']) {
      expect(
        hearingRecogniser.confidence(layoutOf(plain(text)), { fileName: 'x.txt', given: {} }),
      ).toBeLessThan(0.5);
    }
  });
});
