import type { Node, Pair, ParsedNode, Scalar, YAMLMap } from 'yaml';
import type { ExclusiveTags } from '../../model/tag.ts';
import { ruleScopes, type TagRule, tagLevels } from '../../model/tag-rule.ts';
import { nearestName } from '../../query/problem.ts';
import { groupProblem } from './exclusive.ts';
import type { RuleProblem } from './rule-problem.ts';
import { isAtOrBelow, memberOf, readTagName, tagNameHint } from './tag-name.ts';
import { offsetIn } from './yaml-offset.ts';

/** A rule with where its parts stand in the file. */
export interface WrittenRule {
  readonly rule: TagRule;
  /** By text: the node that has it. */
  readonly places: {
    readonly query: WrittenText;
    readonly excludedQueries: readonly WrittenText[];
    readonly excludedReferences: readonly WrittenText[];
    readonly excludedDocuments: readonly WrittenText[];
  };
}

/** A text of the file, and where it stands. */
export interface WrittenText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Where in the file a character of the text stands; the beginning of the text where that cannot be told. */
  offset(at: number): number;
}

/** What a file of rules says, as far as it can be read; nothing of it is to be used when there are problems. */
export interface RuleFile {
  readonly rules: readonly WrittenRule[];
  readonly exclusive: readonly ExclusiveTags[];
  /** In the order of the file. */
  readonly problems: readonly RuleProblem[];
}

const longestFile = 10_000_000;
const lowestPriority = -1_000_000;
const highestPriority = 1_000_000;

/** Reads a file of rules: YAML of the form that docs/tagging.md describes. Never throws for what is wrong in it. */
export async function readRuleFile(text: string): Promise<RuleFile> {
  if (text.length > longestFile) {
    const message = 'A file of rules can have 10 MB at most.';
    return { rules: [], exclusive: [], problems: [{ start: 0, end: 1, message }] };
  }
  const yaml = await import('yaml');
  return new RuleReader(yaml, text).read();
}

type Yaml = typeof import('yaml');
type Value = Node | null | undefined;

interface Keys {
  readonly [key: string]: Value;
}

/** Reads one file; what is wrong is gathered, and the rest read on. */
class RuleReader {
  readonly #yaml: Yaml;
  readonly #text: string;
  readonly #document: ReturnType<Yaml['parseDocument']>;
  readonly #problems: RuleProblem[] = [];
  #rule: string | undefined;
  /** Keys of the rule that were mistyped: they are not missing as well. */
  readonly #meant = new Set<string>();

  constructor(yaml: Yaml, text: string) {
    this.#yaml = yaml;
    this.#text = text;
    this.#document = yaml.parseDocument(text, { prettyErrors: false, strict: true, version: '1.2' });
  }

  read(): RuleFile {
    for (const { pos, message } of [...this.#document.errors, ...this.#document.warnings])
      this.#problems.push({ start: pos[0], end: pos[1], message: sentence(message) });
    if (this.#problems.length > 0) return { rules: [], exclusive: [], problems: this.#problems };
    const top = this.#document.contents;
    const keys = this.#keys(top, ['rules', 'exclusive'], 'A file of rules has the keys rules and exclusive');
    if (keys === undefined) return { rules: [], exclusive: [], problems: this.#problems };
    const exclusive = this.#exclusive(keys['exclusive']);
    const rules = this.#rules(keys['rules'], top);
    for (const { rule } of rules) this.#refuseClash(rule, exclusive, keys['rules']);
    return { rules, exclusive, problems: this.#problems.sort((a, b) => a.start - b.start) };
  }

  #exclusive(value: Value): readonly ExclusiveTags[] {
    return this.#items(value, 'exclusive is a list of groups: [[review/yes, review/no]].').flatMap((item) => {
      const group = this.#tags(item, 'A group of exclusive tags');
      const problem = group === undefined ? undefined : groupProblem(group);
      if (problem !== undefined) this.#report(item, problem, 'As in: [review/yes, review/no].');
      return group === undefined || problem !== undefined ? [] : [[...group].sort()];
    });
  }

  #rules(value: Value, top: Value): readonly WrittenRule[] {
    const items = this.#items(value, 'rules is a list: each rule begins with a dash.');
    if (items.length === 0 && this.#problems.length === 0)
      this.#report(value ?? top, 'There are no rules in the file.', 'Write them below rules: as a list.');
    const names = new Set<string>();
    return items.flatMap((item) => {
      const rule = this.#oneRule(item);
      this.#rule = undefined;
      if (rule === undefined) return [];
      const { name } = rule.rule;
      if (names.has(name))
        this.#report(item, `There are two rules called “${name}”.`, 'Call one of them otherwise.');
      names.add(name);
      return [rule];
    });
  }

  #oneRule(item: Value): WrittenRule | undefined {
    const before = this.#problems.length;
    this.#meant.clear();
    const map = this.#resolved(item);
    const called = this.#yaml.isMap(map) ? this.#scalarText(asNode(map.get('name', true))) : undefined;
    this.#rule = called === undefined ? undefined : readTagName(called);
    const keys = this.#keys(item, ruleKeys, 'A rule has keys: name, query and tags at least');
    if (keys === undefined) return undefined;
    const name = this.#name(keys['name'], item);
    this.#rule = name;
    const query = this.#oneText(keys['query'], 'query', item);
    const tags = keys['tags'] === undefined ? this.#missing('tags', item) : this.#tags(keys['tags'], 'tags');
    const exclude = this.#exclude(keys['exclude']);
    const note = keys['note'] === undefined ? undefined : this.#oneText(keys['note'], 'note', item);
    const rest = {
      scope: this.#choice(keys['scope'], 'scope', ruleScopes, 'document'),
      any: this.#flag(keys['any'], 'any'),
      stem: this.#flag(keys['stem'], 'stem'),
      level: this.#choice(keys['level'], 'level', tagLevels, 'passage'),
      priority: this.#priority(keys['priority']),
    };
    if (this.#problems.length > before || name === undefined || query === undefined || tags === undefined)
      return undefined;
    const texts = (written: readonly WrittenText[]) => written.map(({ text }) => text);
    return {
      rule: {
        name,
        query: query.text,
        ...rest,
        tags,
        exclude: {
          queries: texts(exclude.queries),
          references: texts(exclude.references),
          documents: texts(exclude.documents),
        },
        ...(note === undefined ? {} : { note: note.text.trim() }),
      },
      places: {
        query,
        excludedQueries: exclude.queries,
        excludedReferences: exclude.references,
        excludedDocuments: exclude.documents,
      },
    };
  }

  #name(value: Value, rule: Value): string | undefined {
    const written = this.#oneText(value, 'name', rule);
    if (written === undefined) return undefined;
    const name = readTagName(written.text);
    const hint = 'A name is letters, digits, spaces, dots, dashes and /.';
    if (name === undefined)
      this.#report(value, `“${shown(written.text)}” cannot be the name of a rule.`, hint);
    return name;
  }

  #exclude(value: Value) {
    const none: readonly WrittenText[] = [];
    if (value === undefined) return { queries: none, references: none, documents: none };
    const keys = this.#keys(
      value,
      ['queries', 'references', 'documents'],
      'exclude has the keys queries, references and documents',
    );
    const texts = (key: string) =>
      keys?.[key] === undefined ? none : this.#texts(keys[key], `exclude: ${key}`);
    return { queries: texts('queries'), references: texts('references'), documents: texts('documents') };
  }

  #priority(value: Value): number {
    if (value === undefined) return 0;
    const number = this.#yaml.isScalar(value) ? value.value : undefined;
    if (
      typeof number === 'number' &&
      Number.isInteger(number) &&
      number >= lowestPriority &&
      number <= highestPriority
    )
      return number;
    this.#report(
      value,
      'priority is a whole number.',
      'Rules of higher priority go first; without one it is 0.',
    );
    return 0;
  }

  #flag(value: Value, key: string): boolean {
    if (value === undefined) return false;
    const flag = this.#yaml.isScalar(value) ? value.value : undefined;
    if (typeof flag === 'boolean') return flag;
    this.#report(value, `${key} is true or false.`);
    return false;
  }

  #choice<Name extends string>(value: Value, key: string, choices: readonly Name[], standard: Name): Name {
    if (value === undefined) return standard;
    const written = this.#scalarText(value);
    const known = choices.find((choice) => choice === written);
    if (known !== undefined) return known;
    const near = written === undefined ? undefined : nearestName(written.toLowerCase(), choices);
    this.#report(
      value,
      `${key} is ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}.`,
      near === undefined ? undefined : `Did you mean ${near}?`,
    );
    return standard;
  }

  #tags(value: Value, what: string): readonly string[] | undefined {
    const before = this.#problems.length;
    const written = this.#texts(value, what);
    const tags = written.flatMap(({ text, start, end }) => {
      const tag = readTagName(text);
      if (tag === undefined)
        this.#problems.push({
          start,
          end,
          message: `“${shown(text)}” cannot be a tag.`,
          hint: tagNameHint,
          ...this.#inRule(),
        });
      return tag === undefined ? [] : [tag];
    });
    return this.#problems.length > before ? undefined : [...new Set(tags)];
  }

  /** One text, or a list of them with one at least. */
  #texts(value: Value, what: string): readonly WrittenText[] {
    const node = this.#resolved(value);
    const items = this.#yaml.isSeq(node) ? node.items.map((item) => asNode(item)) : [node];
    if (items.length === 0) this.#report(value, `${what} is an empty list.`);
    return items.flatMap((item) => {
      const text = this.#written(item);
      if (text === undefined) this.#report(item ?? value, `${what} is a text, or a list of texts.`);
      return text ?? [];
    });
  }

  #oneText(value: Value, key: string, rule: Value): WrittenText | undefined {
    if (value === undefined) return this.#missing(key, rule);
    const written = this.#written(value);
    if (written === undefined || written.text.trim() === '') {
      this.#report(
        value ?? rule,
        `${key} is a text.`,
        "Put it in quotes when it has signs of YAML in it: 'a: b'.",
      );
      return undefined;
    }
    return written;
  }

  #missing(key: string, rule: Value): undefined {
    if (this.#meant.has(key)) return undefined;
    this.#report(rule, `The rule has no ${key}.`, 'A rule needs name, query and tags.');
    return undefined;
  }

  #written(value: Value): WrittenText | undefined {
    const text = this.#scalarText(value);
    const node = this.#resolved(value);
    if (text === undefined || !this.#yaml.isScalar(node)) return undefined;
    const [start, end] = rangeOf(value ?? node);
    const inQuotes = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? 1 : 0;
    const from = rangeOf(node)[0] + inQuotes;
    const source = this.#text.slice(from, rangeOf(node)[1] - inQuotes);
    return { text, start, end, offset: (at) => from + (offsetIn(source, text, at) ?? 0) };
  }

  /** The text of a scalar: of a number, or a truth value, as it was typed. */
  #scalarText(value: Value): string | undefined {
    const node = this.#resolved(value);
    if (!this.#yaml.isScalar(node)) return undefined;
    const scalar: Scalar = node;
    if (typeof scalar.value === 'string') return scalar.value;
    return scalar.value === null || scalar.source === undefined ? undefined : scalar.source;
  }

  #items(value: Value, message: string): readonly Value[] {
    if (value === undefined) return [];
    const node = this.#resolved(value);
    if (this.#yaml.isSeq(node)) return node.items.map((item) => asNode(item));
    this.#report(value, message);
    return [];
  }

  /** The values of a map by their keys; undefined when it is none. */
  #keys(value: Value, known: readonly string[], message: string): Keys | undefined {
    const node = this.#resolved(value);
    if (!this.#yaml.isMap(node)) {
      this.#report(value, `${message}.`, 'See the example in pincite tag apply --help.');
      return undefined;
    }
    const map: YAMLMap = node;
    const keys: Record<string, Value> = {};
    for (const pair of map.items) {
      const key = this.#keyOf(pair, known);
      if (key !== undefined) keys[key] = asNode(pair.value);
    }
    return keys;
  }

  #keyOf({ key }: Pair, known: readonly string[]): string | undefined {
    const node = asNode(key);
    const name = this.#scalarText(node);
    if (name !== undefined && known.includes(name)) return name;
    const near = name === undefined ? undefined : nearestName(name.toLowerCase(), known);
    if (near !== undefined) this.#meant.add(near);
    this.#report(
      node,
      `There is no key “${shown(name ?? '')}” here.`,
      near === undefined ? `The keys are ${known.join(', ')}.` : `Did you mean ${near}?`,
    );
    return undefined;
  }

  /** What an alias stands for, or the node itself. */
  #resolved(value: Value): Value {
    return this.#yaml.isAlias(value) ? value.resolve(this.#document) : value;
  }

  #refuseClash(rule: TagRule, groups: readonly ExclusiveTags[], rules: Value): void {
    const pair = clashWithin(rule.tags, groups);
    if (pair === undefined) return;
    this.#rule = rule.name;
    this.#report(rules, `“${pair[0]}” and “${pair[1]}” exclude each other, and the rule puts both.`);
    this.#rule = undefined;
  }

  #report(value: Value, message: string, hint?: string): void {
    const [start, end] = value === null || value === undefined ? [0, 1] : rangeOf(value);
    this.#problems.push({ start, end, message, ...(hint === undefined ? {} : { hint }), ...this.#inRule() });
  }

  #inRule(): { readonly rule?: string } {
    return this.#rule === undefined ? {} : { rule: this.#rule };
  }
}

const ruleKeys = ['name', 'query', 'scope', 'any', 'stem', 'level', 'tags', 'exclude', 'priority', 'note'];

/** Two of some tags that exclude each other. */
export function clashWithin(
  tags: readonly string[],
  groups: readonly ExclusiveTags[],
): readonly [string, string] | undefined {
  for (const group of groups) {
    const members = tags.filter((tag) => memberOf(group, tag) !== undefined);
    const [first] = members;
    const other = members.find(
      (tag) => first !== undefined && memberOf(group, tag) !== memberOf(group, first),
    );
    if (first !== undefined && other !== undefined && !isAtOrBelow(other, first)) return [first, other];
  }
  return undefined;
}

function asNode(value: unknown): Value {
  return typeof value === 'object' && value !== null && 'range' in value ? (value as ParsedNode) : undefined;
}

function rangeOf(node: Node): readonly [number, number] {
  const [start = 0, end = start] = node.range ?? [];
  return [start, end];
}

function sentence(message: string): string {
  const line = message.split('\n')[0] ?? message;
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** A text of the file in a sentence: short, and in one line. */
function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
