import type { Layout } from '../layout.ts';
import { someOf } from './margin-times.ts';
import type { Mark } from './marks.ts';
import { lineIs, type PrintedPages } from './printed-pages.ts';

/** So many questions and answers begin so at least: a list has each letter once. */
const fewest = 3;

/** The marks of a document that prints them small, "q." and "a.", by line; none where they do not return. Asked where no others are. */
export function smallMarks({ lines }: Layout, { is, textAt }: PrintedPages): ReadonlyMap<number, Mark> {
  const found = new Map<number, Mark>();
  if (!someOf(lines, ({ text }) => (/(?:^|\s)q[.:]\s/.test(text) ? 1 : 0))) return found;
  let questions = 0;
  for (let line = 0; line < is.length; line++) {
    if (is[line] !== lineIs.text) continue;
    const mark = smallMarkAt(lines[line]?.text ?? '', textAt[line] ?? 0);
    if (mark === undefined) continue;
    found.set(line, mark);
    if (mark.type === 'question') questions++;
  }
  return questions >= fewest && found.size - questions >= fewest ? found : new Map();
}

function smallMarkAt(text: string, at: number): Mark | undefined {
  const letter = text.charCodeAt(at);
  if (letter !== 113 && letter !== 97) return undefined;
  const whole = /^[qa][.:]\s+(?=\S)/.exec(text.slice(at, at + 12))?.[0];
  if (whole === undefined) return undefined;
  return { type: letter === 113 ? 'question' : 'answer', end: at + whole.length, stopped: true };
}
