import { describe, expect, test } from 'vitest';
import { chooseVersion } from '../../../src/formats/mail/alternatives.ts';

const version = (name: string, ...texts: readonly string[]) => ({
  name,
  blocks: texts.map((text) => ({ type: 'paragraph' as const, text })),
});
const chosen = (...versions: readonly ReturnType<typeof version>[]) => {
  const { blocks, remarks } = chooseVersion(versions);
  return { texts: blocks.map(({ text }) => text), remarks: remarks.length };
};

describe('of several versions of a body one is read', () => {
  test('the plain text where the HTML says the same in other lines', () => {
    expect(
      chosen(version('plain text', 'One two\nthree.', 'Four.'), version('HTML', 'One two three.', 'Four.')),
    ).toEqual({
      texts: ['One two\nthree.', 'Four.'],
      remarks: 0,
    });
  });

  test('with addresses written out in it', () => {
    const plain = version('plain text', 'Look here <https://example.org/a/b?c=d> and there.');
    expect(chosen(plain, version('HTML', 'Look here and there.')).texts).toHaveLength(1);
  });

  test('what only the other says follows, and it is said', () => {
    const words = `he said that he had been there all day and had seen nobody at all, ${'and so on '.repeat(9)}`;
    expect(chosen(version('plain text', words), version('HTML', words, 'Not true.'))).toEqual({
      texts: [words, 'Not true.'],
      remarks: 1,
    });
  });

  test('a single word that differs keeps its paragraph', () => {
    const { texts } = chosen(
      version('plain text', 'I did see him there.'),
      version('HTML', 'I did not see him there.'),
    );
    expect(texts).toContain('I did see him there.');
    expect(texts).toContain('I did not see him there.');
  });

  test('a plain text that only points at the HTML gives way to it', () => {
    const page = 'A long letter with many words in it that nobody wants to read twice over';
    expect(chosen(version('plain text', 'See the HTML version.'), version('HTML', page)).texts[0]).toBe(page);
  });

  test('nothing is said twice when a third says it too', () => {
    const words = `he said that he had been there all day and had seen nobody at all, ${'and so on '.repeat(9)}`;
    const more = version('HTML', words, 'Not true.');
    expect(chosen(version('plain text', words), more, { ...more, name: 'other' }).texts).toEqual([
      words,
      'Not true.',
    ]);
  });
});
