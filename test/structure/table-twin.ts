import type { TextBlock } from '../../src/model/extracted.ts';
import type { Outline } from '../../src/model/outline.ts';
import type { PassageKind } from '../../src/model/place.ts';
import { headerIndex } from '../../src/structure/column-names.ts';
import type { LayoutLine } from '../../src/structure/layout.ts';
import { OutlineBuilder } from '../../src/structure/outline-builder.ts';
import { layoutOf } from '../../src/structure/reading-order.ts';

/** What a table comes to, the plain way: a layout of all its blocks, an object a line. */
export function plainTable(blocks: readonly TextBlock[]): { text: string; outline: Outline } {
  const layout = layoutOf({ layout: 'blocks', blocks });
  const builder = new OutlineBuilder(layout);
  const headers = headersOf(layout.lines);
  let ordinal = 0;
  let worksheet: string | undefined;
  for (const line of layout.lines) {
    const { place } = line;
    if (line.text.trim() === '') continue;
    if (line.level === 1 && place === undefined) worksheet = line.text.trim();
    else if (place?.kind === 'row') worksheet = place.worksheet;
    if (line.continues !== true) ordinal++;
    let kind: PassageKind = {
      kind: 'block',
      ordinal,
      ...(worksheet === undefined ? {} : { heading: worksheet }),
    };
    if (place?.kind === 'row') {
      const header = headers.get(place.worksheet);
      kind = header === undefined || place.row <= header ? place : { ...place, header };
    }
    if (line.zone !== undefined) builder.run(line.start, line.start + line.text.length, line.zone, kind);
    else if (line.continues !== true) builder.passage(line.start, kind, { turn: ordinal });
  }
  return { text: layout.text, outline: builder.finish() };
}

function headersOf(lines: readonly LayoutLine[]): ReadonlyMap<string, number> {
  const samples = new Map<string, { row: number; cells: string[] }[]>();
  for (const { place, zone, text } of lines) {
    if (place?.kind !== 'row' || (zone !== undefined && zone !== 'hidden')) continue;
    const sample = samples.get(place.worksheet) ?? [];
    samples.set(place.worksheet, sample);
    if (sample.length < 32) sample.push({ row: place.row, cells: text.split('\t') });
  }
  const headers = new Map<string, number>();
  for (const [worksheet, sample] of samples) {
    const header = sample[headerIndex(sample.map(({ cells }) => cells)) ?? -1];
    if (header !== undefined) headers.set(worksheet, header.row);
  }
  return headers;
}
