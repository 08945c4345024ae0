import type { Box } from '../extraction.ts';
import type { OpenedPdf } from './opened-pdf.ts';
import {
  type DrawnShape,
  type DrawnText,
  intersection,
  type PageDrawing,
  surveyPage,
} from './page-drawing.ts';
import { compareDrawings, obstacleToDrawing, type Shown } from './rendering.ts';
import type { SheetFrame } from './sheet-frame.ts';

/**
 * What a viewer shows of a character. `layer` is text that stands for a picture: what somebody's text recognition laid
 * over it, or under it. `undecided` is a mark too small to say.
 */
export type Verdict = 'seen' | 'unseen' | 'layer' | 'undecided';

/** A box with a solid path or picture over it hides text only where this much of both of its sides is covered. */
const coveredShare = 0.3;
/** Text of which less than this share can be seen is hidden. */
const seenShare = 0.1;
/** Below this opacity (of 255) text cannot be seen. */
const faintest = 12;
/** Paper is white, or nearly. */
const lightest = 225;
/** Colours that differ by no more in any part are one to the eye. */
const sameColour = 16;
/** A page is a scan when pictures cover this share of it. */
const scanShare = 0.75;
/** The page in squares, to measure how much of it pictures cover. */
const squares = 40;

/** With more texts times shapes than this, all texts are looked at rather than compared one by one. */
const mostComparisons = 20_000_000;

/** Text rendering modes (ISO 32000-1, 9.3.6). */
const invisible = 3;
const onlyClips = 7;

/** Which of a page's texts a viewer shows, character by character. */
export class Sight {
  readonly #pdf: OpenedPdf;
  readonly #drawing: PageDrawing;
  readonly #pictured: PictureMap;
  readonly #suspects: ReadonlySet<number>;
  readonly #shown: Shown | undefined;
  /** Why it could not be looked which of the suspected text is hidden, when it could not. */
  readonly unlooked: string | undefined;

  /** @param againstDrawing Asked before the page is drawn; says why it is not to be, when it is not. */
  constructor(pdf: OpenedPdf, page: number, frame: SheetFrame, againstDrawing: () => string | undefined) {
    this.#pdf = pdf;
    this.#drawing = surveyPage(pdf, page, frame);
    this.#pictured = new PictureMap(this.#drawing.shapes, frame);
    const suspects = this.#findSuspects();
    this.#suspects = new Set(suspects.map(({ handle }) => handle));
    if (suspects.length === 0) return;
    this.unlooked = obstacleToDrawing(this.#drawing) ?? againstDrawing();
    if (this.unlooked !== undefined) return;
    const region = regionOf(suspects, frame);
    this.#shown = compareDrawings(pdf.instance, page, frame, this.#drawing, this.#suspects, region);
  }

  /** Pictures cover (nearly) all of the page. */
  get isScan(): boolean {
    return this.#pictured.share >= scanShare;
  }

  /**
   * @param object PDFium's handle of the text that the character belongs to.
   * @param box The character's body, without the white around it.
   */
  of(object: number, box: Box): Verdict {
    const text = this.#drawing.texts.get(object);
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    if (text === undefined) return 'seen';
    if (text.clip !== undefined && !holds(text.clip, x, y)) return 'unseen';
    if (text.mode === invisible) return this.#ofInvisible(text, x, y);
    if (text.mode === onlyClips) return this.#isShapeAfter(text) ? 'seen' : 'unseen';
    if (text.alpha < faintest) return 'unseen';
    if (!this.#suspects.has(object) || this.#shown === undefined) return 'seen';
    const share = this.#shown.share(box);
    if (share === undefined) return this.#isOnHiddenLayer(text) ? 'unseen' : 'undecided';
    if (share >= seenShare) return 'seen';
    return this.isScan && this.#lastOver(text, x, y)?.kind === 'picture' ? 'layer' : 'unseen';
  }

  /** Text on a layer that is off is not drawn even by itself. */
  #isOnHiddenLayer(text: DrawnText): boolean {
    if (!this.#mayBeOff(text)) return false;
    return this.#shown?.share(text.box) === undefined;
  }

  #mayBeOff(text: DrawnText): boolean {
    return text.layered || (text.grouped && this.#pdf.hasLayers());
  }

  /** Over a picture it is the picture's text, unless something was painted over both: what was blacked out in a scan. */
  #ofInvisible(text: DrawnText, x: number, y: number): Verdict {
    const last = this.#lastOver(text, x, y);
    if (last?.kind === 'path' && last.solid && last.simple) return 'unseen';
    return this.isScan || this.#pictured.at(x, y) ? 'layer' : 'unseen';
  }

  /** What lies uppermost over the point, of all that is drawn after the text. */
  #lastOver(text: DrawnText, x: number, y: number): DrawnShape | undefined {
    return this.#drawing.shapes.findLast(({ order, box }) => order > text.order && holds(box, x, y));
  }

  #isShapeAfter(text: DrawnText): boolean {
    return this.#drawing.shapes.some(({ order }) => order > text.order);
  }

  #findSuspects(): readonly DrawnText[] {
    const texts = [...this.#drawing.texts.values()];
    const shapes = this.#drawing.shapes.filter(({ box }) => !isThin(box));
    const isCrowded = texts.length * shapes.length > mostComparisons;
    return texts.filter((text) => {
      if (text.mode === invisible || text.mode === onlyClips || text.alpha < faintest) return false;
      if (this.#mayBeOff(text) || isLight(text.colour)) return true;
      return isCrowded || shapes.some((shape) => mayHide(shape, text));
    });
  }
}

/** The sight of a page on which something may be hidden; undefined for one of plain text. */
export function sightOf(
  pdf: OpenedPdf,
  page: number,
  frame: SheetFrame,
  againstDrawing: () => string | undefined,
): Sight | undefined {
  if (pdf.instance.contents.isPlainText(page, pdf.scratch)) return undefined;
  return new Sight(pdf, page, frame, againstDrawing);
}

function mayHide(shape: DrawnShape, text: DrawnText): boolean {
  const [a, b] = [shape.box, text.box];
  const least = coveredShare * Math.min(b.right - b.left, b.bottom - b.top);
  if (Math.min(a.right, b.right) - Math.max(a.left, b.left) < least) return false;
  if (Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) < least) return false;
  return shape.order > text.order || (shape.kind === 'path' && areSame(shape.colour, text.colour));
}

/** A rule, an underline, the border of a table. */
function isThin({ left, top, right, bottom }: Box): boolean {
  return right - left < 1 || bottom - top < 1;
}

function isLight(colour: number): boolean {
  return parts(colour).every((part) => part >= lightest);
}

function areSame(one: number, other: number): boolean {
  const others = parts(other);
  return parts(one).every((part, i) => Math.abs(part - (others[i] ?? 0)) <= sameColour);
}

function parts(colour: number): readonly number[] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

function holds({ left, top, right, bottom }: Box, x: number, y: number): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

function regionOf(texts: readonly DrawnText[], { width, height }: SheetFrame): Box {
  const around = texts.reduce(
    (box, text) => ({
      left: Math.min(box.left, text.box.left),
      top: Math.min(box.top, text.box.top),
      right: Math.max(box.right, text.box.right),
      bottom: Math.max(box.bottom, text.box.bottom),
    }),
    { left: width, top: height, right: 0, bottom: 0 },
  );
  return intersection(around, { left: 0, top: 0, right: width, bottom: height });
}

/** Where on the sheet there are pictures. */
class PictureMap {
  readonly #frame: SheetFrame;
  readonly #covered = new Uint8Array(squares * squares);

  constructor(shapes: readonly DrawnShape[], frame: SheetFrame) {
    this.#frame = frame;
    for (const { kind, box } of shapes) if (kind === 'picture') this.#cover(box);
  }

  get share(): number {
    return this.#covered.reduce((sum, square) => sum + square, 0) / this.#covered.length;
  }

  at(x: number, y: number): boolean {
    const { width, height } = this.#frame;
    const column = Math.floor((x / width) * squares);
    const row = Math.floor((y / height) * squares);
    if (column < 0 || column >= squares || row < 0 || row >= squares) return false;
    return this.#covered[row * squares + column] === 1;
  }

  /** Covers the squares whose middles are in the box. */
  #cover({ left, top, right, bottom }: Box): void {
    const { width, height } = this.#frame;
    const first = (from: number, size: number) => Math.max(0, Math.ceil((from / size) * squares - 0.5));
    const last = (to: number, size: number) => Math.min(squares - 1, Math.floor((to / size) * squares - 0.5));
    for (let row = first(top, height); row <= last(bottom, height); row++) {
      for (let column = first(left, width); column <= last(right, width); column++) {
        this.#covered[row * squares + column] = 1;
      }
    }
  }
}
