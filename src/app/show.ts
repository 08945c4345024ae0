import type { CitationStyle } from '../citation/citation.ts';
import { type CitationRequest, parseCitation } from '../citation/citation-parser.ts';
import type { Stretch } from '../citation/place-index.ts';
import {
  findStretch,
  findWords,
  formatReference,
  type PlaceReference,
  parseReference,
  type Reference,
  type ReferenceProblem,
} from '../citation/reference.ts';
import { exitCodes, UserError } from '../model/diagnostic.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { CaseStore } from '../store/store.ts';
import { CardCatalogue } from './card.ts';
import { childrenOf, type FamilyMember } from './family.ts';
import { byIdPrefix, documentsNamed, findDocument } from './find-document.ts';
import type { DocumentCard } from './hit.ts';
import { OpenedDocument } from './opened-document.ts';
import { cite, type ShownPassage, showPassage } from './passages.ts';
import { placesMeant } from './places-meant.ts';
import { repeatedMessages, type SameMessage } from './same-messages.ts';
import { TagBook } from './tag-book.ts';

/** What a person asked to see. */
export interface Shown {
  readonly card: DocumentCard;
  /** The files that came out of it; none when only some words were asked for. */
  readonly children: readonly FamilyMember[];
  /** Other documents that are the same message, by (source, path). */
  readonly sameMessage: readonly SameMessage[];
  /** The passages, in order of the text; asked for one at a time. */
  readonly passages: AsyncIterable<ShownPassage>;
  /** The words that were referred to; absent when the whole document was asked for. */
  readonly target?: ShownPassage;
}

export interface ShowRequest {
  /** A reference, a citation in any style, a document's id, reference, path or title. */
  readonly what: string;
  /** Passages shown before and after the one referred to. */
  readonly context: number;
  readonly style: CitationStyle;
}

/**
 * Opens what a reference or a citation names, at exactly its words.
 * @throws UserError when nothing, or more than one thing, is named.
 */
export async function show(store: CaseStore, request: ShowRequest): Promise<Shown> {
  const { id, stretch } = await findTarget(store, request.what);
  const card = await new CardCatalogue(store).card(id);
  if (card === undefined) throw notFound(request.what);
  const sameMessage = card.kind === 'email' ? ((await repeatedMessages(store)).get(id) ?? []) : [];
  const document = await OpenedDocument.open(store, id);
  const tags = new TagBook(store);
  if (stretch === undefined) {
    await document.keepText();
    const order = passagesInTextOrder(document);
    const children = await childrenOf(store, card);
    const passages = showAll(document, card, order, request.style, tags);
    return { card, children, sameMessage, passages };
  }
  const words = await document.trimmed(stretch);
  const target = await showStretch(document, card, words, request.style, tags);
  const around = passagesAround(document, words, request.context);
  const passages = showAll(document, card, around, request.style, tags);
  return { card, children: [], sameMessage, target, passages };
}

export interface Target {
  readonly id: DocumentId;
  readonly stretch?: Stretch;
}

/**
 * The document, or the stretch of one, that a person means: by reference, id, citation, stamp, path or title.
 * @throws UserError when there is none (exit 1), or when it could be several, with the candidates.
 */
export async function findTarget(store: CaseStore, what: string): Promise<Target> {
  const reference = parseReference(what);
  if (reference !== undefined) {
    const id = await byIdPrefix(store, reference.document);
    if (id !== undefined) return openReference(store, id, reference, what);
    if (reference.place !== undefined) throw notFound(what);
  }
  const [named] = await documentsNamed(store, what);
  const citation = named === undefined ? parseCitation(what) : undefined;
  if (citation?.place === undefined && citation?.document.stamp === undefined) {
    return { id: await findDocument(store, what) };
  }
  return openCitation(store, citation, what);
}

async function openReference(
  store: CaseStore,
  id: DocumentId,
  reference: Reference,
  what: string,
): Promise<Target> {
  if (reference.place === undefined) return { id };
  const document = await OpenedDocument.open(store, id);
  return { id, stretch: await stretchNamed(document, reference.place, what) };
}

/**
 * The stretch of a document that the place of a reference names. `what` is the reference as typed.
 * @throws UserError when the document has no such place.
 */
export async function stretchNamed(
  document: OpenedDocument,
  place: PlaceReference,
  what: string,
): Promise<Stretch> {
  const named = findStretch(document.places, place.name);
  if ('problem' in named) throw referenceProblem(named, what);
  const text = await document.text(named.start, named.end);
  const words = findWords(document.places, named, place, text);
  if ('problem' in words) throw referenceProblem(words, what);
  return words;
}

async function openCitation(store: CaseStore, citation: CitationRequest, what: string): Promise<Target> {
  const found = await placesMeant(store, citation);
  const [only, ...others] = found;
  if (only === undefined) throw notFound(what);
  if (others.length > 0) {
    throw new UserError(`“${what}” fits ${found.length} places.`, {
      hint: `Say which:\n${found.map(({ ref, path }) => `  ${ref}  ${path}`).join('\n')}`,
    });
  }
  return only;
}

function referenceProblem(problem: ReferenceProblem, what: string): UserError {
  const sentences: Readonly<Record<ReferenceProblem['problem'], string>> = {
    'no-such-place': `The document has no place ${problem.anchor}.`,
    'ambiguous-place': `${problem.anchor} stands ${problem.found} times in the document.`,
    'place-runs-backwards': `${problem.anchor} ends before it begins.`,
    'too-few-words': `${problem.anchor} has only ${problem.found} words.`,
  };
  return new UserError(`${what} does not open: ${sentences[problem.problem]}`, {
    hint: 'Copy references whole; pincite show DOCUMENT lists the places of a document.',
    exitCode: exitCodes.nothingFound,
  });
}

function notFound(what: string): UserError {
  return new UserError(`Nothing in the case is called “${what}”.`, {
    hint: 'Give a reference (9f3ac2d41b07@45:12), a citation (Day 12 45:12), or a document; pincite docs WORDS finds documents.',
    exitCode: exitCodes.nothingFound,
  });
}

async function showStretch(
  document: OpenedDocument,
  card: DocumentCard,
  stretch: Stretch,
  style: CitationStyle,
  tags: TagBook,
): Promise<ShownPassage> {
  const place = document.placeOf(stretch);
  const index = document.places.passageAt(stretch.start);
  const passage = await document.passageText(index);
  const span = passage.fold(stretch.start, stretch.end);
  return {
    passage: index,
    ref: formatReference(card.id, await document.referenceTo(stretch)),
    citation: cite(document, card, place, style),
    place,
    document: card,
    text: passage.text,
    spans: [[span.start, span.end]],
    tags: await tags.at(card.id, document, stretch),
  };
}

function passagesAround(document: OpenedDocument, stretch: Stretch, context: number): readonly number[] {
  const order = passagesInTextOrder(document);
  const first = order.indexOf(document.places.passageAt(stretch.start));
  const last = order.indexOf(document.places.passageAt(Math.max(stretch.start, stretch.end - 1)));
  return order.slice(Math.max(0, first - context), Math.max(first, last) + context + 1);
}

/** Indexes of the passages as they come in the text: the outline has body passages first. */
function passagesInTextOrder({ outline }: OpenedDocument): readonly number[] {
  return outline.passages
    .map(({ start }, index) => ({ start, index }))
    .sort((a, b) => a.start - b.start || a.index - b.index)
    .map(({ index }) => index);
}

async function* showAll(
  document: OpenedDocument,
  card: DocumentCard,
  indexes: readonly number[],
  style: CitationStyle,
  tags: TagBook,
): AsyncGenerator<ShownPassage> {
  for (const index of indexes) yield await showPassage(document, card, index, style, tags);
}
