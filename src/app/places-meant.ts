import type { CitationRequest } from '../citation/citation-parser.ts';
import { writtenDate } from '../citation/cited-document.ts';
import { findCited } from '../citation/cited-place.ts';
import type { Stretch } from '../citation/place-index.ts';
import { formatReference } from '../citation/reference.ts';
import { zoneNames } from '../citation/whereabouts.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { type Zone, zones } from '../model/place.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue, isCurrent } from './card.ts';
import type { DocumentCard } from './hit.ts';
import { OpenedDocument } from './opened-document.ts';

/** A place that a citation may mean. */
export interface MeantPlace {
  readonly id: DocumentId;
  readonly stretch: Stretch;
  readonly ref: string;
  readonly path: string;
}

/** Every place that a citation fits in documents that are not superseded, by document id. */
export async function placesMeant(
  store: CaseStore,
  citation: CitationRequest,
): Promise<readonly MeantPlace[]> {
  const catalogue = new CardCatalogue(store);
  const found: MeantPlace[] = [];
  for await (const { id } of store.documents()) {
    const cards = await catalogue.cards(id);
    const card = cards.find((one) => isCurrent(one) && mayMean(one, citation));
    if (card === undefined) continue;
    const document = await OpenedDocument.open(store, id);
    for (const cited of findCited(document.places, citation)) {
      for (const stretch of await ownText(document, cited, zoneNamed(citation.remark))) {
        const ref = formatReference(id, await document.referenceTo(stretch));
        found.push({ id, stretch, ref, path: card.path });
      }
    }
  }
  return found;
}

/** The zone that a remark behind a citation names, as in "p 3 (running head)". */
function zoneNamed(remark: string | undefined): Zone {
  const said = remark?.toLowerCase().split(/\s*,\s*/) ?? [];
  return zones.find((zone) => said.includes(zoneNames[zone] ?? zone)) ?? 'body';
}

/**
 * What of a cited stretch is meant: its text from the first to the last character of the body, without the running heads
 * and numbers before and behind it. Of another zone, each of its pieces there; where the zone has nothing, all of it.
 */
async function ownText(document: OpenedDocument, cited: Stretch, zone: Zone): Promise<readonly Stretch[]> {
  const { places } = document;
  const parts = places.partsIn(zone, cited);
  const text = await document.text(cited.start, cited.end);
  const pieces: Stretch[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [from = 0, to = 0] = [parts[at], parts[at + 1]];
    const piece = text.slice(from - cited.start, to - cited.start);
    const start = from + piece.length - piece.trimStart().length;
    if (piece.trim() !== '' && places.passageAt(start) >= 0)
      pieces.push({ start, end: start + piece.trim().length });
  }
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined) return places.passageAt(cited.start) < 0 ? [] : [cited];
  return zone === 'body' ? [{ start: first.start, end: last.end }] : pieces;
}

function mayMean(card: DocumentCard, { document }: CitationRequest): boolean {
  if (document.day !== undefined && card.day !== document.day) return false;
  if (
    document.reference !== undefined &&
    card.reference?.toLowerCase() !== document.reference.toLowerCase()
  ) {
    return document.stamp?.toLowerCase().startsWith(document.reference.toLowerCase()) ?? false;
  }
  return wordsFit(card, document.words);
}

/** Each word of the lead-in stands in title, witness, source or date of the document. */
function wordsFit(card: DocumentCard, words: string): boolean {
  const date = card.date === undefined ? '' : `${card.date} ${writtenDate(card.date)}`;
  const { title, witness, source, reference, from, to, sent } = card;
  const known = wordsOf(
    [title, witness, source, date, reference, from, to, sent?.replace('T', ' ')].join(' '),
  );
  const small = new Set('statement of the transcript day at e mail email from to and'.split(' '));
  return wordsOf(words).every((word) => known.includes(word) || small.has(word));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
