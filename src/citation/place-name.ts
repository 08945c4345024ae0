import type { Zone } from '../model/place.ts';

type OtherZone = Exclude<Zone, 'body'>;
export type MessagePart = 'header' | 'body' | 'quoted';

/**
 * One end of a place, as a reference names it. Numbers count from 1. `label` is a paragraph's printed number in the
 * letters of a reference (see `labelOfParagraph`).
 */
export type Anchor =
  /** `45:12`, `s12.45:12`: printed page and line. */
  | { readonly type: 'line'; readonly page: number; readonly line: number; readonly sheet?: number }
  /** `45`, `s12.45`: a whole printed page. */
  | { readonly type: 'page'; readonly page: number; readonly sheet?: number }
  /** `s12:5`: a printed line on a sheet without printed page. */
  | { readonly type: 'sheet-line'; readonly sheet: number; readonly line: number }
  /** `s12`: a whole sheet. */
  | { readonly type: 'sheet'; readonly sheet: number }
  /** `p12`, `p4.7_a`, `s3.p12`: a numbered paragraph. */
  | { readonly type: 'paragraph'; readonly label: string; readonly sheet?: number }
  /** `b17`: a paragraph without a number. */
  | { readonly type: 'block'; readonly ordinal: number }
  /** `r2.15`: row 15 of the second worksheet. */
  | { readonly type: 'row'; readonly worksheet: number; readonly row: number }
  /** `mh3`, `mb12`, `mq40`: a line of a message, in its header, body or a quoted part. Lines count as `Place` has them. */
  | { readonly type: 'message'; readonly part: MessagePart; readonly line: number }
  /** `note2`, `s12.stamp1`: the n-th stretch of a zone, on its sheet where there are sheets. */
  | { readonly type: 'zone'; readonly zone: OtherZone; readonly ordinal: number; readonly sheet?: number }
  /** `n57`: the 57th passage of the document, where nothing better tells it apart. */
  | { readonly type: 'passage'; readonly ordinal: number }
  /** `l120`: the 120th line of the document. */
  | { readonly type: 'text-line'; readonly ordinal: number };

/** A place as a reference names it: from one anchor, or from one to another (both included). */
export interface PlaceName {
  readonly from: Anchor;
  readonly to?: Anchor;
}

const messageLetters: Readonly<Record<MessagePart, string>> = { header: 'h', body: 'b', quoted: 'q' };
const messageParts: Readonly<Record<string, MessagePart>> = { h: 'header', b: 'body', q: 'quoted' };

/** "12(a)" → "12_a", "4.7" → "4.7". Different numbers may share a label; then the label alone does not tell them apart. */
export function labelOfParagraph(paragraph: string): string {
  return paragraph.replace(/[^A-Za-z0-9.]+/g, '_').replace(/^_+|_+$/g, '');
}

/** An anchor as references write it, in characters that need no quotes in a shell: `45:12`, `s12.45:12`, `p4.7`. */
export function formatAnchor(anchor: Anchor): string {
  const sheet = 'sheet' in anchor && anchor.sheet !== undefined ? `s${anchor.sheet}` : '';
  const prefix = sheet === '' ? '' : `${sheet}.`;
  switch (anchor.type) {
    case 'line':
      return `${prefix}${anchor.page}:${anchor.line}`;
    case 'page':
      return `${prefix}${anchor.page}`;
    case 'sheet-line':
      return `${sheet}:${anchor.line}`;
    case 'sheet':
      return sheet;
    case 'paragraph':
      return `${prefix}p${anchor.label}`;
    case 'block':
      return `b${anchor.ordinal}`;
    case 'row':
      return `r${anchor.worksheet}.${anchor.row}`;
    case 'message':
      return `m${messageLetters[anchor.part]}${anchor.line}`;
    case 'zone':
      return `${prefix}${anchor.zone}${anchor.ordinal}`;
    case 'passage':
      return `n${anchor.ordinal}`;
    case 'text-line':
      return `l${anchor.ordinal}`;
  }
}

export function formatPlaceName(name: PlaceName): string {
  return name.to === undefined
    ? formatAnchor(name.from)
    : `${formatAnchor(name.from)}-${formatAnchor(name.to)}`;
}

type Groups = Readonly<Record<string, string | undefined>>;

const number = '[1-9][0-9]*';
const onSheet = `(?:s(?<sheet>${number})\\.)?`;

const rules: readonly (readonly [string, (groups: Groups) => Anchor])[] = [
  [
    `${onSheet}(?<page>${number}):(?<line>${number})`,
    (g) => ({ type: 'line', page: int(g, 'page'), line: int(g, 'line'), ...sheetOf(g) }),
  ],
  [`${onSheet}(?<page>${number})`, (g) => ({ type: 'page', page: int(g, 'page'), ...sheetOf(g) })],
  [
    `s(?<sheet>${number}):(?<line>${number})`,
    (g) => ({ type: 'sheet-line', sheet: int(g, 'sheet'), line: int(g, 'line') }),
  ],
  [`s(?<sheet>${number})`, (g) => ({ type: 'sheet', sheet: int(g, 'sheet') })],
  [
    `${onSheet}p(?<label>[A-Za-z0-9._]+)`,
    (g) => ({ type: 'paragraph', label: g['label'] ?? '', ...sheetOf(g) }),
  ],
  [`b(?<ordinal>${number})`, (g) => ({ type: 'block', ordinal: int(g, 'ordinal') })],
  [
    `r(?<worksheet>${number})\\.(?<row>${number})`,
    (g) => ({ type: 'row', worksheet: int(g, 'worksheet'), row: int(g, 'row') }),
  ],
  [
    `m(?<part>[hbq])(?<line>${number})`,
    (g) => ({ type: 'message', part: messageParts[g['part'] ?? ''] ?? 'body', line: int(g, 'line') }),
  ],
  [`${onSheet}(?<zone>header|note|comment|stamp|hidden|deleted)(?<ordinal>${number})`, zoneAnchor],
  [`n(?<ordinal>${number})`, (g) => ({ type: 'passage', ordinal: int(g, 'ordinal') })],
  [`l(?<ordinal>${number})`, (g) => ({ type: 'text-line', ordinal: int(g, 'ordinal') })],
];
const grammar = rules.map(([pattern, build]) => ({ pattern: new RegExp(`^${pattern}$`), build }));

function zoneAnchor(groups: Groups): Anchor {
  const zone = groups['zone'] as OtherZone; // the grammar lists exactly these zones
  return { type: 'zone', zone, ordinal: int(groups, 'ordinal'), ...sheetOf(groups) };
}

function int(groups: Groups, name: string): number {
  return Number(groups[name]);
}

function sheetOf(groups: Groups): { sheet?: number } {
  return groups['sheet'] === undefined ? {} : { sheet: Number(groups['sheet']) };
}

function parseAnchor(text: string): Anchor | undefined {
  for (const { pattern, build } of grammar) {
    const match = pattern.exec(text);
    if (match) return build(match.groups ?? {});
  }
  return undefined;
}

/** Reads what `formatPlaceName` writes; undefined for anything else. */
export function parsePlaceName(text: string): PlaceName | undefined {
  const dash = text.indexOf('-');
  const from = parseAnchor(dash < 0 ? text : text.slice(0, dash));
  if (from === undefined) return undefined;
  if (dash < 0) return { from };
  const to = parseAnchor(text.slice(dash + 1));
  return to && { from, to };
}
