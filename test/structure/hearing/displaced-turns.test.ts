import { describe, expect, it } from 'vitest';
import { golden, plain } from './read-back.ts';
import { hanging, indented, opening, type Piece, sentence, textOf } from './typesetter.ts';

const evidence: Piece[] = [
  ...opening,
  ...Array.from(
    { length: 240 },
    (_, index): Piece =>
      index % 9 === 8
        ? { label: 'MS VOSS', paragraphs: [sentence(index, 5 + (index % 7))] }
        : { mark: index % 2 === 0 ? 'Q.' : 'A.', paragraphs: [sentence(index, 6 + (index % 20))] },
  ),
];

/** Who begins to speak on which lines. */
function turnsOf(text: string): string[] {
  return golden(plain(text)).flatMap(
    (line) =>
      /^(\d+:\d+)\S* ((?:examiner|witness|other \w)[^|[]*)/.exec(line)?.slice(1).join(' ').trim() ?? [],
  );
}

/** On which pages who speaks is doubted. */
function doubtedPages(text: string): string[] {
  const found = golden(plain(text)).flatMap((line) =>
    line.includes('[speaker-unsure]') ? (/^\d+/.exec(line)?.[0] ?? []) : [],
  );
  return [...new Set(found)];
}

const page = (text: string, order: number, change: (page: string) => string) =>
  text
    .split('\f')
    .map((own, at) => (at === order ? change(own) : own))
    .join('\f');

describe.each([
  ['hanging', hanging],
  ['indented', indented],
])('turns of a page that stands further in than the others, %s', (_, style) => {
  const sound = textOf(evidence, style);
  const moved = page(sound, 2, (own) => own.replace(/^( *\d+)( +\S)/gm, '$1          $2'));

  it('begin where they do, in doubt', () => {
    expect(moved).not.toBe(sound);
    const beginnings = (text: string) => turnsOf(text).filter((turn) => turn.startsWith('3:'));
    expect(beginnings(moved)).toEqual(expect.arrayContaining(beginnings(sound)));
    expect(doubtedPages(moved)).toContain('3');
  });

  it('are doubted on no page of a sound transcript', () => {
    expect(doubtedPages(sound)).toEqual([]);
  });
});

it('marks without stops begin turns on a page that stands further in', () => {
  const sound = textOf(evidence, hanging).replace(/^( *\d+ +[QA])\. /gm, '$1  ');
  const moved = page(sound, 2, (own) => own.replace(/^( *\d+)( +\S)/gm, '$1          $2'));
  const beginnings = (text: string) => turnsOf(text).filter((turn) => turn.startsWith('3:'));
  expect(beginnings(moved)).toEqual(expect.arrayContaining(beginnings(sound)));
  expect(doubtedPages(moved)).toContain('3');
});

it.each([
  ['part of a number stands apart', (number: string) => `${number.charAt(0)} ${number.charAt(1)}   `],
  ['the number is glued to it', (number: string) => `     ${number}`],
])('a mark or label begins its turn where %s', (_, change) => {
  const sound = textOf(evidence, hanging);
  let seen = 0;
  const beginning = /^(1[2-9]|2[0-4]) +(?=[QA]\. |MS VOSS:)/gm;
  const text = sound.replace(beginning, (whole, number: string) =>
    ++seen % 4 === 0 ? change(number) : whole,
  );
  expect(text).not.toBe(sound);
  expect(turnsOf(text)).toEqual(turnsOf(sound));
});

it('what is read out further in on a page with turns of its own begins none', () => {
  const sound = textOf(evidence, hanging);
  const goesOn = /^( *\d+ {7})(.*)\w\n( *\d+) {7}(?=\S)/gm;
  let seen = 0;
  const quoted = sound.replace(goesOn, (whole, before: string, words: string, number: string) =>
    ++seen === 20 ? `${before}${words}.\n${number}              Q.  ` : whole,
  );
  expect(quoted).not.toBe(sound);
  const more = turnsOf(quoted).filter((turn) => !turnsOf(sound).includes(turn));
  expect(more).toEqual(['6:8 witness Dr Jane Hollis']);
  expect(doubtedPages(quoted)).toEqual([]);
});
