import type { CitationRequest, PlaceClue } from '../citation/citation-parser.ts';
import type { Stretch } from '../citation/place-index.ts';
import { formatReference } from '../citation/reference.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';
import type { DocumentCard } from './hit.ts';
import { OpenedDocument } from './opened-document.ts';

/** A place that a citation may mean. */
export interface MeantPlace {
  readonly id: DocumentId;
  readonly stretch: Stretch;
  readonly ref: string;
  readonly path: string;
}

/** Every place in the case that a citation fits, by document id. */
export async function placesMeant(
  store: CaseStore,
  citation: CitationRequest,
): Promise<readonly MeantPlace[]> {
  const catalogue = new CardCatalogue(store);
  const found: MeantPlace[] = [];
  for await (const { id } of store.documents()) {
    const card = (await catalogue.cards(id)).find((one) => mayMean(one, citation));
    if (card === undefined) continue;
    const document = await OpenedDocument.open(store, id);
    for (const stretch of stretchesOf(document, citation)) {
      const ref = formatReference(id, await document.referenceTo(stretch));
      found.push({ id, stretch, ref, path: card.path });
    }
  }
  return found;
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
  const known = wordsOf([card.title, card.witness, card.source, card.date, card.reference].join(' '));
  const small = new Set(['statement', 'of', 'the', 'transcript', 'day', 'at']);
  return wordsOf(words).every((word) => known.includes(word) || small.has(word));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function stretchesOf(
  document: OpenedDocument,
  { document: clue, place }: CitationRequest,
): readonly Stretch[] {
  const stamped = clue.stamp === undefined ? undefined : sheetsStamped(document, clue.stamp);
  if (place === undefined) return stamped ?? [];
  return byClue(document, place);
}

function sheetsStamped({ outline, places }: OpenedDocument, stamp: string): readonly Stretch[] {
  return outline.sheets
    .filter((row) => row.stamp?.toLowerCase() === stamp.toLowerCase())
    .flatMap(({ sheet }) => places.stretches({ type: 'sheet', sheet }));
}

function byClue({ outline, places }: OpenedDocument, place: PlaceClue): readonly Stretch[] {
  switch (place.type) {
    case 'lines':
      return joined(
        places.stretches({ type: 'line', page: place.page, line: place.line }),
        places.stretches({ type: 'line', page: place.endPage, line: place.endLine }),
      );
    case 'pages':
      return joined(
        places.stretches({ type: 'page', page: place.page }),
        places.stretches({ type: 'page', page: place.endPage }),
      );
    case 'sheets':
      return joined(
        sheetOrLine(places, place.sheet, place.line),
        sheetOrLine(places, place.endSheet, place.endLine),
      );
    case 'paragraphs':
      return joined(paragraphs(outline, place.paragraph), paragraphs(outline, place.endParagraph));
    case 'blocks':
      return joined(
        places.stretches({ type: 'block', ordinal: place.ordinal }),
        places.stretches({ type: 'block', ordinal: place.endOrdinal }),
      );
    case 'rows':
      return outline.passages.filter(
        ({ kind }) =>
          kind.kind === 'row' &&
          kind.worksheet.toLowerCase() === place.worksheet.toLowerCase() &&
          kind.row >= place.row &&
          kind.row <= place.endRow,
      );
    case 'text-lines':
      return joined(
        places.stretches({ type: 'text-line', ordinal: place.line }),
        places.stretches({ type: 'text-line', ordinal: place.endLine }),
      );
  }
}

function sheetOrLine(
  places: OpenedDocument['places'],
  sheet: number,
  line: number | undefined,
): readonly Stretch[] {
  return places.stretches(
    line === undefined ? { type: 'sheet', sheet } : { type: 'sheet-line', sheet, line },
  );
}

function paragraphs({ passages }: OpenedDocument['outline'], number: string): readonly Stretch[] {
  return passages.filter(({ kind }) => kind.kind === 'paragraph' && kind.paragraph === number);
}

/** From each beginning to the first end that is not before it. */
function joined(firsts: readonly Stretch[], lasts: readonly Stretch[]): readonly Stretch[] {
  return firsts.flatMap((first) => {
    const last = lasts.find(({ end }) => end >= first.end);
    return last === undefined ? [] : [{ start: first.start, end: last.end }];
  });
}
