/** How far OCR has come. */
export interface RecognitionProgress {
  readonly sheetsDone: number;
  readonly sheetsTotal: number;
}

/** What came of OCR. */
export interface RecognitionSummary {
  /** Sheets that were looked at, whether or not there were words on them. */
  readonly sheets: number;
  readonly words: number;
  /** Sheets that OCR broke down on: each is accounted for with its reason. */
  readonly failedSheets: number;
  /** Documents that were read anew with what was recognised. */
  readonly documents: number;
  /** Files that could not be opened again. */
  readonly lost: readonly { readonly path: string; readonly reason: string }[];
  /** Sheets that were cut off by an interrupt, or not begun. */
  readonly left: number;
  /** Which engine recognised: `tesseract.js 5.1.0 (eng)`; absent when there was nothing to do. */
  readonly engine?: string;
  readonly milliseconds: number;
}
