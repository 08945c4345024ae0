import type { DocumentMetadata } from '../model/document.ts';
import { type Cue, openingLines, rootCount, surest, weigh } from './cues.ts';
import { firstDate } from './dates.ts';
import type { ParagraphedDocument } from './numbered-document.ts';
import { paragraphRecogniser } from './paragraph-recogniser.ts';

const cues: readonly Cue[] = [
  {
    pattern:
      /^(?:[\w\s,’'-]{0,60}\s)?(?:report|review|investigation|findings)(?:\s+(?:of|on|into|by|for)\b.*)?$/i,
    weight: 0.25,
  },
  {
    pattern:
      /^(?:\d+\.?\s+)?(?:executive summary|terms of reference|recommendations|conclusions?|methodology)$/i,
    weight: 0.15,
  },
  { pattern: /^(?:table of )?contents$/i, weight: 0.1 },
];

const fewestNumbered = 4;

function confidence(document: ParagraphedDocument): number {
  const roots = document.marks.length < fewestNumbered ? 0 : rootCount(document);
  // Its words alone make no document a report.
  if (roots < fewestNumbered) return 0;
  const numbered = roots >= 10 ? 0.55 : 0.5;
  const headings = document.headings.map(({ text }) => text);
  return Math.min(surest, numbered + weigh(cues, [...openingLines(document, 40), ...headings], 0.35));
}

function metadata(document: ParagraphedDocument): DocumentMetadata {
  const first = document.numbered[0]?.line ?? Number.POSITIVE_INFINITY;
  const front = document.lines
    .slice(0, 40)
    .filter(({ index }) => index < first)
    .map(({ line }) => line.text.trim());
  const named = front.find(
    (line) => line.length <= 120 && /\b(?:report|review|investigation|inquiry)\b/i.test(line),
  );
  const title = named ?? document.headings.find(({ line, strong }) => strong && line < first)?.text;
  const date = front.map(firstDate).find((found) => found !== undefined);
  return { ...(title === undefined ? {} : { title }), ...(date === undefined ? {} : { date }) };
}

/** Reports, and whatever else goes by numbered paragraphs. */
export const reportRecogniser = paragraphRecogniser({ kind: 'report', version: 3, confidence, metadata });
