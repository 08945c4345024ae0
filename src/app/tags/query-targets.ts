import type { DocumentId } from '../../model/identifiers.ts';
import type { TagLevel } from '../../model/tag-rule.ts';
import type { BoundQuery, Query } from '../../query/ast.ts';
import { compareKeys } from '../../store/code-point-order.ts';
import { findAnswers, type Within } from '../answering.ts';
import type { Case } from '../case.ts';
import { HitProof } from '../hit-proof.ts';
import type { MatchedDocument } from '../matching.ts';
import { OpenDocuments } from '../open-documents.ts';
import { type TagTarget, targetOfPassage } from './tag-target.ts';

/** What a query tags in one document: all of it, or passages by their number, ascending. */
export interface FoundIn {
  readonly document: DocumentId;
  /** Path of the copy that is shown. */
  readonly path: string;
  readonly passages: 'all' | readonly number[];
}

/** Finds what queries tag. The first hit of everything it finds is proved against the stored text. */
export class QueryTargets {
  readonly #open: Case;
  readonly #documents: OpenDocuments;
  /** By document: the target of each passage that was asked for. */
  readonly #targets = new Map<DocumentId, Map<number, TagTarget>>();

  constructor(open: Case) {
    this.#open = open;
    this.#documents = new OpenDocuments(open.store);
  }

  /**
   * The documents that answer a query, or the passages in which its hits begin, by source and path of the documents. A
   * query that finds documents as a whole tags them as a whole.
   * @throws UserError (exit 4) when index and text disagree.
   */
  async find(query: Query, level: TagLevel, within: Within = {}): Promise<readonly FoundIn[]> {
    const { matched, binding } = await findAnswers(this.#open, query, undefined, within);
    const found: FoundIn[] = [];
    for (const document of [...matched.documents].sort(bySourceAndPath)) {
      const first = await this.#proved(document, binding.bound);
      const passages = level === 'document' || document.hits.whole ? 'all' : first;
      found.push({ document: document.id, path: document.card.path, passages });
    }
    return found;
  }

  /** The passages in which hits begin, each with its first hit proved. */
  async #proved(matched: MatchedDocument, bound: BoundQuery): Promise<readonly number[]> {
    const { hits, id } = matched;
    if (hits.whole) return [];
    const document = await this.#documents.open(id);
    const proof = new HitProof(bound);
    const passages: number[] = [];
    for (const [index, first] of hits.starts.entries()) {
      const passage = document.passageAtPosition(first);
      if (passage === passages.at(-1)) continue;
      passages.push(passage);
      const last = hits.ends[index] ?? first;
      proof.prove(matched, document, await document.words(first, last), first, last);
    }
    return passages;
  }

  /** What a tag holds on to: the document, or one of its passages. */
  async target(id: DocumentId, passage: number | undefined): Promise<TagTarget> {
    if (passage === undefined) return { document: id };
    const known = this.#targets.get(id) ?? new Map<number, TagTarget>();
    this.#targets.set(id, known);
    const target = known.get(passage) ?? (await targetOfPassage(await this.#documents.open(id), passage));
    known.set(passage, target);
    return target;
  }
}

function bySourceAndPath({ card: a }: MatchedDocument, { card: b }: MatchedDocument): number {
  return compareKeys([a.source, a.path, a.id], [b.source, b.path, b.id]);
}
