import { type LanguageData, type OcrEngine, segmentationModes } from './engine.ts';
import { pgmOf } from './raster.ts';
import { startTesseractCore, type TessBaseApi, type TesseractCore } from './tesseract-core.ts';
import { wordsOfTsv } from './tsv.ts';

const lstmOnly = 1;
/** An instance that has grown beyond this is replaced before the next page: its memory never shrinks. */
const largestKeptMemory = 400 * 1024 * 1024;

interface Started {
  readonly core: TesseractCore;
  readonly api: TessBaseApi;
}

/** @throws Error when the data is not that of Tesseract's languages. */
async function start(languages: readonly LanguageData[]): Promise<Started> {
  const core = await startTesseractCore();
  for (const { code, bytes } of languages) core.FS.writeFile(`./${code}.traineddata`, bytes);
  const api = new core.TessBaseAPI();
  const codes = languages.map(({ code }) => code).join('+');
  if (api.Init(null, codes, lstmOnly) !== 0) throw new Error(`the data for ${codes} cannot be loaded`);
  for (const { code } of languages) core.FS.unlink(`./${code}.traineddata`);
  return { core, api };
}

/** The engine that comes with pincite: Tesseract as WebAssembly, in this process. Starts when the first page comes. */
export async function builtInEngine(languages: readonly LanguageData[]): Promise<OcrEngine> {
  let running: Started | undefined = await start(languages);
  return {
    name: 'tesseract.js',
    version: running.api.Version(),
    async recognise(raster, segmentation) {
      const { core, api } = running ?? (await start(languages));
      running = undefined; // until it has come through this page unharmed
      api.SetVariable('tessedit_pageseg_mode', String(segmentationModes[segmentation]));
      api.SetVariable('user_defined_dpi', String(Math.round(raster.dpi)));
      core.FS.writeFile('/input', pgmOf(raster));
      if (api.SetImageFile(1, 0) !== 0) throw new Error('Tesseract does not take the picture');
      if (api.Recognize(null) !== 0) throw new Error('Tesseract gives up the picture');
      const words = wordsOfTsv(api.GetTSVText(0));
      api.Clear();
      core.FS.unlink('/input');
      if (core.memory.buffer.byteLength <= largestKeptMemory) running = { core, api };
      return words;
    },
  };
}
