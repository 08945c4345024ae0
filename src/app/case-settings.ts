import { resolve } from 'node:path';
import { citationStyles } from '../citation/citation.ts';
import { templateFields } from '../citation/citation-template.ts';
import { UserError } from '../model/diagnostic.ts';
import { ocrEngines, type Settings, writeSettings } from '../store/settings.ts';
import { citationStyle } from './citation-settings.ts';

/** One thing that can be set for a case. */
export interface Setting {
  readonly key: string;
  readonly summary: string;
  /** What holds while nothing is set. */
  readonly standard: string;
  readonly value?: string;
}

interface SettingRow extends Omit<Setting, 'value'> {
  read(settings: Settings): string | undefined;
  /** The settings with this one changed. @throws UserError for a value that it cannot have. */
  write(settings: Settings, value: string | undefined): Settings;
}

const rows: readonly SettingRow[] = [
  {
    key: 'citation.style',
    summary: `how citations are written: ${citationStyles.join(', ')}`,
    standard: 'default',
    read: ({ citation }) => citation?.style,
    // A template goes before any style: who chooses a style does not want the template any more.
    write: (settings, value) =>
      withCitation(settings, {
        style: value,
        template: value === undefined ? settings.citation?.template : undefined,
      }),
  },
  {
    key: 'citation.template',
    summary: `a citation of your own, before any style; fields ${templateFields.map((field) => `{${field}}`).join(' ')}, [what is left out with its field]`,
    standard: 'none',
    read: ({ citation }) => citation?.template,
    write: (settings, value) => withCitation(settings, { style: settings.citation?.style, template: value }),
  },
  {
    key: 'log.searches',
    summary: 'whether searches are written into the log: on, off',
    standard: 'on',
    read: ({ log }) => log?.searches,
    write: ({ log: _, ...settings }, value) => {
      if (value === undefined) return settings;
      return { ...settings, log: { searches: onOrOff('log.searches', value) } };
    },
  },
  {
    key: 'tags.rules-at-ingest',
    summary: 'whether the kept rules tag what every ingest brings: on, off',
    standard: 'off',
    read: ({ tags }) => tags?.rulesAtIngest,
    write: ({ tags: _, ...settings }, value) => {
      if (value === undefined) return settings;
      return { ...settings, tags: { rulesAtIngest: onOrOff('tags.rules-at-ingest', value) } };
    },
  },
  {
    key: 'ocr.languages',
    summary: 'the languages that OCR reads, as Tesseract’s codes: eng, eng+fra',
    standard: 'eng',
    read: ({ ocr }) => ocr?.languages,
    write: (settings, value) => withOcr(settings, { languages: value }),
  },
  {
    key: 'ocr.engine',
    summary: `which engine recognises: ${ocrEngines.join(', ')}; auto takes the machine’s own tesseract where it has the languages`,
    standard: 'auto',
    read: ({ ocr }) => ocr?.engine,
    write: (settings, value) => {
      const engine = ocrEngines.find((known) => known === value);
      if (value !== undefined && engine === undefined) {
        throw new UserError(`ocr.engine is one of ${ocrEngines.join(', ')}, not “${value}”.`);
      }
      return withOcr(settings, { engine });
    },
  },
  {
    key: 'ocr.data',
    summary: 'a folder with more .traineddata files for the built-in engine',
    standard: 'none',
    read: ({ ocr }) => ocr?.data,
    write: (settings, value) => withOcr(settings, { data: value && resolve(value) }),
  },
];

function onOrOff(key: string, value: string): 'on' | 'off' {
  if (value === 'on' || value === 'off') return value;
  throw new UserError(`${key} is on or off, not “${value}”.`);
}

type OcrSettings = NonNullable<Settings['ocr']>;

/** The settings with some of OCR's changed; what is undefined goes back to its standard. */
function withOcr(
  { ocr, ...settings }: Settings,
  changes: { readonly [Key in keyof OcrSettings]: OcrSettings[Key] | undefined },
): Settings {
  const entries = Object.entries({ ...ocr, ...changes }).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? settings : { ...settings, ocr: Object.fromEntries(entries) };
}

function withCitation(
  { citation: _, ...settings }: Settings,
  { style, template }: { readonly style: string | undefined; readonly template: string | undefined },
): Settings {
  const citation = {
    ...(style === undefined ? {} : { style }),
    ...(template === undefined ? {} : { template }),
  };
  const changed = Object.keys(citation).length === 0 ? settings : { ...settings, citation };
  citationStyle(changed, style);
  citationStyle(changed, undefined);
  return changed;
}

/** All settings, or the one of that key. @throws UserError for a key that there is not. */
export function listSettings(settings: Settings, key?: string): readonly Setting[] {
  const chosen = key === undefined ? rows : [rowOf(key)];
  return chosen.map(({ key: name, summary, standard, read }) => {
    const value = read(settings);
    return { key: name, summary, standard, ...(value === undefined ? {} : { value }) };
  });
}

/**
 * Changes one setting and writes the file; without a value goes back to the standard. Gives the settings as they are now.
 * @throws UserError for a key that there is not, or a value that it cannot have: then nothing is written.
 */
export async function changeSetting(
  { directory, settings }: { readonly directory: string; readonly settings: Settings },
  key: string,
  value: string | undefined,
): Promise<Settings> {
  const changed = rowOf(key).write(settings, value);
  await writeSettings(directory, changed);
  return changed;
}

function rowOf(key: string): SettingRow {
  const row = rows.find((known) => known.key === key);
  if (row !== undefined) return row;
  throw new UserError(`There is no setting “${key}”.`, {
    hint: `The settings are ${rows.map((known) => known.key).join(', ')}.`,
  });
}
