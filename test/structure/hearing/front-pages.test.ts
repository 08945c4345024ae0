import { describe, expect, it } from 'vitest';
import type { ExtractedText } from '../../../src/model/extracted.ts';
import { golden } from './read-back.ts';
import {
  asSheets,
  hanging,
  type Piece,
  type SetPage,
  type SheetOptions,
  sentence,
  typeset,
} from './typesetter.ts';

const pieces: Piece[] = [
  { centred: 'DR JANE HOLLIS (sworn)' },
  { centred: 'Questions from MR QUILL' },
  ...Array.from(
    { length: 150 },
    (_, at): Piece => ({ mark: at % 2 === 0 ? 'Q.' : 'A.', paragraphs: [sentence(at, 8 + (at % 15))] }),
  ),
];
const transcript = typeset(pieces, hanging);
const options: SheetOptions = { up: 4, order: 'down', numbersFirst: false, pageNumber: 'foot' };

/** A page on which nothing is said, without numbers of lines and of its own. */
const front: readonly SetPage['lines'][] = [
  ['THE RIVER INQUIRY', 'Before LORD EXAMPLE', 'Day 3'].map((text) => ({ indent: 20, text })),
  ['APPEARANCES', 'MR QUILL for the Inquiry', 'MS HALE for the families'].map((text) => ({
    indent: 2,
    text,
  })),
  ['I N D E X', 'DR JANE HOLLIS .......... 1', 'MR OWEN DOE .......... 45'].map((text) => ({
    indent: 2,
    text,
  })),
];

/** Four pages on a sheet, so many of those at the front without numbers. */
function withFront(count: number): ExtractedText {
  const pages = front.slice(0, count).map((lines): SetPage => ({ page: 900, lines }));
  const content = asSheets({ ...transcript, pages: [...pages, ...transcript.pages] }, options);
  if (content.layout !== 'sheets') throw new Error('not set on sheets');
  const [column, row] = [40 + (hanging.width + 14) * 5, 40 + (hanging.linesPerPage + 4) * 10];
  const isFront = (left: number, top: number) => (left < column ? 0 : 2) + (top < row ? 0 : 1) < count;
  const sheets = content.sheets.map((sheet) =>
    sheet.sheet > 1
      ? sheet
      : {
          ...sheet,
          runs: sheet.runs.filter(({ text, box }) => !/^\d+$/.test(text) || !isFront(box.left, box.top)),
        },
  );
  return { layout: 'sheets', sheets };
}

describe('pages without line numbers stand beside numbered ones on the first sheet', () => {
  const sound = golden(asSheets(transcript, options));

  it.each([1, 2, 3])('%i of them', (count) => {
    const read = golden(withFront(count));
    const said = read.filter((line) => /^\d/.test(line) && !/RIVER INQUIRY|APPEARANCES|I N D E X/.test(line));
    expect(said).toEqual(sound);
  });
});
