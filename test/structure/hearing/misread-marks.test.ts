import { describe, expect, it } from 'vitest';
import { golden, plain } from './read-back.ts';
import { hanging, indented, opening, type Piece, sentence, textOf } from './typesetter.ts';

const evidence: Piece[] = [
  ...opening,
  ...Array.from(
    { length: 60 },
    (_, index): Piece => ({
      mark: index % 2 === 0 ? 'Q.' : 'A.',
      paragraphs: [sentence(index, 6 + (index % 20))],
    }),
  ),
];

/** Who speaks in each turn of questions and answers, with the doubts. */
function turnsOf(text: string): string[] {
  return golden(plain(text)).flatMap((line) => /^\S+ (?:examiner|witness|other)[^|]*/.exec(line)?.[0] ?? []);
}

/** The text with some marks of one kind as poor recognition has them. */
function misread(text: string, mark: string, as: string): string {
  let seen = 0;
  return text.replace(/^( *\d* +)([QA]\.)( +)/gm, (whole, before: string, own: string, blanks: string) =>
    own === mark && ++seen % 7 === 3
      ? `${before}${as}${blanks.padEnd(blanks.length + mark.length - as.length)}`
      : whole,
  );
}

describe.each([
  ['hanging', hanging],
  ['indented', indented],
])('a mark that was misread, %s', (_, style) => {
  const sound = textOf(evidence, style);

  it.each([
    ['Q.', '0.'],
    ['Q.', 'O.'],
    ['Q.', 'q.'],
    ['Q.', 'Q,'],
    ['Q.', 'Q-'],
    ['Q.', '(2.'],
    ['Q.', 'QO.'],
    ['A.', '4.'],
    ['A.', 'a.'],
    ['A.', 'A,'],
    ['A.', 'A-'],
  ])('%s as %s begins its turn, in doubt', (mark, as) => {
    const text = misread(sound, mark, as);
    expect(text).not.toBe(sound);
    const read = turnsOf(text);
    expect(read.map((turn) => turn.replace('[speaker-unsure] ', ''))).toEqual(turnsOf(sound));
    const doubted = read.filter((turn) => turn.includes('[speaker-unsure]'));
    expect(doubted.length).toBe(
      [...text.matchAll(new RegExp(`^ *\\d* +${as.replace(/[(.]/g, '\\$&')} `, 'gm'))].length,
    );
  });

  it('is doubted in no sound transcript', () => {
    expect(turnsOf(sound).filter((turn) => turn.includes('['))).toEqual([]);
  });
});

it('what cannot be read where nothing but marks stands is a turn of nobody known', () => {
  const text = misread(textOf(evidence, hanging), 'Q.', '&*');
  const unknown = turnsOf(text).filter((turn) => turn.includes('other [speaker-unsure]'));
  expect(unknown.length).toBe([...text.matchAll(/^ *\d* +&\* /gm)].length);
  expect(unknown.length).toBeGreaterThan(2);
});

it('a mark to which the number of its line is glued begins its turn, in doubt', () => {
  const sound = textOf(evidence, hanging);
  const text = sound.replace(/^(1[0-9]|2[0-5]) +([QA]\.)/gm, '     $1$2');
  expect(text).not.toBe(sound);
  const who = (turn: string) => turn.replace(/^\S+ | \[.*/g, '').trim();
  expect(turnsOf(text).map(who)).toEqual(turnsOf(sound).map(who));
});

it('a number that begins a line of speech is no mark', () => {
  const sound = textOf(evidence, hanging);
  const text = sound.replace(/^( *7 {7})\S+ \S+/m, '$110Q of the appendix');
  expect(text).not.toBe(sound);
  expect(turnsOf(text)).toEqual(turnsOf(sound));
});

it.each([
  ['hanging', hanging],
  ['indented', indented],
])('marks that are all small letters are marks, %s', (_, style) => {
  const sound = textOf(evidence, style);
  const small = sound.replace(/^([\f ]*\d* +)([QA])\. /gm, (_whole, before: string, letter: string) => {
    return `${before}${letter.toLowerCase()}. `;
  });
  expect(small).not.toBe(sound);
  expect(golden(plain(small))).toEqual(golden(plain(sound)));
});
