import { isBlank, isDigit, skipBlanks } from './marks.ts';

/** A mark as poor recognition leaves it. `type` undefined: something stands there, and nothing says whether somebody asks or answers. */
export interface MisreadMark {
  readonly type: 'question' | 'answer' | undefined;
}

/** Longest misread mark: "(2.", "QO.". */
const longest = 3;
const asked = /^(?:[Qq][O0o]?|\(2|[Oo0])(?:[.,;:-]|$)/;
const answered = /^[Aa4](?:[.,;:-]|$)/;
/** A number and a mark with nothing between them. */
const glued = /^(\d{1,2})([QA])(?:[.:]\s|\s\s)/;

/** Where a line stands, at whose first character a misread mark is looked for. */
interface Standing {
  /** Nothing but marks and labels begins there: whatever is set off from what is said is one. */
  readonly alone: boolean;
  /** Index where the second run of the line begins, -1 when it has no other. */
  readonly apart: number;
}

/** The misread mark at index `at`, the first character of a line that stands where marks do: a few characters set off from what is said. */
export function misreadMarkAt(text: string, at: number, { alone, apart }: Standing): MisreadMark | undefined {
  let end = at;
  while (end < text.length && !isBlank(text.charCodeAt(end))) if (++end - at > longest) return undefined;
  const body = skipBlanks(text, end);
  if (body === end || body === text.length) return undefined;
  const token = text.slice(at, end);
  const type = asked.test(token) ? 'question' : answered.test(token) ? 'answer' : undefined;
  const setOff = body - end > 1 || body === apart;
  const enough = type === undefined ? setOff && alone : setOff || (alone && token.length > 1);
  return enough ? { type } : undefined;
}

/** The mark to which the number of its line is glued, "15Q. Before that"; `number` is 0 where the line seems to have none. */
export function gluedMarkAt(text: string, at: number, number: number): MisreadMark | undefined {
  if (!isDigit(text.charCodeAt(at))) return undefined;
  const [, digits, letter] = glued.exec(text.slice(at, at + 5)) ?? [];
  if (letter === undefined || (number !== 0 && number !== Number(digits))) return undefined;
  return { type: letter === 'Q' ? 'question' : 'answer' };
}
