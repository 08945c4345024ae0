import type { JudgedWords } from './judged-words.ts';

/** Programs that recognise the text of scans and say so in the file. Some of them draw what they recognised in place of the picture. */
const recognisers =
  /abbyy|finereader|ocrmypdf|tesseract|paper capture|clearscan|omnipage|readiris|i\.r\.i\.s|nuance|recognition server|\bocr\b|luradocument|vuescan|prizmo/i;
/** Over a scan made by such a program, less than this is a stamp or a number put on the page later. */
const fewCharacters = 100;

/** Whether the text of a page was recognised from a picture of it. @param maker What the file says of the programs that made it. */
export function isTextLayer({ count, ofPictures, sight }: JudgedWords, maker: string): boolean {
  if (ofPictures * 2 > count) return true;
  return sight.isScan && count >= fewCharacters && recognisers.test(maker);
}
