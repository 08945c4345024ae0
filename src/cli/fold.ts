/** A stretch of text to set off, as UTF-16 offsets. */
export type Mark = readonly [start: number, end: number];

/** Text cut to a window, with the marks moved along. Dots stand where something was left out. */
export interface Window {
  readonly text: string;
  readonly marks: readonly Mark[];
}

/**
 * The part of a text within `words` words of its marks: what lies between marks that are near stays, what is far
 * from any is left out as " … ". Without a limit the whole text.
 */
export function windowAround(text: string, marks: readonly Mark[], words: number): Window {
  const first = marks[0];
  if (first === undefined || !Number.isFinite(words)) return { text, marks };
  let out = '';
  const moved: Mark[] = [];
  for (const group of groupMarks(text, marks, words)) {
    if (group.start > 0) out += out === '' ? '… ' : ' … ';
    for (const [start, end] of group.marks) {
      const shift = out.length - group.start;
      moved.push([start + shift, Math.min(end, group.end) + shift]);
    }
    out += text.slice(group.start, group.end);
    if (group.end === text.length) return { text: out, marks: moved };
  }
  return { text: `${out} …`, marks: moved };
}

interface MarkGroup {
  start: number;
  end: number;
  readonly marks: Mark[];
}

function groupMarks(text: string, marks: readonly Mark[], words: number): readonly MarkGroup[] {
  const groups: MarkGroup[] = [];
  for (const mark of marks) {
    const start = wordsBack(text, mark[0], words);
    const end = wordsForward(text, mark[1], words);
    const last = groups.at(-1);
    if (last !== undefined && start <= last.end + 1) {
      last.end = Math.max(last.end, end);
      last.marks.push(mark);
    } else {
      groups.push({ start, end, marks: [mark] });
    }
  }
  return groups;
}

/** Offset of the beginning of the `count`-th word before `from`; 0 when there are fewer. */
export function wordsBack(text: string, from: number, count: number): number {
  let at = from;
  for (let seen = 0; seen <= count; seen++) {
    const space = text.lastIndexOf(' ', at - 1);
    if (space < 0 || at === 0) return 0;
    at = space;
  }
  return at + 1;
}

/** Offset of the end of the `count`-th word after `from`; the text's length when there are fewer. */
export function wordsForward(text: string, from: number, count: number): number {
  let at = from;
  for (let seen = 0; seen <= count; seen++) {
    const space = text.indexOf(' ', at + (seen === 0 ? 0 : 1));
    if (space < 0) return text.length;
    at = space;
  }
  return at;
}

/** Breaks text at spaces into lines of at most `width` characters (a longer word stands alone), as offsets. */
export function foldLines(text: string, width: number): readonly Mark[] {
  const lines: Mark[] = [];
  let start = 0;
  while (text.length - start > width) {
    let cut = text.lastIndexOf(' ', start + width);
    if (cut <= start) cut = text.indexOf(' ', start + width);
    if (cut < 0) break;
    lines.push([start, cut]);
    start = cut + 1;
  }
  lines.push([start, text.length]);
  return lines;
}

/** A line of a folded text with its marks painted; `open` and `close` stand around them where there is no colour. */
export function paintLine(
  text: string,
  [start, end]: Mark,
  marks: readonly Mark[],
  paint: (text: string) => string,
  clean: (text: string) => string,
): string {
  let out = '';
  let at = start;
  for (const [from, to] of marks) {
    if (to <= start || from >= end) continue;
    const [left, right] = [Math.max(from, start), Math.min(to, end)];
    out += clean(text.slice(at, left)) + paint(clean(text.slice(left, right)));
    at = right;
  }
  return out + clean(text.slice(at, end));
}
