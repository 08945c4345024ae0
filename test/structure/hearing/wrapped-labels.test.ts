import { describe, expect, it } from 'vitest';
import { golden } from './read-back.ts';
import {
  asSheets,
  asText,
  hanging,
  indented,
  type SetLine,
  type SetTranscript,
  type Style,
  sentence,
} from './typesetter.ts';

/** Turns of two lines each, of which some have their label over two lines. */
function setTurns(
  style: Style,
  from: number,
  tailIndent: number,
  labelOf: (turn: number) => string,
): SetTranscript {
  const lines: SetLine[] = Array.from({ length: from }, (_, at) => ({
    indent: style.continuation,
    text: `It is line ${at} of what went before`,
  }));
  for (let turn = 0; turn < 40; turn++) {
    const [head = '', tail] = labelOf(turn).split('|');
    const said = sentence(turn, 4);
    if (tail === undefined) lines.push({ indent: style.label, text: `${head}:  ${said}` });
    else lines.push({ indent: style.label, text: head }, { indent: tailIndent, text: `${tail}:  ${said}` });
    lines.push({ indent: style.continuation, text: sentence(turn + 1, 6) });
  }
  const pages = Array.from({ length: Math.ceil(lines.length / 25) }, (_, page) => ({
    page: page + 11,
    lines: Array.from({ length: 25 }, (_line, at) => lines[page * 25 + at]),
  }));
  return { pages, begins: [], style };
}

const labels: readonly [string, string][] = [
  ['COUNSEL TO THE INQUIRY ON BEHALF OF|MR LONG-OTHER', 'Counsel to the Inquiry on behalf of Mr Long-Other'],
  ['HIS HONOUR JUDGE OWEN|FEATHERLEY', 'His Honour Judge Owen Featherley'],
  ['MR OWEN FEATHERLEY-|DOE', 'Mr Owen Featherley-Doe'],
  ['LEADING COUNSEL TO THE INQUIRY|(MS HALE)', 'Leading Counsel to the Inquiry (Ms Hale)'],
  ['LEADING COUNSEL TO THE INQUIRY|(Hale)', 'Leading Counsel to the Inquiry (Hale)'],
  ['THE CHAIR, THE RT HON|BARONESS MALLORY', 'The Chair, the Rt Hon Baroness Mallory'],
];

const flat: Style = { ...hanging, continuation: 0, paragraph: 0 };

describe.each([
  ['hanging', hanging],
  ['indented', indented],
  ['in one column', flat],
])('labels over two lines, %s', (_, style) => {
  describe.each(labels)('%s', (label, speaker) => {
    it.each([style.label, style.continuation])('the second %i characters in', (tailIndent) => {
      // The third turn begins on the last line of a page.
      const transcript = setTurns(style, 20, tailIndent, (turn) =>
        turn % 4 === 2 ? label : turn % 2 === 0 ? 'MR QUILL' : 'DR ROE',
      );
      const sheets = { up: 1, order: 'down', numbersFirst: false, pageNumber: 'head' } as const;
      for (const content of [
        asText(transcript, { formFeeds: true, pageNumber: 'foot' }),
        asText(transcript, { formFeeds: false, pageNumber: 'head' }),
        asSheets(transcript, sheets),
        asSheets(transcript, { ...sheets, up: 4, pageNumber: 'foot' }),
      ]) {
        const read = golden(content);
        const own = read.filter((line) =>
          line.includes(` ${speaker} | ${label.replace(/-\|/, '- ').replace('|', ' ')}: The `),
        );
        expect(own).toHaveLength(10);
        expect(own[0]).toMatch(/^11:25-12:2 /);
      }
    });
  });

  it.each(labels)('no other label stands in one line: %s', (label, speaker) => {
    const transcript = setTurns(style, 0, style.continuation, () => label);
    const read = golden(asText(transcript, { formFeeds: true, pageNumber: 'foot' }));
    expect(read.map((line) => line.replace(/^\S+ (?:other|chair) (.*) \|.*$/, '$1'))).toEqual(
      Array.from({ length: 40 }, () => speaker),
    );
  });
});
