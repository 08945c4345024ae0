import { type CitationStyle, citationOf, citationOfDocument } from '../citation/citation.ts';
import { PlaceIndex, type Stretch } from '../citation/place-index.ts';
import { findStretch, formatReference, nameStretch } from '../citation/reference.ts';
import { compareCodeUnits } from '../model/code-unit-order.ts';
import type { DocumentRecord, WitnessRange } from '../model/document.ts';
import { placeOf } from '../model/location.ts';
import type { Outline } from '../model/outline.ts';
import type { Place } from '../model/place.ts';
import { tokenise } from '../query/tokenizer.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue, makersOf } from './card.ts';
import type { DocumentCard } from './hit.ts';
import { type JoinedName, joinNames } from './witness-names.ts';

/** Evidence that somebody gave in a hearing, or a statement that they made. */
export interface Evidence {
  readonly type: 'evidence' | 'statement';
  /** As this document has it. */
  readonly name: string;
  readonly citation: string;
  readonly ref: string;
  /** Of evidence whose extent was found: from where to where it goes. */
  readonly place?: Place;
  /** Who asked, in order. */
  readonly examiners: readonly string[];
  readonly document: DocumentCard;
}

/** Somebody who gave evidence or made a statement. */
export interface Witness {
  /** The fullest of their names. */
  readonly name: string;
  readonly names: readonly JoinedName[];
  /** Others in the list who may be the same person. */
  readonly mayBe: readonly string[];
  /** By date, source, path and place. */
  readonly evidence: readonly Evidence[];
}

export interface WitnessSelection {
  /** Words of which each must begin a word of one of the witness's names. Empty for all. */
  readonly words: string;
  readonly source?: string;
  readonly style: CitationStyle;
}

/**
 * Every witness, by surname and name, with all places where they gave evidence and all statements they made. Who is
 * who is decided over the whole case, whatever is asked for.
 */
export async function listWitnesses(
  store: CaseStore,
  selection: WitnessSelection,
): Promise<readonly Witness[]> {
  const found: Evidence[] = [];
  const catalogue = new CardCatalogue(store);
  for await (const record of store.documents()) {
    const card = await catalogue.card(record.id);
    if (card === undefined || card.supersededBy !== undefined) continue;
    for (const evidence of await evidenceIn(store, record, card, selection.style)) found.push(evidence);
  }
  const asked = found.filter(({ document }) => (selection.source ?? document.source) === document.source);
  asked.sort(byDateAndPath);
  return joinNames(found.map(({ name }) => name))
    .map(({ names, mayBe }) => witnessOf(names, mayBe, asked))
    .filter(({ names, evidence }) => evidence.length > 0 && isAsked(names, selection.words));
}

function witnessOf(
  names: readonly JoinedName[],
  mayBe: readonly string[],
  all: readonly Evidence[],
): Witness {
  const own = new Set(names.map(({ name }) => name));
  return { name: names[0]?.name ?? '', names, mayBe, evidence: all.filter(({ name }) => own.has(name)) };
}

function isAsked(names: readonly JoinedName[], words: string): boolean {
  const known = names.flatMap(({ name }) => tokenise(name).terms);
  return tokenise(words).terms.every((word) => known.some((term) => term.startsWith(word)));
}

async function evidenceIn(
  store: CaseStore,
  record: DocumentRecord,
  card: DocumentCard,
  style: CitationStyle,
): Promise<readonly Evidence[]> {
  const ranges = record.metadata.witnesses ?? [];
  if (card.kind === 'hearing' && ranges.length > 0) {
    const places = new PlaceIndex(await store.outline(record.id));
    const given = ranges.length === 1 ? card.witness : undefined;
    return ranges.map((range) => inHearing(range, places, card, style, given ?? range.name));
  }
  if (card.witness === undefined) return [];
  if (ranges.length > 1 && card.witness === makersOf(record.metadata))
    return ranges.map(({ name }) => wholeDocument(card, name, style));
  return [wholeDocument(card, card.witness, style)];
}

function inHearing(
  range: WitnessRange,
  places: PlaceIndex,
  card: DocumentCard,
  style: CitationStyle,
  name: string,
): Evidence {
  const stretch = printedStretch(range, places) ?? spokenStretch(range.name, places.outline);
  if (stretch === undefined) return { ...wholeDocument(card, name, style), examiners: range.examiners };
  const place = wholePlace(places, stretch);
  return {
    type: 'evidence',
    name,
    citation: citationOf(card, place, style),
    ref: formatReference(card.id, { name: nameStretch(places, stretch).name }),
    place,
    examiners: range.examiners,
    document: card,
  };
}

/** The pages and lines that the transcript was found to give the evidence, where they name one stretch of it. */
function printedStretch(range: WitnessRange, places: PlaceIndex): Stretch | undefined {
  const { fromPage, fromLine, toPage, toLine } = range;
  if (fromPage === undefined || fromLine === undefined) return undefined;
  if (toPage === undefined || toLine === undefined) return undefined;
  const found = findStretch(places, {
    from: { type: 'line', page: fromPage, line: fromLine },
    to: { type: 'line', page: toPage, line: toLine },
  });
  if ('problem' in found) return undefined;
  // Before the first passage stands nothing but the number of its line.
  const begun = places.outline.passages[0]?.start ?? 0;
  return { start: Math.max(found.start, begun), end: found.end };
}

/** From the first passage of the evidence to its last. */
function spokenStretch(witness: string, { passages }: Outline): Stretch | undefined {
  const own = passages.filter(({ kind }) => kind.kind === 'testimony' && kind.witness === witness);
  const [first, last] = [own[0], own.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first.start, end: last.end };
}

/** Evidence as a whole has many speakers, and none of them is cited. */
function wholePlace(places: PlaceIndex, { start, end }: Stretch): Place {
  const place = placeOf(places.outline, places.passageAt(start), start, end);
  if (place.kind !== 'testimony') return place;
  const { speaker: _speaker, examiner: _examiner, ...rest } = place;
  return { ...rest, role: 'witness' };
}

function wholeDocument(card: DocumentCard, name: string, style: CitationStyle): Evidence {
  return {
    type: card.kind === 'hearing' ? 'evidence' : 'statement',
    name,
    citation: citationOfDocument(card, style),
    ref: formatReference(card.id),
    examiners: [],
    document: card,
  };
}

function byDateAndPath(a: Evidence, b: Evidence): number {
  const { document: one } = a;
  const { document: other } = b;
  return (
    compareCodeUnits(one.date ?? '', other.date ?? '') ||
    compareCodeUnits(one.source, other.source) ||
    compareCodeUnits(one.path, other.path) ||
    pageOf(a) - pageOf(b)
  );
}

function pageOf({ place }: Evidence): number {
  return place?.kind === 'testimony' ? (place.page ?? 0) : 0;
}
