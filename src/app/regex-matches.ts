import { type Context, createContext, Script } from 'node:vm';
import { UserError } from '../model/diagnostic.ts';
import { lastAtOrBefore } from '../model/outline.ts';
import type { Query, QueryNode } from '../query/ast.ts';
import { renderDiagnostic } from '../query/caret.ts';
import { layOutWords } from '../query/positions.ts';
import { problem } from '../query/problem.ts';
import type { PositionRanges } from './filtering.ts';
import type { OpenedDocument } from './opened-document.ts';

type RegexNode = Extract<QueryNode, { type: 'regex' }>;
type Match = readonly [start: number, end: number];

/** A match in whole words: the passage that it is in, and its UTF-16 offsets in the stored text. */
interface FoundMatch {
  readonly passage: number;
  readonly start: number;
  readonly end: number;
}

/** Passages that a regular expression is run on at a time, and how long it may take over those. */
const passagesAtATime = 256;
const batchMilliseconds = 2000;
/** How long all regular expressions of a query may take. */
const queryMilliseconds = 60_000;
/** From this number of matches on, laying out all words of a document is less work than looking for each. */
const manyMatches = 16;

const noPlaces: PositionRanges = { starts: new Uint32Array(0), ends: new Uint32Array(0) };

/** Every regular expression of a query. */
export function regexesOf(root: QueryNode): readonly RegexNode[] {
  const found: RegexNode[] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'regex') found.push(node);
    else if (node.type === 'and' || node.type === 'or') pending.push(...node.operands);
    else if (node.type === 'not') pending.push(node.right, ...(node.left ? [node.left] : []));
    else if (node.type === 'near' || node.type === 'andany') pending.push(node.left, node.right);
  }
  return found;
}

/** Finds the regular expressions of a query in one document after the other, within a time for all of them. */
export class RegexFinder {
  readonly #query: Query;
  /** By flags and source: the same expression is run once. */
  readonly #expressions: ReadonlyMap<string, { readonly node: RegexNode; readonly sandbox: Context }>;
  #left = queryMilliseconds;

  constructor(query: Query) {
    this.#query = query;
    this.#expressions = new Map(
      regexesOf(query.root).map((node) => [keyOf(node), { node, sandbox: sandboxOf(node) }]),
    );
  }

  /**
   * Where they match in the text of each passage, white space folded, in whole words; to be asked by node.
   * @throws UserError when one takes too long.
   */
  async find(document: OpenedDocument | undefined): Promise<(node: RegexNode) => PositionRanges> {
    const found = new Map<string, PositionRanges>();
    if (document !== undefined) {
      for (const [key, { node, sandbox }] of this.#expressions)
        found.set(key, await placesOf(document, await this.#matches(document, node, sandbox)));
    }
    return (node) => found.get(keyOf(node)) ?? noPlaces;
  }

  async #matches(
    document: OpenedDocument,
    node: RegexNode,
    sandbox: Context,
  ): Promise<readonly FoundMatch[]> {
    await document.keepText();
    const { passages } = document.outline;
    const matches: FoundMatch[] = [];
    for (let from = 0; from < passages.length; from += passagesAtATime) {
      const texts = [];
      for (let at = from; at < Math.min(from + passagesAtATime, passages.length); at++)
        texts.push(await document.passageText(at));
      const found = this.#run(
        node,
        sandbox,
        texts.map(({ text }) => text),
      );
      texts.forEach((passage, index) => {
        for (const match of found[index] ?? []) {
          const words = wordsWithin(passage.text, match);
          if (words !== undefined) matches.push({ passage: from + index, ...passage.unfold(...words) });
        }
      });
    }
    return matches;
  }

  /** V8 cannot be asked for a limit; its `vm` module can stop a script, a match under way included. */
  #run(node: RegexNode, sandbox: Context, texts: readonly string[]): readonly (readonly Match[])[] {
    sandbox['texts'] = texts;
    const started = performance.now();
    try {
      const timeout = Math.max(1, Math.min(batchMilliseconds, Math.floor(this.#left)));
      return asMatches(allMatches.runInContext(sandbox, { timeout }));
    } catch (error) {
      if (!wasStopped(error)) throw error;
      throw this.#tooSlow(node, error);
    } finally {
      this.#left -= performance.now() - started;
    }
  }

  #tooSlow(node: RegexNode, cause: unknown): UserError {
    const hint =
      'Avoid repeats within repeats, such as (a+)+; or search for words with * and ? instead, or narrow with other words.';
    const what = problem('slow-regex', node, `The regular expression /${node.source}/ takes too long.`, hint);
    return new UserError(renderDiagnostic(this.#query.typed, what), { cause });
  }
}

function keyOf({ source, flags }: RegexNode): string {
  return `${flags}/${source}`;
}

const allMatches = new Script(
  'texts.map((text) => Array.from(text.matchAll(pattern), (match) => [match.index, match.index + match[0].length]))',
);

/** The error comes from the sandbox, whose `Error` is another. */
function wasStopped(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

function sandboxOf({ source, flags }: RegexNode): Context {
  return createContext({ texts: [], pattern: new RegExp(source, [...new Set(`${flags}gu`)].join('')) });
}

function asMatches(found: unknown): readonly (readonly Match[])[] {
  if (!Array.isArray(found)) return [];
  return found.map((pairs: unknown) => {
    if (!Array.isArray(pairs)) return [];
    return pairs.flatMap((pair: unknown) => {
      const [start, end]: unknown[] = Array.isArray(pair) ? pair : [];
      return typeof start === 'number' && typeof end === 'number' ? [[start, end] as const] : [];
    });
  });
}

/** A match without what stands before its first word character and behind its last; undefined when it has none. */
function wordsWithin(text: string, [start, end]: Match): Match | undefined {
  let [first, last] = [-1, -1];
  for (const { 0: run, index } of text.slice(start, end).matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (first < 0) first = index;
    last = index + run.length;
  }
  return first < 0 ? undefined : [start + first, start + last];
}

/** The words that matches touch, each stretch of words once, ascending by start then end. */
async function placesOf(document: OpenedDocument, matches: readonly FoundMatch[]): Promise<PositionRanges> {
  const touched =
    matches.length < manyMatches ? await lookUp(document, matches) : await layOut(document, matches);
  const ranges = [...touched].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const distinct = ranges.filter(
    ([from, to], at) => at === 0 || from !== ranges[at - 1]?.[0] || to !== ranges[at - 1]?.[1],
  );
  return {
    starts: Uint32Array.from(distinct, ([from]) => from),
    ends: Uint32Array.from(distinct, ([, to]) => to),
  };
}

type Range = readonly [from: number, to: number];

async function lookUp(document: OpenedDocument, matches: readonly FoundMatch[]): Promise<readonly Range[]> {
  const ranges: Range[] = [];
  for (const match of matches) {
    const range = await document.positionsOf(match);
    if (range !== undefined) ranges.push(range);
  }
  return ranges;
}

async function layOut(document: OpenedDocument, matches: readonly FoundMatch[]): Promise<readonly Range[]> {
  const words = layOutWords(await document.text(0, Number.MAX_SAFE_INTEGER), document.outline);
  return matches.flatMap(({ passage, start, end }): readonly Range[] => {
    const inBody = document.outline.passages[passage]?.zone === 'body';
    const wordsUpTo = (position: number) => lastAtOrBefore(words.positions, position) + 1;
    const first = inBody ? 0 : wordsUpTo((document.units.passage[passage] ?? 0) - 1);
    const behind = inBody ? words.bodyWords : wordsUpTo(document.lastPositionOf(passage));
    const from = first + lastAtOrBefore(words.ends.subarray(first, behind), start) + 1;
    const to = first + lastAtOrBefore(words.starts.subarray(first, behind), end - 1);
    return from > to ? [] : [[words.positions[from] ?? 0, words.positions[to] ?? 0]];
  });
}
