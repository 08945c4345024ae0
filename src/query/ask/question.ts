import { stemOf } from '../terms.ts';
import { tokenise } from '../tokenizer.ts';
import { isFunctionWord } from './function-words.ts';

/** One word of a question: all its forms are looked for. */
export interface QuestionWord {
  /** As first typed, normalised. */
  readonly term: string;
  readonly stem: string;
  /** Function words weigh little, unless the question has nothing else. */
  readonly light: boolean;
}

/** Two words of a question that stand together in it, by their indices in `words`; `gap` is 1 for neighbours. */
export interface QuestionPair {
  readonly left: number;
  readonly right: number;
  readonly gap: number;
}

/** A question in ordinary words, read. Each stem once, in the order in which it was first asked. */
export interface Question {
  readonly words: readonly QuestionWord[];
  /** Words of weight that follow each other, function words between them passed over. */
  readonly pairs: readonly QuestionPair[];
}

/** Function words that may stand between the two of a pair: "carriers of evidence" is one, two thoughts apart are not. */
const widestGap = 4;

/** Any text can be asked. A question without words has none. */
export function readQuestion(text: string): Question {
  const { terms } = tokenise(text);
  const anyOfWeight = terms.some((term) => !isFunctionWord(term));
  const indices = new Map<string, number>();
  const words: QuestionWord[] = [];
  const pairs = new Map<string, QuestionPair>();
  let before: { readonly index: number; readonly at: number } | undefined;
  terms.forEach((term, at) => {
    const stem = stemOf(term);
    const known = indices.get(stem);
    const index = known ?? words.push({ term, stem, light: anyOfWeight && isFunctionWord(term) }) - 1;
    indices.set(stem, index);
    if (words[index]?.light === true) return;
    if (before !== undefined && before.index !== index && at - before.at <= widestGap) {
      const pair = { left: before.index, right: index, gap: at - before.at };
      const name = `${pair.left} ${pair.right}`;
      if (!pairs.has(name)) pairs.set(name, pair);
    }
    before = { index, at };
  });
  return { words, pairs: [...pairs.values()] };
}
