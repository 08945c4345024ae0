import type { DocumentMetadata } from '../model/document.ts';
import { type Cue, openingLines, rootCount, surest, weigh } from './cues.ts';
import { findDates } from './dates.ts';
import type { ParagraphedDocument } from './numbered-document.ts';
import { paragraphRecogniser } from './paragraph-recogniser.ts';

const neutralCitation =
  /\[(?:19|20)\d\d\]\s+(?:[A-Z]{3,6})(?:\s+(?:Civ|Crim|Fam|Admin|Comm|Ch|QB|KB|Pat|TCC))?\s+\d{1,5}(?:\s*\([A-Za-z]+\))?/;
const cues: readonly Cue[] = [
  { pattern: /\bneutral citation\b/i, weight: 0.45 },
  { pattern: new RegExp(`^${neutralCitation.source}`), weight: 0.3 },
  {
    pattern: /^(?:approved\s+)?judgment(?:\s+approved.*)?$|^j u d g m e n t$|^decision and reasons$/i,
    weight: 0.35,
  },
  { pattern: /^in the (?:[\w\s'’]*)(?:court|tribunal)\b/i, weight: 0.2 },
  { pattern: /^(?:on appeal from|royal courts of justice)\b/i, weight: 0.15 },
  { pattern: /^before\s*:?(?:\s|$)/i, weight: 0.1 },
  { pattern: /\b(?:lord|lady|mrs?|ms) justice\b|\b(?:his|her) honour\b|\bh\s?h\s?j\b/i, weight: 0.1 },
  { pattern: /^b\s*e\s*t\s*w\s*e\s*e\s*n\s*:?$/i, weight: 0.1 },
];

function confidence(document: ParagraphedDocument): number {
  const own = weigh(cues, openingLines(document, 80), 0.85);
  return own < 0.2 ? 0 : Math.min(surest, own + (rootCount(document) >= 5 ? 0.2 : 0));
}

function metadata(document: ParagraphedDocument): DocumentMetadata {
  const front = frontLines(document);
  const reference = front.map((line) => neutralCitation.exec(line)?.[0]).find((found) => found !== undefined);
  const said = front
    .filter((line) => /\bdate\b|\bhanded down\b|\bjudgment given\b/i.test(line))
    .flatMap(findDates);
  const alone = front.filter((line) => line.length <= 40).flatMap(findDates);
  const date = (said.at(-1) ?? alone.at(-1))?.iso;
  const title = front.find((line) => /^\S.{1,80}\s(?:v|-v-)\.?\s+\S/.test(line) && line.length <= 160);
  return {
    ...(title === undefined ? {} : { title: title.replace(/^.*\t/, '') }),
    ...(reference === undefined ? {} : { reference: reference.replace(/\s+/g, ' ') }),
    ...(date === undefined ? {} : { date }),
  };
}

/** The title page: what stands before the first numbered paragraph. */
function frontLines(document: ParagraphedDocument): string[] {
  const first = document.numbered[0]?.line ?? Number.POSITIVE_INFINITY;
  const end = document.lines.findIndex(({ index }) => index >= first);
  return openingLines(document, end < 0 ? 80 : Math.min(80, end));
}

/** Judgments and rulings of courts and tribunals. */
export const judgmentRecogniser = paragraphRecogniser({ kind: 'judgment', version: 3, confidence, metadata });
