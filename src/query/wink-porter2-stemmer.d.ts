declare module 'wink-porter2-stemmer' {
  /** Stem of a lower-case English word by the Snowball English (Porter 2) algorithm. */
  export default function stem(word: string): string;
}
