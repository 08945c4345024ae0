import { quickWords } from './quick-words.ts';
import { Scanner } from './scanner.ts';
import { Vocabulary } from './vocabulary.ts';
import type { WordLengths } from './word-lengths.ts';
import type { Words } from './words.ts';

/** Raised whenever `tokenise` or `normaliseWord` gives something else for the same text. Recorded in every case. */
export const tokenizerVersion = 1;

/** Version of Unicode that the running engine folds by; `unknown` where the engine does not say (browsers). */
export const unicodeVersion: string =
  (globalThis as { process?: { versions?: { unicode?: string } } }).process?.versions?.unicode ?? 'unknown';

/** The words of a text by number: word i is `vocabulary[ids[i]]`. The rest as in `Words`. */
export interface NumberedWords {
  readonly vocabulary: readonly string[];
  readonly ids: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly joins: Uint32Array;
}

/** Half-open stretches of UTF-16 offsets: start, end, start, end …, ascending, not overlapping. */
export type Stretches = ArrayLike<number>;

/**
 * The words of `text` between two UTF-16 offsets. A word is a run of letters, digits and marks that begins with a
 * letter or digit, NFKC-normalised and fully case-folded (ß → ss, ς → σ); characters that Unicode calls ignorable
 * (soft hyphen, joiners, variation selectors) are passed over inside it; a possessive 's is dropped; everything else
 * separates. `joins` marks the halves of words broken by a hyphen (-, ‐ or soft) at a line's end, between letters.
 */
export function tokenise(text: string, from = 0, to = text.length): Words {
  const numbered = tokeniseStretches(text, [from, to]);
  const terms = Array.from(numbered.ids, (id) => numbered.vocabulary[id] as string); // ids index the vocabulary
  return { terms, starts: numbered.starts, ends: numbered.ends, joins: numbered.joins };
}

/**
 * The same over several stretches of one text, as if nothing stood between them: a line-end hyphen joins across what
 * is left out (line numbers, page furniture). No word reaches over the end of a stretch.
 * @param vocabulary Goes on with the terms of other stretches, for many short ones of one text.
 */
export function tokeniseStretches(
  text: string,
  stretches: Stretches,
  vocabulary: Vocabulary = new Vocabulary(),
): NumberedWords {
  const scanner = new Scanner(text, vocabulary);
  scanner.scanAll(stretches);
  const { lengths, ...words } = scanner.finish();
  return { ...words, ends: lengths.endsOf(words.starts) };
}

/** Words of several parts of one text, in one list, without `ends`: word i ends `lengths.at(i)` behind its start. */
export interface WordsOfParts extends Omit<NumberedWords, 'ends'> {
  readonly lengths: WordLengths;
  /** Numbers of the words before which a sentence may end, ascending; absent where any may be one. */
  readonly sentenceEnds?: Uint32Array;
  /** Part i has the words up to this one, from the end of the part before. */
  readonly partEnds: Uint32Array;
}

/**
 * The words of a body and of runs, which are stretches each by itself, each part as `tokeniseStretches` gives it: nothing
 * joins across from one part to the next.
 */
export function tokeniseParts(text: string, body: Stretches, runs: Stretches): WordsOfParts {
  return (text.length < quickFrom ? undefined : quickWords(text, body, runs)) ?? slowWords(text, body, runs);
}

/** Shorter texts are done before the quick way has started. */
const quickFrom = 4096;

/** The same, slowly, whatever the text: what `quickWords` is held against. */
export function slowWords(text: string, body: Stretches, runs: Stretches): WordsOfParts {
  const scanner = new Scanner(text, new Vocabulary());
  const partEnds = new Uint32Array(1 + runs.length / 2);
  partEnds[0] = scanner.scanAll(body);
  for (let run = 0; run + 1 < runs.length; run += 2) {
    // run + 1 < length
    partEnds[1 + run / 2] = scanner.scanAll([runs[run] as number, runs[run + 1] as number]);
  }
  return { ...scanner.finish(), partEnds };
}

/** The one term of a text that is one word, or undefined when it is none or several. */
export function normaliseWord(text: string): string | undefined {
  const { terms } = tokenise(text);
  return terms.length === 1 ? terms[0] : undefined;
}
