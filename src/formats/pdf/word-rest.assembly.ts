/*
 * Follows a word through PDFium's characters, in AssemblyScript (see `model/assembly.ts`). It works in PDFium's own memory and
 * calls PDFium without a way through JavaScript, which for four calls a character takes longer than the answers.
 */

@external('pdfium', 'FPDFText_GetUnicode')
declare function unicode(textPage: i32, index: i32): u32;
@external('pdfium', 'FPDFText_GetTextObject')
declare function textObject(textPage: i32, index: i32): i32;
@external('pdfium', 'FPDFText_GetCharOrigin')
declare function origin(textPage: i32, index: i32, x: i32, y: i32): i32;
@external('pdfium', 'FPDFText_GetLooseCharBox')
declare function looseBox(textPage: i32, index: i32, box: i32): i32;

const firstPrinted: u32 = 0x21;
const lastPrinted: u32 = 0x7e;

/** The map from user space to the sheet as shown, of which `along` is the coordinate that grows along the line. */
let alongX: f64 = 0;
let alongY: f64 = 0;
let alongOffset: f64 = 0;
let acrossX: f64 = 0;
let acrossY: f64 = 0;
let acrossOffset: f64 = 0;

/** Along and across as linear in the coordinates of user space. */
export function setLine(ax: f64, ay: f64, a: f64, bx: f64, by: f64, b: f64): void {
  alongX = ax;
  alongY = ay;
  alongOffset = a;
  acrossX = bx;
  acrossY = by;
  acrossOffset = b;
}

let least: f64 = 0;
let most: f64 = 0;
let closer: f64 = 0;
let lastEnd: f64 = 0;

/** What `rest` found: where the letters begin and end along the line, how much closer they are set, where the last ends. */
export function from(): f64 {
  return least;
}
export function to(): f64 {
  return most;
}
export function squeeze(): f64 {
  return closer;
}
export function end(): f64 {
  return lastEnd;
}

/**
 * Goes on behind a character of upright text as long as plain letters, digits and marks (of ASCII) of the same text object
 * follow on the same baseline.
 * @param scratch Room for 16 bytes; `letters` for `limit` bytes, which take the characters.
 * @param squeezed,ended What was known of the character before.
 * @returns How many followed.
 */
export function rest(
  textPage: i32,
  index: i32,
  limit: i32,
  object: i32,
  scratch: i32,
  letters: i32,
  baseline: f64,
  squeezed: f64,
  ended: f64,
): i32 {
  least = Infinity;
  most = -Infinity;
  closer = squeezed;
  lastEnd = ended;
  for (let count: i32 = 0; count < limit; count++) {
    const at = index + count;
    const code = unicode(textPage, at);
    if (code < firstPrinted || code > lastPrinted || textObject(textPage, at) !== object) return count;
    origin(textPage, at, scratch, scratch + 8);
    const x = load<f64>(scratch);
    const y = load<f64>(scratch + 8);
    if (acrossX * x + acrossY * y + acrossOffset !== baseline) return count;
    const along = alongX * x + alongY * y + alongOffset;
    looseBox(textPage, at, scratch);
    const ends = along + (<f64>load<f32>(scratch + 8) - <f64>load<f32>(scratch));
    closer = min<f64>(0, max<f64>(closer, along - lastEnd));
    lastEnd = ends;
    if (along < least) least = along;
    if (ends + closer > most) most = ends + closer;
    store<u8>(letters + count, code);
  }
  return limit;
}
