import { startAssembly, whenNeeded } from '../model/assembly.ts';
import type { LayoutLine } from './layout.ts';
import { emptyColumns, keepColumns, type LineColumns } from './line-columns.ts';
import code from './plain-lines.wasm.ts';
import { cellHeight, cellWidth } from './side-by-side.ts';

const loops = whenNeeded(startLoops);
const encoder = new TextEncoder();

/**
 * The lines of a text as it stands. Form feeds part its sheets; a text without any has none. A form feed ends a line, or
 * stands after its end, which is "\n", "\r" or both.
 */
export function plainLines(text: string): LayoutLine[] {
  const { calls, mostUnits, window, columns, rights, rows } = loops();
  const { starts, lengths, lefts, sheets } = columns;
  const lines: LayoutLine[] = [];
  const parts: LineColumns[] = [];
  calls.begin(text.includes('\f') ? 1 : 0, cellWidth);
  for (let from = 0; from < text.length; from = calls.position()) {
    const part = text.slice(from, from + mostUnits);
    const { read, written } = encoder.encodeInto(part, window);
    calls.takeText(written, read);
    const count = calls.read(from, read, from + read === text.length ? 1 : 0);
    for (let index = 0; index < count; index++) {
      const start = starts[index] as number; // index < count, here and below
      const top = (rows[index] as number) * cellHeight;
      lines.push({
        start,
        text: text.slice(start, start + (lengths[index] as number)),
        sheet: sheets[index] as number,
        column: 0,
        left: lefts[index] as number,
        right: rights[index] as number,
        top,
        bottom: top + cellHeight,
      });
    }
    parts.push(firstOf(columns, count));
  }
  keepColumns(lines, joined(parts, lines.length));
  return lines;
}

/** A copy of the columns of the first lines. */
function firstOf({ starts, lengths, lefts, sheets, breaks, zoned }: LineColumns, count: number): LineColumns {
  return {
    starts: starts.slice(0, count),
    lengths: lengths.slice(0, count),
    lefts: lefts.slice(0, count),
    sheets: sheets.slice(0, count),
    breaks: breaks.slice(0, count),
    zoned: zoned.slice(0, count),
  };
}

function joined(parts: readonly LineColumns[], count: number): LineColumns {
  const whole = emptyColumns(count);
  let from = 0;
  for (const part of parts) {
    whole.starts.set(part.starts, from);
    whole.lengths.set(part.lengths, from);
    whole.lefts.set(part.lefts, from);
    whole.sheets.set(part.sheets, from);
    whole.breaks.set(part.breaks, from);
    from += part.starts.length;
  }
  return whole;
}

/** The loop, with what it leaves. */
function startLoops() {
  const { calls, constants, memory } = startAssembly(
    code,
    ['begin', 'takeText', 'read', 'position'],
    [
      ...(['mostUnits', 'mostBytes', 'mostLines', 'textAt', 'leftsAt', 'startsAt'] as const),
      ...(['lengthsAt', 'rightsAt', 'sheetsAt', 'rowsAt', 'breaksAt'] as const),
    ],
  );
  const columnAt = (at: number) => new Uint32Array(memory.buffer, at, constants.mostLines);
  return {
    calls,
    mostUnits: constants.mostUnits,
    window: new Uint8Array(memory.buffer, constants.textAt, constants.mostBytes),
    columns: {
      starts: columnAt(constants.startsAt),
      lengths: columnAt(constants.lengthsAt),
      lefts: new Float64Array(memory.buffer, constants.leftsAt, constants.mostLines),
      sheets: columnAt(constants.sheetsAt),
      breaks: new Uint8Array(memory.buffer, constants.breaksAt, constants.mostLines),
      zoned: new Uint8Array(constants.mostLines),
    },
    rights: columnAt(constants.rightsAt),
    rows: columnAt(constants.rowsAt),
  };
}
