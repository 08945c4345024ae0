import type { RecognisedWord } from '../../model/recognised-sheet.ts';

/** The level of a row that is a word; rows above it are its page, block, paragraph and line. */
const wordLevel = '5';

/**
 * The words in Tesseract's table of a page: level, page, block, paragraph, line, word, left, top, width, height,
 * confidence (0 to 100), text, parted by tabs. Rows that are no words with text are passed over.
 */
export function wordsOfTsv(table: string): RecognisedWord[] {
  const words: RecognisedWord[] = [];
  const lines = new Map<string, number>();
  const blocks = new Map<string, number>();
  for (const row of table.split('\n')) {
    const [level, page, block = '', paragraph = '', line = '', , ...rest] = row.split('\t');
    const [left, top, width, height, confidence] = rest.slice(0, 5).map(Number);
    const text = rest.slice(5).join('\t').trim();
    if (level !== wordLevel || text === '' || left === undefined || top === undefined) continue;
    if (width === undefined || height === undefined || confidence === undefined) continue;
    const blockKey = `${page}/${block}`;
    const blockOrdinal = blocks.get(blockKey) ?? blocks.size;
    blocks.set(blockKey, blockOrdinal);
    const key = `${page}/${block}/${paragraph}/${line}`;
    const ordinal = lines.get(key) ?? lines.size;
    lines.set(key, ordinal);
    words.push({
      text,
      confidence: Math.round(Math.min(Math.max(confidence, 0), 100)) / 100,
      line: ordinal,
      block: blockOrdinal,
      box: { left, top, right: left + width, bottom: top + height },
    });
  }
  return words;
}
