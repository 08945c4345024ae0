export const tagLevels = ['passage', 'document'] as const;
/** What a query tags: the passages in which its hits begin, or the documents. */
export type TagLevel = (typeof tagLevels)[number];

export const ruleScopes = ['document', 'passage', 'page'] as const;

/** A named rule by which a case is tagged, as a rule file gives it. */
export interface TagRule {
  readonly name: string;
  /** As typed. */
  readonly query: string;
  /** What AND, OR and NOT of its queries hold together. */
  readonly scope: (typeof ruleScopes)[number];
  /** Words side by side mean OR. */
  readonly any: boolean;
  /** Plain words also find other forms of themselves. */
  readonly stem: boolean;
  readonly level: TagLevel;
  readonly tags: readonly string[];
  readonly exclude: RuleExclusions;
  /** Rules of higher priority go first, and win where tags exclude each other. */
  readonly priority: number;
  readonly note?: string;
}

/** What a rule leaves out, whatever its query finds. */
export interface RuleExclusions {
  readonly queries: readonly string[];
  readonly references: readonly string[];
  readonly documents: readonly string[];
}

/** A rule that stays in the case. */
export interface KeptRule {
  readonly rule: TagRule;
  /** Its place among the kept rules: of two with the same priority the first goes first. */
  readonly position: number;
  readonly by: string;
  /** ISO 8601 time. */
  readonly at: string;
}
