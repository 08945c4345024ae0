import type { DocumentMetadata } from '../model/document.ts';
import { type Cue, closingLines, openingLines, surest, weigh } from './cues.ts';
import { firstDate } from './dates.ts';
import type { ParagraphedDocument } from './numbered-document.ts';
import { paragraphRecogniser } from './paragraph-recogniser.ts';

const greeting = /^dear\s+(.{2,60}?)[,:]?$/i;
const farewell =
  /^(?:yours\s+(?:sincerely|faithfully|truly|ever)|(?:with\s+)?(?:kind|best)\s+(?:regards|wishes)|sincerely(?:\s+yours)?)\b/i;
const openingCues: readonly Cue[] = [
  { pattern: greeting, weight: 0.4 },
  { pattern: /^(?:re|our ref|your ref|ref)\b\s*[.:]/i, weight: 0.1 },
  { pattern: /^(?:by (?:e-?mail|post|hand)|private and confidential|strictly private)\b/i, weight: 0.1 },
];

function confidence(document: ParagraphedDocument): number {
  const opening = openingLines(document, 40);
  const greeted = weigh(openingCues, opening, 0.55);
  if (!opening.some((line) => greeting.test(line))) return 0;
  const ended = closingLines(document).some((line) => farewell.test(line)) ? 0.35 : 0;
  const dated = opening.some((line) => firstDate(line) !== undefined) ? 0.1 : 0;
  return Math.min(surest, greeted + ended + dated);
}

function metadata(document: ParagraphedDocument): DocumentMetadata {
  const opening = openingLines(document, 40);
  const to = opening.map((line) => greeting.exec(line)?.[1]).find((name) => name !== undefined);
  const date = opening.map(firstDate).find((found) => found !== undefined);
  const author = signatory(closingLines(document));
  const title =
    to === undefined ? undefined : `Letter${author === undefined ? '' : ` from ${author}`} to ${to}`;
  return {
    ...(title === undefined ? {} : { title }),
    ...(author === undefined ? {} : { author }),
    ...(date === undefined ? {} : { date }),
  };
}

/** The first line behind the farewell that is a name. */
function signatory(lines: readonly string[]): string | undefined {
  const end = lines.findLastIndex((line) => farewell.test(line));
  if (end < 0) return undefined;
  return lines
    .slice(end + 1, end + 4)
    .find((line) => /^[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){1,4}$/.test(line));
}

/** Letters: by their paragraphs, numbered or not. */
export const letterRecogniser = paragraphRecogniser({ kind: 'letter', version: 3, confidence, metadata });
