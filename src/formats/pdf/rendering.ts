import type { Box } from '../extraction.ts';
import type { PageDrawing } from './page-drawing.ts';
import type { PdfiumInstance } from './pdfium-instance.ts';
import type { SheetFrame } from './sheet-frame.ts';

/** Pixels a point, where the part of the page that is looked at is not too large for it. */
const sharpness = 2;
const mostPixels = 6_000_000;
/** A page with more pixels in its pictures is not drawn: decoding them would take too much memory. */
const mostPicturePixels = 40_000_000;
/** By how much a pixel's brightness must change before an eye sees it, 0 to 255. */
const noticeable = 12;
/** From this opacity on, 0 to 255, a pixel belongs to a letter. */
const inked = 96;
/** A place with fewer pixels of letters in it says nothing about them. */
const fewestPixels = 3;

/** Why a page is not drawn; undefined when it can be. */
export function obstacleToDrawing({ pixels }: PageDrawing): string | undefined {
  return pixels > mostPicturePixels ? 'its pictures are too large to be drawn' : undefined;
}

/** How much of some texts a viewer shows. */
export class Shown {
  readonly #region: Box;
  readonly #scale: number;
  readonly #width: number;
  readonly #height: number;
  /** Pixel by pixel: 1 where the texts draw, 2 more where drawing them changes what is seen. */
  readonly #pixels: Uint8Array;

  constructor(region: Box, scale: number, width: number, height: number, pixels: Uint8Array) {
    this.#region = region;
    this.#scale = scale;
    this.#width = width;
    this.#height = height;
    this.#pixels = pixels;
  }

  /** The share of what the texts draw in the box that can be seen, 0 to 1; undefined where they draw next to nothing. */
  share({ left, top, right, bottom }: Box): number | undefined {
    const at = (place: number, start: number, most: number) =>
      Math.min(Math.max(Math.round((place - start) * this.#scale), 0), most);
    const [x0, x1] = [at(left, this.#region.left, this.#width), at(right, this.#region.left, this.#width)];
    const [y0, y1] = [at(top, this.#region.top, this.#height), at(bottom, this.#region.top, this.#height)];
    let drawn = 0;
    let seen = 0;
    for (let y = y0; y < y1; y++) {
      for (let x = x0; x < x1; x++) {
        const pixel = this.#pixels[y * this.#width + x] ?? 0;
        if ((pixel & 1) === 0) continue;
        drawn++;
        if (pixel === 3) seen++;
      }
    }
    return drawn < fewestPixels ? undefined : seen / drawn;
  }
}

/**
 * Draws the page with the texts and without, and the texts alone: what makes no difference cannot be seen, whatever
 * hides it. Undefined when there is nothing to draw on the sheet.
 * @param texts Handles of texts of the page.
 */
export function compareDrawings(
  instance: PdfiumInstance,
  page: number,
  frame: SheetFrame,
  drawing: PageDrawing,
  texts: ReadonlySet<number>,
  region: Box,
): Shown | undefined {
  const area = (region.right - region.left) * (region.bottom - region.top);
  if (!(area > 0)) return undefined;
  const scale = Math.min(sharpness, Math.sqrt(mostPixels / area));
  const width = Math.max(1, Math.ceil((region.right - region.left) * scale));
  const height = Math.max(1, Math.ceil((region.bottom - region.top) * scale));
  const canvas = new Canvas(instance, page, frame, region, scale, width, height);
  const setActive = (wanted: (object: number) => boolean) => {
    for (const object of drawing.objects)
      instance.calls.FPDFPageObj_SetIsActive(object, wanted(object) ? 1 : 0);
  };
  const pixels = new Uint8Array(width * height);
  try {
    const whole = canvas.draw(white);
    setActive((object) => !texts.has(object));
    const without = canvas.draw(white);
    for (let i = 0; i < pixels.length; i++) if (differs(whole, without, i * 4)) pixels[i] = 2;
    setActive((object) => texts.has(object));
    const alone = canvas.draw(transparent);
    for (let i = 0; i < pixels.length; i++)
      if ((alone[i * 4 + 3] ?? 0) >= inked) pixels[i] = (pixels[i] ?? 0) | 1;
  } finally {
    setActive(() => true);
    canvas.discard();
  }
  return new Shown(region, scale, width, height, pixels);
}

const white = 0xffffffff;
const transparent = 0;

function differs(one: Uint8Array, other: Uint8Array, at: number): boolean {
  for (let channel = at; channel < at + 3; channel++) {
    if (Math.abs((one[channel] ?? 0) - (other[channel] ?? 0)) > noticeable) return true;
  }
  return false;
}

/** A bitmap of a part of a page. */
class Canvas {
  readonly #instance: PdfiumInstance;
  readonly #page: number;
  readonly #left: number;
  readonly #top: number;
  readonly #pageWidth: number;
  readonly #pageHeight: number;
  readonly #width: number;
  readonly #height: number;
  readonly #bitmap: number;

  constructor(
    instance: PdfiumInstance,
    page: number,
    frame: SheetFrame,
    region: Box,
    scale: number,
    width: number,
    height: number,
  ) {
    const withOpacity = 4;
    this.#instance = instance;
    this.#page = page;
    this.#left = -Math.round(region.left * scale);
    this.#top = -Math.round(region.top * scale);
    this.#pageWidth = Math.round(frame.width * scale);
    this.#pageHeight = Math.round(frame.height * scale);
    this.#width = width;
    this.#height = height;
    this.#bitmap = instance.calls.FPDFBitmap_CreateEx(width, height, withOpacity, 0, 0);
    if (this.#bitmap === 0) throw new Error('PDFium has no room to draw the page');
  }

  /** Four bytes a pixel: blue, green, red, opacity; row by row. */
  draw(ground: number): Uint8Array {
    const { calls, heap } = this.#instance;
    const bitmap = this.#bitmap;
    calls.FPDFBitmap_FillRect(bitmap, 0, 0, this.#width, this.#height, ground);
    calls.FPDF_RenderPageBitmap(
      bitmap,
      this.#page,
      this.#left,
      this.#top,
      this.#pageWidth,
      this.#pageHeight,
      0,
      0,
    );
    const at = calls.FPDFBitmap_GetBuffer(bitmap);
    // Four bytes a pixel need no padding at the ends of rows.
    return heap.HEAPU8.slice(at, at + this.#width * this.#height * 4);
  }

  discard(): void {
    this.#instance.calls.FPDFBitmap_Destroy(this.#bitmap);
  }
}
