import type { ExtractedText } from '../model/extracted.ts';
import type { Passage } from '../model/outline.ts';
import { emailRecogniser, isMessage } from './email.ts';
import { hearingRecogniser } from './hearing/hearing.ts';
import { judgmentRecogniser } from './judgment.ts';
import type { Layout } from './layout.ts';
import { letterRecogniser } from './letter.ts';
import { logRecogniser } from './log.ts';
import { isMachineData } from './machine-data.ts';
import { plainRecogniser } from './plain.ts';
import { layoutOf } from './reading-order.ts';
import {
  certain,
  type RecognisedDocument,
  type Recogniser,
  type RecognitionHints,
  unsureBelow,
} from './recognition.ts';
import { reportRecogniser } from './report.ts';
import { statementRecogniser } from './statement/statement.ts';
import { recogniseTable } from './table.ts';

/**
 * In order of preference where two are equally sure. The last one takes every document. A table is told by its reader:
 * what a person says is one, and no reader, is read as it stands.
 */
export const recognisers: readonly Recogniser[] = [
  hearingRecogniser,
  statementRecogniser,
  judgmentRecogniser,
  emailRecogniser,
  logRecogniser,
  letterRecogniser,
  reportRecogniser,
  plainRecogniser,
];

/**
 * Puts what a reader gave into reading order, says what kind of document it is, and lays its places beside the text.
 * The surest recogniser decides; a kind that a person gave goes before all of them, and then the confidence is 1.
 * A document whose kind is unsure carries the doubt `kind-unsure` on each passage that has no other.
 */
export function recognise(content: ExtractedText, hints: RecognitionHints): RecognisedDocument {
  const given = hints.given.kind;
  if (content.layout === 'table' && (given === undefined || given === 'table')) {
    const table = recogniseTable(content.blocks);
    return given === undefined ? table : { ...table, confidence: 1 };
  }
  const layout = layoutOf(content);
  const ofBlocks = content.layout === 'blocks';
  const chosen = given === undefined ? surest(layout, hints, ofBlocks) : (knows(given) ?? plainRecogniser);
  const document = chosen.recognise(layout, hints);
  if (given !== undefined) return { ...document, kind: given, confidence: 1 };
  return document.confidence < unsureBelow && document.kind !== 'plain' ? markUnsure(document) : document;
}

function knows(kind: RecognisedDocument['kind']): Recogniser | undefined {
  return recognisers.find((recogniser) => recogniser.kinds.includes(kind));
}

/** @param ofBlocks Whether the reader gave blocks: of other files none says that it is a message. */
function surest(layout: Layout, hints: RecognitionHints, ofBlocks: boolean): Recogniser {
  if (isMachineData(layout)) return plainRecogniser;
  // What the format says needs no comparing: a message may quote a whole transcript.
  if (ofBlocks && isMessage(layout)) return emailRecogniser;
  let best: Recogniser = plainRecogniser;
  let bestConfidence = -1;
  for (const recogniser of recognisers) {
    const confidence = recogniser.confidence(layout, hints);
    if (confidence > bestConfidence) {
      best = recogniser;
      bestConfidence = confidence;
    }
    if (confidence >= certain) break;
  }
  return best;
}

function markUnsure(document: RecognisedDocument): RecognisedDocument {
  const doubted = (passage: Passage): Passage =>
    passage.doubt === undefined ? { ...passage, doubt: 'kind-unsure' } : passage;
  return { ...document, outline: { ...document.outline, passages: document.outline.passages.map(doubted) } };
}
