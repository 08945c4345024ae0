import type { RecognisedWord } from '../../model/recognised-sheet.ts';
import type { Raster } from './raster.ts';

/** How a page is taken apart, as Tesseract numbers it (`--psm`): by itself into columns and blocks, not at all, or as scattered words. */
export type Segmentation = 'auto' | 'block' | 'sparse';

export const segmentationModes = { auto: 3, block: 6, sparse: 11 } as const;

/** What turns pixels into words. */
export interface OcrEngine {
  /** As it is recorded: `tesseract.js` or `tesseract`. */
  readonly name: string;
  readonly version: string;
  /**
   * The words of an upright picture, in Tesseract's reading order, with boxes in its pixels.
   * @throws Error when the engine breaks down on it.
   */
  recognise(raster: Raster, segmentation: Segmentation): Promise<readonly RecognisedWord[]>;
}

/** Data of one language: `eng`, and the bytes of its `traineddata`. */
export interface LanguageData {
  readonly code: string;
  readonly bytes: Uint8Array;
}
