import type { RecognitionProgress, RecognitionSummary } from '../app/ingest/recognition-progress.ts';
import { writtenNumber } from '../model/written-number.ts';
import type { OptionRow } from './command.ts';
import { durationInWords } from './progress-line.ts';
import { count } from './render-hits.ts';
import { safeText } from './safe-text.ts';

export const languageOption: OptionRow = {
  name: 'lang',
  value: 'codes',
  summary: 'languages that OCR reads, as Tesseract’s codes: eng+fra (default: the setting ocr.languages)',
};

/** How far OCR has come, for the progress line. */
export function recognitionText({ sheetsDone, sheetsTotal }: RecognitionProgress, elapsed: number): string {
  const perSecond = sheetsDone / (elapsed / 1000);
  const left = sheetsDone > 0 ? durationInWords(((sheetsTotal - sheetsDone) / perSecond) * 1000) : '?';
  const done = `OCR: ${writtenNumber(sheetsDone)} of ${count(sheetsTotal, 'sheet')}`;
  return `${done} · ${perSecond.toFixed(1)} a second · ${left} left`;
}

/** What came of OCR, a sentence a line. */
export function recognitionLines(summary: RecognitionSummary): readonly string[] {
  const { sheets, words, failedSheets, documents, lost, engine, milliseconds } = summary;
  const seconds = Math.max(0.01, milliseconds / 1000);
  const by = engine === undefined ? '' : ` by ${safeText(engine)}`;
  const lines: string[] = [];
  if (sheets > 0) {
    const found =
      words === 0
        ? `no words on ${sheets === 1 ? 'it' : 'them'}`
        : `${count(words, 'word')}, ${count(documents, 'document')} read anew`;
    lines.push(`Recognised ${count(sheets, 'sheet')}${by} in ${seconds.toFixed(1)} s: ${found}.`);
  } else if (documents > 0)
    lines.push(`${count(documents, 'document')} read anew with what was recognised before.`);
  if (failedSheets > 0) lines.push(`OCR failed on ${count(failedSheets, 'sheet')}: see pincite status.`);
  for (const { path, reason } of lost)
    lines.push(`${safeText(path)} was not recognised: ${safeText(reason)}.`);
  return lines;
}
