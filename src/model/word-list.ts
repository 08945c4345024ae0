export const wordListKinds = ['alias', 'synonyms'] as const;
/** `alias`: the names and ciphers of one person. `synonyms`: words that mean the same. */
export type WordListKind = (typeof wordListKinds)[number];

/** Words and phrases that a query can ask for by one name, with who put them together last, and when. */
export interface WordList {
  readonly kind: WordListKind;
  readonly name: string;
  /** In the order in which they were given; the name itself is none of them. */
  readonly entries: readonly string[];
  readonly by: string;
  /** ISO 8601 time. */
  readonly at: string;
}
