import type { TextBlock } from './extraction.ts';

/** The blocks that begin on the sheets; the first block kept of each sheet names it. */
export function blocksOnSheets(blocks: readonly TextBlock[], sheets: ReadonlySet<number>): TextBlock[] {
  const kept: TextBlock[] = [];
  let sheet = 1;
  let named = 1;
  for (const block of blocks) {
    sheet = block.sheet ?? sheet;
    if (!sheets.has(sheet)) continue;
    kept.push(sheet === named ? block : { ...block, sheet });
    named = sheet;
  }
  return kept;
}
