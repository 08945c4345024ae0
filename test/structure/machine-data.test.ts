import { describe, expect, it } from 'vitest';
import { recognise } from '../../src/structure/recognise.ts';

function kindOf(text: string): string {
  return recognise({ layout: 'plain', text }, { fileName: 'paper.txt', given: {} }).kind;
}

/** A statement whose paragraphs are fields of data. */
const fields = Array.from({ length: 12 }, (_, at) => ({
  paragraph: `${at + 1}.`,
  text: `I, Jane Marlowe, state that this statement is true to the best of my knowledge and belief. ${at}`,
}));
const statement = [
  'WITNESS STATEMENT OF JANE MARLOWE',
  '',
  'I, Jane Marlowe, will say as follows:',
  '',
  ...fields.flatMap(({ paragraph, text }) => [`${paragraph} ${text}`, '']),
].join('\n');

describe('data written for machines is no document of a person', () => {
  it.each([
    [
      'JSON over many lines',
      JSON.stringify({ title: 'WITNESS STATEMENT OF JANE MARLOWE', fields }, undefined, 1),
    ],
    [
      'JSON of numbered turns',
      JSON.stringify(
        fields.map(({ text }) => `Q. ${text}`),
        undefined,
        2,
      ),
    ],
    ['JSON lines', fields.map((field) => JSON.stringify(field)).join('\n')],
    [
      'XML',
      `<?xml version="1.0"?>\n<statement>\n${fields.map(({ text }) => `  <paragraph>${text}</paragraph>`).join('\n')}\n</statement>`,
    ],
  ])('%s', (_, text) => {
    expect(kindOf(text)).toBe('plain');
  });

  it.each([
    ['a statement', statement],
    ['a statement whose first line stands in brackets', `[Draft]\n${statement}`],
    ['a statement after a mark-up line', `<confidential>\n\n${statement}`],
  ])('but %s is', (_, text) => {
    expect(kindOf(text)).toBe('statement');
  });
});
