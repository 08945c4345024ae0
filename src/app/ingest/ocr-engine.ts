import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findNative, type NativeProgram } from '../../formats/ocr/native-engine.ts';
import { UserError } from '../../model/diagnostic.ts';
import type { Settings } from '../../store/settings.ts';
import type { EngineChoice } from './recognise-job.ts';

export const standardLanguages = 'eng';

export interface EngineWish {
  /** As typed: `eng+fra`. Default: what is set for the case, else English. */
  readonly languages: string | undefined;
  readonly settings: NonNullable<Settings['ocr']>;
  /** Where the native program is looked for. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The engine for the languages that are wanted: the machine's own `tesseract` where it has them all, since it is twice as
 * quick, else the one that comes with pincite.
 * @throws UserError naming the languages that there are, when neither has all that are wanted.
 */
export async function chooseEngine({ languages, settings, env }: EngineWish): Promise<EngineChoice> {
  const codes = codesOf(languages ?? settings.languages ?? standardLanguages);
  const wanted = settings.engine ?? 'auto';
  const native = wanted === 'built-in' ? undefined : await findNative(env);
  if (wanted === 'native' && native === undefined) {
    throw new UserError('There is no tesseract on the PATH, and ocr.engine says to use no other.', {
      hint: 'Install it, or: pincite settings ocr.engine --standard',
    });
  }
  if (native !== undefined && codes.every((code) => native.languages.includes(code))) {
    const { program, version, env: own } = native;
    return { type: 'native', program, version, env: own, languages: codes.join('+') };
  }
  const files = languageFiles(settings.data);
  const missing = codes.filter((code) => !files.has(code));
  if (wanted === 'native' || missing.length > 0) throw noData(codes, native, files);
  return { type: 'built-in', languages: codes.map((code) => ({ code, file: files.get(code) ?? '' })) };
}

function codesOf(text: string): readonly string[] {
  const codes = text.split('+');
  if (!codes.every((code) => /^[A-Za-z][\w/-]*$/.test(code))) {
    throw new UserError(`“${text}” is no list of languages.`, {
      hint: 'Write Tesseract’s codes with plus signs, as in eng or eng+fra.',
    });
  }
  return [...new Set(codes)];
}

function noData(
  codes: readonly string[],
  native: NativeProgram | undefined,
  files: ReadonlyMap<string, string>,
): UserError {
  const known = new Set([...(native?.languages ?? []), ...files.keys()]);
  const missing = codes.filter((code) => !known.has(code));
  const sentence =
    missing.length > 0
      ? `There is no OCR data for ${missing.map((code) => `“${code}”`).join(' and ')}.`
      : `No one engine has OCR data for all of ${codes.join(', ')}.`;
  return new UserError(sentence, {
    hint: `There is data for: ${[...known].sort().join(', ')}. Install the language for tesseract, or npm install @tesseract.js-data/CODE beside pincite, or name a folder of .traineddata files: pincite settings ocr.data FOLDER`,
  });
}

/** The data of the languages at hand for the built-in engine, by code: in the folder that was set, and in packages. */
function languageFiles(folder: string | undefined): ReadonlyMap<string, string> {
  const files = new Map<string, string>(packagedLanguages());
  if (folder === undefined) return files;
  if (!existsSync(folder)) {
    throw new UserError(`The folder ${folder}, which ocr.data names, is not there.`, {
      hint: 'pincite settings ocr.data FOLDER names another, --standard none.',
    });
  }
  for (const name of readdirSync(folder)) {
    const code = /^(.+)\.traineddata(\.gz)?$/.exec(name)?.[1];
    if (code !== undefined) files.set(code, join(folder, name));
  }
  return files;
}

/** The models for the LSTM engine, in whole numbers: a quarter of the size of the others, and as good. */
const models = '4.0.0_best_int';

/** English is a dependency; other languages may be installed beside it. */
function* packagedLanguages(): Generator<[string, string]> {
  const english = createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json');
  const packages = dirname(dirname(english));
  for (const code of readdirSync(packages)) {
    const file = join(packages, code, models, `${code}.traineddata.gz`);
    if (existsSync(file)) yield [code, file];
  }
}
