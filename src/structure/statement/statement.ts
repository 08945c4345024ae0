import { type Cue, closingLines, openingLines, rootCount, surest, weigh } from '../cues.ts';
import type { ParagraphedDocument } from '../numbered-document.ts';
import { type ParagraphKind, paragraphRecogniser } from '../paragraph-recogniser.ts';
import { statementMetadata } from './statement-metadata.ts';

/** Headings and forms of words of witness statements: section 9 statements of the police, civil and inquiry statements. */
const openingCues: readonly Cue[] = [
  {
    pattern: /\b(?:witness\s+statement|statement\s+of\s+(?:witness|[A-Z])|statement\s+of\s*:)/i,
    weight: 0.45,
  },
  {
    pattern:
      /\b(?:will|shall) (?:say|state)(?: as follows)?\b|\bmake this statement\b|\bstate as follows\b|\bmake oath\b/i,
    weight: 0.3,
  },
  {
    pattern: /\b(?:criminal procedure rules|criminal justice act|magistrates['’]? courts? act)\b/i,
    weight: 0.25,
  },
  { pattern: /\bage if (?:under|over) (?:18|21)\b|\bover (?:18|21|eighteen)\b/i, weight: 0.2 },
  { pattern: /^occupation\b/i, weight: 0.15 },
  { pattern: /^witness(?:['’]s)? name\b|^statement no\b|^exhibits?\s*:/i, weight: 0.2 },
];
const truthCues: readonly Cue[] = [
  { pattern: /\bstatement of truth\b|\bthis statement \(?consisting of\b/i, weight: 0.3 },
  {
    pattern: /\btrue to the best of my (?:knowledge|belief)|\bbelieve (?:that )?the (?:facts|contents)\b/i,
    weight: 0.3,
  },
];

function confidence(document: ParagraphedDocument): number {
  const opening = openingLines(document);
  const own =
    weigh(openingCues, opening, 0.8) + weigh(truthCues, [...opening, ...closingLines(document)], 0.45);
  return own === 0 ? 0 : Math.min(surest, own + (rootCount(document) >= 3 ? 0.15 : 0));
}

const statement: ParagraphKind = { kind: 'statement', version: 3, confidence, metadata: statementMetadata };

/** Witness statements: police forms, statements for courts and for inquiries. */
export const statementRecogniser = paragraphRecogniser(statement);
