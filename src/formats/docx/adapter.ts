import { blocksOnSheets } from '../blocks-on-sheets.ts';
import type { Adapter, Extraction, FileMetadata, ReadOptions, Sniff, TextBlock } from '../extraction.ts';
import { textOrContainer } from '../text-or-container.ts';
import { isCompoundFile, isOfficeEncryption } from './compound-file.ts';
import { readDocument } from './document.ts';
import { OfficePackage } from './package.ts';
import { isZip, readZipDirectory, ZipError } from './zip.ts';

const extensions = new Set(['docx', 'docm', 'dotx', 'dotm']);

/**
 * Word documents of 2007 and later. Paragraphs and rows in order; headers and footers first, each text once; notes and
 * comments after the paragraph that refers to them, as is what was deleted from it; embedded files as children. `sheets` picks the blocks that
 * begin on those sheets, where the word processor recorded its page breaks.
 */
export const docxAdapter: Adapter = {
  name: 'docx',
  version: 3,
  recognises: (sniff) => docxLikeness(sniff),
  async *read(bytes, options) {
    if (isCompoundFile(bytes)) {
      yield unreadableCompoundFile(bytes);
      return;
    }
    yield* readPackage(bytes, options);
  },
};

function docxLikeness({ bytes, extension }: Sniff): number {
  const named = extensions.has(extension);
  if (isCompoundFile(bytes)) return isOfficeEncryption(bytes) ? (named ? 0.9 : 0.3) : 0;
  if (!isZip(bytes)) return 0;
  const { entries } = readZipDirectory(bytes);
  const names = [...entries.keys()].map((name) => name.toLowerCase());
  if (names.some((name) => /^word\/document\d*\.xml$/.test(name))) return 0.95;
  if (names.includes('[content_types].xml') && names.some((name) => name.startsWith('word/'))) return 0.9;
  return named ? 0.4 : 0;
}

function unreadableCompoundFile(bytes: Uint8Array): Extraction {
  if (isOfficeEncryption(bytes)) {
    return { type: 'unreadable', outcome: 'encrypted', reason: 'The document is protected by a password.' };
  }
  return {
    type: 'unreadable',
    outcome: 'unsupported',
    reason: 'The file is no DOCX but an older Office format.',
  };
}

function* readPackage(bytes: Uint8Array, options: ReadOptions): Iterable<Extraction> {
  try {
    const archive = new OfficePackage(bytes);
    const document = readDocument(archive);
    if (typeof document === 'string') {
      yield { type: 'unreadable', outcome: 'failed', reason: document };
      return;
    }
    const { text, problems } = textOf(document, archive.problems, options);
    yield* textOrContainer(text, { noun: 'document', problems, children: document.children });
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    yield { type: 'unreadable', outcome: error.outcome, reason: error.message };
  }
}

interface ReadDocument {
  readonly blocks: readonly TextBlock[];
  readonly hasSheets: boolean;
  readonly metadata: FileMetadata;
}

/** No text where there is none; `problems` is what is to be said of it then. */
function textOf(document: ReadDocument, problems: readonly string[], options: ReadOptions) {
  const { hasSheets, metadata } = document;
  const remarks = [...new Set(problems)];
  const part = options.sheets !== undefined && hasSheets;
  if (options.sheets !== undefined && !hasSheets)
    remarks.push('The document records no pages, so all of it was read.');
  const blocks = part ? blocksOnSheets(document.blocks, new Set(options.sheets)) : document.blocks;
  const content = { layout: 'blocks' as const, blocks };
  const text = { type: 'text' as const, reader: 'docx', content, metadata, remarks };
  return { text: blocks.length > 0 ? text : undefined, problems: remarks };
}
