import type { ExtractedText, SheetText, TextBlock } from '../model/extracted.ts';
import type { MarkupRun } from '../model/outline.ts';
import type { Layout, LayoutLine, LayoutSheet } from './layout.ts';
import { plainLines } from './plain-lines.ts';
import { linesOfSheets } from './sheet-lines.ts';
import { cellHeight, cellWidth, sheetsSideBySide } from './side-by-side.ts';

/**
 * The stored text and its lines. Sheets: runs are put on their baselines and columns one after the other. Text: as it
 * is, unless pages stand side by side in it. Blocks: one after the other, line breaks inside a block kept.
 */
export function layoutOf(content: ExtractedText): Layout {
  switch (content.layout) {
    case 'sheets':
      return layoutSheets(content.sheets);
    case 'plain':
      return layoutText(content.text);
    case 'blocks':
      return layoutBlocks(content.blocks);
    case 'table':
      return layoutBlocks([...content.blocks]);
  }
}

function layoutSheets(sheets: readonly SheetText[]): Layout {
  const lines = linesOfSheets(sheets);
  // Joined at once: a text that was added to bit by bit is read more slowly ever after.
  const texts: string[] = [];
  let own: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as LayoutLine; // index < length
    own.push(line.text);
    if (lines[index + 1]?.sheet === line.sheet) continue;
    texts.push(own.join('\n'));
    own = [];
  }
  // A sheet's last line, that of the last sheet too, ends the sheet.
  const text = texts.length === 0 ? '' : `${texts.join('\f')}\f`;
  const known = sheets.map(({ runs: _, ...sheet }) => sheet);
  return { text, lines, sheets: known, geometry: true };
}

/** Pages side by side are cut apart as those of a sheet are; any other text is kept as it stands. */
function layoutText(text: string): Layout {
  const sheets = sheetsSideBySide(text);
  return sheets === undefined ? layoutPlain(text) : layoutSheets(sheets);
}

function layoutPlain(text: string): Layout {
  const lines = plainLines(text);
  const sheets = Array.from({ length: lines.at(-1)?.sheet ?? 0 }, (_, index) => ({
    sheet: index + 1,
    width: 0,
    height: 0,
  }));
  return { text, lines, sheets, geometry: false };
}

function layoutBlocks(blocks: readonly TextBlock[]): Layout {
  const texts: string[] = [];
  const lines: LayoutLine[] = [];
  const markup: MarkupRun[] = [];
  let start = 0;
  let sheet = blocks.some((block) => block.sheet !== undefined) ? 1 : 0;
  for (const [index, block] of blocks.entries()) {
    sheet = block.sheet ?? sheet;
    const nextSheet = blocks[index + 1]?.sheet ?? sheet;
    for (const run of block.markup ?? [])
      markup.push({ ...run, start: start + run.start, end: start + run.end });
    const parts = block.text.split(/\r\n|[\n\r\f]/);
    for (const [order, part] of parts.entries()) {
      lines.push(blockLine(block, part, order, { start, sheet, row: lines.length }));
      texts.push(part, order === parts.length - 1 && nextSheet !== sheet ? '\f' : '\n');
      start += part.length + 1;
    }
  }
  const layout = { text: texts.join(''), lines, sheets: sheetsOfBlocks(blocks, sheet), geometry: false };
  return markup.length === 0 ? layout : { ...layout, markup };
}

function sheetsOfBlocks(blocks: readonly TextBlock[], count: number): readonly LayoutSheet[] {
  const problems = new Map(
    blocks.flatMap(({ sheet = 1, problem }) => (problem === undefined ? [] : [[sheet, problem]])),
  );
  return Array.from({ length: count }, (_, index) => {
    const problem = problems.get(index + 1);
    return { sheet: index + 1, width: 0, height: 0, ...(problem === undefined ? {} : { problem }) };
  });
}

function blockLine(
  block: TextBlock,
  text: string,
  order: number,
  at: { start: number; sheet: number; row: number },
): LayoutLine {
  const line = {
    start: at.start,
    text,
    sheet: at.sheet,
    column: 0,
    left: 0,
    right: text.length * cellWidth,
    top: at.row * cellHeight,
    bottom: (at.row + 1) * cellHeight,
    ...(order > 0 ? { continues: true as const } : {}),
    ...(block.level === undefined ? {} : { level: block.level }),
    ...(block.place === undefined ? {} : { place: block.place }),
    ...(block.number === undefined || order > 0 ? {} : { number: block.number }),
  };
  const { type, zone } = block;
  if (zone !== undefined) return { ...line, zone };
  return type === 'note' || type === 'header' || type === 'comment'
    ? { ...line, zone: type }
    : { ...line, blockType: type };
}
