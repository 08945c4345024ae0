/** In pixels of the picture that was recognised, from its top left corner. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface RecognisedWord {
  readonly text: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Words with the same number stand on one line; lines are numbered from 0 in reading order. */
  readonly line: number;
  /** Lines with the same number stand in one block of print, such as a column; numbered in the same way. */
  readonly block: number;
  readonly box: PixelBox;
}

/** What OCR made of one sheet: everything that is kept of it. */
export interface RecognisedSheet {
  /** From 1. */
  readonly sheet: number;
  readonly engine: string;
  readonly engineVersion: string;
  /** As `--lang` has them: `eng+fra`. */
  readonly languages: string;
  /** Of the picture as it was read: turned upright and straightened. */
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  /** Quarter turns clockwise that brought it upright. */
  readonly turns: 0 | 1 | 2 | 3;
  /** By how many degrees clockwise it was turned then, so that its lines are level. */
  readonly straightenedBy: number;
  /** Somebody wanted it in place of whatever text layer the sheet has. */
  readonly forced?: boolean;
  readonly words: readonly RecognisedWord[];
  /** Why it could not be recognised, as a clause; there are no words then. */
  readonly problem?: string;
}
