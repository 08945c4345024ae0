import type { PartVersion } from '../model/document.ts';
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
const picture: Load = async () => (await import('./ocr/picture-adapter.ts')).pictureAdapter;
const markdown: Load = async () => (await import('./markdown.ts')).markdownAdapter;

/** Adapters are loaded when a file of theirs comes: a process that reads texts never loads PDFium. */
const byType: Partial<Readonly<Record<FileType, readonly Load[]>>> = {
  pdf: [pdf],
  docx: [async () => (await import('./docx/adapter.ts')).docxAdapter],
  html: [html],
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
  md: [markdown],
  markdown: [markdown],
};

const headBytes = 4096;

/**
 * Reads a file with the adapter for it. Never throws for what is wrong with the file: that is an `unreadable` reading,
 * whose sentence says what the file is.
 */
export async function* extract(
  bytes: Uint8Array,
  options: ReadOptions,
): AsyncGenerator<Reading, void, undefined> {
  if (bytes.length === 0) {
    yield { type: 'unreadable', outcome: 'empty', reason: 'The file is empty (0 bytes).' };
    return;
  }
  const sniff: Sniff = { extension: options.extension, head: bytes.subarray(0, headBytes), bytes };
  const type = detectType(sniff);
  const adapter = await adapterFor(type, sniff);
  if (!adapter) yield unsupported(type, options.extension);
  else yield* readWith(adapter, bytes, options);
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

async function* readWith(adapter: Adapter, bytes: Uint8Array, options: ReadOptions): AsyncGenerator<Reading> {
  try {
    for await (const extraction of adapter.read(bytes, options)) yield named(extraction, adapter);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    yield {
      type: 'unreadable',
      outcome: 'failed',
      reason: `The reader for ${adapter.name} files gave up: ${problem}.`,
    };
  }
}

function named(extraction: Extraction, { name, version }: Adapter): Reading {
  if (extraction.type !== 'text') return extraction;
  return { ...extraction, format: name, reader: { name: extraction.reader, version } };
}

function unsupported(type: FileType | undefined, extension: string): Unreadable {
  if (type === 'office-encrypted') {
    return { type: 'unreadable', outcome: 'encrypted', reason: `The file is ${fileTypes[type]}.` };
  }
  if (type !== undefined) {
    const reason = `The file is ${fileTypes[type]}, which pincite does not read yet.`;
    return { type: 'unreadable', outcome: 'unsupported', reason };
  }
  const named = extension === '' ? '' : ` although its name ends in .${extension}`;
  const reason = `The content is neither text nor of a type that pincite knows${named}.`;
  return { type: 'unreadable', outcome: 'unsupported', reason };
}
