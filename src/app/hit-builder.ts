import type { CitationStyle } from '../citation/citation.ts';
import { citationOfDocument } from '../citation/citation.ts';
import type { Stretch } from '../citation/place-index.ts';
import { formatReference } from '../citation/reference.ts';
import type { PassageText } from '../model/location.ts';
import type { BoundQuery } from '../query/ast.ts';
import type { CaseStore } from '../store/store.ts';
import type { Hit } from './hit.ts';
import { HitProof, spanOf } from './hit-proof.ts';
import { OpenDocuments } from './open-documents.ts';
import type { OpenedDocument } from './opened-document.ts';
import type { OrderedHit } from './ordering.ts';
import { scoreOf } from './ordering.ts';
import { cite } from './passages.ts';
import { cellsOfRow } from './row-cells.ts';
import type { TagBook } from './tag-book.ts';

export interface HitOptions {
  readonly style: CitationStyle;
  /** Words in `before` and `after`. */
  readonly contextWords: number;
  /** Kept open for one answer after another. */
  readonly documents?: OpenDocuments;
}

/** Builds what is shown of each hit, from the stored text, and proves each against it. */
export class HitBuilder {
  readonly #documents: OpenDocuments;
  readonly #tags: TagBook;
  readonly #options: HitOptions;
  readonly #proof: HitProof;

  constructor(store: CaseStore, bound: BoundQuery, tags: TagBook, options: HitOptions) {
    this.#documents = options.documents ?? new OpenDocuments(store);
    this.#tags = tags;
    this.#options = options;
    this.#proof = new HitProof(bound);
  }

  /** One hit at a time, numbered in the order given. */
  async *build(ordered: readonly OrderedHit[]): AsyncGenerator<Hit> {
    let number = 0;
    for (const hit of ordered) {
      number += 1;
      const document = await this.#documents.open(hit.document.id);
      if (hit.document.hits.whole) yield await this.#wholeDocument(hit, document, number);
      else yield await this.#hit(hit, document, number);
    }
  }

  async #hit(hit: OrderedHit, document: OpenedDocument, number: number): Promise<Hit> {
    const { document: matched, index } = hit;
    const first = matched.hits.starts[index] ?? 0;
    const last = matched.hits.ends[index] ?? first;
    const words = await document.words(first, last);
    const claims = this.#proof.claims(matched.occurrences, first, last);
    const proved = this.#proof.prove(claims, document, words, first);
    const marked = proved.length > 0 ? proved : [spanOf(words)];
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
