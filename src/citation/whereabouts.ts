import type { Doubt, Markup, Place, Zone } from '../model/place.ts';
import { type CitedDocument, isUnsure, writtenDate } from './cited-document.ts';
import { counted, lineRange } from './ranges.ts';

/** What a citation says of a place: the place itself, who speaks there, and what a reader must know of it. */
export interface Whereabouts {
  /** `45:12–14`, `paras 12–14`, `p 3`; empty when nothing is known. */
  readonly place: string;
  readonly speaker?: string;
  /** Facts for the reader: `sheet 5`, `no printed page`, `note`. */
  readonly remarks: readonly string[];
  readonly doubts: readonly string[];
}

export interface WhereaboutsStyle {
  readonly dash: string;
  /** Words before page numbers: one and several; empty for bare numbers. */
  readonly pages: readonly [string, string];
  /** Judgments are cited as [12] rather than para 12. */
  readonly squareParagraphs: boolean;
  /** Whether a paragraph's number comes more than once, so that its page or heading must be given too. */
  readonly paragraphRepeated: boolean;
}

/** What a citation says of a place that may be wrong. */
export const doubtSentences: Readonly<Record<Doubt, string>> = {
  'line-repaired': 'line number repaired',
  'line-missing': 'a line number is missing near here',
  'line-repeated': 'line number printed twice',
  'line-out-of-order': 'line numbers out of order',
  'page-missing': 'a page number is missing near here',
  'page-repeated': 'page number printed twice',
  'page-out-of-order': 'page numbers out of order',
  'no-examiner': 'questioner not known',
  'no-witness': 'witness not known',
  'two-numberings': 'two page numberings',
  'kind-unsure': 'layout unsure',
  'paragraph-out-of-order': 'paragraph numbers out of order',
  'speaker-unsure': 'speaker not certain',
};

/** What a citation calls text that is not the body's. */
export const zoneNames: Readonly<Record<Zone, string | undefined>> = {
  body: undefined,
  header: 'running head',
  note: 'note',
  comment: 'comment',
  stamp: 'stamp',
  hidden: 'hidden text',
  deleted: 'deleted text',
};

/**
 * Puts a place into words. A document whose kind is unsure is cited by sheet and line where there are any; a printed
 * page that was not found is never invented.
 */
export function whereaboutsOf(document: CitedDocument, place: Place, style: WhereaboutsStyle): Whereabouts {
  const unsure = isUnsure(document) || place.doubt === 'kind-unsure';
  const sheet = unsure && 'sheet' in place && place.sheet !== undefined ? place.sheet : undefined;
  const base = sheet === undefined ? inWords(document, place, style) : bySheet(sheet, place, []);
  const zone = zoneNames[place.zone];
  const remarks = [...(zone === undefined ? [] : [zone]), ...markupRemarks(place), ...base.remarks];
  const doubts = new Set<string>();
  if (unsure) doubts.add(doubtSentences['kind-unsure']);
  if (place.doubt !== undefined) doubts.add(doubtSentences[place.doubt]);
  const speaker = place.kind === 'testimony' && sheet === undefined ? place.speaker : undefined;
  return { ...base, remarks, doubts: [...doubts], ...(speaker === undefined ? {} : { speaker }) };
}

/** Who changed the text or commented on it, and when: `inserted by A. Clerk on 4 March 2020`. */
function markupRemarks({ markup, zone }: Place): readonly string[] {
  if (markup === undefined) return [];
  const { kind, about, resolved } = markup;
  // What the zone says already is not said again.
  const said = zone === 'comment' || (zone === 'deleted' && kind === 'deleted') ? '' : kind;
  const remark = [said, signature(markup)].filter((part) => part !== '').join(' ');
  return [
    ...(remark === '' ? [] : [remark]),
    ...(about === undefined ? [] : [`on “${about.replaceAll(/[()\s]+/g, ' ').trim()}”`]),
    ...(resolved === undefined ? [] : ['resolved']),
  ];
}

/** Round brackets would end the remark. */
function signature({ by, at }: Markup): string {
  const name = by?.replaceAll(/[()\s]+/g, ' ').trim() ?? '';
  const date = at === undefined ? '' : writtenDate(at);
  return [name === '' ? '' : `by ${name}`, date === '' ? '' : `on ${date}`]
    .filter((part) => part !== '')
    .join(' ');
}

type Base = Pick<Whereabouts, 'place' | 'remarks'>;

function inWords({ kind }: CitedDocument, place: Place, style: WhereaboutsStyle): Base {
  switch (place.kind) {
    case 'testimony':
    case 'page':
      return onPaper(place, style);
    case 'paragraph':
      return paragraphInWords(place, style);
    case 'block':
      return entryInWords(kind, place) ?? besideRows(kind, place) ?? blockInWords(place, style);
    case 'message':
      return { place: messageInWords(place, style.dash), remarks: [] };
    case 'row':
      return {
        place: inWorksheet(place.worksheet, counted(['row', 'rows'], place.row, place.endRow, style.dash)),
        remarks: [],
      };
    case 'line': {
      const lines = counted(['line', 'lines'], place.line, place.endLine, style.dash);
      return entryInWords(kind, place, [lines]) ?? { place: lines, remarks: [] };
    }
  }
}

type OnPaper = Place & { kind: 'testimony' | 'page' };

function onPaper(place: OnPaper, style: WhereaboutsStyle): Base {
  const { page, line, endPage, endLine, sheet } = place;
  if (page !== undefined && line !== undefined)
    return { place: lineRange({ page, line, endPage, endLine }, style.dash), remarks: [] };
  if (page !== undefined) return { place: pages(page, endPage, style), remarks: otherSheet(page, sheet) };
  if (sheet !== undefined) return bySheet(sheet, place, ['no printed page']);
  if (line === undefined) return { place: '', remarks: [] };
  return { place: counted(['line', 'lines'], line, endLine, style.dash), remarks: ['no printed page'] };
}

function bySheet(sheet: number, place: Place, remarks: readonly string[]): Base {
  const endSheet = place.kind === 'page' ? place.endSheet : undefined;
  const { line, endLine } = 'line' in place ? place : {};
  const lines =
    line === undefined || endSheet !== undefined
      ? ''
      : `, ${counted(['line', 'lines'], line, lineOnPage(place, endLine))}`;
  return { place: `${counted(['sheet', 'sheets'], sheet, endSheet)}${lines}`, remarks };
}

/** A last line that stands on another page says nothing beside the first one. */
function lineOnPage(place: Place, endLine: number | undefined): number | undefined {
  return 'endPage' in place && place.endPage !== place.page ? undefined : endLine;
}

function pages(page: number, endPage: number | undefined, { pages: words, dash }: WhereaboutsStyle): string {
  return counted(words, page, endPage, dash).trimStart();
}

/** The sheet is said only where a viewer's page number would mislead. */
function otherSheet(page: number, sheet: number | undefined): readonly string[] {
  return sheet === undefined || sheet === page ? [] : [`sheet ${sheet}`];
}

function paragraphInWords(place: Place & { kind: 'paragraph' }, style: WhereaboutsStyle): Base {
  const { heading } = place;
  const [paragraph, endParagraph] = paragraphSpan(place.paragraph, place.endParagraph);
  const remarks: string[] = [];
  if (style.paragraphRepeated) {
    if (heading !== undefined) remarks.push(`under “${heading}”`);
    remarks.push(...pageRemarks(place));
  }
  if (!style.squareParagraphs)
    return { place: counted(['para', 'paras'], paragraph, endParagraph, style.dash), remarks };
  const last =
    endParagraph === undefined || endParagraph === paragraph ? '' : `${style.dash}[${endParagraph}]`;
  return { place: `[${paragraph}]${last}`, remarks };
}

/** A stretch from a paragraph into its parts, or out of them into what follows, is in that paragraph. */
function paragraphSpan(first: string, last: string | undefined): readonly [string, string?] {
  if (last === undefined || last.startsWith(`${first}(`)) return [first];
  return first.startsWith(`${last}(`) ? [last] : [first, last];
}

/** A log's entries are known by their time. */
function entryInWords(
  kind: CitedDocument['kind'],
  place: Place & { kind: 'block' | 'line' },
  remarks: readonly string[] = place.kind === 'block' ? pageRemarks(place) : [],
): Base | undefined {
  if (kind !== 'log' || place.heading === undefined) return undefined;
  return { place: `entry ${place.heading}`, remarks };
}

/** A file that is one table has no worksheet to name. */
function inWorksheet(worksheet: string, rows: string): string {
  return worksheet === '' ? rows : `worksheet ‘${worksheet}’, ${rows}`;
}

/** What stands in a worksheet outside its rows: its name, the words of a drawing. */
function besideRows(kind: CitedDocument['kind'], place: Place & { kind: 'block' }): Base | undefined {
  if (kind !== 'table' || place.heading === undefined) return undefined;
  return { place: `worksheet ‘${place.heading}’`, remarks: ['outside its rows'] };
}

/** The page beside a place that is cited by something else. */
function pageRemarks({ page, sheet }: Place & { kind: 'paragraph' | 'block' }): readonly string[] {
  if (page !== undefined) return [`p ${page}`, ...otherSheet(page, sheet)];
  return sheet === undefined ? [] : [`sheet ${sheet}`, 'no printed page'];
}

function blockInWords(place: Place & { kind: 'block' }, style: WhereaboutsStyle): Base {
  const { page, endPage, sheet, ordinal, endOrdinal } = place;
  if (page !== undefined) return { place: pages(page, endPage, style), remarks: otherSheet(page, sheet) };
  if (sheet !== undefined) return bySheet(sheet, place, ['no printed page']);
  const words = ['unnumbered paragraph', 'unnumbered paragraphs'] as const;
  return { place: counted(words, ordinal, endOrdinal, style.dash), remarks: [] };
}

function messageInWords({ part, line, endLine }: Place & { kind: 'message' }, dash: string): string {
  const lines = counted(['line', 'lines'], line, endLine, dash);
  return part === 'body' ? lines : `${part === 'quoted' ? 'quoted text' : 'header'}, ${lines}`;
}
