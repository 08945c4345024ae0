import { doubleMetaphone } from 'double-metaphone';
import stem from 'wink-porter2-stemmer';
import type { TermPattern } from './ast.ts';
import { boundedDistance } from './edit-distance.ts';
import { compileWildcard } from './wildcard.ts';

/**
 * Makes the test that says which terms of an index a pattern stands for. Compile once, run over the whole term table.
 * Stems are those of English Snowball, sounds those of Double Metaphone (two words sound alike when any of their codes
 * agree); words that have no code, such as numbers, are compared as they are.
 */
export function compileTermPattern(pattern: TermPattern): (term: string) => boolean {
  switch (pattern.type) {
    case 'exact':
      return (term) => term === pattern.text;
    case 'prefix':
      return (term) => term.startsWith(pattern.text);
    case 'wildcard':
      return compileWildcard(pattern.text, true);
    case 'fuzzy':
      return compileFuzzy(pattern.text, pattern.distance, pattern.prefixLength);
    case 'range':
      return compileRange(pattern);
    case 'stem':
      return compileStem(pattern.text);
    case 'sound':
      return compileSound(pattern.text);
  }
}

/**
 * Pieces of text of which every term that the pattern stands for holds one, so that a long list of terms can be looked
 * through for those first; undefined when there are none of any use.
 */
export function piecesOf(pattern: TermPattern): readonly string[] | undefined {
  switch (pattern.type) {
    case 'exact':
    case 'prefix':
      return pattern.text === '' ? undefined : [pattern.text];
    case 'wildcard': {
      const [longest = ''] = pattern.text.split(/[*?=]+/).sort((a, b) => b.length - a.length);
      return longest === '' ? undefined : [longest];
    }
    case 'fuzzy':
      return untouchedPieces(pattern.text.slice(pattern.prefixLength), pattern.distance);
    default:
      return undefined;
  }
}

/** Shorter pieces stand in too many words to spare any work. */
const shortestPiece = 2;

/** An edit changes one piece of a word, a swap over the border of two changes both: of one piece more, one is left as it was. */
function untouchedPieces(text: string, edits: number): readonly string[] | undefined {
  const count = 2 * edits + 1;
  const length = Math.floor(text.length / count);
  if (length < shortestPiece) return undefined;
  return Array.from({ length: count }, (_, at) =>
    text.slice(at * length, at + 1 < count ? (at + 1) * length : text.length),
  );
}

function compileFuzzy(text: string, distance: number, prefixLength: number): (term: string) => boolean {
  const prefix = text.slice(0, prefixLength);
  const measure = boundedDistance(text.slice(prefixLength), distance);
  return (term) => term.startsWith(prefix) && measure(term.slice(prefixLength)) <= distance;
}

function compileRange({
  from,
  to,
  digits,
}: Extract<TermPattern, { type: 'range' }>): (term: string) => boolean {
  const least = from ?? Number.NEGATIVE_INFINITY;
  const most = to ?? Number.POSITIVE_INFINITY;
  return (term) => {
    const first = term.charCodeAt(0);
    if (first < 0x30 || first > 0x39 || !/^\d+$/.test(term)) return false;
    const number = Number(term);
    return number >= least && number <= most && (digits === undefined || term.length === digits);
  };
}

function compileStem(text: string): (term: string) => boolean {
  const wanted = stemOf(text);
  return (term) => mayHaveStem(term, wanted) && stemOf(term) === wanted;
}

/**
 * Whether a term can have a stem, as far as its first two letters tell, which spares most words the stemming. The
 * stemmer leaves them as they are, but for the y of "dying", "lying" and "tying".
 */
function mayHaveStem(term: string, stem: string): boolean {
  if (term.charCodeAt(0) !== stem.charCodeAt(0)) return false;
  const second = term.charCodeAt(1);
  return stem.length < 2 || second === stem.charCodeAt(1) || second === 0x79;
}

/** Stem of a term, by English Snowball. Words with digits have no other forms (and the stemmer takes a 3 for a mark of its own). */
export function stemOf(word: string): string {
  return /\d/.test(word) ? word : stem(word);
}

function compileSound(text: string): (term: string) => boolean {
  const wanted = new Set(soundsOf(text));
  const possible = [...wanted].map(spellingOf);
  return (term) => {
    if (term === text) return true;
    if (!possible.some((spelling) => spelling.every((letters) => letters.test(term)))) return false;
    return soundsOf(term).some((code) => wanted.has(code));
  };
}

function soundsOf(text: string): string[] {
  return doubleMetaphone(text).filter((code) => code !== '');
}

/** Sounds that only these letters can be the spelling of; beyond ASCII anything may be. */
const spellings: Readonly<Record<string, RegExp>> = {
  L: /[l\P{ASCII}]/u,
  M: /[m\P{ASCII}]/u,
  N: /[n\P{ASCII}]/u,
  P: /[pb\P{ASCII}]/u,
  R: /[r\P{ASCII}]/u,
  T: /[tdz\P{ASCII}]/u,
};

/** What a word must have to sound so: spares most words the whole algorithm. */
function spellingOf(code: string): readonly RegExp[] {
  return [...new Set(code)].flatMap((sound) => spellings[sound] ?? []);
}

/** What `suggest` knows of a term: how many documents hold it. */
export interface SuggestedTerm {
  readonly term: string;
  readonly documents: number;
}

/**
 * "Did you mean": the candidates nearest to a word that was not found, best first: fewest edits, then in most
 * documents, then by code units. Candidates further than a third of the word's length (at least 1, at most 3) are
 * left out, and so is the word itself.
 */
export function suggest(word: string, candidates: Iterable<SuggestedTerm>, limit = 3): readonly string[] {
  const furthest = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  const measure = boundedDistance(word, furthest);
  return [...candidates]
    .map(({ term, documents }) => ({ term, documents, distance: measure(term) }))
    .filter(({ term, distance }) => distance <= furthest && term !== word)
    .sort((a, b) => a.distance - b.distance || b.documents - a.documents || (a.term < b.term ? -1 : 1))
    .slice(0, limit)
    .map(({ term }) => term);
}

/** The pattern that lists the candidates for `suggest` from an index. */
export function suggestionPattern(word: string): TermPattern {
  const distance = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  return { type: 'fuzzy', text: word, distance, prefixLength: 0 };
}
