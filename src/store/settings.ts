import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../model/diagnostic.ts';

/** What a person can set for a case, in `.pincite/settings.json`. Everything may be left out. */
export interface Settings {
  readonly log?: {
    /** Whether searches are written into the case's log; they are unless this is `off`. */
    readonly searches?: 'on' | 'off';
  };
  readonly citation?: {
    /** Name of a citation style. */
    readonly style?: string;
    /** A citation template of the user's own; goes before `style`. */
    readonly template?: string;
  };
  readonly tags?: {
    /** Whether the kept rules are applied with every ingest; they are not unless this is `on`. */
    readonly rulesAtIngest?: 'on' | 'off';
  };
  readonly ocr?: {
    /** Tesseract's codes of the languages that are recognised: `eng+fra`. */
    readonly languages?: string;
    /** Which engine recognises; `auto` takes the machine's own tesseract where there is one. */
    readonly engine?: 'auto' | 'built-in' | 'native';
    /** Folder with more `.traineddata` files for the built-in engine. */
    readonly data?: string;
  };
}

/**
 * The settings of a case; `{}` when there are none.
 * @throws UserError (exit 2) naming the key when the file is no JSON or holds something else than settings.
 */
export async function readSettings(caseDirectory: string): Promise<Settings> {
  const file = settingsFile(caseDirectory);
  if (!existsSync(file)) return {};
  const value = parse(readFileSync(file, 'utf8'), file);
  // The validator's library costs more to load than a search has; it is needed only to say what is wrong.
  return isSettings(value) ? value : validated(value, file);
}

/** Puts the file in place whole: a reader sees the old settings or the new ones. */
export async function writeSettings(caseDirectory: string, settings: Settings): Promise<void> {
  const file = settingsFile(caseDirectory);
  const checked = await validated(settings, file);
  writeFileSync(`${file}.new`, `${JSON.stringify(checked, undefined, 2)}\n`, { flush: true });
  renameSync(`${file}.new`, file);
}

function settingsFile(caseDirectory: string): string {
  return join(caseDirectory, '.pincite', 'settings.json');
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw invalid(file, `it is no JSON: ${cause.message}`, cause);
  }
}

/** Says yes to nothing that the schema refuses; the tests hold the two against each other. */
export function isSettings(value: unknown): value is Settings {
  return hasOnly(value, {
    log: (log) => hasOnly(log, { searches: isOnOrOff }),
    citation: (citation) => hasOnly(citation, { style: isText, template: isText }),
    tags: (tags) => hasOnly(tags, { rulesAtIngest: isOnOrOff }),
    ocr: (ocr) => hasOnly(ocr, { languages: isText, engine: isOcrEngine, data: isText }),
  });
}

function isOnOrOff(value: unknown): boolean {
  return value === 'on' || value === 'off';
}

export const ocrEngines = ['auto', 'built-in', 'native'] as const;

function isOcrEngine(value: unknown): boolean {
  return ocrEngines.some((engine) => engine === value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function hasOnly(value: unknown, keys: Readonly<Record<string, (inner: unknown) => boolean>>): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([key, inner]) => Object.hasOwn(keys, key) && keys[key]?.(inner) === true,
  );
}

async function validated(value: unknown, file: string): Promise<Settings> {
  const { settingsSchema } = await import('./settings-schema.ts');
  const result = settingsSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw invalid(file, issue === undefined ? result.error.message : describe(issue), result.error);
}

function describe({
  path,
  message,
}: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): string {
  return path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
}

function invalid(file: string, detail: string, cause: unknown): UserError {
  return new UserError(`The settings in ${file} cannot be used (${detail}).`, {
    hint: 'Correct the file, or remove it to go back to the defaults.',
    cause,
  });
}
