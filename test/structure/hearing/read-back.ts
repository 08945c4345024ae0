import type { ExtractedText } from '../../../src/model/extracted.ts';
import { placeOf } from '../../../src/model/location.ts';
import { listRuns } from '../../../src/model/outline.ts';
import { doubts, type Place } from '../../../src/model/place.ts';
import { hearingRecogniser } from '../../../src/structure/hearing/hearing.ts';
import { layoutOf } from '../../../src/structure/reading-order.ts';
import type { RecognisedDocument } from '../../../src/structure/recognition.ts';

export interface ReadPassage {
  readonly place: Place;
  readonly text: string;
  readonly turn: number;
  readonly exchange: number;
}

export function readHearing(content: ExtractedText, fileName = 'hearing.txt'): RecognisedDocument {
  return hearingRecogniser.recognise(layoutOf(content), { fileName, given: {} });
}

/** Body passages with their words in one line, runs left out, as `show` prints them. */
export function passagesOf({ text, outline }: RecognisedDocument): ReadPassage[] {
  const runs = listRuns(outline.runs);
  return outline.passages.flatMap((passage, index) => {
    if (passage.zone !== 'body') return [];
    let words = '';
    let from = passage.start;
    for (const cut of runs) {
      if (cut.end <= passage.start || cut.start >= passage.end) continue;
      words += text.slice(from, cut.start);
      from = cut.end;
    }
    words += text.slice(from, passage.end);
    const place = placeOf(outline, index, passage.start, passage.end);
    return [
      { place, text: words.replace(/\s+/g, ' ').trim(), turn: passage.turn, exchange: passage.exchange },
    ];
  });
}

/** "12:3-12:5 witness Mr Adams [doubt] words": a passage in one line, for golden tables. */
export function lineOf({ place, text }: ReadPassage): string {
  if (place.kind === 'page') return `page ${place.page ?? '?'}: ${text}`;
  if (place.kind !== 'testimony') return `${place.kind}: ${text}`;
  const { page, line, endPage, endLine } = place;
  const end = endPage === page ? (endLine === line ? '' : `-${endLine}`) : `-${endPage}:${endLine}`;
  const who = `${place.role}${place.speaker === undefined ? '' : ` ${place.speaker}`}`;
  return `${page ?? '?'}:${line ?? '?'}${end} ${who}${place.doubt === undefined ? '' : ` [${place.doubt}]`} | ${text}`;
}

export function golden(content: ExtractedText): string[] {
  return passagesOf(readHearing(content)).map(lineOf);
}

export function plain(text: string): ExtractedText {
  return { layout: 'plain', text };
}

/** Printed page of each line with its doubt, each pair once, in order. */
export function pagesOf(text: string): string[] {
  const { lines } = readHearing(plain(text)).outline;
  const found = Array.from(lines.pages, (page, index) => {
    const doubt = doubts[(lines.doubts[index] ?? 0) - 1];
    return doubt === undefined ? `${page}` : `${page} ${doubt}`;
  });
  return [...new Set(found)];
}
