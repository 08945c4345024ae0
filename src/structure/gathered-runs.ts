import { runZones, type ZoneRun } from '../model/outline.ts';
import type { PassageKind } from '../model/place.ts';

/**
 * Runs in columns, ascending and apart, with one more behind them that begins and ends behind the text, so that a
 * search for the next run needs no other end. `zones` are indexes into `runZones`; `kinds` how a run is cited, where
 * that is not the usual way.
 */
export interface OrderedRuns {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly zones: Uint8Array;
  readonly kinds: readonly (PassageKind | undefined)[];
}

/** Runs as a recogniser finds them, in any order. There is one for each numbered line: no object is made for it. */
export class GatheredRuns {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #zones: number[] = [];
  readonly #kinds: (PassageKind | undefined)[] = [];
  /** Each run so far begins at or behind the end of the one before. */
  #apart = true;
  #end = 0;

  /** Of a stretch that is not empty. */
  add(start: number, end: number, zone: ZoneRun['zone'], kind: PassageKind | undefined): void {
    if (start < this.#end) this.#apart = false;
    this.#end = end;
    this.#starts.push(start);
    this.#ends.push(end);
    this.#zones.push(runZones.indexOf(zone));
    this.#kinds.push(kind);
  }

  /** Overlaps go to the run that begins first. @param behind an offset behind the text. */
  inOrder(behind: number): OrderedRuns {
    if (this.#apart) return this.#table(this.#starts, this.#ends, this.#zones, this.#kinds, behind);
    const order = this.#starts.map((_, run) => run);
    // every index is one of a run
    const at = (column: readonly number[], run: number): number => column[run] as number;
    order.sort((a, b) => at(this.#starts, a) - at(this.#starts, b));
    const [starts, ends, zones]: [number[], number[], number[]] = [[], [], []];
    const kinds: (PassageKind | undefined)[] = [];
    let end = 0;
    for (const run of order) {
      const start = Math.max(at(this.#starts, run), end);
      if (start >= at(this.#ends, run)) continue;
      end = at(this.#ends, run);
      starts.push(start);
      ends.push(end);
      zones.push(at(this.#zones, run));
      kinds.push(this.#kinds[run]);
    }
    return this.#table(starts, ends, zones, kinds, behind);
  }

  #table(
    starts: readonly number[],
    ends: readonly number[],
    zones: readonly number[],
    kinds: readonly (PassageKind | undefined)[],
    behind: number,
  ): OrderedRuns {
    const count = starts.length;
    const withLast = (column: readonly number[]) => {
      const typed = new Uint32Array(count + 1);
      typed.set(column);
      typed[count] = behind;
      return typed;
    };
    return { count, starts: withLast(starts), ends: withLast(ends), zones: Uint8Array.from(zones), kinds };
  }
}
