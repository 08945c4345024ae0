import type { CitationStyle } from '../citation/citation.ts';
import { citationOfDocument } from '../citation/citation.ts';
import type { Stretch } from '../citation/place-index.ts';
import { formatReference } from '../citation/reference.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { PassageText } from '../model/location.ts';
import { lastAtOrBefore } from '../model/outline.ts';
import type { BoundQuery } from '../query/ast.ts';
import { scoringLeaves } from '../query/score.ts';
import type { CaseStore } from '../store/store.ts';
import type { Hit } from './hit.ts';
import type { MatchedDocument } from './matching.ts';
import { type LocatedWord, OpenedDocument } from './opened-document.ts';
import type { OrderedHit } from './ordering.ts';
import { scoreOf } from './ordering.ts';
import { cite } from './passages.ts';
import { cellsOfRow } from './row-cells.ts';
import type { TagBook } from './tag-book.ts';

export interface HitOptions {
  readonly style: CitationStyle;
  /** Words in `before` and `after`. */
  readonly contextWords: number;
}

/** Documents kept open while hits are built: enough for answers that jump between a few. */
const openDocuments = 32;

/** Builds what is shown of each hit, from the stored text, and proves each against it. */
export class HitBuilder {
  readonly #store: CaseStore;
  readonly #tags: TagBook;
  readonly #options: HitOptions;
  readonly #leaves: readonly number[];
  readonly #terms: readonly ReadonlySet<string>[];
  readonly #opened = new Map<DocumentId, OpenedDocument>();

  constructor(store: CaseStore, bound: BoundQuery, tags: TagBook, options: HitOptions) {
    this.#store = store;
    this.#tags = tags;
    this.#options = options;
    this.#leaves = scoringLeaves(bound.query);
    this.#terms = bound.expansions.map((terms) => new Set(terms));
  }

  /** One hit at a time, numbered in the order given. */
  async *build(ordered: readonly OrderedHit[]): AsyncGenerator<Hit> {
    let number = 0;
    for (const hit of ordered) {
      number += 1;
      const document = await this.#open(hit.document.id);
      if (hit.document.hits.whole) yield await this.#wholeDocument(hit, document, number);
      else yield await this.#hit(hit, document, number);
    }
  }

  async #open(id: DocumentId): Promise<OpenedDocument> {
    const known = this.#opened.get(id);
    const document = known ?? (await OpenedDocument.open(this.#store, id));
    this.#opened.delete(id);
    this.#opened.set(id, document);
    const [oldest] = this.#opened.keys();
    if (this.#opened.size > openDocuments && oldest !== undefined) this.#opened.delete(oldest);
    return document;
  }

  async #hit(hit: OrderedHit, document: OpenedDocument, number: number): Promise<Hit> {
    const { document: matched, index } = hit;
    const first = matched.hits.starts[index] ?? 0;
    const last = matched.hits.ends[index] ?? first;
    const words = await document.words(first, last);
    const marked = this.#prove(matched, document, words, first, last);
    const span = spanOf(words);
    const passage = document.passageAtPosition(first);
    const text = await document.passageText(passage);
    const place = document.placeOf(span);
    const whole = text.fold(span.start, span.end);
    const cells = await cellsOfRow(document, passage, text);
    const { contextWords } = this.#options;
    return {
      number,
      passage,
      ref: formatReference(matched.id, await document.referenceTo(span)),
      citation: cite(document, matched.card, place, this.#options.style),
      place,
      document: matched.card,
      text: text.text,
      spans: spansIn(text, marked),
      ...(cells === undefined ? {} : { cells }),
      match: await document.foldedText(span),
      before: lastWords(text.text.slice(0, whole.start), contextWords),
      after: firstWords(text.text.slice(whole.end), contextWords),
      wholeDocument: false,
      score: scoreOf(hit),
      tags: await this.#tags.at(matched.id, document, span),
      hitsInDocument: matched.hitCount,
    };
  }

  /**
   * The words of a hit that the query asks for. Whatever the index says, they must stand in the text.
   * @throws UserError (exit 4) when one does not.
   */
  #prove(
    matched: MatchedDocument,
    document: OpenedDocument,
    words: readonly LocatedWord[],
    first: number,
    last: number,
  ): readonly Stretch[] {
    const marked: Stretch[] = [];
    for (const leaf of this.#leaves) {
      const occurrences = matched.occurrences[leaf];
      if (occurrences === undefined) continue;
      const { starts, ends = starts } = occurrences;
      for (let at = lastAtOrBefore(starts, first - 1) + 1; at < starts.length; at++) {
        const [start, end] = [starts[at] ?? 0, ends[at] ?? 0];
        if (start > last) break;
        if (end > last) continue;
        const [from, to] = [words[start - first], words[end - first]];
        const term = end === start ? from?.term : from?.joined;
        if (from === undefined || to === undefined || term === undefined || !this.#terms[leaf]?.has(term)) {
          throw document.damaged();
        }
        marked.push({ start: from.start, end: to.end });
      }
    }
    return marked.length > 0 ? marked : [spanOf(words)];
  }

  async #wholeDocument(hit: OrderedHit, document: OpenedDocument, number: number): Promise<Hit> {
    const { card, id } = hit.document;
    const { text } = await document.passageText(0);
    const passage = document.outline.passages[0];
    const start = passage?.start ?? 0;
    const place = document.placeOf({ start, end: Math.max(start + 1, passage?.end ?? 0) });
    return {
      number,
      passage: 0,
      ref: formatReference(id),
      citation: citationOfDocument(card, this.#options.style),
      place,
      document: card,
      text,
      spans: [],
      match: '',
      before: '',
      after: firstWords(text, this.#options.contextWords),
      wholeDocument: true,
      score: 0,
      tags: await this.#tags.at(id, document, { start, end: start + 1 }),
      hitsInDocument: 1,
    };
  }
}

function spanOf(words: readonly LocatedWord[]): Stretch {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}

/** Marked words as offsets in the passage's own text; words side by side become one span, what lies beyond the passage none. */
function spansIn(passage: PassageText, marked: readonly Stretch[]): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  for (const stretch of [...marked].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const { start, end } = passage.fold(stretch.start, stretch.end);
    const last = spans.at(-1);
    if (end <= start) continue;
    if (last !== undefined && !/[\p{L}\p{N}]/u.test(passage.text.slice(last[1], start)))
      last[1] = Math.max(last[1], end);
    else spans.push([start, end]);
  }
  return spans;
}

function lastWords(text: string, count: number): string {
  return text.trim().split(' ').slice(-count).join(' ');
}

function firstWords(text: string, count: number): string {
  return text.trim().split(' ').slice(0, count).join(' ');
}
