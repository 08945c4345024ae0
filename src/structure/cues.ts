import type { ParagraphedDocument, RunningText } from './numbered-document.ts';

/** A sign of a kind of document, and how much surer it makes. A line counts once for each cue. */
export interface Cue {
  readonly pattern: RegExp;
  readonly weight: number;
}

/** The text of the first lines, running text only, as printed. */
export function openingLines({ lines }: RunningText, count = 60): string[] {
  return lines.slice(0, count).map(({ line }) => line.text.trim());
}

/** The text of the last lines, running text only, as printed. */
export function closingLines({ lines }: RunningText, count = 60): string[] {
  return lines.slice(-count).map(({ line }) => line.text.trim());
}

/** Sum of the weights of the cues that are found, at most `most`. */
export function weigh(cues: readonly Cue[], lines: readonly string[], most: number): number {
  const found = cues.filter(({ pattern }) => lines.some((line) => pattern.test(line)));
  return Math.min(
    most,
    found.reduce((sum, { weight }) => sum + weight, 0),
  );
}

/**
 * Numbered paragraphs of their own, parts not counted. Numbers that begin again on sheet after sheet are line numbers,
 * not paragraphs.
 */
export function rootCount({ numbered, layout }: ParagraphedDocument): number {
  const roots = numbered.filter(({ root }, at) => root === at);
  const restarts = roots.filter(({ label }) => label === '1').length;
  return layout.sheets.length >= 3 && restarts > layout.sheets.length / 2 ? 0 : roots.length;
}

/** Confidence is never told as certainty unless a person said so. */
export const surest = 0.97;
