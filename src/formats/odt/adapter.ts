import { blocksOnSheets } from '../blocks-on-sheets.ts';
import { readXml, XmlError, type XmlHandler } from '../docx/xml.ts';
import { isZip, ZipError } from '../docx/zip.ts';
import type { Adapter, Extraction, ReadOptions, TextBlock } from '../extraction.ts';
import { textOrContainer } from '../text-or-container.ts';
import { OdfMetadata } from './metadata.ts';
import { embeddedDocuments } from './objects.ts';
import { OdfEncryptionError, OdfPackage } from './package.ts';
import { OdtReader } from './reader.ts';
import { OdfStyles } from './styles.ts';

/**
 * OpenDocument texts, packed and flat: the numbers of lists worked out from their styles, recorded changes, notes,
 * comments, headers, text boxes; embedded documents as children; sheets where all page breaks are known.
 */
export const odtAdapter: Adapter = {
  name: 'odt',
  version: 1,
  recognises: ({ head, bytes }) => (isZip(bytes) || /office:document/.test(latin1(head)) ? 0.8 : 0),
  async *read(bytes, options) {
    try {
      yield* isZip(bytes) ? readPackage(bytes, options) : readFlat(bytes, options);
    } catch (error) {
      if (error instanceof OdfEncryptionError)
        yield { type: 'unreadable', outcome: 'encrypted', reason: error.message };
      else if (error instanceof ZipError)
        yield { type: 'unreadable', outcome: error.outcome, reason: error.message };
      else throw error;
    }
  },
};

/** One part after the other, in the order in which they are to be read. */
type ReadPart = (handler: XmlHandler) => void;

function* readPackage(bytes: Uint8Array, { passwords, sheets }: ReadOptions): Iterable<Extraction> {
  const archive = new OdfPackage(bytes, passwords);
  const part =
    (name: string): ReadPart =>
    (handler) =>
      archive.read(name, handler);
  const parts = { styles: part('styles.xml'), content: part('content.xml'), meta: part('meta.xml') };
  const { reader, text } = readParts(parts, archive.problems, sheets);
  // A document that holds nothing but pictures holds its text in them.
  const pictures = text === undefined ? archive.names.filter((name) => /^Pictures\/./.test(name)) : [];
  const children = [...embeddedDocuments(archive, [...reader.objects, ...pictures])];
  const problems = [...new Set(archive.problems)];
  yield* textOrContainer(text, { noun: 'document', problems, children });
}

function* readFlat(bytes: Uint8Array, { sheets }: ReadOptions): Iterable<Extraction> {
  const problems: string[] = [];
  const whole: ReadPart = (handler) => {
    try {
      readXml(bytes, handler);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      if (problems.length === 0)
        problems.push('The file is damaged; what stands before the damage was read.');
    }
  };
  const nothing: ReadPart = () => undefined;
  const { text } = readParts({ styles: nothing, content: whole, meta: whole }, problems, sheets);
  yield* textOrContainer(text, { noun: 'document', problems, children: [] });
}

function readParts(
  parts: { readonly styles: ReadPart; readonly content: ReadPart; readonly meta: ReadPart },
  problems: readonly string[],
  wanted: readonly number[] | undefined,
) {
  const styles = new OdfStyles();
  parts.styles(styles);
  parts.content(styles);
  const metadata = new OdfMetadata();
  parts.meta(metadata);
  const reader = new OdtReader(styles);
  parts.styles(reader);
  reader.finish();
  parts.content(reader);
  reader.finish();
  return { reader, text: textOf(reader, metadata, problems, wanted) };
}

/** Undefined when there is none. */
function textOf(
  reader: OdtReader,
  metadata: OdfMetadata,
  problems: readonly string[],
  wanted: readonly number[] | undefined,
): Extract<Extraction, { type: 'text' }> | undefined {
  const remarks = [...new Set(problems)];
  const seen = new Set<string>();
  const headers = reader.headers.filter(({ text }) => !seen.has(text) && seen.add(text));
  const all: readonly TextBlock[] = [...headers, ...reader.body];
  const hasSheets = reader.recordedBreaks > 0 && metadata.pages === reader.sheet;
  if (wanted !== undefined && !hasSheets)
    remarks.push('The document records no pages, so all of it was read.');
  const placed = hasSheets ? all : all.map(({ sheet: _, ...block }) => block);
  const blocks = wanted !== undefined && hasSheets ? blocksOnSheets(placed, new Set(wanted)) : placed;
  if (blocks.length === 0) return undefined;
  const content = { layout: 'blocks' as const, blocks };
  return { type: 'text', reader: 'odt', content, metadata: metadata.metadata(), remarks };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
