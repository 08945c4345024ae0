import type { DocumentId } from '../../model/identifiers.ts';
import { lastAtOrBefore } from '../../model/outline.ts';
import type { TagLevel } from '../../model/tag-rule.ts';
import type { BoundQuery, Query } from '../../query/ast.ts';
import { compareKeys } from '../../store/code-point-order.ts';
import { type FindOptions, findAnswers } from '../answering.ts';
import type { Case } from '../case.ts';
import { type ClaimedWord, HitProof } from '../hit-proof.ts';
import { MatchReads } from '../match-reads.ts';
import { type MatchedDocument, type NamedDocument, named } from '../matched-documents.ts';
import { type LocatedWord, OpenedDocument } from '../opened-document.ts';
import { type TagTarget, targetOfPassage } from './tag-target.ts';

/** What a query tags in one document: all of it, or passages by their number, ascending. */
export interface FoundIn {
  readonly document: DocumentId;
  readonly passages: 'all' | readonly number[];
}

/** A hit that is to be held against the text. */
interface Claim {
  readonly passage: number;
  readonly first: number;
  readonly last: number;
  readonly words: readonly ClaimedWord[];
  readonly proof: HitProof;
}

interface Pending {
  readonly claims: Claim[];
  /** Passages whose targets are wanted. */
  readonly passages: Set<number>;
}

/** Claims that wait at a time, before documents are opened for them. */
const mostPending = 200_000;

/**
 * Finds what queries tag. The first hit of every passage it finds is proved against the stored text: a document is
 * opened once for all queries that come between two calls of `settle`.
 */
export class QueryTargets {
  readonly #open: Case;
  readonly #reads: MatchReads;
  readonly #pending = new Map<DocumentId, Pending>();
  #waiting = 0;
  /** By document: the target of each passage that was asked for. */
  readonly #targets = new Map<DocumentId, Map<number, TagTarget>>();

  constructor(open: Case) {
    this.#open = open;
    this.#reads = new MatchReads(open.store);
  }

  /**
   * The documents that answer a query, or the passages in which its hits begin, by source and path of the documents. A
   * query that finds documents as a whole tags them as a whole.
   * @throws UserError (exit 4) when index and text disagree.
   */
  async find(query: Query, level: TagLevel, within: FindOptions = {}): Promise<readonly FoundIn[]> {
    const { matched, binding } = await findAnswers(this.#open, query, { ...within, reads: this.#reads });
    const found: FoundIn[] = [];
    const documents = await named(this.#reads.catalogue, matched.documents);
    for (const document of [...documents].sort(bySourceAndPath)) {
      const passages = await this.#passages(document, level, binding.bound);
      found.push({ document: document.id, passages });
    }
    if (this.#waiting > mostPending) await this.settle();
    return found;
  }

  async #passages(
    { id, hits, occurrences }: MatchedDocument,
    level: TagLevel,
    bound: BoundQuery,
  ): Promise<FoundIn['passages']> {
    if (hits.whole) return 'all';
    const proof = new HitProof(bound);
    const { passage: starts } = await this.#reads.units(id);
    const passages: number[] = [];
    for (const [index, first] of hits.starts.entries()) {
      const passage = lastAtOrBefore(starts, first);
      if (passage === passages.at(-1)) continue;
      passages.push(passage);
      const last = hits.ends[index] ?? first;
      const words = proof.claims(occurrences, first, last);
      this.#wait(id, { passage, first, last, words, proof }, level === 'passage');
      if (level === 'document') return 'all';
    }
    return passages;
  }

  #wait(id: DocumentId, claim: Claim, target: boolean): void {
    const pending = this.#pending.get(id) ?? { claims: [], passages: new Set<number>() };
    this.#pending.set(id, pending);
    pending.claims.push(claim);
    if (target) pending.passages.add(claim.passage);
    this.#waiting += 1;
  }

  /**
   * Proves all that was found since the last time.
   * @throws UserError (exit 4) when index and text disagree.
   */
  async settle(): Promise<void> {
    const { store } = this.#open;
    for (const [id, { claims, passages }] of this.#pending) {
      const document = await OpenedDocument.open(store, id, await this.#reads.units(id));
      await document.keepText();
      const words = new Map<number, readonly LocatedWord[] | undefined>();
      for (const claim of claims) await prove(claim, document, words);
      const targets = this.#targets.get(id) ?? new Map<number, TagTarget>();
      this.#targets.set(id, targets);
      for (const passage of passages)
        if (!targets.has(passage))
          targets.set(passage, await targetOfPassage(document, passage, words.get(passage)));
    }
    this.#pending.clear();
    this.#waiting = 0;
  }

  /** What a tag holds on to: the document, or a passage that was found and settled. */
  target(id: DocumentId, passage: number | undefined): TagTarget {
    if (passage === undefined) return { document: id };
    const target = this.#targets.get(id)?.get(passage);
    if (target === undefined) throw new RangeError(`passage ${passage} of ${id} was not settled`);
    return target;
  }
}

/** @param known Words of the passages that were read, by number. */
async function prove(
  { passage, first, last, words: claimed, proof }: Claim,
  document: OpenedDocument,
  known: Map<number, readonly LocatedWord[] | undefined>,
): Promise<void> {
  if (!known.has(passage)) known.set(passage, await document.wordsOfPassage(passage));
  const words = known.get(passage);
  const base = document.units.passage[passage] ?? 0;
  if (words !== undefined && last - base < words.length - 1) proof.prove(claimed, document, words, base);
  else proof.prove(claimed, document, await document.words(first, last), first);
}

function bySourceAndPath({ card: a }: NamedDocument, { card: b }: NamedDocument): number {
  return compareKeys([a.source, a.path, a.id], [b.source, b.path, b.id]);
}
