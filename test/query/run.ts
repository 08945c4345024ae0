import { type Outline, runTable } from '../../src/model/outline.ts';
import type { Query } from '../../src/query/ast.ts';
import { type Hits, type MatchContext, match } from '../../src/query/match.ts';
import { occurrencesIn } from '../../src/query/occurrences.ts';
import { hasErrors, type ParseOptions, parse } from '../../src/query/parser.ts';
import { layOutWords, type PositionedWords, positionDocument } from '../../src/query/positions.ts';
import { compileTermPattern } from '../../src/query/terms.ts';
import type { Units } from '../../src/query/words.ts';

/** An outline of a text in which "|" at a line's start begins a passage and "#" a line that is a running head. */
export function outlineOf(text: string): Outline {
  const starts = [0, ...Array.from(text.matchAll(/\n(?=.)/gs), ({ index }) => index + 1)];
  const heads = starts.filter((start) => text.charAt(start) === '#');
  const runs = heads.map((start) => ({ start, end: text.indexOf('\n', start) + 1, zone: 'header' as const }));
  const begins = starts.filter((start) => start === 0 || text.charAt(start) === '|');
  const kind = { kind: 'line' } as const;
  const body = begins.map((start, at) => ({
    start,
    end: begins[at + 1] ?? text.length,
    zone: 'body' as const,
    kind,
    turn: at,
    exchange: at >> 1,
  }));
  const others = runs.map(({ start, end, zone }) => ({ start, end, zone, kind, turn: 0, exchange: 0 }));
  const pages = Uint32Array.from(starts, (start) => text.slice(0, start).split('\f').length);
  const zeros = new Uint32Array(starts.length);
  const lines = {
    starts: Uint32Array.from(starts),
    sheets: pages,
    pages,
    numbers: zeros,
    doubts: new Uint8Array(starts.length),
  };
  return { lines, runs: runTable(runs), passages: [...body, ...others], sheets: [] };
}

/** Looks up a query's patterns among a document's own words, single and joined. */
export function bind(query: Query, words: PositionedWords) {
  const term = (at: number) => words.vocabulary[words.ids[at] ?? -1] ?? '';
  const terms = [...words.vocabulary, ...Array.from(words.joins, (at) => term(at) + term(at + 1))];
  return { query, expansions: query.leaves.map(({ pattern }) => terms.filter(compileTermPattern(pattern))) };
}

/** The hits of a query in a document that is laid out, as positions. */
export function hitsIn(
  typed: string,
  { words, units }: { readonly words: PositionedWords; readonly units: Units },
  options: ParseOptions & Partial<Pick<MatchContext, 'filter'>> = {},
): Hits | undefined {
  const query = parse(typed, options);
  if (hasErrors(query)) throw new Error(JSON.stringify(query.diagnostics));
  const bound = bind(query, words);
  return match(bound, {
    occurrences: occurrencesIn(bound, words),
    units,
    filter: options.filter ?? (() => true),
    regex: () => ({ starts: new Uint32Array(0), ends: new Uint32Array(0) }),
  });
}

/** The hits of a query in a text, as they stand there, white space made single; undefined when the text does not answer. */
export function run(
  typed: string,
  text: string,
  options: ParseOptions & Partial<Pick<MatchContext, 'filter'>> = {},
): readonly string[] | undefined {
  const outline = outlineOf(text);
  const words = layOutWords(text, outline);
  const hits = hitsIn(typed, { words, units: positionDocument(text, outline).units }, options);
  const offset = (column: Uint32Array, position: number) =>
    column[words.positions.indexOf(position)] ?? Number.NaN;
  return (
    hits &&
    Array.from(hits.starts, (start, at) =>
      text
        .slice(offset(words.starts, start), offset(words.ends, hits.ends[at] ?? Number.NaN))
        .replaceAll(/\s+/g, ' '),
    )
  );
}
