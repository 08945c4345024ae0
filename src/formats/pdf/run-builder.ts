import type { Box, TextRun } from '../extraction.ts';

type Zone = NonNullable<TextRun['zone']>;

/** Which way a line of text runs on the sheet as shown. */
export const directions = ['right', 'down', 'left', 'up'] as const;
export type Direction = (typeof directions)[number];

/**
 * Where a character stands in terms of its own line: `from` and `to` along the direction of reading, `baseline` across
 * it (growing towards the next line), `em` the font's size. In points on the sheet as shown.
 */
export interface CharacterPlace {
  readonly direction: Direction;
  readonly from: number;
  readonly to: number;
  readonly baseline: number;
  readonly em: number;
}

/**
 * Gaps, in ems, at which a run ends. A gap made by positioning alone is a tab stop or a gutter once it is clearly
 * wider than a stretched word space. Spaces that were typed may come in twos after a full stop, which in a
 * typewriter face makes 1.2 em; a gutter narrower than the second figure is only ever made by positioning.
 */
const positionedGap = 0.9;
const typedGap = 1.5;
/** A character whose baseline is off by more than this belongs to another line; super- and subscripts are within it. */
const baselineTolerance = 0.5;
/** Where the reader saw no space but the file draws the next piece of the line by itself, a gap from here on is a word space. */
const wordGap = 0.06;
/** Text that the reader put on a line of its own, and that overlaps by more than kerning does, was printed over the other. */
const overlap = 0.3;

/**
 * What stands between two characters, weakest first: `piece`, the file draws the next one by itself, which alone is no
 * white space; `positioned`, a gap in which the reader saw a space; `typed`, a space of the file; `break`, the reader's
 * end of line.
 */
export const separations = ['none', 'piece', 'positioned', 'typed', 'break'] as const;
export type Separation = (typeof separations)[number];

/**
 * Puts characters, given in reading order, together into runs. One builder makes the runs of one sheet. On pages of which
 * everything is seen `text-runs.part.assembly.ts` does the same: a change here is one there.
 */
export class RunBuilder {
  readonly #runs: TextRun[] = [];
  /** Joined at the end of a run: a string that grows by single characters would be as many objects. */
  #letters: string[] = [];
  #separation: Separation = 'none';
  #direction: Direction = 'right';
  #from = 0;
  #to = 0;
  #baseline = 0;
  #lastBaseline = 0;
  #em = 0;
  #zone: Zone | undefined;
  readonly #level: ((place: CharacterPlace) => CharacterPlace) | undefined;

  /** @param level What is done to each place first. */
  constructor(level?: (place: CharacterPlace) => CharacterPlace) {
    this.#level = level;
  }

  /** The strongest separation before the next character holds. */
  separate(separation: Separation): void {
    if (separations.indexOf(separation) > separations.indexOf(this.#separation))
      this.#separation = separation;
  }

  /**
   * @param text One character, or the few letters of a ligature.
   * @param zone Undefined for the body; a run is of one zone.
   */
  add(text: string, asItLies: CharacterPlace, zone?: Zone): void {
    const place = this.#level === undefined ? asItLies : this.#level(asItLies);
    if (this.#letters.length === 0) {
      this.#zone = zone;
      this.#begin(text, place);
    } else if (zone !== this.#zone || !this.#continues(place)) {
      this.#end();
      this.#zone = zone;
      this.#begin(text, place);
    } else this.#extend(text, place);
    this.#separation = 'none';
  }

  finish(): readonly TextRun[] {
    this.#end();
    return this.#runs;
  }

  #begin(text: string, place: CharacterPlace): void {
    this.#letters = text === '' ? [] : [text];
    this.#direction = place.direction;
    this.#from = place.from;
    this.#to = place.to;
    this.#em = place.em;
    this.#baseline = place.baseline;
    this.#lastBaseline = place.baseline;
  }

  #extend(text: string, place: CharacterPlace): void {
    if (this.#separation !== 'none' && this.#isApart(place)) this.#letters.push(' ');
    this.#letters.push(text);
    if (place.from < this.#from) this.#from = place.from;
    if (place.to > this.#to) this.#to = place.to;
    this.#lastBaseline = place.baseline;
    // The largest letters of a line sit on its baseline; a footnote mark that begins it does not.
    if (place.em > this.#em) {
      this.#em = place.em;
      this.#baseline = place.baseline;
    }
  }

  #isApart(place: CharacterPlace): boolean {
    if (this.#separation === 'typed' || this.#separation === 'positioned') return true;
    return this.#gap(place) > wordGap * Math.max(this.#em, place.em);
  }

  #continues(place: CharacterPlace): boolean {
    if (place.direction !== this.#direction) return false;
    const em = Math.max(this.#em, place.em);
    if (Math.abs(place.baseline - this.#lastBaseline) > baselineTolerance * em) return false;
    if (this.#separation === 'none') return true;
    if (this.#separation === 'break' && this.#isOver(place)) return false;
    // The pieces of a line that is upside down come from the left of the sheet to the right, the last one first.
    if (this.#direction === 'left' && place.from < this.#from) return false;
    return this.#gap(place) <= (this.#separation === 'typed' ? typedGap : positionedGap) * em;
  }

  #isOver(place: CharacterPlace): boolean {
    const kerning = overlap * Math.min(this.#em, place.em);
    return place.from < this.#to - kerning && place.to > this.#from + kerning;
  }

  /** How far the character stands from the run, before or behind it; negative when they overlap. */
  #gap(place: CharacterPlace): number {
    return Math.max(place.from - this.#to, this.#from - place.to);
  }

  #end(): void {
    if (this.#letters.length > 0) {
      const box = boxAlong(this.#direction, this.#from, this.#to, this.#baseline - this.#em, this.#baseline);
      const zone = this.#zone;
      this.#runs.push({ text: this.#letters.join(''), box, ...(zone !== undefined && { zone }) });
    }
    this.#letters = [];
  }
}

/** The box on the sheet of a piece of a line, `from` and `to` along it, `high` and `low` across (growing towards the next line). */
export function boxAlong(direction: Direction, from: number, to: number, high: number, low: number): Box {
  switch (direction) {
    case 'right':
      return { left: from, right: to, top: high, bottom: low };
    case 'left':
      return { left: -to, right: -from, top: -low, bottom: -high };
    case 'down':
      return { left: -low, right: -high, top: from, bottom: to };
    case 'up':
      return { left: high, right: low, top: -to, bottom: -from };
  }
}

/**
 * A point of the sheet as (along, across) for a line that runs in the direction: the inverse of how `RunBuilder`
 * makes boxes.
 */
export function alongAndAcross(direction: Direction, x: number, y: number): readonly [number, number] {
  switch (direction) {
    case 'right':
      return [x, y];
    case 'left':
      return [-x, -y];
    case 'down':
      return [y, -x];
    case 'up':
      return [-y, x];
  }
}

/** The direction nearest to a vector on the sheet (y downwards). */
export function directionOf(x: number, y: number): Direction {
  if (Math.abs(x) >= Math.abs(y)) return x >= 0 ? 'right' : 'left';
  return y > 0 ? 'down' : 'up';
}
