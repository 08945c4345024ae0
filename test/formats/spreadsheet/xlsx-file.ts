import { strToU8, zipSync } from 'fflate';
import type { Extraction, ReadOptions } from '../../../src/formats/extraction.ts';
import { type Reading, extract as read } from '../../../src/formats/registry.ts';
import type { ExtractedText, TextBlock } from '../../../src/model/extracted.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

export interface SheetSource {
  readonly name: string;
  readonly state?: 'hidden' | 'veryHidden';
  /** What stands in `<worksheet>`. */
  readonly xml: string;
  /** Parts that the sheet refers to: relationship id → type, name from `xl/`, content. */
  readonly parts?: Readonly<Record<string, { type: string; name: string; content: string | Uint8Array }>>;
  /** Addresses outside the file, by relationship id. */
  readonly links?: Readonly<Record<string, string>>;
}

export interface WorkbookSource {
  readonly sheets: readonly SheetSource[];
  readonly strings?: readonly string[];
  /** What stands in `<styleSheet>`. */
  readonly styles?: string;
  readonly date1904?: boolean;
  readonly names?: Readonly<Record<string, string>>;
  /** Parts that replace those made here, by name. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>;
}

function relationships(
  rows: readonly (readonly [id: string, type: string, target: string, external?: true])[],
) {
  const lines = rows.map(
    ([id, type, target, external]) =>
      `<Relationship Id="${id}" Type="${office}/${type}" Target="${escaped(target)}"${external ? ' TargetMode="External"' : ''}/>`,
  );
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** An XLSX file with these parts. */
export function xlsxFile(source: WorkbookSource): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  const put = (name: string, content: string | Uint8Array) => {
    files[name] = typeof content === 'string' ? strToU8(content) : content;
  };
  put('_rels/.rels', relationships([['r1', 'officeDocument', 'xl/workbook.xml']]));
  const sheets = source.sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="s${at}"${state ? ` state="${state}"` : ''}/>`,
  );
  const names = Object.entries(source.names ?? {}).map(
    ([name, value]) => `<definedName name="${name}">${escaped(value)}</definedName>`,
  );
  put(
    'xl/workbook.xml',
    `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${source.date1904 ? ' date1904="1"' : ''}/><sheets>${sheets.join('')}</sheets><definedNames>${names.join('')}</definedNames></workbook>`,
  );
  put(
    'xl/_rels/workbook.xml.rels',
    relationships([
      ...source.sheets.map((_, at) => [`s${at}`, 'worksheet', `worksheets/sheet${at}.xml`] as const),
      ['strings', 'sharedStrings', 'sharedStrings.xml'],
      ['styles', 'styles', 'styles.xml'],
    ]),
  );
  put(
    'xl/sharedStrings.xml',
    `${declaration}<sst xmlns="${main}">${(source.strings ?? []).map((one) => `<si>${one}</si>`).join('')}</sst>`,
  );
  put('xl/styles.xml', `${declaration}<styleSheet xmlns="${main}">${source.styles ?? ''}</styleSheet>`);
  for (const [at, sheet] of source.sheets.entries()) {
    put(
      `xl/worksheets/sheet${at}.xml`,
      `${declaration}<worksheet xmlns="${main}" xmlns:r="${office}">${sheet.xml}</worksheet>`,
    );
    const parts = Object.entries(sheet.parts ?? {});
    for (const [, { name, content }] of parts) put(`xl/${name}`, content);
    put(
      `xl/worksheets/_rels/sheet${at}.xml.rels`,
      relationships([
        ...parts.map(([id, { type, name }]) => [id, type, `../${name}`] as const),
        ...Object.entries(sheet.links ?? {}).map(([id, target]) => [id, 'hyperlink', target, true] as const),
      ]),
    );
  }
  for (const [name, content] of Object.entries(source.parts ?? {})) put(name, content);
  return zipSync(files);
}

/** A worksheet of rows whose cells are given as XML. */
export function rows(...written: readonly string[]): string {
  return `<sheetData>${written.join('')}</sheetData>`;
}

/** A workbook of one worksheet, `Calls`. */
export function oneSheet(xml: string, rest: Omit<WorkbookSource, 'sheets'> = {}): Uint8Array {
  return xlsxFile({ sheets: [{ name: 'Calls', xml }], ...rest });
}

export async function readings(
  bytes: Uint8Array,
  options: Partial<ReadOptions> = {},
): Promise<readonly Reading[]> {
  const found: Reading[] = [];
  for await (const reading of read(bytes, { extension: 'xlsx', ...options })) found.push(reading);
  return found;
}

export type TextReading = Extract<Reading, { type: 'text' }>;

export async function textOf(bytes: Uint8Array, options: Partial<ReadOptions> = {}): Promise<TextReading> {
  const found = await readings(bytes, options);
  const text = found.find((reading) => reading.type === 'text');
  if (text === undefined) throw new Error(`no text: ${JSON.stringify(found)}`);
  return text;
}

export async function blocksOf(
  bytes: Uint8Array,
  options: Partial<ReadOptions> = {},
): Promise<readonly TextBlock[]> {
  return blocksIn((await textOf(bytes, options)).content);
}

/** The blocks of a workbook, which can be gone through once. */
export function blocksIn(content: ExtractedText): readonly TextBlock[] {
  if (content.layout !== 'table' && content.layout !== 'blocks') throw new Error('no blocks');
  return [...content.blocks];
}

/** Blocks as lines: `row Calls!3: text`, `comment/hidden Calls!3: text`. */
export async function lines(
  bytes: Uint8Array,
  options: Partial<ReadOptions> = {},
): Promise<readonly string[]> {
  return (await blocksOf(bytes, options)).map(({ type, zone, place, text, sheet }) => {
    const at = place?.kind === 'row' ? ` ${place.worksheet}!${place.row}` : '';
    return `${type}${zone === undefined ? '' : `/${zone}`}${sheet === undefined ? '' : ` ${sheet}`}${at}: ${text}`;
  });
}

export type Unreadable = Extract<Extraction, { type: 'unreadable' }>;
