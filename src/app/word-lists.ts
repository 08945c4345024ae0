import { UserError } from '../model/diagnostic.ts';
import type { WordList, WordListKind } from '../model/word-list.ts';
import { hasErrors, parse } from '../query/parser.ts';
import type { Resolver } from '../query/resolver.ts';
import type { CaseStore } from '../store/store.ts';
import { foldName as folded } from './folded-name.ts';
import { personName } from './person.ts';

/** How each kind is called, and asked for in a query. */
const called: Readonly<Record<WordListKind, { readonly noun: string; readonly sign: string }>> = {
  alias: { noun: 'alias', sign: '@' },
  synonyms: { noun: 'synonym list', sign: 'syn:' },
};

/** A list as people see it: with the words by which a query asks for it. */
export interface NamedWords extends WordList {
  readonly ask: string;
}

export async function wordListsOf(store: CaseStore, kind: WordListKind): Promise<readonly NamedWords[]> {
  const lists = await store.wordLists();
  return lists.filter((list) => list.kind === kind).map(namedWords);
}

function namedWords(list: WordList): NamedWords {
  const { kind, name } = list;
  return { ...list, ask: called[kind].sign + (/^[\p{L}\p{N}\p{M}._/-]+$/u.test(name) ? name : `"${name}"`) };
}

/**
 * The names that queries can use. A list answers to its name and to each of its entries, case and form folded, and
 * stands for all of them, its name first; a name that is in several lists of a kind stands for all of those.
 */
export async function listedNames(store: CaseStore): Promise<Omit<Resolver, 'saved'>> {
  const lists = await store.wordLists();
  const wordsBehind = (kind: WordListKind, name: string): readonly string[] | undefined => {
    const members = lists.filter((list) => list.kind === kind).map(({ name, entries }) => [name, ...entries]);
    const meant = members.filter((words) => words.some((word) => sameName(word, name)));
    return meant.length === 0 ? undefined : distinct(meant.flat());
  };
  return {
    synonyms: (name) => wordsBehind('synonyms', name),
    alias: (name) => wordsBehind('alias', name),
  };
}

/**
 * Puts words into a list, which need not be there yet.
 * @throws UserError when a name or a word cannot be searched for.
 */
export async function addWords(
  store: CaseStore,
  kind: WordListKind,
  name: string,
  words: readonly string[],
): Promise<NamedWords> {
  const known = await findList(store, kind, name);
  const listName = known?.name ?? checkedWords(name);
  const entries = distinct([listName, ...(known?.entries ?? []), ...words.map(checkedWords)]).slice(1);
  const list = { kind, name: listName, entries, by: personName(), at: new Date().toISOString() };
  await store.write(() => store.putWordList(list));
  return namedWords(list);
}

/**
 * Takes words out of a list, or without words the whole list.
 * @returns What is left of it; undefined when it is gone.
 * @throws UserError when there is no such list or word.
 */
export async function removeWords(
  store: CaseStore,
  kind: WordListKind,
  name: string,
  words: readonly string[],
): Promise<NamedWords | undefined> {
  const known = await findList(store, kind, name);
  const { noun } = called[kind];
  const hint = `See them with pincite ${kind} list.`;
  if (known === undefined) throw new UserError(`There is no ${noun} “${name}”.`, { hint });
  const missing = words.find((word) => !known.entries.some((entry) => sameName(entry, word)));
  if (missing !== undefined)
    throw new UserError(`“${missing}” is not in the ${noun} “${known.name}”.`, { hint });
  if (words.length === 0) {
    await store.write(() => store.removeWordList(kind, known.name));
    return undefined;
  }
  const entries = known.entries.filter((entry) => !words.some((word) => sameName(entry, word)));
  const list = { ...known, entries, by: personName(), at: new Date().toISOString() };
  await store.write(() => store.putWordList(list));
  return namedWords(list);
}

async function findList(store: CaseStore, kind: WordListKind, name: string): Promise<WordList | undefined> {
  return (await store.wordLists()).find((list) => list.kind === kind && sameName(list.name, name));
}

/** Words that a query can have between quotation marks, wildcards included. */
function checkedWords(text: string): string {
  const words = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  const query = parse(`"${words}"`);
  const first = query.diagnostics.find(({ severity }) => severity === 'error');
  if (/["“”„‟＂\p{Cc}]/u.test(words) || hasErrors(query) || words.length > 500) {
    throw new UserError(`“${text}” cannot be searched for${first ? `: ${first.message}` : '.'}`, {
      hint: 'Give words as they stand in the papers, each name or phrase as one argument: "PC 4471 Renshaw".',
    });
  }
  return words;
}

function sameName(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

function distinct(words: readonly string[]): readonly string[] {
  const found = new Map<string, string>();
  for (const word of words) if (!found.has(folded(word))) found.set(folded(word), word);
  return [...found.values()];
}
