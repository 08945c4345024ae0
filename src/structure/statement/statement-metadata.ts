import type { DocumentMetadata } from '../../model/document.ts';
import { closingLines, openingLines } from '../cues.ts';
import { findDates, firstDate } from '../dates.ts';
import type { LayoutLine } from '../layout.ts';
import type { ParagraphedDocument } from '../numbered-document.ts';

/**
 * Witness, date and exhibits, as far as the statement says them. Where statements of several people are in one file, all
 * whose names can be read are its witnesses, and none of their dates is the file's.
 */
export function statementMetadata(document: ParagraphedDocument): DocumentMetadata {
  const forms = formNames(document);
  const first = witnessName(document);
  const names = distinct(forms.length > 1 && forms[0] === undefined ? forms : [first, ...forms]);
  const exhibits = findExhibits(document.layout.text);
  const several = names.length > 1 || (names.length === 1 && forms.length > 1 && forms.includes(undefined));
  const date = several ? undefined : statementDate(document);
  return {
    ...(several ? namesOf(names, forms.includes(undefined)) : nameOf(names[0])),
    ...(date === undefined ? {} : { date }),
    ...(exhibits.length === 0 ? {} : { exhibits }),
  };
}

function nameOf(name: string | undefined): DocumentMetadata {
  if (name === undefined) return {};
  return { title: `Statement of ${name}`, author: name, witnesses: [{ name, examiners: [] }] };
}

function namesOf(names: readonly string[], isOneUnread: boolean): DocumentMetadata {
  const all = isOneUnread ? [...names, 'others'] : names;
  const title = `Statements of ${all.slice(0, -1).join(', ')} and ${all.at(-1) ?? ''}`;
  return { title, witnesses: names.map((name) => ({ name, examiners: [] })) };
}

/** What the form of a statement begins with, and what stands on it within so many lines below. */
const formLabel =
  /^(?:witness(?:['’]s)?\s+name\s*:|(?:witness\s+)?statement\s+of\s*(?:witness\s*)?:|witness\s+statement\s+of\b)\s*(?!truth\b|facts?\b)/i;
const formField =
  /\b(?:age if (?:under|over)|occupation\s*:|statement no|this statement \(?consisting)|\bwill say as follows\b/i;
const formLines = 8;

/** The names on all forms of statements, in their order: undefined where none can be read, as where it is blacked out. */
function formNames({ lines }: ParagraphedDocument): (string | undefined)[] {
  const names: (string | undefined)[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const [at, { line }] of lines.entries()) {
    if (!/^\s*(?:witness|statement)/i.test(line.text)) continue;
    const text = firstColumn(line);
    const label = formLabel.exec(text)?.[0];
    if (label === undefined) continue;
    const name = cleanName(text.slice(label.length));
    const below = lines.slice(at + 1, at + 1 + formLines);
    // A form may say the name twice: at its head, and in its title.
    const isSameForm =
      at - last <= formLines &&
      (name === undefined || names.at(-1) === undefined || isSamePerson(names.at(-1) ?? '', name));
    if (!below.some((other) => formField.test(other.line.text))) continue;
    if (isSameForm) names[names.length - 1] ??= name;
    else names.push(name);
    last = at;
  }
  return names;
}

function distinct(names: readonly (string | undefined)[]): string[] {
  const found: string[] = [];
  for (const name of names) {
    if (name !== undefined && !found.some((known) => isSamePerson(known, name))) found.push(name);
  }
  return found;
}

const rank =
  /^(?:police|detective|constable|sergeant|inspector|chief|superintendent|officer|doctor|mrs?|miss|the)$/;

/** Forms write one name in several ways, "PC 4417 Fenn", "Ana FENN", "Fenn, Ana"; a family shares one word of theirs. */
function isSamePerson(a: string, b: string): boolean {
  const [one, other] = [a, b].map(
    (name): readonly string[] =>
      name
        .toLowerCase()
        .match(/\p{L}{3,}/gu)
        ?.filter((word) => !rank.test(word)) ?? [],
  );
  const shared = one?.filter((word) => other?.includes(word)) ?? [];
  const most = Math.min(one?.length ?? 0, other?.length ?? 0);
  return shared.length > 0 && (shared.length === most || shared.length > 1);
}

const namePatterns: readonly RegExp[] = [
  /^witness(?:['’]s)?\s+name\s*:?\s+(.+)$/i,
  /^(?:[\w]+\s+)?(?:witness\s+)?statement\s+of\s*:?\s+(?!truth\b|witness\b|facts?\b|case\b|the\b)(.+)$/i,
  /^(?:full\s+)?name\s*(?:of witness)?\s*:\s*(.+)$/i,
  /^(?:\d+\.?\s+)?I,?\s+((?:\p{Lu}[\p{L}\p{N}'’.-]*\s+){0,5}\p{Lu}[\p{L}\p{N}'’.-]*),?\s+(?:of\b|will say|state|make|am\b|say)/u,
];
const labelAlone = /^(?:witness(?:['’]s)?\s+name|(?:witness\s+)?statement\s+of)\s*:?$/i;

function witnessName(document: ParagraphedDocument): string | undefined {
  const lines = document.lines.slice(0, 60).map(({ line }) => firstColumn(line));
  for (const pattern of namePatterns) {
    for (const line of lines) {
      const name = cleanName(pattern.exec(line)?.[1] ?? '');
      if (name !== undefined) return name;
    }
  }
  const label = lines.findIndex((line) => labelAlone.test(line));
  return label < 0 ? undefined : cleanName(lines[label + 1] ?? '');
}

/** Forms set several fields on a line. A gap behind a field's name is no end. */
function firstColumn({ text, gaps }: LayoutLine): string {
  const ends = gaps?.map(({ at }) => at).filter((at) => !/:\s*$/.test(text.slice(0, at))) ?? [];
  const cut = text.slice(0, ends[0] ?? text.length);
  return (/^(.*?\S)\s{4,}/.exec(cut.replace(/:\s+/g, ': '))?.[1] ?? cut).trim().replace(/:\s+/g, ': ');
}

/** A name is a few words with capitals; leaders, fields and brackets behind it are cut off. */
function cleanName(text: string): string | undefined {
  const name = text
    .replace(/[._…]{3,}/g, ' ')
    .replace(/\b(?:age|urn|dated?|occupation|dob|date of birth)\b.*$/i, '')
    .replace(/,?\s+(?:made|dated|given|taken|aged|born)\b.*$/i, '')
    .replace(/\s*[([].*$/, '')
    .replace(/\s+/g, ' ')
    .replace(/[\s,;:.]+$/, '')
    .trim();
  const words = name.split(' ');
  return name !== '' && words.length <= 7 && /^\p{Lu}/u.test(name) && /\p{L}{2}/u.test(name)
    ? name
    : undefined;
}

/** "Dated …", "Date: …", "made on …" at the head or the foot of a statement. */
const dateLabel = /(?:^|\s)dated?\s*:|^(?:this statement is |statement )?dated\b|\bmade on\b/i;

/** The last date that is said to be the statement's, else the first one of its heading. */
function statementDate(document: ParagraphedDocument): string | undefined {
  const edges = [...openingLines(document, 30), ...closingLines(document, 40)];
  const said = edges.filter((line) => dateLabel.test(line) && line.length <= 120);
  const dates = said.flatMap((line) => findDates(line.slice(line.search(dateLabel))).slice(0, 1));
  return (
    dates.at(-1)?.iso ??
    openingLines(document, 15)
      .map(firstDate)
      .find((date) => date !== undefined)
  );
}

const exhibitReference = /\b([A-Z]{2,5})\s?\/\s?(\d{1,4}[A-Z]?)\b/g;
/** How far behind "exhibit" or "produce" a reference may stand. */
const exhibitReach = 160;

/** Exhibits that the statement names, in the order of the text: `AB/1`. */
export function findExhibits(text: string): string[] {
  const found = new Set<string>();
  for (const cue of text.matchAll(/\b(?:exhibits?|produced?|producing|marked|labelled)\b/gi)) {
    const stretch = text.slice(cue.index, cue.index + exhibitReach);
    for (const [, initials = '', number = ''] of stretch.matchAll(exhibitReference))
      found.add(`${initials}/${number}`);
  }
  return [...found];
}
