/*
 * Puts characters, given in reading order, together into runs as `RunBuilder` does, to the last bit; why each rule is,
 * stands there. The runs are written into a room, which is emptied when it is full.
 */

/** The room begins with what is printed for the codes 0x80 to 0x9F, units of 16 bits; whoever made it wrote that. */
const firstPrinted: i32 = 0x80;
const lastPrinted: i32 = 0x9f;
const bytesOfPrinted: i32 = (lastPrinted + 1 - firstPrinted) * 2;
/** Then comes the text of all runs, one after the other: units of 16 bits, and once more the low bytes of them. */
const mostUnits: i32 = 16_384;
export const wideAt: i32 = bytesOfPrinted;
export const narrowAt: i32 = wideAt + mostUnits * 2;
/** Then the runs: of each the edges of its box in 64 bits, from the left clockwise; in 32 bits where its text ends, and flags. */
const mostRuns: i32 = 1024;
export const endOfRun: i32 = 32;
export const flagsOfRun: i32 = 36;
export const bytesOfRun: i32 = 40;
export const runsAt: i32 = narrowAt + mostUnits;
export const bytesOfRuns: i32 = runsAt + mostRuns * bytesOfRun;

/** Flags of a run: it has units of more than a byte; it is hidden; this is not all of it. */
export const isWide: i32 = 1;
export const isHidden: i32 = 2;
export const goesOn: i32 = 4;

/** A space, and a character of two units. */
const mostUnitsAdded: i32 = 3;
/** One that a character ends, and the one that it begins. */
const mostRunsAdded: i32 = 2;

const positionedGap: f64 = 0.9;
const typedGap: f64 = 1.5;
const baselineTolerance: f64 = 0.5;
const wordGap: f64 = 0.06;
const overlap: f64 = 0.3;

/** Separations as `RunBuilder` ranks them. */
export const none: i32 = 0;
export const piece: i32 = 1;
export const positioned: i32 = 2;
export const typed: i32 = 3;
export const lineBreak: i32 = 4;

/** As `Direction` lists them. */
export const right: i32 = 0;
export const down: i32 = 1;
export const left: i32 = 2;
export const up: i32 = 3;

export const space: i32 = 0x20;

let room: i32 = 0;
let units: i32 = 0;
let runs: i32 = 0;
/** The run that characters are added to. */
let isOpen: bool = false;
let flags: i32 = 0;
let direction: i32 = right;
let from: f64 = 0;
let to: f64 = 0;
let baseline: f64 = 0;
let lastBaseline: f64 = 0;
let em: f64 = 0;

/** To be called before the first run of a sheet. */
export function beginRuns(): void {
  isOpen = false;
}

/** Empties the room. */
export function writeRunsAt(at: i32): void {
  room = at;
  units = 0;
  runs = 0;
}

/** Whether there is room for another character. */
export function hasRoom(): bool {
  return units <= mostUnits - mostUnitsAdded && runs <= mostRuns - mostRunsAdded;
}

export function runCount(): i32 {
  return runs;
}

/** @param separation The strongest of what stands between the character and the one before. */
export function addToRun(
  code: i32,
  separation: i32,
  itsDirection: i32,
  itsFrom: f64,
  itsTo: f64,
  itsBaseline: f64,
  itsEm: f64,
  hidden: bool,
): void {
  const joins =
    isOpen &&
    hidden === ((flags & isHidden) !== 0) &&
    continues(separation, itsDirection, itsFrom, itsTo, itsBaseline, itsEm);
  if (joins) {
    if (separation !== none && isApart(separation, itsFrom, itsTo, itsEm)) putUnit(space);
    extend(itsFrom, itsTo, itsBaseline, itsEm);
  } else {
    endRun();
    isOpen = true;
    flags = hidden ? isHidden : 0;
    direction = itsDirection;
    from = itsFrom;
    to = itsTo;
    em = itsEm;
    baseline = itsBaseline;
    lastBaseline = itsBaseline;
  }
  put(code);
}

function extend(itsFrom: f64, itsTo: f64, itsBaseline: f64, itsEm: f64): void {
  if (itsFrom < from) from = itsFrom;
  if (itsTo > to) to = itsTo;
  lastBaseline = itsBaseline;
  if (itsEm > em) {
    em = itsEm;
    baseline = itsBaseline;
  }
}

function isApart(separation: i32, itsFrom: f64, itsTo: f64, itsEm: f64): bool {
  if (separation !== piece && separation !== lineBreak) return true;
  return gap(itsFrom, itsTo) > wordGap * max<f64>(em, itsEm);
}

function continues(
  separation: i32,
  itsDirection: i32,
  itsFrom: f64,
  itsTo: f64,
  itsBaseline: f64,
  itsEm: f64,
): bool {
  if (itsDirection !== direction) return false;
  const most = max<f64>(em, itsEm);
  if (abs<f64>(itsBaseline - lastBaseline) > baselineTolerance * most) return false;
  if (separation === none) return true;
  if (separation === lineBreak && isOver(itsFrom, itsTo, itsEm)) return false;
  if (direction === left && itsFrom < from) return false;
  return gap(itsFrom, itsTo) <= (separation === typed ? typedGap : positionedGap) * most;
}

function isOver(itsFrom: f64, itsTo: f64, itsEm: f64): bool {
  const kerning = overlap * min<f64>(em, itsEm);
  return itsFrom < to - kerning && itsTo > from + kerning;
}

function gap(itsFrom: f64, itsTo: f64): f64 {
  return max<f64>(itsFrom - to, from - itsTo);
}

/** Ends the run that characters are added to, if there is one. */
export function endRun(): void {
  if (!isOpen) return;
  isOpen = false;
  const at = writeRun(flags);
  const high = baseline - em;
  if (direction === right) writeBox(at, from, high, to, baseline);
  else if (direction === left) writeBox(at, -to, -baseline, -from, -high);
  else if (direction === down) writeBox(at, -baseline, from, -high, to);
  else writeBox(at, high, -to, baseline, -from);
}

/** Writes what there is of the run that characters are added to; it goes on in the room once that is empty. */
export function breakOff(): void {
  writeRun(flags | goesOn);
  flags &= ~isWide;
}

/** Gives the run's address. */
function writeRun(itsFlags: i32): i32 {
  const at = room + runsAt + runs++ * bytesOfRun;
  store<i32>(at + endOfRun, units);
  store<i32>(at + flagsOfRun, itsFlags);
  return at;
}

function writeBox(at: i32, itsLeft: f64, top: f64, itsRight: f64, bottom: f64): void {
  store<f64>(at, itsLeft);
  store<f64>(at + 8, top);
  store<f64>(at + 16, itsRight);
  store<f64>(at + 24, bottom);
}

function put(code: i32): void {
  if (code >= firstPrinted && code <= lastPrinted) putUnit(load<u16>(room + (code - firstPrinted) * 2));
  else if (code < 0x1_0000) putUnit(code);
  else {
    putUnit(0xd7c0 + (code >> 10));
    putUnit(0xdc00 + (code & 0x3ff));
  }
}

function putUnit(unit: i32): void {
  store<u16>(room + wideAt + units * 2, unit);
  store<u8>(room + narrowAt + units, unit);
  if (unit > 0xff) flags |= isWide;
  units++;
}
