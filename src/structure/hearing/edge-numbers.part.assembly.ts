import { listAt } from './line-columns.part.assembly';
import { isExact, numberOn } from './line-facts.part.assembly';

/** Lists the lines numbered 1 that are followed by 2; gives how many there are. */
export function listFirstLines(lines: i32): i32 {
  let count: i32 = 0;
  let one: i32 = -1;
  for (let line: i32 = 0; line < lines; line++) {
    if (!isExact(line)) continue;
    const value = numberOn(line);
    if (value === 2 && one >= 0) store<u32>(listAt(0) + (count++ << 2), one);
    one = value === 1 ? line : -1;
  }
  return count;
}

/** How many numbers neither follow the one before nor begin a page, up to `most`. */
export function countOutOfStep(lines: i32, most: i32): i32 {
  let count: i32 = 0;
  let last: i32 = 0;
  for (let line: i32 = 0; line < lines && count < most; line++) {
    if (!isExact(line)) continue;
    const value = numberOn(line);
    if (value !== last + 1 && value !== 1) count++;
    last = value;
  }
  return count;
}
