import { startAssembly } from '../model/assembly.ts';
import type { RunTable } from '../model/outline.ts';
import { unindexedCode } from '../model/outline.ts';
import type { OrderedRuns } from './gathered-runs.ts';
import code from './tiling.wasm.ts';

/** What passages and runs come to when they lie side by side. */
export interface Tiling {
  /** Extents of the passages' own texts, in pairs; a passage without any begins at `nowhere`. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** The runs with what lies between them and the passages; unindexed neighbours are one run. */
  readonly runs: RunTable;
}

export const nowhere = 0xffff_ffff;

/** After more passages and runs than this the memory for them is let go of. */
const mostKept = 500_000;

let loops: ReturnType<typeof startLoops> | undefined;
const encoder = new TextEncoder();

/**
 * Cuts each passage to its own text: from its first character that is neither white space nor in a run to its last.
 * @param begun Where the passages begin, ascending. Each goes on to where the next begins.
 */
export function tileText(text: string, begun: Uint32Array, runs: OrderedRuns): Tiling {
  loops ??= startLoops();
  const started = loops;
  if (begun.length + runs.count > mostKept) loops = undefined;
  const { calls, constants } = started;
  calls.begin(begun.length, runs.count, text.length, unindexedCode);
  const { memory } = started;
  const passageStarts = new Uint32Array(memory.buffer, calls.passageStartsAt(), begun.length);
  passageStarts.set(begun);
  // With the run behind the last.
  const ordered = runs.count + 1;
  new Uint32Array(memory.buffer, calls.runStartsAt(), ordered).set(runs.starts.subarray(0, ordered));
  new Uint32Array(memory.buffer, calls.runEndsAt(), ordered).set(runs.ends.subarray(0, ordered));
  new Uint8Array(memory.buffer, calls.runZonesAt(), runs.count).set(runs.zones.subarray(0, runs.count));
  const window = new Uint8Array(memory.buffer, constants.textAt, constants.mostBytes);
  let from = 0;
  do {
    const part = text.slice(from, from + constants.mostUnits);
    const { read, written } = encoder.encodeInto(part, window);
    calls.takeText(written, read);
    from = calls.cut(from, read);
  } while (from < text.length);
  const count = calls.tile();
  return {
    starts: passageStarts.slice(),
    ends: new Uint32Array(memory.buffer, calls.passageEndsAt(), begun.length).slice(),
    runs: {
      starts: new Uint32Array(memory.buffer, calls.tiledStartsAt(), count).slice(),
      ends: new Uint32Array(memory.buffer, calls.tiledEndsAt(), count).slice(),
      zones: new Uint8Array(memory.buffer, calls.tiledZonesAt(), count).slice(),
    },
  };
}

function startLoops() {
  return startAssembly(
    code,
    [
      ...(['begin', 'takeText', 'cut', 'tile', 'passageStartsAt', 'passageEndsAt'] as const),
      ...([
        'runStartsAt',
        'runEndsAt',
        'runZonesAt',
        'tiledStartsAt',
        'tiledEndsAt',
        'tiledZonesAt',
      ] as const),
    ],
    ['mostUnits', 'mostBytes', 'textAt'],
  );
}
