import type { FilterField, Span, TermPattern, Unit } from './ast.ts';

/** Names that stand for more than themselves: a synonym list, a person's names, a saved query, other forms, sounds. */
export type NameKind = 'syn' | 'alias' | 'saved' | 'stem' | 'sounds';

/** What the lexer makes of a query's text. Spans are UTF-16 offsets into it. */
export type Token = Span &
  (
    | { readonly type: 'open' | 'close' | 'required' | 'excluded' }
    | {
        readonly type: 'operator';
        readonly operator: 'and' | 'or' | 'not' | 'andany';
        /** Typed in small letters, so that the words may have been meant. */
        readonly small: boolean;
      }
    | { readonly type: 'near'; readonly distance: number | Unit; readonly ordered: boolean }
    /** A run of characters without white space, quotes and brackets. */
    | { readonly type: 'word'; readonly text: string }
    /** What stands between quotation marks; `offset` is where it begins. */
    | { readonly type: 'quote'; readonly text: string; readonly offset: number }
    | { readonly type: 'regex'; readonly source: string; readonly flags: string }
    | { readonly type: 'edge'; readonly edge: 'first' | 'last' }
    | Extract<TermPattern, { type: 'range' }>
    | {
        readonly type: 'filter';
        readonly field: FilterField;
        readonly value: string;
        readonly offset: number;
      }
    | { readonly type: 'name'; readonly kind: NameKind; readonly name: string; readonly offset: number }
  );
