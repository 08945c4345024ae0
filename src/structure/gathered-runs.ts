import type { PassageKind } from '../model/place.ts';

/**
 * Runs in columns, ascending and apart, with one more behind them that begins and ends behind the text, so that a
 * search for the next run needs no other end; the columns may be longer than that. `zones` are indexes into `runZones`;
 * `kinds` how a run is cited, where that is not the usual way.
 */
export interface OrderedRuns extends RunColumns {
  readonly count: number;
}

export interface RunColumns {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly zones: Uint8Array;
  readonly kinds: ReadonlyMap<number, PassageKind>;
}

/** Room for runs at the start; twice as much each time that it is full. */
const roomAtFirst = 1024;

/** Runs as a recogniser finds them, in any order. There is one for each numbered line: no object is made for it. */
export class GatheredRuns {
  #count = 0;
  #starts = new Uint32Array(roomAtFirst);
  #ends = new Uint32Array(roomAtFirst);
  #zones = new Uint8Array(roomAtFirst);
  /** Of the few that are not cited in the usual way. */
  readonly #kinds = new Map<number, PassageKind>();
  /** Each run so far begins at or behind the end of the one before. */
  #apart = true;
  #end = 0;

  /** Of a stretch that is not empty. `zone`: its index in `runZones`. */
  add(start: number, end: number, zone: number, kind: PassageKind | undefined): void {
    if (start < this.#end) this.#apart = false;
    this.#end = end;
    const run = this.#count++;
    // One place is kept for what stands behind the last run.
    if (this.#count === this.#starts.length) this.#grow(this.#count + 1);
    this.#starts[run] = start;
    this.#ends[run] = end;
    this.#zones[run] = zone;
    if (kind !== undefined) this.#kinds.set(run, kind);
  }

  /** Adds runs that ascend and are apart. */
  addAll({ starts, ends, zones, kinds }: RunColumns): void {
    if (starts.length === 0) return;
    const first = this.#count;
    this.#count += starts.length;
    if (this.#count >= this.#starts.length) this.#grow(this.#count + 1);
    this.#starts.set(starts, first);
    this.#ends.set(ends, first);
    this.#zones.set(zones, first);
    for (const [run, kind] of kinds) this.#kinds.set(first + run, kind);
    if ((starts[0] as number) < this.#end) this.#apart = false; // there is one
    this.#end = ends.at(-1) as number;
  }

  #grow(least: number): void {
    const room = Math.max(this.#starts.length * 2, least);
    const [starts, ends, zones] = [new Uint32Array(room), new Uint32Array(room), new Uint8Array(room)];
    starts.set(this.#starts);
    ends.set(this.#ends);
    zones.set(this.#zones);
    [this.#starts, this.#ends, this.#zones] = [starts, ends, zones];
  }

  /** Overlaps go to the run that begins first. @param behind an offset behind the text. */
  inOrder(behind: number): OrderedRuns {
    const runs = this.#apart ? this : this.#sorted();
    const count = runs.#count;
    runs.#starts[count] = behind;
    runs.#ends[count] = behind;
    return { count, starts: runs.#starts, ends: runs.#ends, zones: runs.#zones, kinds: runs.#kinds };
  }

  #sorted(): GatheredRuns {
    // every index is one of a run
    const at = (column: Uint32Array | Uint8Array, run: number): number => column[run] as number;
    const order = Array.from({ length: this.#count }, (_, run) => run);
    order.sort((a, b) => at(this.#starts, a) - at(this.#starts, b));
    const sorted = new GatheredRuns();
    let end = 0;
    for (const run of order) {
      const start = Math.max(at(this.#starts, run), end);
      if (start >= at(this.#ends, run)) continue;
      end = at(this.#ends, run);
      sorted.add(start, end, at(this.#zones, run), this.#kinds.get(run));
    }
    return sorted;
  }
}
