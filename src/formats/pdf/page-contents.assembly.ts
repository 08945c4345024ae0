import {
  addToRun,
  beginRuns,
  breakOff,
  bytesOfRuns,
  down,
  endRun,
  hasRoom,
  left,
  lineBreak,
  none,
  piece,
  positioned,
  right,
  runCount,
  space,
  typed,
  up,
  writeRunsAt,
} from './text-runs.part.assembly';

/*
 * The loops over the characters and objects of a page, in AssemblyScript: `npm run assemble` makes
 * `page-contents.wasm.ts` of this file. It works in PDFium's memory and calls PDFium's functions, several of them for
 * each character: from one WebAssembly into another that takes a tenth of the time that it takes from JavaScript.
 */

// fpdf_text.h; the first argument is the text page, the second the character's number on it.
declare function FPDFText_GetUnicode(textPage: i32, i: i32): i32;
declare function FPDFText_IsGenerated(textPage: i32, i: i32): i32;
declare function FPDFText_IsHyphen(textPage: i32, i: i32): i32;
declare function FPDFText_GetTextObject(textPage: i32, i: i32): i32;
declare function FPDFText_GetMatrix(textPage: i32, i: i32, into: i32): i32;
declare function FPDFText_GetFontSize(textPage: i32, i: i32): f64;
declare function FPDFText_GetCharOrigin(textPage: i32, i: i32, x: i32, y: i32): i32;
declare function FPDFText_GetLooseCharBox(textPage: i32, i: i32, into: i32): i32;
declare function FPDFText_GetCharBox(
  textPage: i32,
  i: i32,
  left: i32,
  right: i32,
  bottom: i32,
  top: i32,
): i32;
// fpdf_edit.h
declare function FPDFPage_CountObjects(page: i32): i32;
declare function FPDFPage_GetObject(page: i32, i: i32): i32;
declare function FPDFPageObj_GetType(object: i32): i32;
declare function FPDFTextObj_GetTextRenderMode(object: i32): i32;
declare function FPDFPageObj_GetFillColor(object: i32, red: i32, green: i32, blue: i32, alpha: i32): i32;
declare function FPDFPageObj_GetClipPath(object: i32): i32;
declare function FPDFClipPath_CountPaths(clip: i32): i32;
declare function FPDFPageObj_CountMarks(object: i32): i32;
declare function FPDFPageObj_GetMark(object: i32, i: i32): i32;
declare function FPDFPageObjMark_GetName(mark: i32, into: i32, size: i32, length: i32): i32;

/** Of a character, what is written at the address given: four numbers of 64 bits and four of 32. */
const numbersOfCharacter: i32 = 4;
const wordsOfCharacter: i32 = 4;
/** Characters written at a time: all their numbers, then all their words. */
export const mostCharacters: i32 = 1024;
const wordsAt: i32 = mostCharacters * numbersOfCharacter * 8;
const bytesOfCharacters: i32 = mostCharacters * (numbersOfCharacter * 8 + wordsOfCharacter * 4);
/** What the loops write at one address: characters of a page, or its runs. */
export const bytesOfRoom: i32 = bytesOfCharacters > bytesOfRuns ? bytesOfCharacters : bytesOfRuns;
export {
  bytesOfRun,
  endOfRun,
  flagsOfRun,
  goesOn,
  isHidden,
  isWide,
  narrowAt,
  runsAt,
  wideAt,
} from './text-runs.part.assembly';

const carriageReturn: i32 = 0x0d;
const lineFeed: i32 = 0x0a;
const tab: i32 = 0x09;
const noBreakSpace: i32 = 0xa0;
/** PDFium's mark for a hyphen at the end of a line, in place of the character that the file has. */
const hyphenMark: i32 = 0x02;
const hyphen: i32 = 0x2d;
const unknown: i32 = 0xfffd;
const lastCode: i32 = 0x10ffff;
const nothing: i32 = -1;

let textPage: i32 = 0;
let scratch: i32 = 0;
let characters: i32 = 0;
let next: i32 = 0;
/** The frame of the sheet: see `SheetFrame`. */
let a: f64 = 0;
let b: f64 = 0;
let c: f64 = 0;
let d: f64 = 0;
let e: f64 = 0;
let f: f64 = 0;
/** Of the text object that the last character belongs to. */
let object: i32 = 0;
let letters: i32 = 0;
/** By how much the letters of the piece are set closer than their widths; 0 when they are not. */
let squeeze: f64 = 0;
let lastEnd: f64 = 0;
let direction: i32 = right;
let em: f64 = 0;
let upright: bool = true;
/** Of the last character: the strongest separation before it; whether its object begins after one of more than a single letter; its place. */
let code: i32 = 0;
let separation: i32 = none;
let isPieceStart: bool = false;
let from: f64 = 0;
let to: f64 = 0;
let baseline: f64 = 0;

/** @param room 64 bytes for what PDFium answers. */
export function beginPage(
  ofTextPage: i32,
  count: i32,
  room: i32,
  frameA: f64,
  frameB: f64,
  frameC: f64,
  frameD: f64,
  frameE: f64,
  frameF: f64,
): void {
  textPage = ofTextPage;
  scratch = room;
  characters = count;
  next = 0;
  a = frameA;
  b = frameB;
  c = frameC;
  d = frameD;
  e = frameE;
  f = frameF;
  object = -1;
  letters = 0;
  squeeze = 0;
  lastEnd = 0;
  direction = right;
  em = 0;
  upright = true;
  beginRuns();
}

/**
 * Writes the next characters that are no white space: `from`, `to`, `baseline` and `em` of each, as in
 * `CharacterPlace`; its code, the text object that it belongs to, the strongest separation before it, and its direction,
 * with 4 added where the object begins after one of more than a single letter.
 * @returns How many; 0 when there are no more.
 */
export function nextCharacters(at: i32): i32 {
  let count: i32 = 0;
  while (count < mostCharacters && toNextCharacter()) writeCharacter(at, count++);
  return count;
}

function writeCharacter(at: i32, index: i32): void {
  const numbers = at + index * (numbersOfCharacter * 8);
  store<f64>(numbers, from);
  store<f64>(numbers + 8, to);
  store<f64>(numbers + 16, baseline);
  store<f64>(numbers + 24, em);
  const words = at + wordsAt + index * (wordsOfCharacter * 4);
  store<i32>(words, code);
  store<i32>(words + 4, object);
  store<i32>(words + 8, separation);
  store<i32>(words + 12, direction + (isPieceStart ? 4 : 0));
}

/**
 * Writes the next runs of characters: see `text-runs.part.assembly.ts`.
 * @param smallest A font whose em is less is not meant to be read.
 * @returns How many, the last of them to be gone on with by the next call where the room is full; 0 when there are no more.
 */
export function nextRuns(at: i32, smallest: f64): i32 {
  writeRunsAt(at);
  while (hasRoom() && toNextCharacter()) {
    const by = isPieceStart && separation === none ? piece : separation;
    addToRun(code, by, direction, from, to, baseline, em, em < smallest);
  }
  if (next < characters) breakOff();
  else endRun();
  return runCount();
}

/** Goes on to the next character that is no white space; false when there is none. */
function toNextCharacter(): bool {
  separation = none;
  for (; next < characters; next++) {
    const asked = FPDFText_GetUnicode(textPage, next);
    if (asked === space || asked === noBreakSpace || asked === tab) {
      separate(FPDFText_IsGenerated(textPage, next) === 1 ? positioned : typed);
    } else if (asked === carriageReturn || asked === lineFeed) separate(lineBreak);
    else {
      code = shownFor(asked);
      if (code === nothing) continue;
      readCharacter();
      next++;
      return true;
    }
  }
  return false;
}

function separate(by: i32): void {
  if (by > separation) separation = by;
}

/** What is printed for a code; what Windows-1252 prints is for others to say. */
function shownFor(asked: i32): i32 {
  if (asked === hyphenMark) return FPDFText_IsHyphen(textPage, next) === 1 ? hyphen : nothing;
  if (asked === 0 || asked === 0xfffe || asked === 0xffff || asked > lastCode) return unknown;
  return asked < space || asked === 0x7f ? nothing : asked;
}

function readCharacter(): void {
  const itsObject = FPDFText_GetTextObject(textPage, next);
  isPieceStart = itsObject !== object && letters > 1;
  if (itsObject !== object) enter(itsObject);
  letters++;
  FPDFText_GetCharOrigin(textPage, next, scratch, scratch + 8);
  const x = load<f64>(scratch);
  const y = load<f64>(scratch + 8);
  const across = a * x + c * y + e;
  const below = b * x + d * y + f;
  from = along(across, below);
  const end = from + (upright ? advance() : extent());
  if (letters > 1) squeeze = min<f64>(0, max<f64>(squeeze, from - lastEnd));
  lastEnd = end;
  to = end + (letters > 1 ? squeeze : 0);
  baseline = beside(across, below);
}

function enter(itsObject: i32): void {
  FPDFText_GetMatrix(textPage, next, scratch);
  const ma: f64 = load<f32>(scratch);
  const mb: f64 = load<f32>(scratch + 4);
  const mc: f64 = load<f32>(scratch + 8);
  const md: f64 = load<f32>(scratch + 12);
  object = itsObject;
  letters = 0;
  squeeze = -Infinity;
  direction = directionOf(a * ma + c * mb, b * ma + d * mb);
  em = FPDFText_GetFontSize(textPage, next) * hypotenuse(mc, md);
  upright = ma > 0 && abs<f64>(mb) < 0.001 * ma && md > 0;
}

function directionOf(x: f64, y: f64): i32 {
  if (abs<f64>(x) >= abs<f64>(y)) return x >= 0 ? right : left;
  return y > 0 ? down : up;
}

function along(x: f64, y: f64): f64 {
  if (direction === right) return x;
  if (direction === left) return -x;
  return direction === down ? y : -y;
}

function beside(x: f64, y: f64): f64 {
  if (direction === right) return y;
  if (direction === left) return -y;
  return direction === down ? -x : x;
}

/** PDFium's "loose" box is as wide as the character's advance, but only for text that stands upright in user space. */
function advance(): f64 {
  FPDFText_GetLooseCharBox(textPage, next, scratch);
  return <f64>load<f32>(scratch + 8) - <f64>load<f32>(scratch);
}

function extent(): f64 {
  FPDFText_GetCharBox(textPage, next, scratch, scratch + 8, scratch + 16, scratch + 24);
  const lengthwise = (direction === right || direction === left) === (a !== 0);
  return lengthwise
    ? load<f64>(scratch + 8) - load<f64>(scratch)
    : load<f64>(scratch + 24) - load<f64>(scratch + 16);
}

/** To the last bit what Math.hypot gives. */
function hypotenuse(x: f64, y: f64): f64 {
  const most = max<f64>(abs<f64>(x), abs<f64>(y));
  if (most === 0 || most === Infinity) return most;
  const first = abs<f64>(x) / most;
  const second = abs<f64>(y) / most;
  return sqrt<f64>(first * first + second * second) * most;
}

/** PDFium's type of objects that are text. */
const textObject: i32 = 1;

/** Whether a page is of nothing but upright opaque dark text, on no layer. @param room 64 bytes. */
export function isPlainText(page: i32, room: i32): bool {
  const count = FPDFPage_CountObjects(page);
  for (let i: i32 = 0; i < count; i++) if (!isPlain(FPDFPage_GetObject(page, i), room)) return false;
  return true;
}

function isPlain(thing: i32, room: i32): bool {
  if (FPDFPageObj_GetType(thing) !== textObject || FPDFTextObj_GetTextRenderMode(thing) !== 0) return false;
  FPDFPageObj_GetFillColor(thing, room, room + 4, room + 8, room + 12);
  if (load<u8>(room + 12) < 255) return false;
  if (load<u8>(room) > 200 && load<u8>(room + 4) > 200) return false;
  if (FPDFClipPath_CountPaths(FPDFPageObj_GetClipPath(thing)) > 0) return false;
  const marks = FPDFPageObj_CountMarks(thing);
  for (let i: i32 = 0; i < marks; i++) if (isLayer(FPDFPageObj_GetMark(thing, i), room)) return false;
  return true;
}

/** Whether a mark of content is named "OC", in UTF-16 with a closing zero. */
function isLayer(mark: i32, room: i32): bool {
  const name = room + 32;
  const length = room + 48;
  if (FPDFPageObjMark_GetName(mark, name, 16, length) === 0 || load<u32>(length) !== 6) return false;
  return load<u32>(name) === 0x0043_004f;
}
