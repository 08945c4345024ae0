import type { PassageKind } from '../model/place.ts';
import { headerIndex } from './column-names.ts';
import { type Layout, type LayoutLine, sheetsRead } from './layout.ts';
import { OutlineBuilder } from './outline-builder.ts';
import { plainRecogniser } from './plain.ts';
import type { RecognisedDocument, Recogniser, RecognitionHints } from './recognition.ts';

type RowPlace = Extract<PassageKind, { kind: 'row' }>;

/** Rows at the top of a worksheet that tell which of them names its columns. */
const sampleRows = 32;

/** Workbooks and other tables whose reader says which row each line is: a passage a row. */
export const tableRecogniser: Recogniser = {
  name: 'table',
  version: 1,
  kinds: ['table'],
  confidence: (layout) => (layout.lines.some(({ place }) => place?.kind === 'row') ? 0.98 : 0),
  recognise: recogniseTable,
};

/** A table whose rows no reader told, which a person says it is, is read as it stands. */
function recogniseTable(layout: Layout, hints: RecognitionHints): RecognisedDocument {
  const confidence = tableRecogniser.confidence(layout, hints);
  if (confidence === 0) return plainRecogniser.recognise(layout, hints);
  const builder = new OutlineBuilder(layout);
  const headers = headersOf(layout.lines);
  let ordinal = 0;
  let worksheet: string | undefined;
  for (const line of layout.lines) {
    if (line.text.trim() === '') continue;
    if (line.level === 1 && line.place === undefined) worksheet = line.text.trim();
    else if (line.place?.kind === 'row') worksheet = line.place.worksheet;
    if (line.continues !== true) ordinal++;
    const kind = kindOf(line, headers, { ordinal, worksheet });
    if (line.zone !== undefined) builder.run(line.start, line.start + line.text.length, line.zone, kind);
    else if (line.continues !== true) builder.passage(line.start, kind, { turn: ordinal });
  }
  return {
    recogniser: { name: tableRecogniser.name, version: tableRecogniser.version },
    kind: 'table',
    confidence,
    text: layout.text,
    outline: builder.finish(),
    metadata: {},
    pages: sheetsRead(layout),
    sheets: layout.sheets.length,
  };
}

function kindOf(
  { place }: LayoutLine,
  headers: ReadonlyMap<string, number>,
  { ordinal, worksheet }: { readonly ordinal: number; readonly worksheet: string | undefined },
): PassageKind {
  if (place?.kind !== 'row')
    return worksheet === undefined
      ? { kind: 'block', ordinal }
      : { kind: 'block', ordinal, heading: worksheet };
  const header = headers.get(place.worksheet);
  return header === undefined || place.row <= header ? place : { ...place, header };
}

/** The row that names the columns of each worksheet that has one, by the worksheet's name. */
function headersOf(lines: readonly LayoutLine[]): ReadonlyMap<string, number> {
  const samples = new Map<string, { readonly row: number; readonly cells: readonly string[] }[]>();
  for (const line of lines) {
    if (!isShownRow(line)) continue;
    const { worksheet, row } = line.place;
    let sample = samples.get(worksheet);
    if (sample === undefined) {
      sample = [];
      samples.set(worksheet, sample);
    }
    if (sample.length < sampleRows) sample.push({ row, cells: line.text.split('\t') });
  }
  const headers = new Map<string, number>();
  for (const [worksheet, sample] of samples) {
    const header = sample[headerIndex(sample.map(({ cells }) => cells)) ?? -1];
    if (header !== undefined) headers.set(worksheet, header.row);
  }
  return headers;
}

/** Rows of a hidden worksheet have names too; notes and comments beside a row are none. */
function isShownRow(line: LayoutLine): line is LayoutLine & { readonly place: RowPlace } {
  return line.place?.kind === 'row' && (line.zone === undefined || line.zone === 'hidden');
}
