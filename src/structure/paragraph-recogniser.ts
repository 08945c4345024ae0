import type { DocumentKind, DocumentMetadata } from '../model/document.ts';
import { numbersLines } from './cues.ts';
import { type Layout, sheetsRead } from './layout.ts';
import { outlineParagraphs, type ParagraphedDocument, readParagraphs } from './numbered-document.ts';
import {
  type RecognisedDocument,
  type Recogniser,
  type RecognitionHints,
  unsureBelow,
} from './recognition.ts';

/** What tells one kind of paragraphed document from the others. */
export interface ParagraphKind {
  readonly kind: DocumentKind;
  /** Raised when the outline or the metadata it gives for the same layout changes. */
  readonly version: number;
  /** 0 to 1. May be given the beginning of the document only. */
  confidence(document: ParagraphedDocument): number;
  metadata(document: ParagraphedDocument, hints: RecognitionHints): DocumentMetadata;
}

/** Lines of a long document that are looked at to tell its kind; one that is not much longer is read once and whole. */
const sampleLines = 400;
const shortDocument = 1200;

/** Samples of layouts that are still in use, so that recognisers share the reading. */
const samples = new WeakMap<Layout, ParagraphedDocument>();

/** The document, or the beginning of a long one, read for paragraphs. */
export function sampleOf(layout: Layout): ParagraphedDocument {
  const known = samples.get(layout);
  if (known !== undefined) return known;
  const sample = readParagraphs(beginningOf(layout));
  samples.set(layout, sample);
  return sample;
}

/** The first whole sheets that come to the sample's size, or so many lines. */
function beginningOf(layout: Layout): Layout {
  if (layout.lines.length <= shortDocument) return layout;
  const sheet = layout.lines[sampleLines]?.sheet ?? 0;
  const cut = layout.lines.findIndex((line) => sheet > 1 && line.sheet >= sheet);
  const lines = layout.lines.slice(0, cut > 0 ? cut : sampleLines);
  return {
    ...layout,
    lines,
    sheets: layout.sheets.filter((known) => known.sheet <= (lines.at(-1)?.sheet ?? 0)),
  };
}

/**
 * A recogniser that gives a passage to each paragraph, by its number where it has one. Claims no document that it is
 * unsure of: sheet and line are always right.
 */
export function paragraphRecogniser(kind: ParagraphKind): Recogniser {
  return {
    name: kind.kind,
    version: kind.version,
    kinds: [kind.kind],
    confidence: (layout) => {
      const sample = sampleOf(layout);
      const confidence = kind.confidence(sample);
      return confidence < unsureBelow || (layout.sheets.length === 0 && numbersLines(sample))
        ? 0
        : confidence;
    },
    recognise: (layout, hints) => recogniseParagraphs(layout, hints, kind),
  };
}

function recogniseParagraphs(
  layout: Layout,
  hints: RecognitionHints,
  kind: ParagraphKind,
): RecognisedDocument {
  const sample = sampleOf(layout);
  const document = sample.layout === layout ? sample : readParagraphs(layout);
  const { outline, pagesFound } = outlineParagraphs(document);
  const { reference } = document.furniture;
  const metadata = kind.metadata(document, hints);
  return {
    recogniser: { name: kind.kind, version: kind.version },
    kind: kind.kind,
    confidence: kind.confidence(sample),
    text: layout.text,
    outline,
    metadata: reference === undefined ? metadata : { reference, ...metadata },
    pages: pagesFound > 0 ? pagesFound : sheetsRead(layout),
    sheets: layout.sheets.length,
  };
}
