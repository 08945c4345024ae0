import { blocksOnSheets } from '../blocks-on-sheets.ts';
import { readXml, XmlError, type XmlHandler } from '../docx/xml.ts';
import { isZip } from '../docx/zip.ts';
import type { Adapter, Extraction, ReadOptions, TextBlock } from '../extraction.ts';
import { embeddedDocuments } from '../odf/embedded-documents.ts';
import { readOdf } from '../odf/odf-adapter.ts';
import type { OdfPackage } from '../odf/odf-package.ts';
import { OdfProperties } from '../odf/odf-properties.ts';
import { withRefusals } from '../refusals.ts';
import { textOrContainer } from '../text-or-container.ts';
import { OdtReader } from './reader.ts';
import { OdfStyles } from './styles.ts';

/**
 * OpenDocument texts, packed and flat: the numbers of lists worked out from their styles, recorded changes, notes,
 * comments, headers, text boxes; embedded documents as children; sheets where all page breaks are known.
 */
export const odtAdapter: Adapter = {
  name: 'odt',
  version: 2,
  recognises: ({ head, bytes }) => (isZip(bytes) || /office:document/.test(latin1(head)) ? 0.8 : 0),
  read: (bytes, options) =>
    isZip(bytes) ? readOdf(bytes, options, readPackage) : withRefusals(() => readFlat(bytes, options)),
};

/** One part after the other, in the order in which they are to be read. */
type ReadPart = (handler: XmlHandler) => void;

function* readPackage(file: OdfPackage, { sheets }: ReadOptions): Iterable<Extraction> {
  const part =
    (name: string): ReadPart =>
    (handler) =>
      file.read(name, handler);
  const parts = { styles: part('styles.xml'), content: part('content.xml'), meta: part('meta.xml') };
  const { reader, properties } = readParts(parts);
  // Without its content what stands at the heads of its pages is not the document.
  const isThere = file.has('content.xml');
  const text = isThere ? textOf(reader, properties, file.problems, sheets) : undefined;
  // A document that holds nothing but pictures holds its text in them.
  const pictures = text === undefined ? file.names.filter((name) => /^Pictures\/./.test(name)) : [];
  const children = [...embeddedDocuments(file, [...reader.objects, ...pictures])];
  yield* textOrContainer(text, { noun: 'document', problems: file.problems, children });
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
  const { reader, properties } = readParts({ styles: nothing, content: whole, meta: whole });
  const text = textOf(reader, properties, problems, sheets);
  yield* textOrContainer(text, { noun: 'document', problems, children: [] });
}

function readParts(parts: {
  readonly styles: ReadPart;
  readonly content: ReadPart;
  readonly meta: ReadPart;
}) {
  const styles = new OdfStyles();
  parts.styles(styles);
  parts.content(styles);
  const properties = new OdfProperties();
  parts.meta(properties);
  const reader = new OdtReader(styles);
  parts.styles(reader);
  reader.finish();
  parts.content(reader);
  reader.finish();
  return { reader, properties };
}

/** Undefined when there is none. */
function textOf(
  reader: OdtReader,
  properties: OdfProperties,
  problems: readonly string[],
  wanted: readonly number[] | undefined,
): Extract<Extraction, { type: 'text' }> | undefined {
  const remarks = [...problems];
  const seen = new Set<string>();
  const headers = reader.headers.filter(({ text }) => !seen.has(text) && seen.add(text));
  const all: readonly TextBlock[] = [...headers, ...reader.body];
  const hasSheets = reader.recordedBreaks > 0 && properties.pages === reader.sheet;
  if (wanted !== undefined && !hasSheets)
    remarks.push('The document records no pages, so all of it was read.');
  const placed = hasSheets ? all : all.map(({ sheet: _, ...block }) => block);
  const blocks = wanted !== undefined && hasSheets ? blocksOnSheets(placed, new Set(wanted)) : placed;
  if (blocks.length === 0) return undefined;
  const content = { layout: 'blocks' as const, blocks };
  return { type: 'text', reader: 'odt', content, metadata: properties.metadata(), remarks };
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
