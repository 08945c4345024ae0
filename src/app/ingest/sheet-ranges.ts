import { UserError } from '../../model/diagnostic.ts';

/** Inclusive, ascending, from 1. */
export interface SheetRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads `12-40`, `3`, or `1-4,9-12`. Ranges come back ascending and merged.
 * @throws UserError when it is none of these.
 */
export function parseSheetRanges(text: string): readonly SheetRange[] {
  const ranges = text.split(',').map((piece) => parseOne(piece.trim(), text));
  return mergeRanges(ranges);
}

function parseOne(piece: string, whole: string): SheetRange {
  const match = /^(\d{1,7})(?:\s*[-–]\s*(\d{1,7}))?$/.exec(piece);
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  if (match === null || from < 1 || to < from) {
    throw new UserError(`“${whole}” is no range of sheets.`, { hint: 'Write it as 12-40, 7, or 1-4,9-12.' });
  }
  return { from, to };
}

function mergeRanges(ranges: readonly SheetRange[]): readonly SheetRange[] {
  const merged: SheetRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && range.from <= last.to + 1) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

export function formatSheetRanges(ranges: readonly SheetRange[]): string {
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

/** Sheet numbers as ranges. */
export function rangesOf(sheets: readonly number[]): readonly SheetRange[] {
  return mergeRanges(sheets.map((sheet) => ({ from: sheet, to: sheet })));
}

/** The sheets from 1 to `last` that no range covers. */
export function sheetsLeftOver(ranges: readonly SheetRange[], last: number): readonly SheetRange[] {
  const left: SheetRange[] = [];
  let next = 1;
  for (const { from, to } of mergeRanges(ranges)) {
    if (from > next) left.push({ from: next, to: Math.min(from - 1, last) });
    next = Math.max(next, to + 1);
  }
  if (next <= last) left.push({ from: next, to: last });
  return left.filter(({ from, to }) => from <= to);
}

export function listSheets(ranges: readonly SheetRange[]): number[] {
  return ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

/** Whether some sheet lies in both. */
export function rangesOverlap(some: readonly SheetRange[], others: readonly SheetRange[]): boolean {
  return some.some((one) => others.some((other) => one.from <= other.to && other.from <= one.to));
}
