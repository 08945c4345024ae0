import { zipSync } from 'fflate';
import { recordsOf, type XlsbRecord } from './xlsb-records.ts';
import { XlsbValues } from './xlsb-values.ts';

/** Records in `workbook.bin` that the formula of a name may refer to, and the names themselves (MS-XLSB 2.3.2). */
const sheet = 0x9c;
const name = 0x27;
const ownBook = 0x165;
const sameBook = 0x166;
const otherBook = 0x163;
const addIns = 0x29b;
const externalSheets = 0x16a;
const referredTo: ReadonlySet<number> = new Set([sheet, ownBook, sameBook, otherBook, addIns]);

/** Names that Excel makes for itself, for print areas and filters. */
const builtIn = 0x20;

export interface DefinedNames {
  /** What each name stands for, as a formula. */
  readonly references: ReadonlyMap<string, string>;
  /** Names of which that could not be read. */
  readonly unread: number;
}

/**
 * What the names in a workbook stand for. Formulas are read by SheetJS, which gets to see nothing but records that are
 * as long as what is in them, and no tables of constants, whose sizes it would believe.
 */
export async function definedNames(workbook: Uint8Array): Promise<DefinedNames> {
  const records = [...recordsOf(workbook)];
  const names: Uint8Array[] = [];
  let unread = 0;
  for (const record of records) {
    if (record.type !== name) continue;
    const written = nameWithoutTables(workbook.subarray(record.start, record.end));
    if (written === undefined) unread++;
    else if (written.length > 0) names.push(written);
  }
  if (names.length === 0) return { references: new Map(), unread };
  const { read } = await import('@e965/xlsx');
  const context = records.filter((record) => isSound(workbook, record));
  const before = context.map(({ at, end }) => workbook.subarray(at, end));
  const found = referencesOf(names, (some) => {
    const part = Buffer.concat([...before, ...some]);
    const file = zipSync({ '[Content_Types].xml': contentTypes, 'xl/workbook.bin': part }, { level: 0 });
    return read(file, { type: 'array', sheets: -1 }).Workbook?.Names ?? [];
  });
  return { references: found.references, unread: unread + found.unread };
}

/** A name as SheetJS gives it. */
interface ReadName {
  readonly Name: string;
  readonly Ref: string;
}

/** One over which the library gives up costs itself alone. */
function referencesOf(
  names: readonly Uint8Array[],
  readNames: (some: readonly Uint8Array[]) => readonly ReadName[],
): DefinedNames {
  try {
    return { references: new Map(readNames(names).map(({ Name, Ref }) => [Name, Ref])), unread: 0 };
  } catch {
    if (names.length === 1) return { references: new Map(), unread: 1 };
    const middle = names.length >> 1;
    const [first, second] = [names.slice(0, middle), names.slice(middle)].map((half) =>
      referencesOf(half, readNames),
    ) as [DefinedNames, DefinedNames]; // of each half
    return {
      references: new Map([...first.references, ...second.references]),
      unread: first.unread + second.unread,
    };
  }
}

/**
 * The record of a BrtName (MS-XLSB 2.4.710) without the tables of constants behind its formula; empty for a name that
 * nobody gave, undefined for one that is damaged.
 */
function nameWithoutTables(content: Uint8Array): Uint8Array | undefined {
  const values = new XlsbValues(content);
  const flags = values.long();
  values.skip(5);
  const text = values.text();
  const formula = values.long();
  const end = content.length - values.left + formula;
  if (values.isBroken || end > content.length) return undefined;
  if ((flags & builtIn) !== 0 || /^[\x00-\x1f]|^_xlnm\./.test(text)) return new Uint8Array();
  const noTablesNorComment = Uint8Array.of(0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff);
  const length = end + noTablesNorComment.length;
  return Buffer.concat([
    Uint8Array.of(name, ...lengthOf(length)),
    content.subarray(0, end),
    noTablesNorComment,
  ]);
}

/** A length before a record's content: seven bits a byte, and one more that says that others follow. */
function lengthOf(length: number): readonly number[] {
  return length < 0x80 ? [length] : [(length & 0x7f) | 0x80, ...lengthOf(length >> 7)];
}

/** Whether a record that names refer to holds what it says. */
function isSound(workbook: Uint8Array, { type, start, end }: XlsbRecord): boolean {
  const values = new XlsbValues(workbook.subarray(start, end));
  if (type === externalSheets) return 12 * values.long() === values.left && !values.isBroken;
  if (!referredTo.has(type)) return false;
  if (type === sheet) {
    values.skip(8);
    values.nullableText();
    values.text();
  } else if (type === otherBook) values.nullableText();
  return !values.isBroken;
}

const contentTypes = Buffer.from(
  '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
    '<Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
);
