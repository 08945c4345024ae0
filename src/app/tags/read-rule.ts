import { createHash } from 'node:crypto';
import type { TagOrigin } from '../../model/tag.ts';
import type { TagRule } from '../../model/tag-rule.ts';
import type { Query } from '../../query/ast.ts';
import { hasErrors, parse } from '../../query/parser.ts';
import { print } from '../../query/printer.ts';
import type { Resolver } from '../../query/resolver.ts';
import { canonicalJson } from '../../store/canonical-json.ts';
import { filtersOf } from '../filtering.ts';

/** A rule with its queries read. */
export interface ReadRule {
  readonly rule: TagRule;
  readonly query: Query;
  readonly excluded: readonly Query[];
  /** What its tags know of it. */
  readonly origin: TagOrigin;
  /** Whether any of its queries asks for tags, so that what it finds depends on them. */
  readonly asksForTags: boolean;
}

/** How many hex digits of the hash of a rule's meaning are its version. */
const versionLength = 12;

/** Reads the queries of a rule with the names that the case knows. A query that cannot be read keeps its diagnostics. */
export function readRule(rule: TagRule, resolver: Resolver): ReadRule {
  const { scope, any, stem } = rule;
  const read = (text: string) => parse(text, { scope, any, stem, resolver });
  const query = read(rule.query);
  const excluded = rule.exclude.queries.map(read);
  return {
    rule,
    query,
    excluded,
    origin: {
      kind: 'rule',
      name: rule.name,
      version: versionOf(rule, query, excluded),
      query: print(query),
      ...(rule.note === undefined || rule.note === '' ? {} : { why: rule.note }),
    },
    asksForTags: [query, ...excluded].some(({ root }) =>
      filtersOf(root).some(({ field }) => field === 'tag'),
    ),
  };
}

/** The queries of a rule that cannot be read. */
export function unreadable({ query, excluded }: ReadRule): readonly Query[] {
  return [query, ...excluded].filter(hasErrors);
}

/** The same for rules that put the same tags in the same places of any case, and say the same of it. */
function versionOf(rule: TagRule, query: Query, excluded: readonly Query[]): string {
  const { scope, level, priority, note = '' } = rule;
  const { references, documents } = rule.exclude;
  const meaning = {
    ...{ scope, level, priority, note, query: print(query) },
    tags: [...rule.tags].sort(),
    queries: excluded.map(print).sort(),
    references: [...references].sort(),
    documents: [...documents].sort(),
  };
  return createHash('sha256').update(canonicalJson(meaning)).digest('hex').slice(0, versionLength);
}
