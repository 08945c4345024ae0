import type { PartVersion } from '../model/document.ts';
import { writtenNumber } from '../model/written-number.ts';
import type { ByteSource, Content } from './byte-source.ts';
import { detectType, type FileType, fileTypes } from './detect.ts';
import type { Adapter, Extraction, ReadOptions, Sniff, Unreadable } from './extraction.ts';

type Text = Extract<Extraction, { type: 'text' }>;

/** An extraction with the names that are recorded with the document. */
export type Reading =
  | (Omit<Text, 'reader'> & {
      /** Name of the adapter: `pdf`, `docx`, `text` … */
      readonly format: string;
      /** Which reader gave the text, in the version of its adapter. */
      readonly reader: PartVersion;
    })
  | Exclude<Extraction, Text>;

type Load = () => Promise<Adapter>;

const pdf: Load = async () => (await import('./pdf/pdf-adapter.ts')).pdfAdapter;
const text: Load = async () => (await import('./text/adapter.ts')).textAdapter;
const html: Load = async () => (await import('./html.ts')).htmlAdapter;
const csv: Load = async () => (await import('./spreadsheet/csv-adapter.ts')).csvAdapter;
const picture: Load = async () => (await import('./ocr/picture-adapter.ts')).pictureAdapter;
const markdown: Load = async () => (await import('./markdown.ts')).markdownAdapter;
const eml: Load = async () => (await import('./mail/eml-adapter.ts')).emlAdapter;

/** Adapters are loaded when a file of theirs comes: a process that reads texts never loads PDFium. */
const byType: Partial<Readonly<Record<FileType, readonly Load[]>>> = {
  pdf: [pdf],
  docx: [async () => (await import('./docx/adapter.ts')).docxAdapter],
  doc: [async () => (await import('./doc/adapter.ts')).docAdapter],
  rtf: [async () => (await import('./rtf/adapter.ts')).rtfAdapter],
  odt: [async () => (await import('./odt/adapter.ts')).odtAdapter],
  html: [html],
  zip: [async () => (await import('./archive/zip/zip-adapter.ts')).zipAdapter],
  gzip: [async () => (await import('./archive/gzip-adapter.ts')).gzipAdapter],
  bzip2: [async () => (await import('./archive/bzip2-adapter.ts')).bzip2Adapter],
  xz: [async () => (await import('./archive/xz-adapter.ts')).xzAdapter],
  '7z': [async () => (await import('./archive/seven-zip/seven-zip-adapter.ts')).sevenZipAdapter],
  rar: [async () => (await import('./archive/libarchive-adapter.ts')).rarAdapter],
  cab: [async () => (await import('./archive/libarchive-adapter.ts')).cabinetAdapter],
  tar: [async () => (await import('./archive/tar-adapter.ts')).tarAdapter],
  xlsx: [async () => (await import('./spreadsheet/xlsx-adapter.ts')).xlsxAdapter],
  xls: [async () => (await import('./spreadsheet/xls-adapter.ts')).xlsAdapter],
  'xml-workbook': [async () => (await import('./spreadsheet/xls-adapter.ts')).xmlWorkbookAdapter],
  pptx: [async () => (await import('./presentation/pptx-adapter.ts')).pptxAdapter],
  ppt: [async () => (await import('./presentation/ppt-adapter.ts')).pptAdapter],
  odp: [async () => (await import('./presentation/odp-adapter.ts')).odpAdapter],
  epub: [async () => (await import('./epub/adapter.ts')).epubAdapter],
  ods: [async () => (await import('./spreadsheet/ods-adapter.ts')).odsAdapter],
  mail: [eml],
  msg: [async () => (await import('./mail/msg-adapter.ts')).msgAdapter],
  tnef: [async () => (await import('./mail/tnef-adapter.ts')).tnefAdapter],
  mbox: [async () => (await import('./mail/mbox-adapter.ts')).mboxAdapter],
  pst: [async () => (await import('./mail/pst-adapter.ts')).pstAdapter],
  png: [picture],
  jpeg: [picture],
  gif: [picture],
  tiff: [picture],
  bmp: [picture],
  webp: [picture],
};

/** Where the content has no signature, the name says which adapters are worth asking besides the one for plain text. */
const byExtension: Readonly<Record<string, readonly Load[]>> = {
  html: [html],
  htm: [html],
  xhtml: [html],
  csv: [csv],
  tsv: [csv],
  tab: [csv],
  psv: [csv],
  txt: [csv],
  md: [markdown],
  markdown: [markdown],
  eml: [eml],
};

const headBytes = 4096;

/**
 * Reads a file with the adapter for it. Never throws for what is wrong with the file: that is an `unreadable` reading,
 * whose sentence says what the file is.
 */
export async function* extract(
  bytes: Content,
  options: ReadOptions,
): AsyncGenerator<Reading, void, undefined> {
  if (!(bytes instanceof Uint8Array)) {
    yield* extractLarge(bytes, options);
    return;
  }
  if (bytes.length === 0) {
    yield { type: 'unreadable', outcome: 'empty', reason: 'The file is empty (0 bytes).' };
    return;
  }
  const sniff: Sniff = { extension: options.extension, head: bytes.subarray(0, headBytes), bytes };
  const type = detectType(sniff);
  if (type === 'office-encrypted') {
    yield* extractEncrypted(bytes, options);
    return;
  }
  const adapter = await adapterFor(type, sniff);
  if (!adapter) yield unsupported(type);
  else yield* namedAll(adapter, adapter.read(bytes, options));
}

/** The most that can be put into memory as one piece, in bytes. */
const largestWhole = 2 ** 31 - 1;

/** An archive or a mailbox is looked into where it lies. Any other file must be put into memory, Office files among them, which are archives too. */
async function* extractLarge(
  source: ByteSource,
  options: ReadOptions,
): AsyncGenerator<Reading, void, undefined> {
  const head = await source.read(0, headBytes);
  const type = detectType({ extension: options.extension, head, bytes: head });
  const [load] = (type && byType[type]) ?? [];
  const adapter = load === undefined || isOfficePackage(head) ? undefined : await load();
  if (adapter?.readSource !== undefined) {
    yield* namedAll(adapter, adapter.readSource(source, options));
  } else if (source.size <= largestWhole) {
    yield* extract(await source.read(0, source.size), options);
  } else {
    const size = writtenNumber(Math.round(source.size / 2 ** 20));
    const kind = type === undefined ? 'It' : `It is ${fileTypes[type]}, and`;
    const reason = `${kind} has ${size} MB; no more than 2,048 MB can be read of a file that is neither archive nor mailbox.`;
    yield { type: 'unreadable', outcome: 'too-large', reason };
  }
}

function isOfficePackage(head: Uint8Array): boolean {
  const name = Buffer.from(head.subarray(30, 60)).toString('latin1');
  return /^(\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|xl\/|ppt\/)/.test(name);
}

/** An encrypted file in its wrapper is read as what is in it. */
async function* extractEncrypted(
  bytes: Uint8Array,
  options: ReadOptions,
): AsyncGenerator<Reading, void, undefined> {
  const { openEncryptedOffice } = await import('./office-encryption.ts');
  const opened = await openEncryptedOffice(bytes, options.passwords);
  if (opened.type === 'opened') yield* extract(opened.bytes, options);
  else yield { type: 'unreadable', outcome: 'encrypted', reason: opened.reason };
}

async function adapterFor(type: FileType | undefined, sniff: Sniff): Promise<Adapter | undefined> {
  // A PDF that has lost its start looks like text here and there; its own readers may still find the rest.
  if (type === undefined && sniff.extension === 'pdf') return pdf();
  const loads = type === undefined ? [...(byExtension[sniff.extension] ?? []), text] : (byType[type] ?? []);
  const adapters = await Promise.all(loads.map((load) => load()));
  let surest: Adapter | undefined;
  let sureness = 0;
  for (const adapter of adapters) {
    const own = adapter.recognises(sniff);
    if (own > sureness) [surest, sureness] = [adapter, own];
  }
  if (surest) return surest;
  // The content carries the type's own mark: its adapter knows best what is wrong with the rest.
  return type === undefined ? undefined : adapters[0];
}

async function* namedAll(adapter: Adapter, extractions: AsyncIterable<Extraction>): AsyncGenerator<Reading> {
  try {
    for await (const extraction of extractions) yield named(extraction, adapter);
  } catch (error) {
    yield { type: 'unreadable', outcome: 'failed', reason: givenUp(adapter, error) };
  }
}

/** What the language says of a value that it did not expect tells a reader of the ledger nothing: the file is not what its format promises. */
function givenUp({ name }: Adapter, error: unknown): string {
  if (error instanceof TypeError || error instanceof RangeError)
    return `The file is damaged: the reader for ${name} files could not make sense of it.`;
  const problem = error instanceof Error ? error.message : String(error);
  return `The reader for ${name} files gave up: ${problem.replace(/\.$/, '')}.`;
}

function named(extraction: Extraction, { name, version }: Adapter): Reading {
  if (extraction.type !== 'text') return extraction;
  return { ...extraction, format: name, reader: { name: extraction.reader, version } };
}

function unsupported(type: FileType | undefined): Unreadable {
  if (type !== undefined) {
    const reason = `The file is ${fileTypes[type]}, which pincite does not read yet.`;
    return { type: 'unreadable', outcome: 'unsupported', reason };
  }
  // Nothing of its name: the same bytes may have another elsewhere, and there is one reason for both.
  const reason = 'The content is neither text nor of a type that pincite knows.';
  return { type: 'unreadable', outcome: 'unsupported', reason };
}
