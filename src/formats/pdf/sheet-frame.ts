import type { Box } from '../extraction.ts';

/** A page's visible area in PDF user space (points, y upwards) and the quarter turns clockwise by which it is shown. */
export interface PageArea {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  readonly quarterTurns: number;
}

/** The affine map from PDF user space to the sheet as shown: x' = a·x + c·y + e, y' = b·x + d·y + f, y' downwards. */
export interface SheetFrame {
  readonly width: number;
  readonly height: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** The frame of a sheet from the page's visible box, in points, and its quarter turns clockwise. */
export function sheetFrame(area: PageArea): SheetFrame {
  const { left, bottom, right, top } = area;
  const across = right - left;
  const down = top - bottom;
  switch (((area.quarterTurns % 4) + 4) % 4) {
    case 1:
      return { width: down, height: across, a: 0, b: 1, c: 1, d: 0, e: -bottom, f: -left };
    case 2:
      return { width: across, height: down, a: -1, b: 0, c: 0, d: 1, e: right, f: -bottom };
    case 3:
      return { width: down, height: across, a: 0, b: -1, c: -1, d: 0, e: top, f: right };
    default:
      return { width: across, height: down, a: 1, b: 0, c: 0, d: -1, e: -left, f: top };
  }
}

/** The box on the sheet of a rectangle in user space, given by any two opposite corners. */
export function boxOnSheet(frame: SheetFrame, x0: number, y0: number, x1: number, y1: number): Box {
  const { a, b, c, d, e, f } = frame;
  const [u0, u1] = [a * x0 + c * y0 + e, a * x1 + c * y1 + e];
  const [v0, v1] = [b * x0 + d * y0 + f, b * x1 + d * y1 + f];
  return { left: Math.min(u0, u1), top: Math.min(v0, v1), right: Math.max(u0, u1), bottom: Math.max(v0, v1) };
}
