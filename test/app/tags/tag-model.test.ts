import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Case } from '../../../src/app/case.ts';
import { personName } from '../../../src/app/person.ts';
import { applyTags } from '../../../src/app/tagging.ts';
import { applyRules } from '../../../src/app/tags/apply-rules.ts';
import { noteTag } from '../../../src/app/tags/note-tag.ts';
import { renameTags } from '../../../src/app/tags/rename-tags.ts';
import { undoBatch } from '../../../src/app/tags/undo.ts';
import { UserError } from '../../../src/model/diagnostic.ts';
import { collect } from '../../store/samples.ts';
import { rulesOf, tagCase, targetOfLine } from './tag-case.ts';

/*
 * Random work on tags, held against a model that knows nothing of stores or queries: a map from a tag on a line to who
 * says so, and for each batch the map before and after it.
 */

const lines = ['phone mug', 'seal phone', 'mug coat', 'seal bag'];
const names = ['a', 'a/x', 'b', 'yes', 'no'] as const;
const exclusive = [['no', 'yes']];
const ruleSets = [
  [{ name: 'one', query: 'phone', tags: ['a'] }],
  [{ name: 'one', query: 'seal', tags: ['a', 'b'] }],
  [
    { name: 'one', query: 'mug', tags: ['yes'] },
    { name: 'two', query: 'coat', tags: ['no', 'a/x'], priority: 1 },
  ],
  [{ name: 'two', query: 'bag', tags: ['a'] }],
];

/** By `NAME LINE`: origins with their versions (the number of the rule set, or none), and the note. */
interface Place {
  readonly origins: ReadonlyMap<string, number>;
  readonly note?: string;
}
type State = ReadonlyMap<string, Place>;

interface Batch {
  readonly before: State;
  readonly after: State;
  readonly undoes?: number;
}

class Refused extends Error {}

class Model {
  state: State = new Map();
  readonly batches: Batch[] = [];

  /** Takes up a new state, as a batch if anything is different. */
  become(after: State, undoes?: number): void {
    refuseBoth(after);
    if (print(after).join() === print(this.state).join()) return;
    this.batches.push({ before: this.state, after, ...(undoes === undefined ? {} : { undoes }) });
    this.state = after;
  }

  add(name: string, line: number, note: string | undefined): void {
    const key = `${name} ${line}`;
    const place = this.state.get(key);
    const origins = new Map(place?.origins).set('me', place?.origins.get('me') ?? 0);
    const noted = note ?? place?.note;
    this.become(new Map(this.state).set(key, { origins, ...(noted === undefined ? {} : { note: noted }) }));
  }

  remove(name: string, line: number): void {
    const left = new Map(this.state);
    left.delete(`${name} ${line}`);
    this.become(left);
  }

  note(name: string, line: number, note: string): void {
    const place = this.state.get(`${name} ${line}`);
    if (place === undefined) throw new Refused();
    this.become(new Map(this.state).set(`${name} ${line}`, { origins: place.origins, note }));
  }

  apply(set: number): void {
    const rules = [...(ruleSets[set] ?? [])].sort((a, b) => (b.priority ?? 0) - (a.priority ?? 0));
    const own = new Set(rules.map(({ name }) => name));
    const others = new Map<string, Place>();
    for (const [key, place] of this.state) {
      const origins = new Map([...place.origins].filter(([name]) => !own.has(name)));
      if (origins.size > 0) others.set(key, { ...place, origins });
    }
    for (const rule of rules) {
      for (const [line, text] of lines.entries()) {
        if (!text.includes(rule.query)) continue;
        for (const tag of rule.tags) {
          const key = `${tag} ${line}`;
          const rival = tag === 'yes' ? 'no' : tag === 'no' ? 'yes' : undefined;
          if (rival !== undefined && others.has(`${rival} ${line}`)) continue;
          const note = this.state.get(key)?.note;
          const origins = new Map(others.get(key)?.origins).set(rule.name, versionIn(set, rule.name));
          others.set(key, { origins, ...(note === undefined ? {} : { note }) });
        }
      }
    }
    this.become(others);
  }

  rename(from: readonly string[], to: string, merge: boolean): void {
    const moved = (name: string) => {
      const above = from
        .filter((one) => one !== to && (name === one || name.startsWith(`${one}/`)))
        .sort((a, b) => b.length - a.length)[0];
      return above === undefined ? undefined : to + name.slice(above.length);
    };
    const used = [...this.state.keys()].map((key) => key.split(' ')[0] ?? '');
    for (const one of from.filter((name) => name !== to))
      if (!used.some((name) => name === one || name.startsWith(`${one}/`))) throw new Refused();
    if (from.every((one) => one === to)) throw new Refused();
    const after = new Map([...this.state].filter(([key]) => moved(key.split(' ')[0] ?? '') === undefined));
    const taken = new Set([...after.keys()].map((key) => key.split(' ')[0]));
    for (const [key, place] of this.state) {
      const [name = '', line = ''] = key.split(' ');
      const now = moved(name);
      if (now === undefined) continue;
      if (!merge && taken.has(now)) throw new Refused();
      const there = after.get(`${now} ${line}`);
      const notes = [...new Set([...(there?.note?.split('; ') ?? []), ...(place.note?.split('; ') ?? [])])];
      after.set(`${now} ${line}`, {
        origins: new Map([...place.origins, ...(there?.origins ?? [])]),
        ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
      });
    }
    this.become(after);
  }

  get #last(): number {
    const undone = takenBack(this.batches, 0);
    return this.batches.findLastIndex((batch, index) => batch.undoes === undefined && !undone.has(index));
  }

  get canUndo(): boolean {
    return this.#last >= 0;
  }

  undo(number: number | undefined): void {
    const undone = takenBack(this.batches, 0);
    const at = number ?? this.#last;
    const batch = this.batches[at];
    if (batch === undefined || undone.has(at)) throw new Refused();
    const touched = new Set(subjects(batch));
    const cancelled = takenBack(this.batches, at + 1);
    for (const [index, later] of this.batches.entries()) {
      const cancels = later.undoes !== undefined && cancelled.get(later.undoes) === index;
      if (index <= at || cancelled.has(index) || cancels) continue;
      if (subjects(later).some((subject) => touched.has(subject))) throw new Refused();
    }
    this.become(reversed(this.state, batch), at);
  }
}

/** Batches from an index on that are taken back by one that stands. */
function takenBack(batches: readonly Batch[], from: number): ReadonlyMap<number, number> {
  const by = new Map<number, number>();
  for (let index = batches.length - 1; index >= from; index--) {
    const undoes = batches[index]?.undoes;
    if (undoes !== undefined && undoes >= from && !by.has(index)) by.set(undoes, index);
  }
  return by;
}

/** What a batch changed: an origin of a tag, or its note. */
function subjects({ before, after }: Batch): readonly string[] {
  const found: string[] = [];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key), after.get(key)];
    for (const origin of new Set([...(old?.origins.keys() ?? []), ...(now?.origins.keys() ?? [])]))
      if (old?.origins.get(origin) !== now?.origins.get(origin)) found.push(`${key} ${origin}`);
    if (old?.note !== now?.note) found.push(`${key} note`);
  }
  return found;
}

function reversed(state: State, batch: Batch): State {
  const result = new Map(
    [...state].map(([key, place]) => [key, { ...place, origins: new Map(place.origins) }]),
  );
  for (const subject of subjects(batch)) {
    const [name = '', line = '', what = ''] = subject.split(' ');
    const key = `${name} ${line}`;
    const old = batch.before.get(key);
    const place: { origins: Map<string, number>; note?: string } = result.get(key) ?? { origins: new Map() };
    result.set(key, place);
    const version = old?.origins.get(what);
    if (what === 'note') {
      if (old?.note === undefined) delete place.note;
      else place.note = old.note;
    } else if (version === undefined) place.origins.delete(what);
    else place.origins.set(what, version);
  }
  for (const [key, { origins }] of result) if (origins.size === 0) result.delete(key);
  return result;
}

function refuseBoth(state: State): void {
  for (const line of lines.keys())
    if (state.has(`yes ${line}`) && state.has(`no ${line}`)) throw new Refused();
}

/** The first rule set in which a rule means the same. */
function versionIn(set: number, name: string): number {
  const meaning = (at: number) => JSON.stringify(ruleSets[at]?.find((rule) => rule.name === name));
  return ruleSets.findIndex((_, at) => meaning(at) === meaning(set));
}

function print(state: State): readonly string[] {
  return [...state]
    .map(([key, { origins, note = '' }]) => `${key} [${[...origins].map(String).sort().join(' ')}] ${note}`)
    .sort();
}

type Step = (model: Model) => { readonly real: (open: Case) => Promise<unknown> };

const name = fc.constantFrom(...names);
const line = fc.nat(lines.length - 1);
const note = fc.constantFrom(undefined, 'n', 'm');
const common = { detail: {}, dryRun: false, replace: false };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(name, line, note).map(
    ([tag, at, text]): Step =>
      (model) => {
        const real = async (open: Case) =>
          applyTags(open, {
            ...{
              ...common,
              action: 'add',
              names: [tag],
              targets: [await targetOfLine(open, 'd', at)],
              note: text,
            },
          });
        return attempt(real, () => model.add(tag, at, text));
      },
  ),
  fc.tuple(name, line).map(
    ([tag, at]): Step =>
      (model) => {
        const real = async (open: Case) =>
          applyTags(open, {
            ...common,
            action: 'remove',
            names: [tag],
            targets: [await targetOfLine(open, 'd', at)],
          });
        return attempt(real, () => model.remove(tag, at));
      },
  ),
  fc.tuple(name, line).map(
    ([tag, at]): Step =>
      (model) => {
        const real = async (open: Case) => {
          const { document, place } = await targetOfLine(open, 'd', at);
          return noteTag(open, `${document.slice(0, 12)}@${place?.reference}`, tag, 'k');
        };
        return attempt(real, () => model.note(tag, at, 'k'));
      },
  ),
  fc.nat(ruleSets.length - 1).map(
    (set): Step =>
      (model) => {
        const real = async (open: Case) =>
          applyRules(open, await rulesOf(open, ruleSets[set] ?? []), { ...common, keep: false });
        return attempt(real, () => model.apply(set));
      },
  ),
  fc.tuple(name, fc.constantFrom('a', 'c', 'b', 'a/x/y', 'd')).map(
    ([from, to]): Step =>
      (model) => {
        const real = (open: Case) => renameTags(open, { from: [from], to, action: 'rename', dryRun: false });
        return attempt(real, () => model.rename([from], to, false), from === 'yes' || from === 'no');
      },
  ),
  fc.tuple(fc.constantFrom('a', 'a/x', 'b'), fc.constantFrom('a', 'b'), fc.constantFrom('a', 'b', 'c')).map(
    ([one, two, to]): Step =>
      (model) => {
        const from = [...new Set([one, two])];
        const real = (open: Case) => renameTags(open, { from, to, action: 'merge', dryRun: false });
        return attempt(real, () => model.rename(from, to, true));
      },
  ),
  fc.constantFrom(undefined, undefined, 0, 1, 2, 3, 4, 5).map(
    (number): Step =>
      (model) => {
        const real = (open: Case) =>
          undoBatch(open, { ...common, number: number === undefined ? undefined : number + 2 });
        return attempt(real, () => model.undo(number), number === undefined && !model.canUndo);
      },
  ),
);

/** The model goes first; where it refuses, the program must refuse too. Renames that change the groups are left out. */
function attempt(real: (open: Case) => Promise<unknown>, inModel: () => void, leaveOut = false) {
  if (leaveOut) return { real: async () => undefined };
  try {
    inModel();
    return { real };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return {
      real: async (open: Case) => {
        await expect(real(open)).rejects.toThrow(UserError);
      },
    };
  }
}

async function stateOf(open: Case): Promise<readonly string[]> {
  const lineOf = new Map<string, number>();
  for (const at of lines.keys()) lineOf.set((await targetOfLine(open, 'd', at)).place?.reference ?? '', at);
  const versions = new Map<string, number>();
  for (const [set, rules] of ruleSets.entries())
    for (const { rule, origin } of (await rulesOf(open, rules)).rules)
      versions.set(`${rule.name} ${origin.version}`, versionIn(set, rule.name));
  const state = new Map<string, Place>();
  for (const tag of await collect(open.store.tags())) {
    const origins = tag.origins.map(({ kind, name: who, version }): [string, number] =>
      kind === 'rule'
        ? [who, versions.get(`${who} ${version}`) ?? -1]
        : [who === personName() ? 'me' : who, 0],
    );
    state.set(`${tag.name} ${lineOf.get(tag.place?.reference ?? '')}`, {
      origins: new Map(origins),
      ...(tag.note === undefined ? {} : { note: tag.note }),
    });
  }
  return print(state);
}

it('is what a plain model says, after any work and any taking back', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
    const open = await tagCase(new Map([['d', `${lines.join('\n')}\n`]]));
    await open.store.write(() =>
      open.store.recordTags(
        {
          ...{ action: 'exclusive', by: 'ann', at: '2024', detail: {} },
          exclusive: { declared: exclusive, withdrawn: [] },
        },
        [],
      ),
    );
    const model = new Model();
    for (const each of steps) {
      await each(model).real(open);
      expect(await stateOf(open)).toEqual(print(model.state));
      expect(await open.store.tagBatches()).toHaveLength(model.batches.length + 1);
    }
  });
  await fc.assert(property, { numRuns: 100 });
}, 120_000);
