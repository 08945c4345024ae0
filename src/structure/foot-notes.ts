import { commonest } from './commonest.ts';
import type { Layout, LayoutLine } from './layout.ts';

/** A note at the foot of a sheet, by the indexes of its first and its last line; where it goes on, the next sheet has another. */
export interface FootNote {
  readonly first: number;
  readonly last: number;
}

/** Notes are set in type of at most so much of the size of the text, and of at least so much. */
const largestType = 0.95;
const smallestType = 0.5;
/** How far from the text's left edge a note may begin, in points: quotations in small type stand further in. */
const widestIndent = 20;
/** "1 See …", "12See …", "* See …": a number with a full stop or in brackets is a paragraph's. */
const noteMark = /^\s*(?:(?<number>\d{1,3})(?=\s*[\p{L}"“‘'([])|[*†‡]{1,3}(?=\s*\p{L}))/u;

/**
 * The notes at the foot of printed sheets: stretches in smaller type than the text, down to the foot, that begin with a
 * mark, numbers from 1 on or counting on from the note before. `isLeftOut` tells lines that stand outside the text.
 */
export function findFootNotes(layout: Layout, isLeftOut: (index: number) => boolean): FootNote[] {
  if (!layout.geometry) return [];
  const { lines } = layout;
  const type = usualType(lines);
  const reader = new NoteReader(lines);
  for (let end = lines.length; end > 0; ) {
    const sheet = lines[end - 1]?.sheet;
    let start = end;
    while (lines[start - 1]?.sheet === sheet && start > 0) start--;
    reader.put(smallAtFoot(lines, start, end, type, isLeftOut));
    end = start;
  }
  return reader.read();
}

/** So many lines tell the size of a document's type. */
const sampledLines = 500;

/** The height of most characters of the document, in half points. */
function usualType(lines: readonly LayoutLine[]): number {
  const sizes = new Map<number, number>();
  const step = Math.max(1, Math.floor(lines.length / sampledLines));
  for (let index = 0; index < lines.length; index += step) {
    const line = lines[index] as LayoutLine; // index < length
    const size = sizeOf(line);
    sizes.set(size, (sizes.get(size) ?? 0) + line.text.length);
  }
  return commonest(sizes) ?? 0;
}

function sizeOf({ top, bottom }: LayoutLine): number {
  return Math.round((bottom - top) * 2) / 2;
}

/** Indexes of the lines in small type at the foot of a sheet, below text of the usual size, and not further in than it. */
function smallAtFoot(
  lines: readonly LayoutLine[],
  start: number,
  end: number,
  type: number,
  isLeftOut: (index: number) => boolean,
): readonly number[] {
  const found: number[] = [];
  for (let index = end - 1; index >= start; index--) {
    const line = lines[index] as LayoutLine; // start <= index < end
    if (isLeftOut(index) || line.zone !== undefined || line.text.trim() === '') continue;
    const size = sizeOf(line);
    if (size <= type * largestType && size >= type * smallestType) {
      found.unshift(index);
      continue;
    }
    const left = Math.min(...lines.slice(start, index + 1).map((above) => above.left));
    return found.filter((note) => (lines[note]?.left ?? 0) <= left + widestIndent + type);
  }
  return [];
}

/** Reads the stretches of all sheets, which are put in from the last sheet to the first. */
class NoteReader {
  readonly #lines: readonly LayoutLine[];
  readonly #stretches: (readonly number[])[] = [];

  constructor(lines: readonly LayoutLine[]) {
    this.#lines = lines;
  }

  put(stretch: readonly number[]): void {
    this.#stretches.unshift(stretch);
  }

  read(): FootNote[] {
    const notes: FootNote[] = [];
    let number = 0;
    let goesOn = false;
    for (const stretch of this.#stretches) {
      const before = notes.length;
      let first = goesOn ? stretch[0] : undefined;
      for (const [at, index] of stretch.entries()) {
        const next = noteMark.exec(this.#lines[index]?.text ?? '');
        const count = Number(next?.groups?.['number'] ?? 0);
        const isNext = next !== null && (count === 0 || count === number + 1 || count === 1);
        if (!isNext) continue;
        if (first !== undefined && first !== index) notes.push({ first, last: stretch[at - 1] ?? first });
        first = index;
        if (count > 0) number = count;
      }
      const last = stretch.at(-1);
      if (first !== undefined && last !== undefined) notes.push({ first, last });
      goesOn = notes.length > before;
    }
    return notes;
  }
}
