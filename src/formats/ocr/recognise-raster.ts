import type { RecognisedSheet, RecognisedWord } from '../../model/recognised-sheet.ts';
import type { OcrEngine } from './engine.ts';
import { isKept, isLegible, meanConfidence } from './legibility.ts';
import {
  enlarged,
  longestSide,
  mostPixels,
  type QuarterTurns,
  type Raster,
  straightened,
  turned,
} from './raster.ts';
import { type LineDirection, lineDirection } from './skew.ts';
import { leavesMarginUnread } from './unread-margin.ts';

/** What was read on a picture, and how it had to be held for that. */
export type RasterReading = Pick<
  RecognisedSheet,
  'width' | 'height' | 'dpi' | 'turns' | 'straightenedBy' | 'words'
>;

/** A reading as sure as this shows that the picture is upright. */
const surelyUpright = 0.75;
/** Where lines of both directions stand out alike, within this factor, either may be the writing's. */
const unclearDirection = 3;
/** Lines that are off by less than this are read as well as level ones, in degrees. */
const leastSkew = 0.3;
/** Pictures below this are single words or less: their few pixels show no direction. */
const smallestDirected = 150;
/** Letters are read best when they are some thirty pixels high; a sheet at less than this is enlarged. */
const leastDpi = 200;
/** A page on which less than this many words were found may be one of scattered words. */
const fewWords = 3;

/**
 * Reads a picture whichever way up it is: finds the direction of its lines, straightens them, and tries the opposite
 * way up, and the other direction where that is not clear, as long as what comes of it is no sure reading. Of several
 * readings the surest is given; one without a single legible word has no words.
 * @throws Error when the engine breaks down.
 */
export async function recogniseRaster(raster: Raster, engine: OcrEngine): Promise<RasterReading> {
  const whole = readable(raster);
  const direction = Math.min(whole.width, whole.height) < smallestDirected ? undefined : lineDirection(whole);
  let best: RasterReading | undefined;
  let confidence = -1;
  for (const turns of waysUp(direction)) {
    const reading = await readTurned(whole, turns, direction, engine, best === undefined);
    const sure = isLegible(reading.words) ? meanConfidence(reading.words) : 0;
    if (sure > confidence) [best, confidence] = [reading, sure];
    if (confidence >= surelyUpright) break;
  }
  if (best === undefined) throw new Error('no way up was tried');
  return confidence > 0 ? best : { ...best, words: [] };
}

function readable(raster: Raster): Raster {
  const { width, height, dpi } = raster;
  const factor = Math.min(
    Math.ceil(leastDpi / Math.max(dpi, 1)),
    Math.floor(longestSide / Math.max(width, height)),
    Math.floor(Math.sqrt(mostPixels / (width * height))),
    4,
  );
  return factor > 1 ? enlarged(raster, factor) : raster;
}

/** The turns to try, the likeliest first. */
function waysUp(direction: LineDirection | undefined): readonly QuarterTurns[] {
  if (direction === undefined) return [0];
  const { sharpness } = direction;
  if (sharpness >= unclearDirection) return [0, 2];
  if (sharpness <= 1 / unclearDirection) return [1, 3];
  return [0, 2, 1, 3];
}

async function readTurned(
  raster: Raster,
  turns: QuarterTurns,
  direction: LineDirection | undefined,
  engine: OcrEngine,
  isFirst: boolean,
): Promise<RasterReading> {
  const skew = (turns % 2 === 0 ? direction?.across : direction?.down) ?? 0;
  const straightenedBy = Math.abs(skew) < leastSkew ? 0 : Math.round(skew * 100) / 100;
  const upright = turned(raster, turns);
  const level = straightenedBy === 0 ? upright : straightened(upright, straightenedBy);
  const { width, height, dpi } = level;
  return { width, height, dpi, turns, straightenedBy, words: await readWords(level, engine, isFirst) };
}

/** A page of scattered words is told the first time that it is looked at; the wrong way up it is not worth asking. */
async function readWords(
  raster: Raster,
  engine: OcrEngine,
  isFirst: boolean,
): Promise<readonly RecognisedWord[]> {
  const words = (await engine.recognise(raster, 'auto')).filter(isKept);
  const legible = isLegible(words);
  if (words.length >= fewWords && legible) return withMargin(words, raster, engine);
  if (!legible && !isFirst) return words;
  const scattered = (await engine.recognise(raster, 'sparse')).filter(isKept);
  return isLegible(scattered) && scattered.length > words.length ? scattered : words;
}

/** So many of the words must be found again, and the reading be less sure by no more, for the page as one block to take their place. */
const [leastAgain, mostLess] = [0.9, 0.1];

/** The page as one block where numbers or marks beside its lines were left out, if that reads the rest as well. */
async function withMargin(
  words: readonly RecognisedWord[],
  raster: Raster,
  engine: OcrEngine,
): Promise<readonly RecognisedWord[]> {
  if (!leavesMarginUnread(raster, words)) return words;
  const block = (await engine.recognise(raster, 'block')).filter(isKept);
  const isAsSure = meanConfidence(block) >= meanConfidence(words) - mostLess;
  return isAsSure && foundAgain(words, block) >= leastAgain ? block : words;
}

/** Which share of words of three letters or more is among the others, each as often. */
function foundAgain(words: readonly RecognisedWord[], others: readonly RecognisedWord[]): number {
  const left = new Map<string, number>();
  for (const { text } of others) left.set(text, (left.get(text) ?? 0) + 1);
  let [long, found] = [0, 0];
  for (const { text } of words) {
    if (!/[\p{L}\p{N}]{3}/u.test(text)) continue;
    long++;
    const count = left.get(text) ?? 0;
    if (count === 0) continue;
    left.set(text, count - 1);
    found++;
  }
  return long === 0 ? 0 : found / long;
}
