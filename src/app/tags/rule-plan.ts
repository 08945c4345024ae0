import type { DocumentId } from '../../model/identifiers.ts';
import {
  type ExclusiveTags,
  labelKey,
  labelOf,
  type PlacedOrigin,
  type Tag,
  type TagChange,
  type TagLabel,
  type TagOrigin,
} from '../../model/tag.ts';
import type { FindOptions } from '../answering.ts';
import type { Case } from '../case.ts';
import { TagBook } from '../tag-book.ts';
import { type Clash, clashError, StandingTags } from './exclusive.ts';
import { type FoundIn, QueryTargets } from './query-targets.ts';
import type { ReadRule } from './read-rule.ts';
import { leftOutBy, NamedExclusions, without } from './rule-exclusions.ts';
import { labelOn } from './tag-target.ts';

/** One tag that a rule would put, take off, say anew in another version, or keep off for a tag that excludes it. */
export interface RuleChange {
  readonly rule: string;
  readonly change: 'put' | 'take' | 'restate' | 'keep off';
  readonly label: TagLabel;
  /** For `keep off`: the tag that stands there. */
  readonly because?: string;
}

/** What a rule comes to. */
export interface RuleOutcome {
  readonly name: string;
  readonly version: string;
  /** The query as understood. */
  readonly query: string;
  /** Places and whole documents that it tags; of how many documents. */
  readonly places: number;
  readonly documents: number;
  readonly put: number;
  readonly taken: number;
  readonly restated: number;
  readonly keptOff: number;
}

export interface RulePlan {
  /** In the order in which they are applied. */
  readonly rules: readonly RuleOutcome[];
  readonly changes: readonly RuleChange[];
  /** The same for the store. */
  readonly tagChanges: readonly TagChange[];
}

export interface PlanRequest {
  /** All groups that are to hold. */
  readonly groups: readonly ExclusiveTags[];
  /** Tags of others make room for those of the rules. */
  readonly replace: boolean;
  /** Only in these documents. */
  readonly only?: ReadonlySet<DocumentId>;
  /** Told before each rule how many are done. */
  readonly progress?: (done: number, rules: number) => void;
}

/** Rules in the order in which they are applied: by priority, then as they come. */
export function inOrder(rules: readonly ReadRule[]): readonly ReadRule[] {
  return [...rules].sort((a, b) => b.rule.priority - a.rule.priority);
}

/**
 * What rules want of the tags of a case. What they wanted before plays no part in what they want now: their own tags
 * are seen by a rule only as far as an earlier one puts them, so that applying them again changes nothing.
 * @throws UserError when tags of others exclude each other, or index and text disagree (exit 4).
 */
export async function planRules(
  open: Case,
  rules: readonly ReadRule[],
  request: PlanRequest,
): Promise<RulePlan> {
  const ordered = inOrder(rules);
  const planner = new RulePlanner(open, ordered, request);
  await planner.load();
  for (const [done, rule] of ordered.entries()) {
    request.progress?.(done, ordered.length);
    await planner.apply(rule);
  }
  return planner.finish();
}

interface Wanted {
  readonly label: TagLabel;
  /** By rule: what the tag is to know of it. */
  readonly origins: Map<string, TagOrigin>;
}

interface Counts {
  places: number;
  documents: number;
  put: number;
  taken: number;
  restated: number;
  keptOff: number;
}

class RulePlanner {
  readonly #open: Case;
  readonly #rules: readonly ReadRule[];
  readonly #request: PlanRequest;
  readonly #names: ReadonlySet<string>;
  readonly #queries: QueryTargets;
  readonly #exclusions: NamedExclusions;
  readonly #standing: StandingTags;
  /** Tags of which a rule of these is an origin, by label. */
  readonly #own = new Map<string, Tag>();
  /** Tags that others hold in place, by label, with those others alone. */
  readonly #others = new Map<string, Tag>();
  readonly #wanted = new Map<string, Wanted>();
  readonly #changes: RuleChange[] = [];
  readonly #replaced: TagChange[] = [];
  readonly #counts = new Map<string, Counts>();
  /** What rules have found, in their order, and is not wanted yet. */
  readonly #found: { readonly read: ReadRule; readonly left: readonly FoundIn[] }[] = [];

  constructor(open: Case, rules: readonly ReadRule[], request: PlanRequest) {
    this.#open = open;
    this.#rules = rules;
    this.#request = request;
    this.#names = new Set(rules.map(({ rule }) => rule.name));
    this.#queries = new QueryTargets(open);
    this.#exclusions = new NamedExclusions(open);
    this.#standing = new StandingTags(request.groups);
    for (const { rule } of rules)
      this.#counts.set(rule.name, { places: 0, documents: 0, put: 0, taken: 0, restated: 0, keptOff: 0 });
  }

  async load(): Promise<void> {
    const clashes: Clash[] = [];
    for await (const tag of this.#open.store.tags()) {
      if (this.#request.only?.has(tag.document) === false) continue;
      const others = tag.origins.filter((origin) => !this.#isOurs(origin));
      if (others.length < tag.origins.length) this.#own.set(labelKey(tag), tag);
      if (others.length === 0) continue;
      this.#others.set(labelKey(tag), { ...tag, origins: others });
      for (const standing of this.#standing.against(tag)) clashes.push({ wanted: tag, standing });
      this.#standing.add(labelOf(tag));
    }
    if (clashes.length > 0) throw clashError(clashes, 'Take one of them off each of these places first:');
  }

  #isOurs({ kind, name }: TagOrigin): boolean {
    return kind === 'rule' && this.#names.has(name);
  }

  async apply(read: ReadRule): Promise<void> {
    const { rule, query } = read;
    if (read.asksForTags) await this.#settle();
    const within = this.#within(read);
    const found = await this.#queries.find(query, rule.level, within);
    const left =
      found.length === 0
        ? []
        : without(found, await leftOutBy(read, this.#exclusions, this.#queries, within));
    this.#found.push({ read, left });
  }

  /** What was found so far becomes what is wanted, rule by rule. */
  async #settle(): Promise<void> {
    await this.#queries.settle();
    for (const { read, left } of this.#found.splice(0)) {
      const counts = this.#countsOf(read.rule.name);
      counts.documents = left.length;
      for (const { document, passages } of left) {
        for (const passage of passages === 'all' ? [undefined] : passages) {
          counts.places += 1;
          const target = this.#queries.target(document, passage);
          for (const tag of read.rule.tags) this.#want(read, labelOn(tag, target));
        }
      }
    }
  }

  /** What the queries of a rule see. Rules that do not ask for tags see the case as it is. */
  #within({ asksForTags }: ReadRule): FindOptions {
    const { only } = this.#request;
    const scope = only === undefined ? {} : { only };
    return asksForTags ? { ...scope, tags: new TagBook(this.#tagsSeen()) } : scope;
  }

  /** The tags of others, and of the rules applied so far, by document. */
  #tagsSeen() {
    const seen = new Map<DocumentId | undefined, Tag[]>();
    const add = (tag: Tag) => {
      for (const key of [tag.document, undefined]) {
        const there = seen.get(key);
        if (there === undefined) seen.set(key, [tag]);
        else there.push(tag);
      }
    };
    for (const tag of this.#others.values()) add(tag);
    for (const [key, { label }] of this.#wanted) if (!this.#others.has(key)) add({ ...label, origins: [] });
    return {
      tags: async function* ({ document }: { readonly document?: DocumentId } = {}) {
        yield* seen.get(document) ?? [];
      },
    };
  }

  #want({ rule, origin }: ReadRule, label: TagLabel): void {
    const key = labelKey(label);
    const known = this.#wanted.get(key);
    if (known !== undefined) {
      known.origins.set(rule.name, origin);
      return;
    }
    const standing = this.#standing.against(label);
    const mayGo = (other: TagLabel) => this.#request.replace && !this.#wanted.has(labelKey(other));
    const stays = standing.find((other) => !mayGo(other));
    if (stays !== undefined) {
      this.#count(rule.name, 'keep off', label, stays.name);
      return;
    }
    for (const other of standing) this.#replace(other);
    this.#standing.add(label);
    this.#wanted.set(key, { label, origins: new Map([[rule.name, origin]]) });
  }

  #replace(label: TagLabel): void {
    const key = labelKey(label);
    for (const origin of this.#others.get(key)?.origins ?? [])
      this.#replaced.push({ type: 'take', label, origin });
    this.#others.delete(key);
    this.#standing.take(label);
  }

  #countsOf(rule: string): Counts {
    const counts = this.#counts.get(rule);
    if (counts === undefined) throw new Error(`no rule ${rule}`);
    return counts;
  }

  #count(rule: string, change: RuleChange['change'], label: TagLabel, because?: string): void {
    const key = { put: 'put', take: 'taken', restate: 'restated', 'keep off': 'keptOff' } as const;
    this.#countsOf(rule)[key[change]] += 1;
    this.#changes.push({ rule, change, label, ...(because === undefined ? {} : { because }) });
  }

  async finish(): Promise<RulePlan> {
    await this.#settle();
    const puts: TagChange[] = [];
    const takes: TagChange[] = [];
    for (const [key, { label, origins }] of this.#wanted) {
      const before = this.#own.get(key)?.origins ?? [];
      for (const [rule, origin] of origins) {
        const held = before.filter(({ kind, name }) => kind === 'rule' && name === rule);
        if (held.some(({ version }) => version === origin.version)) continue;
        puts.push({ type: 'put', label, origin });
        for (const old of held) takes.push({ type: 'take', label, origin: old });
        this.#count(rule, held.length > 0 ? 'restate' : 'put', label);
      }
    }
    for (const [key, tag] of this.#own) {
      for (const origin of tag.origins.filter((one) => this.#isUnwanted(key, one))) {
        takes.push({ type: 'take', label: labelOf(tag), origin });
        this.#count(origin.name, 'take', labelOf(tag));
      }
    }
    const rules = this.#rules.map(({ rule: { name }, origin: { version = '', query = '' } }) => ({
      ...{ name, version, query },
      ...this.#countsOf(name),
    }));
    return { rules, changes: this.#changes, tagChanges: [...puts, ...this.#replaced, ...takes] };
  }

  #isUnwanted(key: string, origin: PlacedOrigin): boolean {
    return this.#isOurs(origin) && !this.#wanted.get(key)?.origins.has(origin.name);
  }
}
