import { unit, windowEnd } from './text-window.part.assembly';

/*
 * The loops that lay passages and runs side by side (see `tiling.ts`), in AssemblyScript: `npm run assemble` makes
 * `tiling.wasm.ts` of this file. Offsets are those of the whole text, which comes a window at a time.
 */

export { mostBytes, mostUnits, takeText, textAt } from './text-window.part.assembly';

/** As in `runZones`. */
let unindexed: i32 = 0;

let runs: i32 = 0;
let passages: i32 = 0;
/** Where the text ends. */
let length: i32 = 0;

// Columns lie behind the window: starts and ends of passages and runs, then of runs and what lies between, then zones.
const columnsAt: i32 = windowEnd;

/** Where passages begin; afterwards where their own text does. */
export function passageStartsAt(): i32 {
  return columnsAt;
}
export function passageEndsAt(): i32 {
  return passageStartsAt() + passages * 4;
}
/** Of the runs, with one more behind them that begins and ends behind the text. */
export function runStartsAt(): i32 {
  return passageEndsAt() + passages * 4;
}
export function runEndsAt(): i32 {
  return runStartsAt() + (runs + 1) * 4;
}
export function tiledStartsAt(): i32 {
  return runEndsAt() + (runs + 1) * 4;
}
/** Most runs that there can be with what lies between runs and passages. */
function mostTiled(): i32 {
  return runs * 2 + passages + 1;
}
export function tiledEndsAt(): i32 {
  return tiledStartsAt() + mostTiled() * 4;
}
export function runZonesAt(): i32 {
  return tiledEndsAt() + mostTiled() * 4;
}
export function tiledZonesAt(): i32 {
  return runZonesAt() + runs;
}

/** Where reading goes on, which passage is read, and which run is the first that ends behind that. */
let at: i32 = 0;
let passage: i32 = 0;
let run: i32 = 0;

/** Makes room for so many passages and runs of a text of so many units. Memory is to be taken anew. */
export function begin(passageCount: i32, runCount: i32, textLength: i32, unindexedCode: i32): void {
  passages = passageCount;
  runs = runCount;
  length = textLength;
  unindexed = unindexedCode;
  const pages = (tiledZonesAt() + mostTiled() + 65_535) >>> 16;
  if (pages > memory.size()) memory.grow(pages - memory.size());
  at = 0;
  passage = 0;
  run = 0;
  start = none;
  end = none;
}

const none: i32 = -1;
/** Extent so far of the own text of the passage. */
let start: i32 = none;
let end: i32 = none;

function get(column: i32, row: i32): i32 {
  return load<i32>(column + (row << 2));
}

function set(column: i32, row: i32, value: i32): void {
  store<i32>(column + (row << 2), value);
}

/**
 * Cuts passages to their own text, from the first character that is neither white space nor in a run to the last, as
 * far as the window goes; those without any begin at -1. The first passage takes what stands before it. Gives the
 * offset at which the next window is to begin: behind the text when all is done.
 */
export function cut(base: i32, units: i32): i32 {
  const windowEnds = base + units;
  while (at < windowEnds) {
    while (passage + 1 < passages && get(passageStartsAt(), passage + 1) <= at) endPassage();
    const limit = passage + 1 < passages ? get(passageStartsAt(), passage + 1) : length;
    while (get(runEndsAt(), run) <= at) run++;
    const runStart = get(runStartsAt(), run);
    if (runStart <= at) {
      at = get(runEndsAt(), run);
      continue;
    }
    const stop = min(min(runStart, limit), windowEnds);
    const first = skipSpace(at - base, stop - base) + base;
    if (first < stop) {
      if (start === none) start = first;
      end = skipSpaceBack(stop - base, first - base) + base;
    }
    at = stop;
  }
  if (at >= length) while (passage < passages) endPassage();
  return at;
}

function endPassage(): void {
  set(passageStartsAt(), passage, start);
  set(passageEndsAt(), passage, end);
  start = none;
  end = none;
  passage++;
}

function isSpace(code: i32): bool {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

function skipSpace(from: i32, to: i32): i32 {
  while (from < to && isSpace(unit(from))) from++;
  return from;
}

function skipSpaceBack(from: i32, to: i32): i32 {
  while (from > to && isSpace(unit(from - 1))) from--;
  return from;
}

let tiled: i32 = 0;
let lastZone: i32 = none;

/** Puts the runs, and what lies between runs and passages, into one ascending list; gives how many there are. */
export function tile(): i32 {
  tiled = 0;
  lastZone = none;
  let covered: i32 = 0;
  run = 0;
  for (let order: i32 = 0; order < passages; order++) {
    const own = get(passageStartsAt(), order);
    if (own === none) continue;
    fill(covered, own);
    covered = get(passageEndsAt(), order);
  }
  fill(covered, length);
  while (run < runs) addRun();
  return tiled;
}

/** Adds runs, and what lies between them, up to the offset. */
function fill(covered: i32, until: i32): void {
  while (covered < until) {
    const runStart = get(runStartsAt(), run);
    if (runStart <= covered) {
      covered = max(covered, get(runEndsAt(), run));
      addRun();
    } else {
      const stop = min(runStart, until);
      add(covered, stop, unindexed);
      covered = stop;
    }
  }
}

function addRun(): void {
  add(get(runStartsAt(), run), get(runEndsAt(), run), load<u8>(runZonesAt() + run));
  run++;
}

/** Neighbours that are no words become one. */
function add(from: i32, to: i32, zone: i32): void {
  if (zone === unindexed && zone === lastZone && get(tiledEndsAt(), tiled - 1) === from) {
    set(tiledEndsAt(), tiled - 1, to);
    return;
  }
  set(tiledStartsAt(), tiled, from);
  set(tiledEndsAt(), tiled, to);
  store<u8>(tiledZonesAt() + tiled, zone);
  lastZone = zone;
  tiled++;
}
