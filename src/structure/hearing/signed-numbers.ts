import type { Layout, LayoutLine } from '../layout.ts';
import { scattered, withoutHead } from './margin-times.ts';
import type { NumberedMargin } from './numbers-at-right.ts';

/** Most lines must have a number that is one more than that of the line before, or begins a page. */
const leastShare = 0.6;
const leastLines = 20;
/** A page begins anew after so many lines at least. */
const shortestPage = 8;

/** The ways to print a line's number; a transcript keeps to one of them. */
const styles: readonly RegExp[] = [
  /^\s*l(?:n|ine)?\s?[.:]?\s?(\d{1,3})[.:)]?(?:\s+|$)/i,
  /^\s*#\s?(\d{1,2})[.:)]?(?:\s+|$)/,
  /^\s*(0\d{2})(?:\s+|$)/,
  /^\s*(0\d{3})(?:\s+|$)/,
  /^\s*(\d{1,2})\s?[-–—,](?:\s+|$)/,
];

/**
 * Transcripts whose line numbers have something with them: "L1", "L.1", "Line 1:", "#1", "001", "1 -". A layout without the
 * numbers, and these by line, 0 where there is none. Undefined for all others.
 */
export function signedNumbers(layout: Layout): NumberedMargin | undefined {
  if (!mayBeSigned(layout.lines)) return undefined;
  for (const style of styles) {
    const found = layout.lines.map((line) => (line.zone === undefined ? style.exec(line.text) : null));
    if (countsOn(layout.lines, found)) return cutNumbers(layout, found);
  }
  return undefined;
}

/** Of some lines all over the document this share has such a number, where most lines have one. */
const leastSeen = 0.3;

function mayBeSigned(lines: readonly LayoutLine[]): boolean {
  let [filled, styled] = [0, 0];
  for (const index of scattered(lines.length)) {
    const line = lines[index] as LayoutLine; // the indexes are of lines
    if (line.text.length === 0) continue;
    filled++;
    styled += styleOf(line);
  }
  return styled > 0 && styled >= filled * leastSeen;
}

const [zero, nine, space] = [48, 57, 32];
const beginnings: ReadonlySet<string> = new Set('#Ll');
const endings: ReadonlySet<string> = new Set('-–—,');

/** Whether a line can begin so, by its first characters: 1 or 0. */
function styleOf({ text }: LayoutLine): number {
  let at = 0;
  while (text.charCodeAt(at) <= space) at++;
  const first = at;
  while (text.charCodeAt(at) >= zero && text.charCodeAt(at) <= nine) at++;
  const digits = at - first;
  if (digits === 0)
    return beginnings.has(text.charAt(first)) && styles.some((style) => style.test(text)) ? 1 : 0;
  if (digits > 2) return text.charCodeAt(first) === zero ? 1 : 0;
  return endings.has(text.charAt(text.charCodeAt(at) === space ? at + 1 : at)) ? 1 : 0;
}

function countsOn(lines: readonly LayoutLine[], found: readonly (RegExpExecArray | null)[]): boolean {
  let [filled, counted, before, begun] = [0, 0, 0, 0];
  for (const [index, match] of found.entries()) {
    if (lines[index]?.text.trim() !== '') filled++;
    if (match === null) continue;
    const number = Number(match[1]);
    if (number === 1 && (before >= shortestPage || begun === 0)) begun++;
    if (number === before + 1 || number === 1) counted++;
    before = number;
  }
  return begun > 1 && counted >= Math.max(leastLines, filled * leastShare);
}

function cutNumbers(layout: Layout, found: readonly (RegExpExecArray | null)[]): NumberedMargin {
  const numbers = new Uint16Array(layout.lines.length);
  const cut: { start: number; end: number }[] = [];
  const lines = layout.lines.map((line, index) => {
    const match = found[index] ?? null;
    if (match === null) return line;
    numbers[index] = Number(match[1]);
    cut.push({ start: line.start, end: line.start + match[0].length });
    return withoutHead(line, match[0].length);
  });
  return { layout: { ...layout, lines }, cut, numbers };
}
