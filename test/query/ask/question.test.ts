import { describe, expect, it } from 'vitest';
import { isFunctionWord } from '../../../src/query/ask/function-words.ts';
import { readQuestion } from '../../../src/query/ask/question.ts';

/** Words of weight as they are, light ones in brackets; then the pairs with their gaps. */
function told(text: string): string {
  const { words, pairs } = readQuestion(text);
  const name = (index: number) => words[index]?.stem ?? '?';
  const list = words.map(({ stem, light }) => (light ? `(${stem})` : stem));
  return [list.join(' '), ...pairs.map(({ left, right, gap }) => `${name(left)}+${gap} ${name(right)}`)].join(
    ', ',
  );
}

describe('a question', () => {
  it.each([
    ['Who found the notebooks?', '(who) found (the) notebook, found+2 notebook'],
    ['blue notebook, BLUE notebooks', 'blue notebook, blue+1 notebook, notebook+1 blue'],
    [
      "Didn't she see the police officer's car?",
      '(didn) (t) (she) see (the) polic offic car, see+2 polic, polic+1 offic, offic+1 car',
    ],
    ['the keys of the car', '(the) key (of) car, key+3 car'],
    ['keys that were on one of the cars', 'key (that) (were) (on) (one) (of) (the) car'],
    ['who was he', 'who was he, who+1 was, was+1 he'],
    ['AB/1 and 07700 900123', 'ab 1 (and) 07700 900123, ab+1 1, 1+2 07700, 07700+1 900123'],
    ['', ''],
    ['?!', ''],
  ])('%j is read as %j', (text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it('keeps words that carry evidence out of the function words', () => {
    for (const word of ['before', 'after', 'never', 'first', 'witness', 'saw', 'time', 'night'])
      expect(isFunctionWord(word)).toBe(false);
    for (const word of ['the', 'who', 'did', 'with', 'mrs']) expect(isFunctionWord(word)).toBe(true);
  });
});
