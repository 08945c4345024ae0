/*
 * The loops over the characters of a text that is being split into words (see `quick-scan.ts`), in AssemblyScript:
 * `npm run assemble` makes `scan.wasm.ts` of this file. What a character is, it is told; what it cannot decide by
 * itself – letters beyond ASCII, very long words – it hands back, having changed nothing.
 *
 * Text comes a window at a time, as UTF-8; units are UTF-16 code units, counted from the window's beginning. Stretches
 * are pairs of offsets in the text. Terms are kept from window to window: their numbers, and their ASCII characters.
 */

/** Most units of a window, and the most bytes that they take. */
export const mostUnits: i32 = 16_384;
export const mostBytes: i32 = 49_152;
/** Most stretches of a window. */
export const mostStretches: i32 = 8_192;
/** A longer word is handed back. */
export const longestWord: i32 = 254;
/** Of all windows together. */
export const mostTerms: i32 = 65_536;
export const mostCharacters: i32 = 1_048_576;

/** Eight bits for each character of the basic plane: its class and what follows; 0 where nobody has looked yet. */
export const charactersAt: i32 = 0;
const classBits: u32 = 7;
export const space: i32 = 8;
export const lineEnd: i32 = 16;
export const sentenceMark: i32 = 32;
export const apostrophe: i32 = 64;
export const hyphen: i32 = 128;

/** As in `CharacterClass`. */
const separator: u32 = 1;
const letter: u32 = 2;
const digit: u32 = 3;
const apart: u32 = 5;
const ignored: u32 = 6;

export const textAt: i32 = charactersAt + 65_536;
export const stretchesAt: i32 = textAt + mostBytes + 64;
/** Results of a window: the number of the term of each word, its offset in the text and its length. */
export const idsAt: i32 = stretchesAt + mostStretches * 8;
export const startsAt: i32 = idsAt + mostUnits * 4;
export const lengthsAt: i32 = startsAt + mostUnits * 4;
/** Numbers of words: those before which a sentence may end, and first halves of words broken at a line's end. */
export const sentencesAt: i32 = lengthsAt + mostUnits;
export const joinsAt: i32 = sentencesAt + mostUnits * 4;
/** How many words there are at the end of each stretch, when each is by itself. */
export const partEndsAt: i32 = joinsAt + mostUnits * 4;
const hashesAt: i32 = partEndsAt + mostStretches * 4;
/** Where the characters of each term end. */
export const termEndsAt: i32 = hashesAt + mostTerms * 4;
const slotsAt: i32 = termEndsAt + mostTerms * 4;
const mostSlots: i32 = mostTerms * 2;
export const termsAt: i32 = slotsAt + mostSlots * 4;
const memoryEnd: i32 = termsAt + mostCharacters;

memory.grow(((memoryEnd + 65_535) >>> 16) - memory.size());

/** What `goOn` says: all stretches are read; the window is; a word or character is for the caller; so is what it is; there are too many terms. */
export const done: i32 = 0;
export const more: i32 = 1;
export const handed: i32 = 2;
export const unknown: i32 = 3;
export const full: i32 = 4;
const taken: i32 = -1;

/** Characters beyond a word that must be there to know where to go on: an apostrophe, an s and one more. */
const lookAhead: i32 = 8;
const none: i32 = -1;

let base: u32 = 0;
let units: i32 = 0;
/** Words that begin here or later wait for the next window. */
let safe: i32 = 0;
let isLastWindow: bool = false;
let stretches: i32 = 0;
let eachApart: bool = false;

let stretch: i32 = 0;
let byte: i32 = 0;
let unit: i32 = 0;

let terms: i32 = 0;
let characters: i32 = 0;

let words: i32 = 0;
let sentences: i32 = 0;
let joins: i32 = 0;
/** Words before those of the results. */
let before: u32 = 0;

/** As in `Scanner`. */
let firstHalf: i32 = none;
let lineEnded: bool = false;
/** Whether a sentence mark stands behind the last word, and then white space. */
let marked: bool = false;
let spaced: bool = false;

let code: u32 = 0;
let codeBytes: i32 = 0;

/** Begins a text: no terms, no words. */
export function beginText(): void {
  memory.fill(slotsAt, 0, mostSlots * 4);
  terms = 0;
  characters = 0;
  before = 0;
  beginPart();
}

/** Begins what nothing before goes on into. */
export function beginPart(): void {
  firstHalf = none;
  lineEnded = false;
  marked = false;
  spaced = false;
}

/**
 * Begins a window of the text.
 * @param at Its offset; `ofUnits` long; `isLast` when the text ends with it.
 * @param apart Nothing goes on from one stretch to the next.
 */
export function beginWindow(at: u32, ofUnits: i32, isLast: bool, ofStretches: i32, apart: bool): void {
  base = at;
  units = ofUnits;
  isLastWindow = isLast;
  safe = isLast ? units : units - longestWord - lookAhead;
  stretches = ofStretches;
  eachApart = apart;
  stretch = 0;
  byte = 0;
  unit = 0;
}

/** Offset in the text of what is read next. */
export function position(): u32 {
  return base + unit;
}

/** Goes on at an offset of the window or behind it, when what is before has been dealt with. */
export function resume(at: u32): void {
  const goal: i32 = at - base;
  while (unit < min(goal, units)) pass();
  unit = max(unit, goal);
}

/** The stretch that is being read. */
export function stretchNow(): i32 {
  return stretch;
}

/** The character that nobody has looked at. */
export function unknownCode(): u32 {
  return code;
}

/** Empties the results; `words` are there before the next. */
export function takeResults(wordsSoFar: u32): void {
  words = 0;
  sentences = 0;
  joins = 0;
  before = wordsSoFar;
}

export function wordCount(): i32 {
  return words;
}
export function sentenceCount(): i32 {
  return sentences;
}
export function joinCount(): i32 {
  return joins;
}
export function termCount(): i32 {
  return terms;
}

export function firstHalfNow(): i32 {
  return firstHalf;
}
export function hasLineEnded(): bool {
  return lineEnded;
}
export function mayEndSentence(): bool {
  return marked && spaced;
}

/** What has changed by what was handed back: a word, when `isWord`, or a character of these flags. */
export function handBack(half: i32, ended: bool, isWord: bool, flags: u32): void {
  firstHalf = half;
  lineEnded = ended;
  if (isWord) {
    marked = false;
    spaced = false;
  } else see(flags);
}

/** Reads on until something is for the caller; gives what. */
export function goOn(): i32 {
  for (; stretch < stretches; stretch++) {
    const from = within(load<u32>(stretchesAt + (stretch << 3)));
    const to = within(load<u32>(stretchesAt + (stretch << 3) + 4));
    if (eachApart && unit <= from) beginPart();
    if (unit < from) {
      const gap = passGap(from);
      if (gap !== done) return gap;
    }
    const end = min(to, units);
    const status = readStretch(end);
    if (status !== done) return status;
    if (end < to) return more;
    if (eachApart) store<u32>(partEndsAt + (stretch << 2), before + words);
  }
  return done;
}

/** An offset in the text from the window's beginning: none lies behind the text. */
function within(at: u32): i32 {
  const offset: i32 = at - base;
  return isLastWindow ? min(offset, units) : offset;
}

/** Between stretches only line ends count, and whether a sentence ends. */
function passGap(from: i32): i32 {
  const end = min(from, units);
  while (unit < end) {
    const flags = flagsAt(byte);
    if (flags === 0) return unknown;
    if (flags & lineEnd) lineEnded = true;
    see(flags);
    pass();
  }
  if (from > units) return more;
  // A stretch that begins within a character begins with what separates.
  if (unit > from) firstHalf = none;
  return done;
}

function readStretch(end: i32): i32 {
  while (unit < end) {
    const flags = flagsAt(byte);
    // What parts most words.
    if (code === 0x20) {
      spaced = true;
      byte++;
      unit++;
      continue;
    }
    if (flags === 0) return unknown;
    const kind = flags & classBits;
    if (code > 0xffff || kind === apart) return handed;
    if (kind === letter || kind === digit) {
      if (code >= 0x80) return handed;
      if (unit >= safe) return more;
      const status = readWord(end);
      if (status !== taken) return status;
      continue;
    }
    if (flags & lineEnd) lineEnded = true;
    else if (!(flags & space) && kind !== ignored) firstHalf = none;
    see(flags);
    byte += codeBytes;
    unit++;
  }
  return done;
}

/** The word that begins here. Nothing is changed unless it is taken. */
function readWord(end: i32): i32 {
  const scratch = termsAt + characters;
  let hash: u32 = 0x811c9dc5;
  let at = byte;
  let length: i32 = 0;
  const most = min(end - unit, longestWord + 1);
  for (; length < most; length++) {
    let next: u32 = load<u8>(textAt + at);
    const kind: u32 = next < 0x80 ? load<u8>(charactersAt + next) & classBits : separator;
    if (kind !== letter && kind !== digit) break;
    if (next >= 0x41 && next <= 0x5a) next |= 0x20;
    store<u8>(scratch + length, next);
    hash = (hash ^ next) * 0x01000193;
    hash ^= hash >>> 15;
    at++;
  }
  if (length > longestWord) return handed;
  const goesOn = lookBehind(at, unit + length, end);
  if (goesOn < taken) return -goesOn;
  const id = numbered(hash, length);
  if (id < 0) return full;
  const first: u32 = load<u8>(textAt + byte);
  const last: u32 = load<u8>(textAt + at - 1);
  add(id, length, first);
  if (goesOn === hyphen && (load<u8>(charactersAt + last) & classBits) === letter) {
    firstHalf = before + words - 1;
    lineEnded = false;
  }
  unit += length + unitsTaken;
  byte = at + bytesTaken;
  return taken;
}

let unitsTaken: i32 = 0;
let bytesTaken: i32 = 0;

/**
 * Looks behind a word for a possessive 's or a hyphen, and says in `unitsTaken` and `bytesTaken` what of it is passed over.
 * @returns Below `taken`: less than that, a status of `goOn`. `hyphen` for a hyphen.
 */
function lookBehind(at: i32, next: i32, end: i32): i32 {
  unitsTaken = 0;
  bytesTaken = 0;
  if (next >= end || load<u8>(textAt + at) === 0x20) return 0;
  const flags = flagsAt(at);
  if (flags === 0) return -unknown;
  if (code > 0xffff || !parts(flags & classBits)) return -handed;
  if (flags & hyphen) {
    unitsTaken = 1;
    bytesTaken = codeBytes;
    return hyphen;
  }
  if (!(flags & apostrophe) || next + 1 >= end) return 0;
  const width = codeBytes + 1;
  if ((load<u8>(textAt + at + codeBytes) | 0x20) !== 0x73) return 0;
  if (next + 2 < end) {
    const behind = flagsAt(at + width);
    if (behind === 0) return -unknown;
    const kind = behind & classBits;
    if (code > 0xffff || kind === ignored) return -handed;
    if (!parts(kind)) return 0;
  }
  unitsTaken = 2;
  bytesTaken = width;
  return 0;
}

function parts(kind: u32): bool {
  return kind === separator || kind === apart;
}

function add(id: i32, length: i32, first: u32): void {
  const word = before + words;
  if (firstHalf !== none) {
    if (lineEnded && (load<u8>(charactersAt + first) & classBits) === letter)
      store<u32>(joinsAt + (joins++ << 2), firstHalf);
    firstHalf = none;
  }
  if (marked && spaced && (first < 0x61 || first > 0x7a)) store<u32>(sentencesAt + (sentences++ << 2), word);
  marked = false;
  spaced = false;
  store<u32>(idsAt + (words << 2), id);
  store<u32>(startsAt + (words << 2), base + unit);
  store<u8>(lengthsAt + words, length);
  words++;
}

/** Behind a word, marks count until there is white space. */
function see(flags: u32): void {
  if (spaced) return;
  if (flags & space) spaced = true;
  else if (flags & sentenceMark) marked = true;
}

/** Number of the ASCII term whose characters lie behind those of the others; below 0 when there are too many. */
export function numbered(hash: u32, length: i32): i32 {
  const own = termsAt + characters;
  let slot = hash & (mostSlots - 1);
  let found: i32 = <i32>load<u32>(slotsAt + (slot << 2)) - 1;
  while (found >= 0 && (load<u32>(hashesAt + (found << 2)) !== hash || !isTerm(found, own, length))) {
    slot = (slot + 1) & (mostSlots - 1);
    found = <i32>load<u32>(slotsAt + (slot << 2)) - 1;
  }
  return found < 0 ? addTerm(slot, hash, length) : found;
}

/** The same, of characters that somebody else has put at `freeAt`. */
export function numberedBy(length: i32): i32 {
  const own = freeAt();
  let hash: u32 = 0x811c9dc5;
  for (let at: i32 = 0; at < length; at++) {
    hash = (hash ^ load<u8>(own + at)) * 0x01000193;
    hash ^= hash >>> 15;
  }
  return numbered(hash, length);
}

/** Where the characters of the next term go. */
export function freeAt(): i32 {
  return termsAt + characters;
}

function isTerm(id: i32, own: i32, length: i32): bool {
  const start: i32 = id === 0 ? 0 : load<u32>(termEndsAt + ((id - 1) << 2));
  if (<i32>load<u32>(termEndsAt + (id << 2)) - start !== length) return false;
  const term = termsAt + start;
  let at: i32 = 0;
  for (; at + 4 <= length; at += 4) if (load<u32>(term + at) !== load<u32>(own + at)) return false;
  for (; at < length; at++) if (load<u8>(term + at) !== load<u8>(own + at)) return false;
  return true;
}

function addTerm(slot: u32, hash: u32, length: i32): i32 {
  const id = skipNumber(length);
  if (id < 0) return id;
  store<u32>(slotsAt + (slot << 2), id + 1);
  store<u32>(hashesAt + (id << 2), hash);
  return id;
}

/** The next number, for a term that is kept elsewhere when it has no characters here; below 0 when there are too many. */
export function skipNumber(length: i32): i32 {
  if (terms === mostTerms || characters + length + 2 * longestWord > mostCharacters) return none;
  characters += length;
  store<u32>(termEndsAt + (terms << 2), characters);
  return terms++;
}

/** What is known of the character there, which is put into `code`, its length into `codeBytes`; 0 for nothing. */
function flagsAt(at: i32): u32 {
  code = load<u8>(textAt + at);
  codeBytes = 1;
  if (code >= 0x80) decode(at);
  return code > 0xffff ? separator : load<u8>(charactersAt + code);
}

function decode(at: i32): void {
  const second: u32 = load<u8>(textAt + at + 1) & 0x3f;
  if (code < 0xe0) {
    code = ((code & 0x1f) << 6) | second;
    codeBytes = 2;
    return;
  }
  const third: u32 = load<u8>(textAt + at + 2) & 0x3f;
  if (code < 0xf0) {
    code = ((code & 0xf) << 12) | (second << 6) | third;
    codeBytes = 3;
    return;
  }
  code = 0x1_0000;
  codeBytes = 4;
}

/** Goes on by one character. */
function pass(): void {
  const first: u32 = load<u8>(textAt + byte);
  byte += first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  unit += first < 0xf0 ? 1 : 2;
}
