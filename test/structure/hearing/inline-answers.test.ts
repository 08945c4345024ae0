import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/structure/recognise.ts';
import { golden, plain } from './read-back.ts';
import { asSheets, asText, examination, hanging, indented, type Piece, typeset } from './typesetter.ts';

const options = { formFeeds: true, pageNumber: 'foot' } as const;
const headings: Piece[] = [
  { centred: '<DR JANE HOLLIS, sworn' },
  { centred: '<EXAMINATION-IN-CHIEF BY MR QUILL' },
];
const asked = ['Where was that on the night', 'Who stood at the bridge with you', 'What did he say'];
const said = ['At the river.', 'Two others, and they went on.', 'Nothing that I could hear from the door.'];
const question = (at: number) => `${asked[at % 3]} of the ${at + 1}th?`;
const answer = (at: number) => `${said[(at * 2) % 3]}`;

/** Paragraphs of a question and its answer each, the first behind the examiner's label. */
function evidence(dash: string, count = 40): Piece[] {
  const set = Array.from({ length: count }, (_, at): Piece => {
    const words = `${question(at)}${dash}${answer(at)}`;
    return at === 0 ? { label: 'MR QUILL', paragraphs: [words] } : { paragraphs: [words] };
  });
  return [...headings, ...set];
}

/** Who says what, without places. */
function turns(content: Parameters<typeof golden>[0]): string[] {
  return golden(content).map((line) => line.replace(/^\S+ /, ''));
}

const wanted = Array.from({ length: 40 }, (_, at) => [
  `examiner Mr Quill | ${at === 0 ? 'MR QUILL: ' : ''}${question(at)}`,
  `witness Dr Jane Hollis | ${answer(at)}`,
]).flat();

describe('answers behind dashes in the paragraphs of their questions', () => {
  it.each(['---', '--', '—', ' -- ', ' --- ', ' – '])('%j', (dash) => {
    for (const style of [hanging, { ...indented, label: 5, paragraph: 5 }]) {
      const set = typeset(evidence(dash), style);
      expect(turns(asText(set, options)).slice(2)).toEqual(wanted);
      const sheets = { up: 1, order: 'down', numbersFirst: false, pageNumber: 'foot' } as const;
      expect(turns(asSheets(set, sheets)).slice(2)).toEqual(wanted);
    }
  });

  it('an answer is cited by the line that it begins on', () => {
    const text = [
      ' 1   DR JANE HOLLIS, sworn',
      ' 2   EXAMINED BY MR QUILL:',
      ' 3   MR QUILL:  Where was it that you stood?---I stood at the',
      ' 4        bridge.',
      ' 5   And who was it that was standing there with you?---',
      ' 6        Two others.',
      ' 7   You saw the car that came down from the bridge.---I did.',
      ' 8   Was there a light on that night, at the river?',
      ' 9        ---There was.',
      ...['10   Was it late?---Yes.', '11   Very late?---Yes.', '12   Was he there?---No.'],
      ...['13   Was she?---No.', '14   Did you go?---No.'],
    ];
    expect(golden(plain(`${text.join('\n')}\n\n        7\n`)).slice(2)).toEqual([
      '7:3 examiner Mr Quill | MR QUILL: Where was it that you stood?',
      '7:3-4 witness Dr Jane Hollis | I stood at the bridge.',
      '7:5 examiner Mr Quill | And who was it that was standing there with you?',
      '7:6 witness Dr Jane Hollis | Two others.',
      '7:7 examiner Mr Quill | You saw the car that came down from the bridge.',
      '7:7 witness Dr Jane Hollis | I did.',
      '7:8 examiner Mr Quill | Was there a light on that night, at the river?',
      '7:9 witness Dr Jane Hollis | There was.',
      '7:10 examiner Mr Quill | Was it late?',
      '7:10 witness Dr Jane Hollis | Yes.',
      '7:11 examiner Mr Quill | Very late?',
      '7:11 witness Dr Jane Hollis | Yes.',
      '7:12 examiner Mr Quill | Was he there?',
      '7:12 witness Dr Jane Hollis | No.',
      '7:13 examiner Mr Quill | Was she?',
      '7:13 witness Dr Jane Hollis | No.',
      '7:14 examiner Mr Quill | Did you go?',
      '7:14 witness Dr Jane Hollis | No.',
    ]);
  });

  it('lines without numbers, paragraphs parted by empty lines', () => {
    const paragraphs = evidence('---').map(({ label, centred, paragraphs: [words = ''] = [] }) =>
      `${label === undefined ? '' : `${label}: `}${centred ?? words}`.replace(/\?---(?=No)/, '?---\n'),
    );
    const content = plain(paragraphs.join('\n\n'));
    expect(turns(content).slice(2)).toEqual(wanted);
    expect(recognise(content, { fileName: 'day.txt', given: {} }).kind).toBe('hearing');
  });

  it('others who ask are answered, too', () => {
    const pieces: Piece[] = [
      ...evidence('---', 12),
      { label: 'HIS HONOUR', paragraphs: ['Were you alone?---I was.'] },
      { paragraphs: ['For how long?---An hour.'] },
      { label: 'MR QUILL', paragraphs: ['An hour?---Yes.'] },
      { centred: '<CROSS-EXAMINATION BY MS HALE' },
      { paragraphs: ['A whole hour?---Yes.'] },
    ];
    expect(turns(asText(typeset(pieces, hanging), options)).slice(26)).toEqual([
      'chair His Honour | HIS HONOUR: Were you alone?',
      'witness Dr Jane Hollis | I was.',
      'examiner His Honour | For how long?',
      'witness Dr Jane Hollis | An hour.',
      'examiner Mr Quill | MR QUILL: An hour?',
      'witness Dr Jane Hollis | Yes.',
      'other | <CROSS-EXAMINATION BY MS HALE',
      'examiner Ms Hale | A whole hour?',
      'witness Dr Jane Hollis | Yes.',
    ]);
  });
});

describe('where nothing shows who speaks behind a dash, the place says so', () => {
  const [thanks, again] = ['I thank you for that, and I turn to the car.', 'Was it red?---It was.'];

  it('a paragraph behind an answer that has no answer in it', () => {
    const pieces: Piece[] = [...evidence('---', 12), { paragraphs: [thanks] }, { paragraphs: [again] }];
    expect(turns(asText(typeset(pieces, hanging), options)).slice(-3)).toEqual([
      `other [speaker-unsure] | ${thanks}`,
      'examiner Mr Quill | Was it red?',
      'witness Dr Jane Hollis | It was.',
    ]);
  });

  it('a paragraph with several answers', () => {
    const pieces: Piece[] = [
      ...evidence('---', 12),
      { paragraphs: [`Was it late?---Yes, it was. ${again}`] },
    ];
    expect(turns(asText(typeset(pieces, hanging), options)).slice(-2)).toEqual([
      'examiner Mr Quill | Was it late?',
      'witness Dr Jane Hollis [speaker-unsure] | Yes, it was. Was it red?---It was.',
    ]);
  });

  it('lines that do not show where paragraphs begin', () => {
    const flat = { ...hanging, continuation: 0, paragraph: 0 };
    const pieces = evidence('---').map(({ paragraphs = [], ...rest }) => ({
      ...rest,
      paragraphs: paragraphs.map((words) => `${words} And then we all went home along the river together.`),
    }));
    const lines = turns(asText(typeset([...headings, ...pieces.slice(2)], flat), options));
    const wrong = lines.filter(
      (line) =>
        (/^witness [^[]*\|.*of the \d+th\?/.test(line) || /^examiner [^[]*\|.*And then we/.test(line)) &&
        !line.includes('[speaker-unsure]'),
    );
    expect(wrong).toEqual([]);
    expect(lines.some((line) => line.includes('[speaker-unsure]'))).toBe(true);
  });
});

describe('a sentence that is broken off is no answer', () => {
  it('where marks of question and answer say who speaks', () => {
    const broken = examination.map(({ paragraphs, ...rest }) => ({
      ...rest,
      ...(paragraphs && { paragraphs: paragraphs.map((words) => `${words} Or was it? -- No, it was not.`) }),
    }));
    const lines = golden(asText(typeset(broken, hanging), options));
    expect(lines.filter((line) => line.includes('unsure'))).toEqual([]);
    expect(lines.filter((line) => line.includes('| No, it was not'))).toEqual([]);
  });

  it.each(['I went -- I walked there.', 'Did he -- did you see him?', 'Who was it? -- I mean the other.'])(
    'where labels do: %s',
    (words) => {
      const pieces = Array.from(
        { length: 30 },
        (_, at): Piece => ({
          label: at % 2 === 0 ? 'MR QUILL' : 'THE WITNESS',
          paragraphs: [at % 6 === 0 ? words : `${question(at)} ${question(at + 1)} ${question(at + 2)}`],
        }),
      );
      const lines = golden(asText(typeset([...headings, ...pieces], hanging), options)).slice(2);
      expect(lines).toHaveLength(30);
    },
  );
});
