import { lastAtOrBefore } from '../../model/outline.ts';
import { writtenNumber } from '../../model/written-number.ts';
import { tokenise } from '../../query/tokenizer.ts';
import type { DraftBlock } from '../table-row.ts';

/** The blocks of one version of a body that comes in several: plain text, HTML, a calendar entry. */
export interface Version {
  /** For the ledger: "plain text". */
  readonly name: string;
  readonly blocks: readonly DraftBlock[];
  /** It is made for programs: read instead of another only where there is none. */
  readonly forPrograms?: boolean;
}

export interface ChosenVersion {
  readonly blocks: readonly DraftBlock[];
  readonly remarks: readonly string[];
}

/** A version must have this share of the words of the fullest one to be read instead of it. */
const mostlyWhole = 0.9;

/**
 * One body from versions that say the same. The first that says nearly as much as the fullest is read (senders put
 * the plainest first); paragraphs of the others that do not stand in it word for word follow at the end, so that nothing
 * is lost.
 */
export function chooseVersion(versions: readonly Version[]): ChosenVersion {
  const counted = versions
    .filter(({ blocks }) => blocks.length > 0)
    .map((version) => ({ ...version, words: wordsOf(version.blocks) }));
  const forPeople = counted.filter(({ forPrograms }) => forPrograms !== true);
  const readable = forPeople.length > 0 ? forPeople : counted;
  const most = Math.max(0, ...readable.map(({ words }) => words.length));
  const chosen = readable.find(({ words }) => words.length >= most * mostlyWhole);
  if (chosen === undefined) return { blocks: [], remarks: [] };
  const said = new SaidWords(chosen.words);
  const blocks = [...chosen.blocks];
  const remarks: string[] = [];
  for (const version of counted) {
    if (version === chosen) continue;
    const more = version.blocks.filter(({ text }) => !said.holds(spokenWords(text)));
    const shown = more.filter(isShown).length;
    if (shown > 0) remarks.push(saysMore(version.name, chosen.name, shown));
    blocks.push(...more);
    for (const { text } of more) said.add(spokenWords(text));
  }
  return { blocks, remarks };
}

function saysMore(name: string, chosen: string, count: number): string {
  const paragraphs = `${writtenNumber(count)} paragraph${count === 1 ? '' : 's'}`;
  return `The ${name} of the message differs from its ${chosen}: ${paragraphs} of it ${count === 1 ? 'follows' : 'follow'} at the end.`;
}

function isShown({ zone }: DraftBlock): boolean {
  return zone === undefined;
}

function wordsOf(blocks: readonly DraftBlock[]): string[] {
  return blocks.filter(isShown).flatMap(({ text }) => spokenWords(text));
}

/** Places that are tried for the beginning of a paragraph. */
const mostBeginnings = 50;

/** Whether paragraphs stand in a text, word for word. */
class SaidWords {
  readonly #terms: string[] = [];
  readonly #places = new Map<string, number[]>();
  /** Versions run side by side: the next paragraph is looked for behind the last one first. */
  #reached = 0;

  constructor(terms: readonly string[]) {
    this.add(terms);
  }

  add(terms: readonly string[]): void {
    for (const term of terms) {
      const known = this.#places.get(term);
      if (known === undefined) this.#places.set(term, [this.#terms.length]);
      else known.push(this.#terms.length);
      this.#terms.push(term);
    }
  }

  holds(terms: readonly string[]): boolean {
    const [first] = terms;
    if (first === undefined) return true;
    const places = this.#places.get(first) ?? [];
    const next = lastAtOrBefore(places, this.#reached - 1) + 1;
    const beginnings = [...places.slice(next, next + mostBeginnings), ...places.slice(0, mostBeginnings)];
    const found = beginnings.find((from) => terms.every((term, at) => this.#terms[from + at] === term));
    if (found !== undefined) this.#reached = found + terms.length;
    return found !== undefined;
  }
}

/** Plain text writes out the address of a link or a picture, which HTML does not show. */
const writtenOut = /<(?:https?|mailto|ftp|tel):[^<>]*>|\[(?:cid|image):[^\]]*\]|\bhttps?:\/\/\S+/gi;

function spokenWords(text: string): readonly string[] {
  return tokenise(text.replaceAll(writtenOut, ' ')).terms;
}
