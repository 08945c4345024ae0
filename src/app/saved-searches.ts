import { UserError } from '../model/diagnostic.ts';
import type { SavedRun, SavedSearch } from '../model/saved-search.ts';
import { parse } from '../query/parser.ts';
import type { Resolver } from '../query/resolver.ts';
import type { CaseStore } from '../store/store.ts';
import { foldName } from './folded-name.ts';
import { personName } from './person.ts';
import { readQuery } from './query-binding.ts';
import { listedNames } from './word-lists.ts';

/** A saved search as lists give it. */
export interface ListedSearch extends SavedSearch {
  /** How a query asks for it. */
  readonly ask: string;
  readonly lastRun?: Omit<SavedRun, 'name' | 'seen'>;
}

/** The saved searches that a query names. */
export interface SavedNames {
  readonly saved: Resolver['saved'];
  /** The saved search that is all of the query. */
  readonly asked?: SavedSearch;
}

const noNames: SavedNames = { saved: () => undefined };

/** What the names behind `saved:` in a query stand for. The store is only asked where there are any. */
export async function savedIn(store: CaseStore, query: string): Promise<SavedNames> {
  if (!/saved:/i.test(query)) return noNames;
  const searches = await store.savedSearches();
  const saved = (name: string) => findByName(searches, name);
  const [, quoted, plain] = /^\s*saved:(?:"([^"]+)"|(\S+))\s*$/i.exec(query) ?? [];
  const asked = saved(quoted ?? plain ?? '');
  return { saved, ...(asked === undefined ? {} : { asked }) };
}

/** Everything that the names in queries stand for. */
export async function resolverOf(store: CaseStore): Promise<Resolver> {
  const searches = await store.savedSearches();
  return { ...(await listedNames(store)), saved: (name) => findByName(searches, name) };
}

function findByName(searches: readonly SavedSearch[], name: string): SavedSearch | undefined {
  return searches.find((search) => foldName(search.name) === foldName(name));
}

export interface SearchToSave extends Pick<SavedSearch, 'name' | 'query' | 'reading'> {
  readonly note?: string;
}

export interface SaveResult {
  readonly saved: ListedSearch;
  /** What the name stood for before, when that was another query. */
  readonly before?: SavedSearch;
}

/**
 * Keeps a query under a name. A name that is taken stands for the new query from then on.
 * @throws UserError when the name cannot be one, or the query cannot be read or names itself.
 */
export async function saveSearch(store: CaseStore, wanted: SearchToSave): Promise<SaveResult> {
  const searches = await store.savedSearches();
  const before = findByName(searches, wanted.name);
  const name = before?.name ?? checkedName(wanted.name);
  const search = {
    ...wanted,
    name,
    query: wanted.query.trim(),
    by: personName(),
    at: new Date().toISOString(),
  };
  const others = searches.filter((other) => other !== before);
  const names = await listedNames(store);
  const saved = (asked: string) => findByName([...others, search], asked);
  readQuery(search.query, { ...search.reading, resolver: { ...names, saved } });
  await store.write(() => store.putSavedSearch(search));
  const replaced = before !== undefined && !isSameSearch(before, search);
  return { saved: await listed(store, search), ...(replaced ? { before } : {}) };
}

export function isSameSearch(one: SavedSearch, other: SavedSearch): boolean {
  const meaning = ({ query, reading: { scope, any, stem } }: SavedSearch) =>
    JSON.stringify([query, scope, any, stem]);
  return meaning(one) === meaning(other);
}

/** @throws UserError when there is no such search, or others are made of it. */
export async function forgetSearch(store: CaseStore, name: string): Promise<SavedSearch> {
  const searches = await store.savedSearches();
  const search = findByName(searches, name);
  if (search === undefined) {
    throw new UserError(`There is no saved search “${name}”.`, { hint: 'See them with pincite searches.' });
  }
  const users = usersOf(searches, search);
  if (users.length > 0) {
    throw new UserError(`The saved search “${search.name}” is part of ${users.join(', ')}.`, {
      hint: 'Save those without it first.',
    });
  }
  await store.write(() => store.removeSavedSearch(search.name));
  return search;
}

/** The saved searches that could not be read without another one. */
function usersOf(searches: readonly SavedSearch[], used: SavedSearch): readonly string[] {
  const uses = (search: SavedSearch): boolean => {
    let found = false;
    const saved = (name: string) => {
      const meant = findByName(searches, name);
      if (meant === used) found = true;
      return meant;
    };
    // Only the names matter here: what else is wrong with a query is said when it is asked.
    parse(search.query, { resolver: { saved, alias: () => undefined, synonyms: () => undefined } });
    return found;
  };
  return searches.filter((search) => search !== used && uses(search)).map(({ name }) => askFor(name));
}

/** Every saved search, by name. */
export async function savedSearchesOf(store: CaseStore): Promise<readonly ListedSearch[]> {
  const searches: ListedSearch[] = [];
  for (const search of await store.savedSearches()) searches.push(await listed(store, search));
  return searches;
}

async function listed(store: CaseStore, search: SavedSearch): Promise<ListedSearch> {
  const run = await store.lastRun(search.name);
  const ask = askFor(search.name);
  if (run === undefined) return { ...search, ask };
  const { at, by, hits } = run;
  return { ...search, ask, lastRun: { at, by, hits } };
}

function askFor(name: string): string {
  return `saved:${/\s/.test(name) ? `"${name}"` : name}`;
}

function checkedName(text: string): string {
  const name = text.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._/-]*$/u.test(name) && name.length <= 100) return name;
  throw new UserError(`“${text}” cannot be the name of a saved search.`, {
    hint: 'A name is letters, digits, spaces, dots and dashes: phone-calls.',
  });
}
