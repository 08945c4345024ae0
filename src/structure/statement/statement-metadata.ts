import type { DocumentMetadata } from '../../model/document.ts';
import { closingLines, openingLines } from '../cues.ts';
import { findDates, firstDate } from '../dates.ts';
import type { LayoutLine } from '../layout.ts';
import type { ParagraphedDocument } from '../numbered-document.ts';

/** Witness, date and exhibits, as far as the statement says them. */
export function statementMetadata(document: ParagraphedDocument): DocumentMetadata {
  const name = witnessName(document);
  const date = statementDate(document);
  const exhibits = findExhibits(document.layout.text);
  return {
    ...(name === undefined
      ? {}
      : { title: `Statement of ${name}`, author: name, witnesses: [{ name, examiners: [] }] }),
    ...(date === undefined ? {} : { date }),
    ...(exhibits.length === 0 ? {} : { exhibits }),
  };
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
