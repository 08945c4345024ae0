import type { RecognisedSheet } from '../../model/recognised-sheet.ts';
import type { Box, ReadOptions, SheetText, TextRun } from '../extraction.ts';
import { type LayerQuality, layerQuality } from './layer-quality.ts';
import { meanConfidence } from './legibility.ts';
import { recognisedText } from './recognised-text.ts';

/** What a reader knows of its sheets besides their text. */
export interface SheetFacts {
  /** Numbers of sheets on which nothing at all is drawn. */
  readonly blank: readonly number[];
  /** Numbers of sheets that are mostly covered by a picture. */
  readonly pictures: readonly number[];
}

export interface RecognitionState {
  readonly sheets: readonly SheetText[];
  /** Numbers of the sheets that OCR is still to read, ascending. */
  readonly awaiting: readonly number[];
}

export const noTextLayer = 'no text layer';
export const hardlyAnyText = 'a picture with hardly any text layer';
export const garbledText = 'the characters of its text layer make no words';
export const noWordsFound = 'blank or unreadable: OCR found no words';

const problems = { none: noTextLayer, little: hardlyAnyText, garbled: garbledText } as const;

/** A garbled text layer is only given up for a reading as sure as this. */
const surerThanGarbled = 0.6;

/**
 * Puts what was recognised in the place of text layers that are missing or worth nothing, and says which sheets are
 * still to be recognised: with `recogniseAll`, every one. What was recognised is used wherever it is at hand, so that no
 * sheet is read twice; a layer that it replaces is gone, so that none stands there twice.
 */
export function withRecognition(
  sheets: readonly SheetText[],
  facts: SheetFacts,
  { recognised = [], recogniseAll = false }: Pick<ReadOptions, 'recognised' | 'recogniseAll'>,
): RecognitionState {
  const bySheet = new Map(recognised.map((one) => [one.sheet, one]));
  const [blank, pictures] = [new Set(facts.blank), new Set(facts.pictures)];
  const awaiting: number[] = [];
  const finished = sheets.map((sheet): SheetText => {
    if (sheet.problem !== undefined || blank.has(sheet.sheet)) return sheet;
    const quality = layerQuality(sheet.runs, pictures.has(sheet.sheet));
    const reading = bySheet.get(sheet.sheet);
    if (reading !== undefined) return settled(sheet, quality, reading);
    if (quality === 'good' && !recogniseAll) return sheet;
    awaiting.push(sheet.sheet);
    return quality === 'good' ? sheet : { ...sheet, problem: problems[quality] };
  });
  return { sheets: finished, awaiting };
}

/** Comments and hidden text are no text layer. */
function isBody({ zone }: TextRun): boolean {
  return zone === undefined || zone === 'body';
}

/** A sheet whose picture was looked at, whatever came of that. */
function settled(sheet: SheetText, quality: LayerQuality, reading: RecognisedSheet): SheetText {
  const { words, problem, forced = false } = reading;
  if (words.length === 0) {
    if (quality === 'none') return { ...sheet, problem: problem ?? noWordsFound };
    return quality === 'garbled' ? { ...sheet, problem: garbledText } : sheet;
  }
  if (quality === 'garbled' && !forced && meanConfidence(words) < surerThanGarbled) {
    return { ...sheet, problem: garbledText };
  }
  const beside = sheet.runs.filter((run) => !isBody(run));
  if (quality !== 'little' || forced) return withRuns(recognisedText(reading), beside);
  // What is typed over the picture is exact, and in the picture too: of the two the typed is kept.
  const typed = sheet.runs.filter((run) => !beside.includes(run));
  return withRuns(recognisedText(withoutTyped(reading, typed)), [...typed, ...beside]);
}

function withRuns(sheet: SheetText, more: readonly TextRun[]): SheetText {
  return { ...sheet, runs: [...sheet.runs, ...more] };
}

/** The recognised words without those that stand where typed text stands; or, where the sheet lay askew, that say the same. */
function withoutTyped(reading: RecognisedSheet, typed: readonly TextRun[]): RecognisedSheet {
  const { turns, straightenedBy, dpi } = reading;
  const asInFile = turns === 0 && straightenedBy === 0;
  const points = 72 / dpi;
  const said = new Set(typed.flatMap(({ text }) => text.split(/\s+/)));
  const words = reading.words.filter(({ text, box }) => {
    if (!asInFile) return !said.has(text);
    const [x, y] = [((box.left + box.right) / 2) * points, ((box.top + box.bottom) / 2) * points];
    return !typed.some((run) => holds(run.box, x, y));
  });
  return { ...reading, words };
}

function holds({ left, right, top, bottom }: Box, x: number, y: number): boolean {
  const room = (bottom - top) / 3;
  return x >= left - room && x <= right + room && y >= top - room && y <= bottom + room;
}
