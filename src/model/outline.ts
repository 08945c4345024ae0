import type { Doubt, Markup, PassageKind, Zone } from './place.ts';

/**
 * One line of the text, in columns: `starts[i]` is the UTF-16 offset of line i, ascending, and the line ends where
 * the next begins. `sheets`, `pages` and `numbers` hold the sheet, the printed page and the printed line number of
 * that line, 0 where there is none. Where lines are not numbered in print, `numbers` is the line's ordinal in a text
 * file (from 1) or 0. `doubts` holds 0 or 1 + the index into the list of doubts.
 */
export interface LineTable {
  readonly starts: Uint32Array;
  readonly sheets: Uint32Array;
  readonly pages: Uint32Array;
  readonly numbers: Uint32Array;
  readonly doubts: Uint8Array;
}

/** A stretch of text that is not running body text; `unindexed` is furniture that is no word of anybody's: printed line and page numbers, the marks Q. and A. */
export interface ZoneRun {
  readonly start: number;
  readonly end: number;
  readonly zone: Exclude<Zone, 'body'> | 'unindexed';
}

/** Zones of runs; the order is the code in `RunTable.zones`, under which they are stored: append only. */
export const runZones = [
  'header',
  'note',
  'comment',
  'stamp',
  'hidden',
  'unindexed',
  'deleted',
] as const satisfies readonly ZoneRun['zone'][];
/** Code of runs that are no words of anybody's. */
export const unindexedCode = runZones.indexOf('unindexed');

/** Runs in columns: a transcript has one for each of its line numbers. Ascending, not overlapping; ends are not included. */
export interface RunTable {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Indexes into `runZones`. */
  readonly zones: Uint8Array;
}

/** The run at an index. @throws RangeError when there is none. */
export function runAt({ starts, ends, zones }: RunTable, index: number): ZoneRun {
  const start = starts[index];
  const zone = runZones[zones[index] ?? -1];
  if (start === undefined || zone === undefined) throw new RangeError(`no run ${index}`);
  return { start, end: ends[index] ?? start, zone };
}

/** Every run, in order. */
export function listRuns(table: RunTable): readonly ZoneRun[] {
  return Array.from(table.zones, (_, index) => runAt(table, index));
}

export function runTable(runs: readonly ZoneRun[]): RunTable {
  return {
    starts: Uint32Array.from(runs, ({ start }) => start),
    ends: Uint32Array.from(runs, ({ end }) => end),
    zones: Uint8Array.from(runs, ({ zone }) => runZones.indexOf(zone)),
  };
}

/**
 * The smallest citable piece. `start` and `end` are UTF-16 offsets into the stored text; a body passage may enclose
 * runs of other zones (a running head in the middle of a turn), which are then not part of it.
 */
export interface Passage {
  readonly start: number;
  readonly end: number;
  readonly zone: Zone;
  readonly kind: PassageKind;
  /** Passages with the same number are one speaker's turn (a long turn is several passages). Ascending in the body. */
  readonly turn: number;
  /** Passages with the same number are one question with its answer. Ascending in the body. */
  readonly exchange: number;
  readonly doubt?: Doubt;
}

/** A stretch of text with what the file records of it; `end` is not included. */
export interface MarkupRun extends Markup {
  readonly start: number;
  readonly end: number;
}

/** What is known of a sheet of the file beyond its lines. */
export interface SheetRow {
  readonly sheet: number;
  readonly stamp?: string;
  readonly ocr?: 'file' | 'ours';
  readonly confidence?: number;
  /** Why the sheet could not be read, when it could not. */
  readonly problem?: string;
}

/**
 * The tables beside a document's text. Invariants: `lines.starts` ascends from 0; `runs` ascend and do not overlap;
 * body passages come first, ascend, and tile the whole text apart from the runs; then the passages of other zones,
 * ascending, each lying exactly over one run; every run but `unindexed` ones has its passage. `markup` ascends and does
 * not overlap; absent where a file records none.
 */
export interface Outline {
  readonly lines: LineTable;
  readonly runs: RunTable;
  readonly passages: readonly Passage[];
  readonly sheets: readonly SheetRow[];
  readonly markup?: readonly MarkupRun[];
  /** Hearing day, when the document is one. */
  readonly day?: number;
}

/** Index of the last element of `ascending` that is <= `value`, or -1. */
export function lastAtOrBefore(ascending: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) <= value)
      low = middle + 1; // middle < length
    else high = middle;
  }
  return low - 1;
}
