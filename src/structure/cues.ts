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

/** Numbered paragraphs of their own, parts not counted; none where the numbers are those of lines. */
export function rootCount(document: ParagraphedDocument): number {
  return numbersLines(document) ? 0 : rootsOf(document).length;
}

function rootsOf({ numbered }: ParagraphedDocument) {
  return numbered.filter(({ root }, at) => root === at);
}

/** How often numbers of lines begin again where no sheets show it, and on which share of all lines they stand. */
const fewestRestarts = 3;
const leastLines = 0.6;

/** Numbers that begin again on sheet after sheet, or head line after line and begin again, are line numbers, not paragraphs. */
export function numbersLines(document: ParagraphedDocument): boolean {
  const { layout } = document;
  if (layout.sheets.length === 0) return headsLines(document);
  const restarts = rootsOf(document).filter(({ label }) => label === '1').length;
  return layout.sheets.length >= 3 && restarts > layout.sheets.length / 2;
}

function headsLines({ marks, lines }: ParagraphedDocument): boolean {
  if (marks.length < lines.length * leastLines) return false;
  return lines.filter(({ line }) => /^\s*1(?:\s|$)/.test(line.text)).length >= fewestRestarts;
}

/** Confidence is never told as certainty unless a person said so. */
export const surest = 0.97;
