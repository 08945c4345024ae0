import {
  beginningsAt,
  beginsAt,
  behindNumbersAt,
  exactAt,
  indentsAt,
  isAt,
  listAt,
  valuesAt,
  wordsAt,
} from './line-columns.part.assembly';

/*
 * What the loops ask of one page or line.
 */

/** As in `printed-pages.ts`. */
export const blank: i32 = 0;
export const text: i32 = 1;
export const furniture: i32 = 2;
export const pageNumber: i32 = 3;
export const elsewhere: i32 = 4;

export function firstOf(page: i32): i32 {
  return load<u32>(listAt(0) + (page << 2));
}

export function endOf(page: i32): i32 {
  return load<u32>(listAt(1) + (page << 2));
}

export function isExact(line: i32): bool {
  return load<u8>(exactAt() + line) === 1;
}

export function numberOn(line: i32): i32 {
  return load<i16>(valuesAt() + (line << 1));
}

export function indentOf(line: i32): i32 {
  return load<i16>(indentsAt() + (line << 1));
}

export function isText(line: i32): bool {
  return load<u8>(isAt() + line) === text;
}

/** The first character of a line's words. */
export function firstOfWords(line: i32): i32 {
  const behind = load<u32>(wordsAt() + (line << 2)) !== load<u32>(beginsAt() + (line << 2));
  return load<u16>((behind ? behindNumbersAt() : beginningsAt()) + (line << 1));
}
