import type { Place } from '../model/place.ts';
import { type CitationTemplate, fillTemplate } from './citation-template.ts';
import {
  type CitedDocument,
  messageName,
  titleOf,
  titleSaysDay,
  writtenDate,
  writtenMoment,
} from './cited-document.ts';
import { type Whereabouts, type WhereaboutsStyle, whereaboutsOf, zoneNames } from './whereabouts.ts';

export const citationStyles = ['default', 'inquiry', 'oscola', 'short'] as const;
export type NamedCitationStyle = (typeof citationStyles)[number];
/** One of the named styles, or a template of the user's own (see `parseTemplate`). */
export type CitationStyle = NamedCitationStyle | CitationTemplate;

export interface CitationOptions {
  /** Set when more than one paragraph of the document carries this number (`PlaceIndex.isRepeated`). */
  readonly paragraphRepeated?: boolean;
}

/**
 * The text by which people cite a place. Says when there is no printed page, when the layout is unsure and when a
 * number is doubtful; never invents one.
 */
export function citationOf(
  document: CitedDocument,
  place: Place,
  style: CitationStyle = 'default',
  options: CitationOptions = {},
): string {
  const paragraphRepeated = options.paragraphRepeated ?? false;
  const put = (given: Partial<WhereaboutsStyle>) =>
    whereaboutsOf(document, place, { ...plainStyle, paragraphRepeated, ...given });
  switch (style) {
    case 'default':
      return defaultCitation(document, put({}));
    case 'inquiry':
      return inquiryCitation(document, place, put({ dash: '-', pages: ['', ''] }));
    case 'oscola':
      return oscolaCitation(
        document,
        put({ pages: ['', ''], squareParagraphs: document.kind === 'judgment' }),
      );
    case 'short':
      return join(', ', shortName(document), suffixed(put({})));
    default:
      return fillTemplate(style, document, place, put({})) ?? defaultCitation(document, put({}));
  }
}

/** The text by which people cite a document as a whole: a citation without a place. */
export function citationOfDocument(document: CitedDocument, style: CitationStyle = 'default'): string {
  return citationOf(document, { kind: 'testimony', zone: 'body', role: 'other' }, style);
}

const plainStyle: WhereaboutsStyle = {
  dash: '–',
  pages: ['p', 'pp'],
  squareParagraphs: false,
  paragraphRepeated: false,
};

/** "Inquest transcript, Day 12, 45:12–14 (PC Adams)"; "Statement of PC Adams (2015), para 12"; "E-mail from A to B, 3 May 2015 at 10.14, line 12". */
function defaultCitation(document: CitedDocument, where: Whereabouts): string {
  return join(', ', leadOf(document), suffixed(where));
}

function leadOf(document: CitedDocument): string {
  const message = messageName(document);
  if (message !== undefined) return join(', ', message, writtenMoment(document) ?? '');
  const title = titleOf(document);
  if (document.kind !== 'hearing') return withYear(title, document.date);
  if (document.day !== undefined) return titleSaysDay(document) ? title : `${title}, Day ${document.day}`;
  return document.date === undefined ? title : `${title}, ${writtenDate(document.date)}`;
}

function withYear(title: string, date: string | undefined): string {
  const year = date?.slice(0, 4);
  return year === undefined || title.includes(year) ? title : `${title} (${year})`;
}

/** `{Day12/45:12-46:3}`, `{INQ000123_0004}`, `{INQ000123/para 12}`. */
function inquiryCitation(document: CitedDocument, place: Place, where: Whereabouts): string {
  const name = document.day === undefined ? (document.reference ?? titleOf(document)) : `Day${document.day}`;
  const onlyPage = place.kind === 'page' || place.kind === 'block';
  const stamped = place.stamp !== undefined && document.day === undefined;
  const inside = stamped
    ? join('/', place.stamp ?? '', onlyPage ? '' : where.place)
    : join('/', name.replace(/[{}]/g, ''), where.place);
  const needed = stamped ? where.remarks.filter((remark) => remark === zoneNames[place.zone]) : where.remarks;
  return `{${inside}}${remarks({ ...where, remarks: needed })}`;
}

/** Without points and commas, as OSCOLA (4th ed., 1.3 and 3.8) has it: "Title (Day 12, 5 November 2021) 45:12–14". */
function oscolaCitation(document: CitedDocument, where: Whereabouts): string {
  const { day, date } = document;
  const name = messageName(document)?.replace('E-mail', 'Email') ?? titleOf(document);
  const days = document.kind !== 'hearing' || day === undefined || titleSaysDay(document) ? '' : `Day ${day}`;
  const when = date === undefined || name.includes(date.slice(0, 4)) ? '' : writtenDate(date);
  const bracket = join(', ', days, when);
  return join(' ', name, bracket === '' ? '' : `(${bracket})`, suffixed(where));
}

/** "Day 12", "INQ000123", else the title. */
function shortName(document: CitedDocument): string {
  if (document.kind === 'hearing' && document.day !== undefined) return `Day ${document.day}`;
  return document.reference ?? messageName(document) ?? titleOf(document);
}

function suffixed(where: Whereabouts): string {
  return `${where.place}${where.speaker === undefined ? '' : ` (${where.speaker})`}${remarks(where)}`.trim();
}

function remarks({ remarks: facts, doubts }: Whereabouts): string {
  const said = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return doubts.length === 0 ? said : `${said} [${doubts.join('; ')}]`;
}

function join(separator: string, ...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(separator);
}
