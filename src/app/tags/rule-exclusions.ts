import { UserError } from '../../model/diagnostic.ts';
import type { DocumentId } from '../../model/identifiers.ts';
import type { FindOptions } from '../answering.ts';
import type { Case } from '../case.ts';
import { findDocument } from '../find-document.ts';
import { OpenDocuments } from '../open-documents.ts';
import { stretchOf } from '../tag-book.ts';
import type { FoundIn, QueryTargets } from './query-targets.ts';
import type { ReadRule } from './read-rule.ts';
import type { TagTarget } from './tag-target.ts';
import { TargetFinder } from './target-finder.ts';

/** What a rule leaves out: whole documents, and passages of others by their number. */
export interface LeftOut {
  readonly documents: ReadonlySet<DocumentId>;
  readonly passages: ReadonlyMap<DocumentId, ReadonlySet<number>>;
}

/** A reference or the name of a document that a rule is to leave out, and why it cannot be found. */
export interface UnfoundExclusion {
  readonly kind: 'references' | 'documents';
  /** Which of them, from 0. */
  readonly index: number;
  readonly error: UserError;
}

/** Finds the places and documents that rules name to be left out; each is looked up once. */
export class NamedExclusions {
  readonly #open: Case;
  readonly #finder: TargetFinder;
  readonly #documents: OpenDocuments;

  constructor(open: Case) {
    this.#open = open;
    this.#finder = new TargetFinder(open.store);
    this.#documents = new OpenDocuments(open.store);
  }

  /** What cannot be found of what a rule names: nothing is to be applied then. */
  async problems({ rule }: ReadRule): Promise<readonly UnfoundExclusion[]> {
    const problems: UnfoundExclusion[] = [];
    for (const kind of ['references', 'documents'] as const) {
      for (const [index, name] of rule.exclude[kind].entries()) {
        const error = await problemOf(() => this.#target(kind, name));
        if (error !== undefined) problems.push({ kind, index, error });
      }
    }
    return problems;
  }

  /** @throws UserError when one of the names is not found. */
  async of({ rule }: ReadRule): Promise<LeftOut> {
    const documents = new Set<DocumentId>();
    const passages = new Map<DocumentId, Set<number>>();
    for (const kind of ['references', 'documents'] as const) {
      for (const name of rule.exclude[kind]) {
        const target = await this.#target(kind, name);
        if (target.place === undefined || rule.level === 'document') documents.add(target.document);
        else await this.#addPassages(target, passages);
      }
    }
    return { documents, passages };
  }

  async #target(kind: UnfoundExclusion['kind'], name: string): Promise<TagTarget> {
    if (kind === 'documents')
      return this.#finder.follow({ document: await findDocument(this.#open.store, name) }, name);
    return this.#finder.follow(await this.#finder.find(name), name);
  }

  /** Every passage that the words of a reference touch. */
  async #addPassages(
    { document: id, place }: TagTarget,
    passages: Map<DocumentId, Set<number>>,
  ): Promise<void> {
    const document = await this.#documents.open(id);
    const stretch = place && (await stretchOf(place.reference, document));
    if (stretch === undefined) return;
    const touched = passages.get(id) ?? new Set();
    passages.set(id, touched);
    for (const [index, { start, end }] of document.outline.passages.entries())
      if (start < stretch.end && stretch.start < end) touched.add(index);
  }
}

async function problemOf(work: () => Promise<unknown>): Promise<UserError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof UserError && error.exitCode !== 4) return error;
    throw error;
  }
}

/** What a rule leaves out in all: what it names, and what the queries find that it excludes. */
export async function leftOutBy(
  read: ReadRule,
  named: NamedExclusions,
  queries: QueryTargets,
  within: FindOptions,
): Promise<LeftOut> {
  const left = await named.of(read);
  const documents = new Set(left.documents);
  const passages = new Map([...left.passages].map(([id, numbers]) => [id, new Set(numbers)]));
  for (const query of read.excluded) {
    for (const { document, passages: found } of await queries.find(query, read.rule.level, within)) {
      if (found === 'all') documents.add(document);
      else passages.set(document, new Set([...(passages.get(document) ?? []), ...found]));
    }
  }
  return { documents, passages };
}

/** What is left of what a query found. */
export function without(found: readonly FoundIn[], { documents, passages }: LeftOut): readonly FoundIn[] {
  return found.flatMap((one) => {
    if (documents.has(one.document)) return [];
    const out = passages.get(one.document);
    if (one.passages === 'all' || out === undefined) return [one];
    const left = one.passages.filter((passage) => !out.has(passage));
    return left.length === 0 ? [] : [{ ...one, passages: left }];
  });
}
