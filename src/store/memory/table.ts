import { compareKeys } from '../code-point-order.ts';

export type Key = readonly string[];

/** How to take back what a transaction has done so far, in the order in which it was done. */
export type Undo = (() => void)[];

/** Rows by their keys, and by further keys that several rows may share. Every change is written down in `undo`. */
export class Table<Row, Group extends string = never> {
  readonly #keyOf: (row: Row) => Key;
  readonly #groups: Readonly<Record<Group, (row: Row) => Key>>;
  readonly #undo: Undo;
  readonly #rows = new Map<string, Row>();
  /** Keys of the rows that share a group's key. */
  readonly #members = new Map<string, Set<string>>();

  constructor(undo: Undo, keyOf: (row: Row) => Key, groups: Readonly<Record<Group, (row: Row) => Key>>) {
    this.#undo = undo;
    this.#keyOf = keyOf;
    this.#groups = groups;
  }

  get(...key: Key): Row | undefined {
    return this.#rows.get(packed(key));
  }

  put(row: Row): void {
    this.#set(packed(this.#keyOf(row)), row);
  }

  /** Whether it was there. */
  delete(...key: Key): boolean {
    const there = this.#rows.has(packed(key));
    if (there) this.#set(packed(key), undefined);
    return there;
  }

  /** Ascending by key. */
  all(): Row[] {
    return this.#sorted([...this.#rows.values()]);
  }

  /** The rows that share a key, ascending by their own. */
  in(group: Group, ...key: Key): Row[] {
    const members = this.#members.get(packed([group, ...key])) ?? [];
    return this.#sorted([...members].flatMap((member) => this.#rows.get(member) ?? []));
  }

  #sorted(rows: Row[]): Row[] {
    return rows.sort((left, right) => compareKeys(this.#keyOf(left), this.#keyOf(right)));
  }

  #set(key: string, row: Row | undefined): void {
    const before = this.#rows.get(key);
    this.#undo.push(() => this.#exchange(key, row, before));
    this.#exchange(key, before, row);
  }

  #exchange(key: string, before: Row | undefined, after: Row | undefined): void {
    if (before !== undefined) {
      for (const group of this.#groupsOf(before)) this.#leave(group, key);
      this.#rows.delete(key);
    }
    if (after !== undefined) {
      for (const group of this.#groupsOf(after)) this.#join(group, key);
      this.#rows.set(key, after);
    }
  }

  #groupsOf(row: Row): string[] {
    const groups = Object.entries<(row: Row) => Key>(this.#groups);
    return groups.map(([name, keyOf]) => packed([name, ...keyOf(row)]));
  }

  #join(group: string, key: string): void {
    const members = this.#members.get(group);
    if (members === undefined) this.#members.set(group, new Set([key]));
    else members.add(key);
  }

  #leave(group: string, key: string): void {
    const members = this.#members.get(group);
    members?.delete(key);
    if (members?.size === 0) this.#members.delete(group);
  }
}

function packed(key: Key): string {
  return JSON.stringify(key);
}
