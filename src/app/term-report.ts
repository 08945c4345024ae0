import type { CitationStyle } from '../citation/citation.ts';
import { exitCodes, UserError } from '../model/diagnostic.ts';
import type { DocumentId } from '../model/identifiers.ts';
import { print } from '../query/printer.ts';
import type { CaseStore } from '../store/store.ts';
import { type Found, findAnswers, type Question, readQuestion } from './answering.ts';
import type { Case } from './case.ts';
import { Families } from './families.ts';
import type { Hit, Searched } from './hit.ts';
import { HitBuilder } from './hit-builder.ts';
import { MatchReads } from './match-reads.ts';
import { distinctUnits, type MatchedDocument, named } from './matched-documents.ts';
import { OpenDocuments } from './open-documents.ts';
import type { BadLine, ListedQuery, QueryList } from './query-list.ts';
import { sampleHits } from './sample.ts';
import { searchedOf } from './searched.ts';
import { TagBook } from './tag-book.ts';

export interface TermReportRequest extends Omit<Question, 'query'> {
  /** Hits of each term to draw for checking; 0 for none. */
  readonly sample: number;
  /** The same seed draws the same hits of the same case. */
  readonly seed: number;
  readonly style?: CitationStyle;
  /** Told before each term how many are done. */
  readonly watch?: (done: number, terms: number) => void;
  readonly signal?: AbortSignal;
}

/** What one term, or all terms together, come to. */
export interface TermCounts {
  /** Of all terms together: the sum over terms; words that answer two terms count with each. */
  readonly hits: number;
  /** Each document once. */
  readonly documents: number;
  /** The same with every document of their families, each once. */
  readonly documentsWithFamilies: number;
  /** Documents that no other term of the list hits. */
  readonly uniqueDocuments: number;
  /** Printed pages, or sheets where none are printed, on which a hit begins; a document without either is one page. */
  readonly pages: number;
  /** Documents by source; one that several sources hold is counted in each. */
  readonly sources: Readonly<Record<string, number>>;
}

export interface TermRow extends ListedQuery, TermCounts {
  /** The query as understood. */
  readonly parsed: string;
  /** Drawn at random, in document order. */
  readonly sample: readonly Hit[];
}

export interface TermReport {
  /** In the order of the list. */
  readonly terms: readonly TermRow[];
  /** Lines that could not be read; the others were run. */
  readonly bad: readonly BadLine[];
  readonly all: TermCounts;
  /** Documents that more than one term hits: the sum over terms less these overlaps is `all.documents`. */
  readonly sharedDocuments: number;
  /** How many documents the terms hit, each term's counted by itself. */
  readonly documentsOverTerms: number;
  /** Every source that has a document, in order. */
  readonly sourceNames: readonly string[];
  readonly searched: Omit<Searched, 'lacking'>;
  readonly sampleSize: number;
  readonly seed: number;
}

/** A counted term whose overlaps with the others are not known yet. */
interface Counted extends Omit<TermRow, 'uniqueDocuments'> {
  readonly ids: readonly DocumentId[];
}

/**
 * Counts every term of a list. A term that cannot be read is told and the others go on; one without a hit has its row.
 * @throws UserError when the case is damaged (exit 4); the signal's reason when it fires.
 */
export async function termReport(
  open: Case,
  { queries, bad }: QueryList,
  request: TermReportRequest,
): Promise<TermReport> {
  const counter = await TermCounter.create(open, request);
  const counted: Counted[] = [];
  const unread = [...bad];
  for (const [done, listed] of queries.entries()) {
    request.signal?.throwIfAborted();
    request.watch?.(done, queries.length);
    const row = await countedOrProblem(counter, listed);
    if (row instanceof UserError) {
      const { message, hint } = row;
      unread.push({
        line: listed.line,
        text: listed.query,
        message,
        ...(hint === undefined ? {} : { hint }),
      });
    } else counted.push(row);
  }
  unread.sort((a, b) => a.line - b.line);
  return counter.report(counted, unread);
}

async function countedOrProblem(counter: TermCounter, listed: ListedQuery): Promise<Counted | UserError> {
  try {
    return await counter.count(listed);
  } catch (error) {
    if (error instanceof UserError && error.exitCode === exitCodes.wrongUse) return error;
    throw error;
  }
}

/** Counts term after term; what terms share is looked up once. */
class TermCounter {
  readonly #open: Case;
  readonly #request: TermReportRequest;
  readonly #reads: MatchReads;
  readonly #tags: TagBook;
  readonly #documents: OpenDocuments;
  readonly #families: Families;
  readonly #sources: ReadonlyMap<DocumentId, readonly string[]>;
  /** Pages that any term hits, by document. */
  readonly #pages = new Map<DocumentId, Set<number>>();

  static async create(open: Case, request: TermReportRequest): Promise<TermCounter> {
    return new TermCounter(open, request, await Families.of(open.store), await sourcesOf(open.store));
  }

  private constructor(
    open: Case,
    request: TermReportRequest,
    families: Families,
    sources: ReadonlyMap<DocumentId, readonly string[]>,
  ) {
    this.#open = open;
    this.#request = request;
    this.#reads = new MatchReads(open.store);
    this.#tags = new TagBook(open.store);
    this.#documents = new OpenDocuments(open.store);
    this.#families = families;
    this.#sources = sources;
  }

  async count(listed: ListedQuery): Promise<Counted> {
    const query = await readQuestion(this.#open, { ...this.#request, query: listed.query });
    const found = await findAnswers(this.#open, query, { reads: this.#reads, tags: this.#tags });
    const { documents, totals } = found.matched;
    const ids = documents.map(({ id }) => id);
    let pages = 0;
    for (const document of documents) pages += await this.#countPages(document);
    return {
      ...listed,
      parsed: print(query),
      hits: totals.hits,
      documents: ids.length,
      documentsWithFamilies: this.#families.membersOf(ids).size,
      pages,
      sources: this.#bySource(ids),
      sample: await this.#draw(found, listed),
      ids,
    };
  }

  async report(counted: readonly Counted[], bad: readonly BadLine[]): Promise<TermReport> {
    const terms = new Map<DocumentId, number>();
    for (const { ids } of counted) for (const id of ids) terms.set(id, (terms.get(id) ?? 0) + 1);
    const uniqueOf = (ids: readonly DocumentId[]) => ids.filter((id) => terms.get(id) === 1).length;
    const all = [...terms.keys()];
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const { lacking: _, ...searched } = searchedOf(await this.#open.store.census(), {});
    return {
      terms: counted.map(({ ids, ...row }) => ({ ...row, uniqueDocuments: uniqueOf(ids) })),
      bad,
      all: {
        hits: sum(counted.map(({ hits }) => hits)),
        documents: all.length,
        documentsWithFamilies: this.#families.membersOf(all).size,
        uniqueDocuments: uniqueOf(all),
        pages: sum([...this.#pages.values()].map(({ size }) => size)),
        sources: this.#bySource(all),
      },
      sharedDocuments: all.length - uniqueOf(all),
      documentsOverTerms: sum(counted.map(({ documents }) => documents)),
      sourceNames: [...new Set([...this.#sources.values()].flat())].sort(),
      searched,
      sampleSize: this.#request.sample,
      seed: this.#request.seed,
    };
  }

  async #countPages({ id, hits }: MatchedDocument): Promise<number> {
    const { page } = await this.#reads.units(id);
    const pages = this.#pages.get(id) ?? new Set<number>();
    this.#pages.set(id, pages);
    const own = hits.whole ? wholeDocument(page.length) : distinctUnits(hits, page);
    for (const one of own) pages.add(one);
    return own.length;
  }

  #bySource(ids: readonly DocumentId[]): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const id of ids)
      for (const source of this.#sources.get(id) ?? []) counts[source] = (counts[source] ?? 0) + 1;
    return counts;
  }

  async #draw({ binding, tags, catalogue, matched }: Found, listed: ListedQuery): Promise<readonly Hit[]> {
    const { sample: size, seed, style = 'default' } = this.#request;
    if (size === 0) return [];
    const drawn = sampleHits(await named(catalogue, matched.documents), size, `${seed}\n${listed.query}`);
    const options = { style, contextWords: 20, documents: this.#documents };
    const builder = new HitBuilder(this.#open.store, binding.bound, tags, options);
    const hits: Hit[] = [];
    for await (const hit of builder.build(drawn)) hits.push(hit);
    return hits;
  }
}

function wholeDocument(pages: number): readonly number[] {
  return Array.from({ length: Math.max(1, pages) }, (_, page) => page);
}

async function sourcesOf(store: CaseStore): Promise<ReadonlyMap<DocumentId, readonly string[]>> {
  const sources = new Map<DocumentId, string[]>();
  for (const { document, source } of await store.copies()) {
    const known = sources.get(document);
    if (known === undefined) sources.set(document, [source]);
    else if (!known.includes(source)) known.push(source);
  }
  return sources;
}
