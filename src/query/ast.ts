import type { Diagnostic } from '../model/diagnostic.ts';

/** Where a node stands in what was typed, in UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * How a leaf's terms are found in the index. `text` is normalised; in `wildcard`, `*` is any run, `?` one character,
 * `=` one digit. A range with `digits` wants words of just so many digits.
 */
export type TermPattern =
  | { readonly type: 'exact'; readonly text: string }
  | { readonly type: 'prefix'; readonly text: string }
  | { readonly type: 'wildcard'; readonly text: string }
  | {
      readonly type: 'fuzzy';
      readonly text: string;
      readonly distance: number;
      readonly prefixLength: number;
    }
  | { readonly type: 'stem'; readonly text: string }
  | { readonly type: 'sound'; readonly text: string }
  | { readonly type: 'range'; readonly from?: number; readonly to?: number; readonly digits?: number };

/** A single-word operand. `leaf` numbers the patterns of a query from 0, in the order first typed: words of the same pattern are the same leaf. */
export interface WordNode extends Span {
  readonly type: 'word';
  readonly leaf: number;
  readonly pattern: TermPattern;
  /** As typed, for printing. */
  readonly typed: string;
}

export const units = ['passage', 'sentence', 'page', 'turn', 'exchange'] as const;
/** What `w/para`, `w/sent`, `w/page`, `w/turn` and `w/answer` hold their sides together in. */
export type Unit = (typeof units)[number];

export const documentFields = [
  'source',
  'kind',
  'date',
  'title',
  'file',
  'parent',
  'reference',
  'day',
  'is',
] as const;
export const placeFields = ['speaker', 'witness', 'role', 'page', 'zone'] as const;
export type DocumentField = (typeof documentFields)[number];
export type PlaceField = (typeof placeFields)[number];
export type FilterField = DocumentField | PlaceField | 'tag';

export type FilterValue =
  /** Equal, or matching where the text has `*` or `?`. Case and form folded as words are. */
  | { readonly type: 'text'; readonly text: string }
  /** Inclusive ISO 8601 days; an open end is absent. */
  | { readonly type: 'dates'; readonly from?: string; readonly to?: string }
  | { readonly type: 'numbers'; readonly from?: number; readonly to?: number };

export interface FilterNode extends Span {
  readonly type: 'filter';
  readonly field: FilterField;
  readonly value: FilterValue;
}

export type QueryNode =
  | WordNode
  /** Slots in order. An `any` slot is any one word. */
  | (Span & { readonly type: 'phrase'; readonly slots: readonly PhraseSlot[] })
  | (Span & { readonly type: 'and'; readonly operands: readonly QueryNode[] })
  | (Span & { readonly type: 'or'; readonly operands: readonly QueryNode[] })
  /** Left without right, by the unit of the search. */
  | (Span & { readonly type: 'not'; readonly left: QueryNode | undefined; readonly right: QueryNode })
  | (Span & {
      readonly type: 'near';
      readonly left: QueryNode;
      readonly right: QueryNode;
      readonly distance: number | Unit;
      readonly ordered: boolean;
      /** `NOT w/N`: a left that has no right so near. */
      readonly negated: boolean;
    })
  /** `a ANDANY b`: a, with b's intervals where there are any. */
  | (Span & { readonly type: 'andany'; readonly left: QueryNode; readonly right: QueryNode })
  | (Span & { readonly type: 'edge'; readonly edge: 'first' | 'last' })
  | (Span & { readonly type: 'regex'; readonly source: string; readonly flags: string })
  | FilterNode;

export type PhraseSlot =
  | WordNode
  | (Span & { readonly type: 'any' })
  | (Span & { readonly type: 'or'; readonly operands: readonly PhraseSlot[] })
  | (Span & { readonly type: 'phrase'; readonly slots: readonly PhraseSlot[] });

/** What AND, OR and NOT hold together. */
export const scopes = ['document', 'passage', 'page'] as const;
export type Scope = (typeof scopes)[number];

export interface Query {
  readonly typed: string;
  readonly root: QueryNode;
  readonly leaves: readonly WordNode[];
  readonly scope: Scope;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A query whose patterns have been looked up: `expansions[leaf]` are the terms of the index that the leaf stands for.
 * Behind those of the leaves may stand lists of one term each, the word as it was typed where a leaf stands for others
 * too; `asTyped` says at which index a leaf's is. They make no hits; they tell exact ones from others.
 */
export interface BoundQuery {
  readonly query: Query;
  readonly expansions: readonly (readonly string[])[];
  readonly asTyped?: ReadonlyMap<number, number>;
}

/** Places of one leaf in one document, ascending by start then end. `ends` is inclusive and absent when every occurrence is one word. */
export interface Occurrences {
  readonly starts: Uint32Array;
  readonly ends?: Uint32Array;
}

/** By leaf number; undefined where the leaf does not occur. */
export type LeafOccurrences = readonly (Occurrences | undefined)[];
