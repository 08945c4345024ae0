import { alongAndAcross, type CharacterPlace, type Direction, directions } from './run-builder.ts';

/** Lines that are off by less than this stand level enough, as a tangent (a tenth of a degree); by more, they are no lines of a scan. */
const [leastSlope, mostSlope] = [0.0017, 0.18];
/** So much of lines must have been followed, in ems. */
const fewestEms = 60;
/** What is farther away from the character before, in ems, does not go on its line: along it, and across. */
const [farthestAlong, farthestAcross] = [4, 0.5];

/** How far the lines of a sheet run off the level: characters are added in reading order. */
export class SlopeMeter {
  #direction: Direction | undefined;
  #to = 0;
  #baseline = 0;
  /** Followed so far, and how far across that led, in points. */
  #along = 0;
  #across = 0;
  #ems = 0;
  /** Along the line since it last went up or down. */
  #since = 0;

  add({ direction, to, baseline, em }: CharacterPlace): void {
    const along = to - this.#to;
    const across = baseline - this.#baseline;
    const goesOn = along > 0 && along < farthestAlong * em && Math.abs(across) < farthestAcross * em;
    this.#since = direction === this.#direction && goesOn ? this.#since + along : 0;
    // Where each word is laid level, its last letters show nothing.
    if (this.#since > 0 && across !== 0) {
      this.#along += this.#since;
      this.#across += across;
      this.#ems += this.#since / em;
      this.#since = 0;
    }
    this.#direction = direction;
    this.#to = to;
    this.#baseline = baseline;
  }

  /** How far lines fall for each point that they run; 0 where they are level, or where too little shows it. */
  get slope(): number {
    const slope = this.#across / this.#along;
    const size = Math.abs(slope);
    return this.#ems >= fewestEms && size >= leastSlope && size <= mostSlope ? slope : 0;
  }
}

/**
 * Turns the places of characters about the middle of the sheet until lines with this slope are level. The recognised
 * text of a scan lies as the paper did: on two degrees a page's last numbers stand a word's width beside the first.
 */
export function levelling(
  slope: number,
  { width, height }: { readonly width: number; readonly height: number },
): (place: CharacterPlace) => CharacterPlace {
  const cos = 1 / Math.hypot(1, slope);
  const sin = slope * cos;
  const middles = new Map(
    directions.map((direction) => [direction, alongAndAcross(direction, width / 2, height / 2)]),
  );
  return ({ direction, from, to, baseline, em }) => {
    const [along, across] = middles.get(direction) ?? [0, 0];
    const off = baseline - across;
    const begin = along + (from - along) * cos + off * sin;
    return {
      direction,
      from: begin,
      to: begin + to - from,
      baseline: across + off * cos - (from - along) * sin,
      em,
    };
  };
}
