import type { TermPattern } from './ast.ts';

type Range = Extract<TermPattern, { type: 'range' }>;

const base = 1000;
/** Numbers are written in groups up to here: 999,999,999,999. */
const mostGroups = 4;

/**
 * The forms that numbers of a range take when they are written with thousands separators, which split them into
 * words: `1,000..5,000` is "1 to 4, then any three digits" or "5, then 000". Each form is one pattern a word. Empty
 * when the whole range is below 1,000.
 */
export function groupedForms(from = 0, to = Number.POSITIVE_INFINITY): readonly (readonly Range[])[] {
  const forms: Range[][] = [];
  for (let groups = 2; groups <= mostGroups; groups++) {
    const low = Math.max(Math.ceil(from), base ** (groups - 1));
    const high = Math.min(Math.floor(to), base ** groups - 1);
    if (low <= high) forms.push(...between(groupsOf(low, groups), groupsOf(high, groups), true));
  }
  return forms;
}

function groupsOf(number: number, count: number): number[] {
  const groups: number[] = [];
  for (let rest = number; groups.length < count; rest = Math.floor(rest / base)) groups.unshift(rest % base);
  return groups;
}

/** Forms of the numbers between two of as many groups; `leading` groups are written without zeros before them. */
function between(low: readonly number[], high: readonly number[], leading: boolean): Range[][] {
  const [first = 0, ...lowRest] = low;
  const [last = 0, ...highRest] = high;
  if (lowRest.length === 0) return [[group(first, last, leading)]];
  const zeros = lowRest.map(() => 0);
  const nines = lowRest.map(() => base - 1);
  if (first === last) return follow(group(first, first, leading), between(lowRest, highRest, false));
  const lowWhole = lowRest.every((each) => each === 0);
  const highWhole = highRest.every((each) => each === base - 1);
  const from = lowWhole ? first : first + 1;
  const to = highWhole ? last : last - 1;
  return [
    ...(lowWhole ? [] : follow(group(first, first, leading), between(lowRest, nines, false))),
    ...(from > to ? [] : follow(group(from, to, leading), between(zeros, nines, false))),
    ...(highWhole ? [] : follow(group(last, last, leading), between(zeros, highRest, false))),
  ];
}

function follow(first: Range, rest: readonly Range[][]): Range[][] {
  return rest.map((groups) => [first, ...groups]);
}

function group(from: number, to: number, leading: boolean): Range {
  return leading || from >= base / 10 ? { type: 'range', from, to } : { type: 'range', from, to, digits: 3 };
}
