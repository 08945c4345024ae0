import { lengthsAt, listAt, marksAt, tokensAt, wordsAt } from './line-columns.part.assembly';
import { endOf, firstOf, firstOfWords, indentOf, isText } from './line-facts.part.assembly';

/**
 * Counts by page the lines of text, into the second list, those of them that are marked, into the third, and those that
 * go on speech and end right of an edge, into the first. The tokens say 1 of each page on which a bracket opens a line.
 */
export function countTurns(pages: i32, continuation: i32, edge: f64): void {
  for (let page: i32 = 0; page < pages; page++) {
    const end = endOf(page);
    let filled: i32 = 0;
    let marked: i32 = 0;
    let full: i32 = 0;
    let bracketed: u8 = 0;
    for (let line = firstOf(page); line < end; line++) {
      if (!isText(line)) continue;
      filled++;
      if (load<u8>(marksAt() + line) === 1) marked++;
      if (firstOfWords(line) === 40) bracketed = 1;
      const indent = indentOf(line);
      const length = load<u32>(lengthsAt() + (line << 2)) - load<u32>(wordsAt() + (line << 2));
      if (abs(indent - continuation) <= 1 && <f64>(indent + <i32>length) > edge) full++;
    }
    store<u32>(listAt(0) + (page << 2), full);
    store<u32>(listAt(1) + (page << 2), filled);
    store<u32>(listAt(2) + (page << 2), marked);
    store<u8>(tokensAt() + page, bracketed);
  }
}
