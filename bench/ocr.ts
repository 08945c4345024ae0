// How many characters OCR gets wrong on scans whose text is known: PICTURE (or PDF) beside TEXT, by the same name.
// Usage: npm run bench:ocr -- FOLDER…   (default: ../shared/samples/ocr and ../shared/samples/tesseract)
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { chooseEngine } from '../src/app/ingest/ocr-engine.ts';
import { builtInEngine } from '../src/formats/ocr/built-in-engine.ts';
import type { OcrEngine } from '../src/formats/ocr/engine.ts';
import { findNative, nativeEngine } from '../src/formats/ocr/native-engine.ts';
import { recogniseRaster } from '../src/formats/ocr/recognise-raster.ts';
import { recognisedText } from '../src/formats/ocr/recognised-text.ts';
import { openSheetPictures } from '../src/formats/ocr/sheet-pictures.ts';
import type { RecognisedSheet } from '../src/model/recognised-sheet.ts';
import { layoutOf } from '../src/structure/reading-order.ts';

interface Pair {
  readonly scan: string;
  readonly truth: string;
}

const pictures = /\.(png|jpe?g|tiff?|pdf|bmp|gif|webp)$/i;

/** A scan belongs to a text when it is named after it: `page.tif`, `page-rotated-180.png` for `page.txt` or `page.gold.txt`. */
function pairsIn(folder: string): Pair[] {
  const names = readdirSync(folder).sort();
  const truths = new Map<string, string>();
  for (const name of names) {
    const stem = /^(.+?)(\.gold)?\.txt$/.exec(name);
    if (stem?.[1] !== undefined && (stem[2] !== undefined || !truths.has(stem[1]))) truths.set(stem[1], name);
  }
  return names
    .filter((name) => pictures.test(name))
    .flatMap((name) => {
      const stem = name.replace(pictures, '');
      const truth = truths.get(stem) ?? truths.get(stem.replace(/-rotated-\d+$/, ''));
      return truth === undefined ? [] : [{ scan: join(folder, name), truth: join(folder, truth) }];
    });
}

/** Quotes and dashes have many shapes, white space is no character. A tilde stands for what the truth could not write. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‘’‚`´]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐-―]/g, '-')
    .replace(/[~\s]/g, '');
}

/**
 * Wrong characters: each block of the truth against the stretch of the text that is likest it, since the order of
 * captions and columns is a matter of taste; and what the text has beyond the truth.
 */
function wrongCharacters(text: string, truth: string): number {
  const got = plain(text);
  const blocks = truth.split(/\n\s*\n/).map(plain);
  const missed = blocks.reduce((sum, block) => sum + distanceWithin(got, block), 0);
  return missed + Math.max(0, got.length - plain(truth).length);
}

/** Levenshtein distance of `b` to the nearest stretch of `a`, in one row. */
function distanceWithin(a: string, b: string): number {
  let column = Array.from({ length: b.length + 1 }, (_, index) => index);
  let best = b.length;
  for (let i = 0; i < a.length; i++) {
    const next = [0];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i] === b[j - 1] ? 0 : 1;
      next.push(Math.min((column[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (column[j - 1] ?? 0) + same));
    }
    column = next;
    best = Math.min(best, column[b.length] ?? best);
  }
  return best;
}

async function engines(): Promise<OcrEngine[]> {
  const choice = await chooseEngine({ languages: 'eng', settings: { engine: 'built-in' }, env: {} });
  const languages = choice.type === 'native' ? [] : choice.languages;
  const data = languages.map(({ code, file }) => ({ code, bytes: gunzipSync(readFileSync(file)) }));
  const native = await findNative(process.env);
  return [
    await builtInEngine(data),
    ...(native ? [nativeEngine(native, 'eng', { timeLimit: 300_000, memoryLimit: 2 ** 30 })] : []),
  ];
}

async function measure({ scan, truth }: Pair, engine: OcrEngine): Promise<void> {
  const before = process.cpuUsage();
  const extension = /\.([^.]+)$/.exec(scan)?.[1]?.toLowerCase() ?? '';
  const opened = await openSheetPictures(readFileSync(scan), { extension });
  const reading = await recogniseRaster(await opened.picture(1), engine);
  const named = { sheet: 1, engine: engine.name, engineVersion: engine.version, languages: 'eng' };
  const sheet: RecognisedSheet = { ...named, ...reading };
  const { text } = layoutOf({ layout: 'sheets', sheets: [recognisedText(sheet)] });
  const { user, system } = process.cpuUsage(before);
  const known = readFileSync(truth, 'utf8');
  const wanted = plain(known).length;
  const wrong = wrongCharacters(text, known);
  const rate = ((100 * wrong) / wanted).toFixed(2);
  const cells = [basename(scan), `${engine.name} ${engine.version}`, `${wanted}`, `${wrong}`, `${rate} %`];
  console.log(`| ${[...cells, `${((user + system) / 1e6).toFixed(1)} s`].join(' | ')} |`);
}

const named = process.argv.slice(2);
const folders =
  named.length > 0 ? named : ['ocr', 'tesseract'].map((one) => resolve('../shared/samples', one));
console.log('| scan | engine | characters | wrong | error rate | processor time here |');
console.log('| --- | --- | --- | --- | --- | --- |');
for (const folder of folders) {
  if (!existsSync(folder)) console.log(`${folder} is not there: nothing was measured for it.`);
  else for (const pair of pairsIn(folder)) for (const engine of await engines()) await measure(pair, engine);
}
