import type { LayoutLine } from './layout.ts';

/** Numbers of one family count on from each other: `12.` and `4.7` do, `(12)`, `12)`, `Para 12` and `12.` do not. */
export type NumberFamily =
  | 'decimal'
  | 'square'
  | 'round'
  | 'half-round'
  | 'worded'
  | 'letter'
  | 'capital'
  | 'roman'
  | 'lettered';

/** One way to understand what is printed before a paragraph. */
export interface NumberReading {
  readonly family: NumberFamily;
  /** "4.7" is [4, 7]; "4.7(b)" is [4, 7, 2]; "(c)" is [3]; "(iv)" is [4]; "B12" is [2, 12]; "12A" is [12, 1]. */
  readonly path: readonly number[];
  /** The number as printed, without dots or brackets around the whole: "4.7(b)", "c", "iv", "12A". */
  readonly digits: string;
}

/** A number at the beginning of a line that may be a paragraph's. */
export interface NumberMark {
  /** Index of the line in the layout. */
  readonly line: number;
  readonly readings: readonly NumberReading[];
  /** Left edge of the number; 0 where the layout has no geometry to trust. */
  readonly left: number;
  /** Left edge of the text behind it, when it is known. */
  readonly textLeft: number | undefined;
  /** White space or a block's edge stands above. */
  readonly begins: boolean;
  /** It only goes on with numbers that are believed: so begins many a line of text, "14 Quay Street" and "9.The". */
  readonly weak: boolean;
  /** The left edge is that of print, and not of a block that says nothing of its own. */
  readonly placed: boolean;
  /** From 1; 0 in documents without sheets. */
  readonly sheet: number;
  /** A word processor counted it: no accident of line breaks. */
  readonly automatic: boolean;
}

const romanValues: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50, c: 100 };
const romanPattern = /^(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/;

/** "iv" → 4; undefined for what is no Roman number below 400. */
export function romanValue(text: string): number | undefined {
  const letters = text.toLowerCase();
  if (!romanPattern.test(letters)) return undefined;
  let value = 0;
  for (let at = 0; at < letters.length; at++) {
    const here = romanValues[letters.charAt(at)] ?? 0;
    const next = romanValues[letters.charAt(at + 1)] ?? 0;
    value += here < next ? -here : here;
  }
  return value;
}

/** a → 1 … z → 26, aa → 27 as word processors count (aa, bb, cc); undefined for other texts. */
function letterValue(text: string): number | undefined {
  const letter = text.charAt(0).toLowerCase();
  if (!/^[a-z]$/.test(letter) || text.toLowerCase() !== letter.repeat(text.length) || text.length > 2)
    return undefined;
  return letter.charCodeAt(0) - 96 + (text.length - 1) * 26;
}

/** As many small letters as a number has at most. */
const mostLetters = 5;
const decimal = '\\d{1,4}(?:[A-Z]|(?:\\.\\d{1,3}){0,4})';
const innerPart = '(?<inner>(?:\\s?\\((?:[a-z]{1,4}|\\d{1,2})\\))*)';
/** "[2015] EWCA Civ 99", "[2012] 1 WLR 2855" at the beginning of a line. */
const yearOfReport = '\\[(?:1[89]|20)\\d\\d\\]\\s(?:\\d{1,2}\\s)?[A-Z]{2}';

interface Shape {
  readonly pattern: RegExp;
  readonly bare: boolean;
  readonly family: Exclude<NumberFamily, 'letter' | 'capital' | 'roman'> | 'letters';
}

/** Shapes of numbers at the beginning of a line. `bare` numbers need a gap behind them. */
const shapes: readonly Shape[] = [
  { pattern: /^[¶§]+\s?(?<number>\d{1,4}(?:\.\d{1,3}){0,4})\.?(?=\s|$)/, bare: false, family: 'decimal' },
  {
    pattern: new RegExp(`^(?!${yearOfReport})\\[(?<number>${decimal})\\]\\.?(?=\\s|$)`),
    bare: false,
    family: 'square',
  },
  { pattern: new RegExp(`^\\((?<number>${decimal})\\)\\.?(?=\\s|$)`), bare: false, family: 'round' },
  { pattern: new RegExp(`^(?<number>${decimal})\\)\\.?(?=\\s|$)`), bare: false, family: 'half-round' },
  {
    pattern: new RegExp(
      `^(?:[Pp]ara(?:graph)?|PARA(?:GRAPH)?)\\.?\\s?(?<number>${decimal})(?:[.:)](?=\\s|$)|(?=\\s{2}|\\t|$|\\s["“‘'(]?[A-Z]))`,
    ),
    bare: false,
    family: 'worded',
  },
  { pattern: /^\((?<number>[A-Za-z]{1,5})\)\.?(?=\s|$)/, bare: false, family: 'letters' },
  {
    pattern: new RegExp(`^(?<number>${decimal})${innerPart}[.:](?=\\s|$)`),
    bare: false,
    family: 'decimal',
  },
  {
    pattern: new RegExp(`^(?<number>\\d{1,3}(?:\\.\\d{1,3}){1,4})${innerPart}(?=\\s|$)`),
    bare: false,
    family: 'decimal',
  },
  { pattern: new RegExp(`^(?<number>\\d{1,4}[A-Z]?)${innerPart}(?=\\s|$)`), bare: true, family: 'decimal' },
  { pattern: /^(?<number>[A-Z]\.?\d{1,3}(?:\.\d{1,3}){0,3})[.)]?(?=\s|$)/, bare: true, family: 'lettered' },
  { pattern: /^(?<number>[a-z]{1,5})[.)](?=\s|$)/, bare: false, family: 'letters' },
];
/** Without room behind them, as where a number is wider than the place left for it. */
const weakShapes: readonly Shape[] = [
  { pattern: /^(?<number>\d{1,4}[A-Z]?)\s(?=["“‘'([]?[A-Z])/, bare: false, family: 'decimal' },
  { pattern: /^(?<number>\d{1,4}[A-Z]?)\.(?=["“‘'([]?[A-Z])/, bare: false, family: 'decimal' },
  { pattern: /^\[(?<number>\d{1,4}[A-Z]?)\](?=["“‘']?[A-Z])/, bare: false, family: 'square' },
  {
    pattern: /^(?<number>[A-Z]\.?\d{1,3}(?:\.\d{1,3}){0,3})\s(?=["“‘'([]?[A-Z][a-z\s])/,
    bare: false,
    family: 'lettered',
  },
];

/** What stands at the beginning of a line, if it can be a paragraph's number. Says nothing of whether it is one. */
export function numberMark(line: LayoutLine, index: number, geometry: boolean): NumberMark | undefined {
  if (line.number !== undefined) return automaticMark(line, index, line.number);
  const offset = line.text.length - line.text.trimStart().length;
  const text = line.text.slice(offset);
  if (isPlainWord(text)) return undefined;
  const found =
    shapedNumber(shapes, line, text, offset) ??
    (mayBeWeak(text) ? shapedNumber(weakShapes, line, text, offset) : undefined);
  if (found === undefined) return undefined;
  const { readings, weak, after } = found;
  const placed = geometry || line.blockType === undefined;
  const left = placed ? line.left : nesting(line);
  const textLeft = line.gaps?.find((gap) => gap.at >= after)?.left;
  const { sheet } = line;
  return { line: index, readings, left, textLeft, begins: true, automatic: false, weak, placed, sheet };
}

function shapedNumber(list: readonly Shape[], line: LayoutLine, text: string, offset: number) {
  for (const { pattern, bare, family } of list) {
    const match = pattern.exec(text);
    const number = match?.groups?.['number'];
    if (match === null || number === undefined) continue;
    const after = offset + match[0].length;
    if (bare && !hasGapBehind(line, after)) continue;
    const inner = match.groups?.['inner'];
    const readings = readingsOf(family, number).map((reading) => withInner(reading, inner));
    if (readings.length > 0) return { readings, after, weak: list === weakShapes };
  }
  return undefined;
}

/** A digit, a square bracket or a capital: what begins with a letter has passed `isPlainWord`. */
function mayBeWeak(text: string): boolean {
  const first = text.charCodeAt(0);
  return (first >= 48 && first <= 57) || (first >= 65 && first <= 91);
}

/**
 * Whether a text begins with a letter that no number begins with: most lines do. Behind a capital a number has a digit or
 * a full stop, but for "Paragraph 12", and small letters that count are few.
 */
function isPlainWord(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first >= 65 && first <= 90) {
    const second = text.charCodeAt(1);
    return second !== 46 && !(second >= 48 && second <= 57) && !/^para(?:graph)?\.?\s?\d/i.test(text);
  }
  if (!(first >= 97 && first <= 122)) return false;
  for (let at = 1; at <= mostLetters; at++) {
    const code = text.charCodeAt(at);
    if (!(code >= 97 && code <= 122)) return code !== 46 && code !== 41;
  }
  return true;
}

function automaticMark(line: LayoutLine, index: number, number: string): NumberMark | undefined {
  const bare: LayoutLine = { ...line, text: `${number.trim()}\t`, gaps: [] };
  const { number: _, ...without } = bare;
  const mark = numberMark(without, index, false);
  return mark && { ...mark, left: nesting(line), textLeft: undefined, automatic: true };
}

function hasGapBehind(line: LayoutLine, after: number): boolean {
  if (line.gaps?.some((gap) => gap.at >= after && gap.at <= after + 2)) return true;
  return /^(?:\t|\s{2,})/.test(line.text.slice(after));
}

function readingsOf(family: Shape['family'], number: string): readonly NumberReading[] {
  switch (family) {
    case 'decimal':
    case 'square':
    case 'round':
    case 'half-round':
    case 'worded':
      return [{ family, path: decimalPath(number), digits: number }];
    case 'lettered':
      return [
        {
          family,
          path: [letterValue(number.charAt(0)) ?? 0, ...decimalPath(number.slice(1))],
          digits: number,
        },
      ];
    case 'letters':
      return letterReadings(number);
  }
}

/** "(i)" may be the ninth letter or the first Roman number; what stands before it decides. */
function letterReadings(text: string): readonly NumberReading[] {
  const readings: NumberReading[] = [];
  const letter = letterValue(text);
  const roman = romanValue(text);
  const capital = text === text.toUpperCase();
  if (letter !== undefined)
    readings.push({ family: capital ? 'capital' : 'letter', path: [letter], digits: text });
  if (roman !== undefined) readings.push({ family: 'roman', path: [roman], digits: text });
  return readings;
}

function decimalPath(number: string): readonly number[] {
  const suffix = /[A-Z]$/.exec(number)?.[0];
  const parts = number
    .replace(/[A-Z]$/, '')
    .split('.')
    .filter((part) => part !== '');
  return suffix === undefined ? parts.map(Number) : [...parts.map(Number), letterValue(suffix) ?? 0];
}

/** Adds what is printed right behind a number: the `(a)` of `4.7(a)`. */
function withInner(reading: NumberReading, inner: string | undefined): NumberReading {
  let { path, digits } = reading;
  for (const [, part = ''] of (inner ?? '').matchAll(/\(([a-z]{1,4}|\d{1,2})\)/g)) {
    const value = /^\d/.test(part) ? Number(part) : letterReadings(part)[0]?.path[0];
    if (value === undefined) break;
    path = [...path, value];
    digits = `${digits}(${part})`;
  }
  return { ...reading, path, digits };
}

/** Where a file has no geometry, its nesting stands for the left edge. */
function nesting({ level }: LayoutLine): number {
  return (level ?? 0) * 36;
}
