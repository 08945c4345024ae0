/*
 * Unsigned LEB128 numbers: seven bits a byte, the lowest first, the highest bit of each byte but the last set.
 */

/** Writes a number at an address; gives the address behind it. */
export function putNumber(to: i32, number: u32): i32 {
  while (number >= 0x80) {
    store<u8>(to++, (number & 0x7f) | 0x80);
    number >>>= 7;
  }
  store<u8>(to++, number);
  return to;
}

/** How many bytes a number takes. */
export function bytesFor(number: u32): u32 {
  return number < 0x80 ? 1 : number < 0x4000 ? 2 : number < 0x20_0000 ? 3 : number < 0x1000_0000 ? 4 : 5;
}
