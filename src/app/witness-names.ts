import { compareCodeUnits } from '../model/code-unit-order.ts';
/** A name under which somebody gave evidence, and why it is taken for another name of the same person. */
export interface JoinedName {
  readonly name: string;
  /** Absent for the name that the person goes by. */
  readonly because?: string;
}

/** One person, as far as names can tell. */
export interface NamedPerson {
  /** The fullest name first, then the others by code units. */
  readonly names: readonly JoinedName[];
  /** Fullest names of others who may be the same person: too little speaks for it to join them. */
  readonly mayBe: readonly string[];
  /** Folded, for sorting; the whole name of somebody known by a cipher. */
  readonly surname: string;
}

/** A name taken apart, folded to small letters without marks. */
interface NameParts {
  readonly name: string;
  readonly surname: string;
  readonly forenames: readonly string[];
  /** A collar or shoulder number. */
  readonly number?: string;
  readonly sex?: 'male' | 'female';
  readonly callings: ReadonlySet<Calling>;
}

type Calling = 'police' | 'doctor';

const male = new Set('mr sir lord master father brother'.split(' '));
const female = new Set('mrs ms miss lady dame baroness sister madam wpc wdc'.split(' '));
const police = new Set(
  (
    'pc wpc dc wdc ds ps di dci dsi dsu dcs tdc tdi acc dac dcc cc pcso constable detective sergeant sgt inspector insp ' +
    'superintendent supt commander officer chief trooper'
  ).split(' '),
);
const doctor = new Set('dr doctor prof professor'.split(' '));
const otherTitles = new Set(
  (
    'the rev reverend canon judge justice councillor cllr captain capt major colonel col lieutenant lt corporal cpl private ' +
    'pte general brigadier admiral agent witness soldier nurse acting assistant deputy temporary former retired'
  ).split(' '),
);
const postNominals = new Set('kc qc sc esq esquire cbe obe mbe kbe qpm cqpm jr sr mp msp md phd'.split(' '));
/** Words that begin a surname of several words. */
const particles = new Set('de da di du del della der den la le van von bin al el st'.split(' '));

/**
 * Brings the names of one person together, and only where that is safe: the same forename and surname; the same number
 * and surname; or a part of a name (a surname, with a title or initials) that only one person in the list can have. Two
 * numbers, Mr and Mrs, or initials that differ keep names apart; so does a part that fits several. What decides is
 * said of each name. The same set of names gives the same persons in the same order: by surname, then name.
 */
export function joinNames(found: Iterable<string>): readonly NamedPerson[] {
  const groups = groupSameWords(found);
  const full = groups.filter(({ parts }) => hasForename(parts));
  const partial = groups.filter(({ parts }) => !hasForename(parts));
  const persons = joinFullNames(full);
  for (const group of partial.sort((a, b) => knownOf(b.parts) - knownOf(a.parts) || byName(a, b)))
    place(group, persons);
  return persons
    .map(named)
    .sort((a, b) => compareCodeUnits(a.surname, b.surname) || compareCodeUnits(nameOf(a), nameOf(b)));
}

/** Names of the same words, whatever their capitals and stops. */
interface SameWords {
  readonly parts: NameParts;
  readonly names: readonly string[];
}

interface Person {
  readonly members: { readonly group: SameWords; readonly because: string }[];
  readonly mayBe: Set<Person>;
}

function groupSameWords(found: Iterable<string>): SameWords[] {
  const groups = new Map<string, { parts: NameParts; names: string[] }>();
  for (const name of [...new Set(found)].sort(compareCodeUnits)) {
    const key = tokensOf(name).join(' ');
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { parts: takeApart(name), names: [name] });
    else known.names.push(name);
  }
  return [...groups.values()];
}

function joinFullNames(groups: readonly SameWords[]): Person[] {
  const buckets = new Map<string, SameWords[]>();
  for (const group of groups) {
    const key = `${group.parts.forenames[0]} ${group.parts.surname}`;
    buckets.set(key, [...(buckets.get(key) ?? []), group]);
  }
  return [...buckets.values()].flatMap((bucket) => {
    const agree = bucket.every((a) => bucket.every((b) => !contradict(a.parts, b.parts)));
    if (agree) return [personOf(bucket, 'the same forename and surname')];
    return apart(bucket.map((group) => personOf([group], '')));
  });
}

function apart(persons: readonly Person[]): readonly Person[] {
  for (const person of persons) {
    for (const other of persons) {
      if (other !== person && mayBeSame(person, other)) person.mayBe.add(other);
    }
  }
  return persons;
}

function personOf(groups: readonly SameWords[], because: string): Person {
  return { members: groups.map((group) => ({ group, because })), mayBe: new Set() };
}

/** Puts a part of a name with the one person that it can mean, or by itself. */
function place(group: SameWords, persons: Person[]): void {
  const { surname, number } = group.parts;
  const numbered = persons.filter((person) =>
    partsOf(person).some(
      (parts) => number !== undefined && parts.number === number && parts.surname === surname,
    ),
  );
  const fitting = persons.filter((person) =>
    partsOf(person).every((parts) => !contradict(parts, group.parts)),
  );
  const candidates = numbered.length === 1 ? numbered.filter((person) => fitting.includes(person)) : fitting;
  const [only] = candidates;
  if (
    only !== undefined &&
    candidates.length === 1 &&
    (numbered.length === 1 || speaksFor(only, group.parts))
  ) {
    const because =
      numbered.length === 1 ? 'the same number and surname' : 'nobody else in the case whom the name fits';
    only.members.push({ group, because });
    return;
  }
  const alone = personOf([group], '');
  for (const candidate of candidates) {
    alone.mayBe.add(candidate);
    candidate.mayBe.add(alone);
  }
  persons.push(alone);
}

/** Beside a surname alone, a title must be borne out by another name of the person: there are wives, brothers and namesakes. */
function speaksFor(person: Person, { surname, forenames, sex, callings }: NameParts): boolean {
  const known = partsOf(person);
  if (surname === '') return false;
  if (forenames.length > 0) return true;
  if (sex !== undefined && !known.some((parts) => parts.sex === sex)) return false;
  return [...callings].every((calling) => known.some((parts) => parts.callings.has(calling)));
}

function partsOf({ members }: Person): readonly NameParts[] {
  return members.map(({ group }) => group.parts);
}

function mayBeSame(a: Person, b: Person): boolean {
  return partsOf(a).every((one) => partsOf(b).every((other) => !contradict(one, other)));
}

/** Whether two names cannot be one person's, or say nothing of each other. */
function contradict(a: NameParts, b: NameParts): boolean {
  if (a.surname !== b.surname || a.surname === '') return true;
  if (a.number !== undefined && b.number !== undefined && a.number !== b.number) return true;
  if (a.sex !== undefined && b.sex !== undefined && a.sex !== b.sex) return true;
  return a.forenames.some((forename, index) => {
    const other = b.forenames[index];
    if (other === undefined) return false;
    return forename.length > 1 && other.length > 1 ? forename !== other : forename[0] !== other[0];
  });
}

function hasForename({ forenames }: NameParts): boolean {
  return (forenames[0]?.length ?? 0) > 1;
}

function knownOf({ number, forenames, sex, callings }: NameParts): number {
  return (number === undefined ? 0 : 8) + forenames.length * 2 + (sex === undefined ? 0 : 1) + callings.size;
}

function named(person: Person): NamedPerson {
  const members = [...person.members].sort(
    ({ group: a }, { group: b }) =>
      b.parts.forenames.join('').length - a.parts.forenames.join('').length ||
      knownOf(b.parts) - knownOf(a.parts) ||
      byName(a, b),
  );
  const names = members.flatMap(({ group, because }) => group.names.map((name) => ({ name, because })));
  const [first, ...others] = names;
  return {
    names: [
      { name: first?.name ?? '' },
      ...others.map(({ name, because }) => ({ name, because: because || 'the same words' })),
    ],
    mayBe: [...person.mayBe].map((other) => other.members[0]?.group.names[0] ?? '').sort(compareCodeUnits),
    surname: members[0]?.group.parts.surname || tokensOf(first?.name ?? '').join(' '),
  };
}

function nameOf({ names }: NamedPerson): string {
  return names[0]?.name ?? '';
}

function byName(a: SameWords, b: SameWords): number {
  return compareCodeUnits(a.names[0] ?? '', b.names[0] ?? '');
}

/** Folded words of a name in the order forenames, surname; what stands in brackets and behind the name is dropped. */
function tokensOf(name: string): readonly string[] {
  const folded = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ')
    .replace(/['’‘`‐‑-]/g, '');
  const [head = '', ...rest] = folded.split(',').map(wordsOf);
  const behind = rest.flat().filter((word) => !postNominals.has(word));
  const words = head.length === 1 ? [...behind, ...head] : [...head, ...behind];
  return words.filter((word) => !postNominals.has(word));
}

/** Initials may be written together: "J.R. Smith". */
function wordsOf(text: string): string[] {
  return text
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}

function takeApart(name: string): NameParts {
  const tokens = tokensOf(name);
  const callings = new Set<Calling>();
  let sex: NameParts['sex'];
  let number: string | undefined;
  let at = 0;
  for (; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    if (/^\d+[a-z]?$/.test(token)) number = token;
    else if (!isTitle(token)) break;
    if (male.has(token)) sex = 'male';
    if (female.has(token)) sex = 'female';
    if (police.has(token)) callings.add('police');
    if (doctor.has(token)) callings.add('doctor');
  }
  return {
    name,
    ...namesOf(tokens.slice(at)),
    callings,
    ...(number === undefined ? {} : { number }),
    ...(sex === undefined ? {} : { sex }),
  };
}

function isTitle(token: string): boolean {
  return (
    male.has(token) || female.has(token) || police.has(token) || doctor.has(token) || otherTitles.has(token)
  );
}

/** A cipher ("Officer A12", "Witness B") has no surname: it means only itself. */
function namesOf(words: readonly string[]): Pick<NameParts, 'surname' | 'forenames'> {
  const last = words.length - 1;
  const surname = words[last] ?? '';
  if (surname.length < 2 || /\d/.test(surname)) return { surname: '', forenames: [] };
  let from = last;
  while (from > 1 && particles.has(words[from - 1] ?? '')) from -= 1;
  return { surname: words.slice(from).join(' '), forenames: words.slice(0, from) };
}
