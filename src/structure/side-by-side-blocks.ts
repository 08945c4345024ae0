import type { Box, TextRun } from '../model/extracted.ts';

interface Block {
  readonly runs: readonly TextRun[];
  readonly box: Box;
  readonly lines: number;
  readonly words: number;
  readonly numbers: number;
}

/** Prose has this many words a line, over all lines of a block. */
const fewestWords = 3;
/** A column of line numbers has at least so many, and hardly anything else. */
const fewestNumbers = 3;
/** Columns may touch by this much, in points: boxes are those of ink. */
const touch = 3;

/**
 * The runs of a recognised sheet, parted where blocks of prose stand side by side, in the order in which the engine reads
 * its blocks. A column of numbers goes with the block on its right. Undefined where no two blocks of prose stand side
 * by side: then lines run over the whole sheet, and what the engine took for blocks are the columns of a table, or the
 * numbers before the lines.
 */
export function sideBySideBlocks(runs: readonly TextRun[]): readonly (readonly TextRun[])[] | undefined {
  if (!hasBlocks(runs)) return undefined;
  const blocks = [...blocksOf(runs).values()];
  const prose = blocks.filter(({ lines, words }) => lines > 1 && words >= fewestWords * lines);
  if (!prose.some((one) => prose.some((other) => standBeside(one, other)))) return undefined;
  const parts = new Map<Block, TextRun[]>(blocks.map((block) => [block, [...block.runs]]));
  for (const block of blocks) {
    const owner =
      block.numbers >= fewestNumbers && block.numbers * 2 > block.words ? rightOf(block, prose) : undefined;
    if (owner === undefined) continue;
    parts.get(owner)?.push(...block.runs);
    parts.delete(block);
  }
  return [...parts.values()];
}

function hasBlocks(runs: readonly TextRun[]): boolean {
  for (let index = 0; index < runs.length; index++) if (runs[index]?.block !== undefined) return true;
  return false;
}

/** By the number of the block; runs of none, such as typed stamps, are one by themselves and come last. */
function blocksOf(runs: readonly TextRun[]): ReadonlyMap<number, Block> {
  const byNumber = new Map<number, TextRun[]>();
  for (const run of runs) {
    const number = run.block ?? Number.POSITIVE_INFINITY;
    byNumber.set(number, [...(byNumber.get(number) ?? []), run]);
  }
  const ordered = [...byNumber].sort(([a], [b]) => a - b);
  return new Map(ordered.map(([number, own]) => [number, blockOf(own)]));
}

function blockOf(runs: readonly TextRun[]): Block {
  const words = runs.flatMap(({ text }) => text.split(/\s+/));
  return {
    runs,
    box: {
      left: Math.min(...runs.map(({ box }) => box.left)),
      top: Math.min(...runs.map(({ box }) => box.top)),
      right: Math.max(...runs.map(({ box }) => box.right)),
      bottom: Math.max(...runs.map(({ box }) => box.bottom)),
    },
    lines: new Set(runs.map(({ box }) => box.bottom)).size,
    words: words.length,
    numbers: words.filter((word) => /^\d+$/.test(word)).length,
  };
}

function standBeside(a: Block, b: Block): boolean {
  const apart = a.box.right <= b.box.left + touch || b.box.right <= a.box.left + touch;
  return apart && heightShared(a, b) > 0;
}

/** How much of the height of the lower of two blocks is beside the other, 0 to 1. */
function heightShared(a: Block, b: Block): number {
  const shared = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
  const least = Math.min(a.box.bottom - a.box.top, b.box.bottom - b.box.top);
  return Math.max(0, shared / Math.max(least, 1));
}

/** The block of prose that begins next to the right of a column of numbers, and as high. */
function rightOf(numbers: Block, prose: readonly Block[]): Block | undefined {
  return prose
    .filter(
      (one) =>
        one !== numbers && one.box.left >= numbers.box.right - touch && heightShared(one, numbers) > 0.5,
    )
    .sort((a, b) => a.box.left - b.box.left)[0];
}
