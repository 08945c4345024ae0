/*
 * A part of a text, for loops over its characters: it comes as UTF-8, and is read in UTF-16 code units.
 */

/** Most units at a time, and the most bytes that they take. */
export const mostUnits: i32 = 65_536;
export const mostBytes: i32 = mostUnits * 3;
/** Where the bytes are put. */
export const textAt: i32 = 0;
const unitsAt: i32 = mostBytes;
/** Memory behind this is the module's own. */
export const windowEnd: i32 = unitsAt + mostUnits * 2;

/** The same four bytes twice. */
const twice: u64 = 0x1_0000_0001;
export const highBits: u64 = <u64>0x8080_8080 * twice;
const evenHalves: u64 = <u64>0x0000_ffff * twice;
const evenBytes: u64 = <u64>0x00ff_00ff * twice;

let isAscii: bool = true;

/** Takes the text that was put into the room, so many bytes of UTF-8 that are so many units. */
export function takeText(byteCount: i32, unitCount: i32): void {
  isAscii = byteCount === unitCount;
  if (isAscii) return;
  let at: i32 = 0;
  let to = unitsAt;
  while (at < byteCount) {
    while (at + 8 <= byteCount && (load<u64>(textAt + at) & highBits) === 0) {
      store<u64>(to, spread(load<u32>(textAt + at)));
      store<u64>(to + 8, spread(load<u32>(textAt + at + 4)));
      at += 8;
      to += 16;
    }
    if (at >= byteCount) return;
    const byte: u32 = load<u8>(textAt + at);
    const follows = byte < 0x80 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    let code: u32 = follows === 0 ? byte : byte & (0x3f >>> follows);
    for (let next = 1; next <= follows; next++) code = (code << 6) | (load<u8>(textAt + at + next) & 0x3f);
    at += follows + 1;
    if (code >= 0x1_0000) {
      store<u16>(to, <u16>(0xd7c0 + (code >>> 10)));
      to += 2;
      code = 0xdc00 | (code & 0x3ff);
    }
    store<u16>(to, <u16>code);
    to += 2;
  }
}

/** Four bytes as four units. */
function spread(bytes: u64): u64 {
  const halves = (bytes | (bytes << 16)) & evenHalves;
  return (halves | (halves << 8)) & evenBytes;
}

export function unit(at: i32): i32 {
  return isAscii ? <i32>load<u8>(textAt + at) : <i32>load<u16>(unitsAt + (at << 1));
}

/** Eight characters at once, where they are ASCII; else 0. */
export function asciiBytes(at: i32): u64 {
  return isAscii ? load<u64>(textAt + at) : 0;
}
