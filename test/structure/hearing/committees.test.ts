import { describe, expect, it } from 'vitest';
import type { ExtractedText } from '../../../src/model/extracted.ts';
import { recognise } from '../../../src/structure/recognise.ts';
import { passagesOf, plain, readHearing } from './read-back.ts';
import { run, sentence } from './typesetter.ts';

const hints = { fileName: 'evidence.pdf', given: {} };

interface Said {
  readonly name: string;
  readonly question?: number;
  readonly words: string;
}

/** What committees talk of: the words by which statements are told stand in their evidence. */
const formal = [
  'You have made a witness statement, which is signed and dated.',
  'Is it true to the best of my knowledge and belief, it says, and do you believe the facts in it?',
];

function evidence(names: readonly string[], numbered: boolean): Said[] {
  return Array.from({ length: 60 }, (_, at): Said => {
    const words = `${formal[at] ?? ''} ${sentence(at, 40)}`.trim();
    const name = names[(at * 3) % names.length] ?? '';
    return numbered && at % 2 === 0 ? { name, words, question: at / 2 + 1 } : { name, words };
  });
}

function printed({ name, question, words }: Said): string[] {
  const lines: string[] = [];
  let line = `${question === undefined ? '' : `Q${question}   `}${name}:`;
  for (const word of words.split(' ')) {
    if (line.length + word.length > 88) {
      lines.push(line);
      line = word;
    } else line += ` ${word}`;
  }
  return [...lines, line];
}

const front = ['Oral evidence: The River Bridge, HC 115', '', 'Questions 1 - 30', ''];

function asText(said: readonly Said[], head: readonly string[] = front): ExtractedText {
  return plain([...head, ...said.flatMap((one) => [...printed(one), ''])].join('\n'));
}

function asSheets(said: readonly Said[]): ExtractedText {
  const lines = [...front, ...said.flatMap((one) => [...printed(one), ''])];
  const sheets = Array.from({ length: Math.ceil(lines.length / 48) }, (_, at) => ({
    ...{ sheet: at + 1, width: 600, height: 850 },
    runs: lines
      .slice(at * 48, at * 48 + 48)
      .flatMap((line, row) => (line === '' ? [] : [run(line, 50, 50 + row * 14)])),
  }));
  return { layout: 'sheets', sheets };
}

function speakers(content: ExtractedText): (string | undefined)[] {
  return passagesOf(readHearing(content)).flatMap(({ place }) =>
    place.kind === 'testimony' && place.speaker !== undefined ? [`${place.role} ${place.speaker}`] : [],
  );
}

describe('evidence to a committee, on pages without line numbers', () => {
  const names = ['Chair', 'Jane Roe', 'Owen Doe', 'Meg Hollis'];

  it.each([
    ['text', asText],
    ['sheets', asSheets],
  ])('is a hearing whatever statements it speaks of: %s', (_, set) => {
    const said = evidence(names, true);
    const { kind, confidence } = recognise(set(said), hints);
    expect({ kind, sure: confidence > 0.8 }).toEqual({ kind: 'hearing', sure: true });
    expect(speakers(set(said)).map((who) => who?.replace(/^\S+ /, ''))).toEqual(said.map(({ name }) => name));
  });

  it.each(['Chair', 'Chairman', 'Convener'])(
    'the %s without an article sits among people with titles',
    (chair) => {
      const said = evidence([chair, 'Mr Roe', 'Ms Doe', 'Dr Hollis'], false);
      const chairs = speakers(asText(said)).filter((who) => who === `chair ${chair}`);
      expect(chairs).toHaveLength(said.filter(({ name }) => name === chair).length);
      expect(speakers(asText(said))).toHaveLength(said.length);
    },
  );

  it.each([
    ['Witnesses: Jane Roe, Director, River Trust; and Dr Meg Hollis, Surgeon.'],
    ['Witnesses: Jane Roe and Dr Meg Hollis.'],
  ])('who gives evidence is announced: %s', (announced) => {
    const said = evidence(['Chair', 'Jane Roe', 'Owen Doe', 'Dr Meg Hollis'], true);
    const content = asText(said, [...front, 'Examination of witnesses', '', announced, '']);
    expect(new Set(speakers(content))).toEqual(
      new Set(['chair Chair', 'witness Jane Roe', 'examiner Owen Doe', 'witness Dr Meg Hollis']),
    );
  });
});

describe('labels that end in a stop, at the head of indented paragraphs', () => {
  const names = [
    'The CHAIRMAN',
    'Mr. ROE',
    'Senator DOE',
    'Ms. MEG HOLLIS',
    'Chairman VOSS',
    'Mr. Roe of Ohio',
  ];

  function set(said: readonly Said[], indent: number): ExtractedText {
    const lines = said.flatMap((one) => {
      const [first = '', ...rest] = printed(one);
      return [' '.repeat(indent) + first.replace(`${one.name}:`, `${one.name}.`), ...rest];
    });
    return plain(lines.join('\n'));
  }

  it('say who speaks', () => {
    const said = evidence(names, false).map((one, at) => ({
      ...one,
      words: at % 7 === 0 ? `-- ${one.words}` : `${one.words} I thank Mr. Roe. Senator Doe. All of them.`,
    }));
    expect(recognise(set(said, 4), hints).kind).toBe('hearing');
    const speaking = speakers(set(said, 4)).map((who) => who?.replace(/^\S+ /, '').toUpperCase());
    expect(speaking).toEqual(said.map(({ name }) => name.toUpperCase()));
  });

  it('are none where lines go on: a sentence may end so', () => {
    expect(speakers(set(evidence(names, false), 0))).toEqual([]);
  });

  it('are none beside labels with colons', () => {
    const quoted = evidence(names, false).slice(0, 9);
    const said = evidence(['MR QUILL', 'MS HALE'], false);
    const both = [asText(said, []), set(quoted, 4)].map((one) => (one.layout === 'plain' ? one.text : ''));
    const who = speakers(plain(both.join('\n')));
    expect(new Set(who)).toEqual(new Set(['other Mr Quill', 'other Ms Hale']));
  });
});

describe('numbers at the head of line after line', () => {
  it('are those of no paragraphs', () => {
    const lines = Array.from({ length: 200 }, (_, at) => {
      const words = at === 3 ? formal[0] : at === 5 ? formal[1] : sentence(at, 8);
      return `${String((at % 25) + 1).padStart(2)}   ${words}`;
    });
    expect(recognise(plain(lines.join('\n')), hints).kind).not.toBe('statement');
  });
});
