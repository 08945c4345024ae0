import { objectInBytes } from '../embedded-objects.ts';
import type { Extraction, FileMetadata, TextBlock } from '../extraction.ts';
import type { DraftBlock } from '../table-row.ts';
import { Asides } from './asides.ts';
import { CommentThreads } from './comment-threads.ts';
import { DrawingText, drawingTypes } from './drawing-text.ts';
import type { SectionNotes } from './note-numbers.ts';
import { type NumberingDefinitions, noNumbering } from './numbering.ts';
import { NumberingPart } from './numbering-part.ts';
import type { OfficePackage, Relationship } from './package.ts';
import { NoteSettings, Properties } from './properties.ts';
import { Story, type StoryContext, type StoryKind } from './story.ts';
import { Styles } from './styles.ts';
import { readXml, XmlError } from './xml.ts';

export interface WordDocument {
  readonly blocks: readonly TextBlock[];
  /** Whether the word processor recorded where its pages begin. */
  readonly hasSheets: boolean;
  readonly metadata: FileMetadata;
  readonly children: readonly Extraction[];
}

/** Relationships to parts that hold files of their own, which are read as children. */
const childTypes = new Set(['package', 'aFChunk', 'oleObject']);
/** A document that holds nothing but pictures holds its text in them. */
const pictureType = 'image';
/** Parts that such files may be set into, besides the body. */
const textParts = new Set(['header', 'footer', 'footnotes', 'endnotes', 'comments']);

/**
 * All text of a Word document. What is damaged is read as far as it goes, and noted among the archive's problems.
 * @returns a sentence when there is no document to read.
 * @throws ZipError when a part is too large, encrypted or packed in an unknown way.
 */
export function readDocument(archive: OfficePackage): WordDocument | string {
  if (archive.isEmpty) return 'The file is damaged: it is no archive that can be opened.';
  const main = mainPart(archive);
  if (main === undefined) return 'The archive holds no Word document.';
  const relationships = archive.relationships(main);
  const styles = new Styles();
  archive.readOptional(target(relationships, 'styles'), styles);
  const asides = new Asides();
  const context: StoryContext = {
    styles,
    definitions: numberingOf(archive, relationships, styles),
    notes: noteSettings(archive, relationships),
    asides,
  };
  for (const kind of ['footnote', 'endnote'] as const) {
    asides.set(
      kind,
      storyOf(archive, target(relationships, `${kind}s`), context, 'note')?.asides ?? new Map(),
    );
  }
  asides.set('comment', commentsOf(archive, relationships, context));
  const headers = headersOf(archive, relationships, context);
  const body = readStory(archive, main, context, 'body');
  const hasSheets = sheetsHold(archive, body);
  const drawings = drawnTexts(archive, relationships);
  const blocks = [
    ...headers,
    ...(hasSheets ? body.blocks : body.blocks.map(withoutSheet)),
    ...drawings,
    ...asides.rest('comment'),
    ...unreferred(asides),
  ];
  const types = blocks.length > 0 ? childTypes : new Set([...childTypes, pictureType]);
  return {
    blocks,
    hasSheets,
    metadata: metadataOf(archive),
    children: childrenOf(archive, relationships, types),
  };
}

function mainPart(archive: OfficePackage): string | undefined {
  const named = archive.relationships('').find((found) => found.type === 'officeDocument')?.target;
  return [named, 'word/document.xml'].find((name) => name !== undefined && archive.has(name));
}

function target(relationships: readonly Relationship[], type: string): string | undefined {
  return relationships.find((found) => found.type === type && !found.external)?.target;
}

function numberingOf(
  archive: OfficePackage,
  relationships: readonly Relationship[],
  styles: Styles,
): NumberingDefinitions {
  const name = target(relationships, 'numbering');
  if (name === undefined) return noNumbering;
  const part = new NumberingPart();
  archive.readOptional(name, part);
  return part.definitions(styles.numberingStyles());
}

function noteSettings(archive: OfficePackage, relationships: readonly Relationship[]): SectionNotes {
  const settings = new NoteSettings();
  archive.readOptional(target(relationships, 'settings'), settings);
  return settings.notes;
}

/** Reads a story; again, without them, when fields in it never end. A part that breaks off is kept as far as it goes. */
function readStory(archive: OfficePackage, name: string, context: StoryContext, kind: StoryKind): Story {
  const bytes = archive.part(name) ?? new Uint8Array();
  const story = parseStory(archive, name, bytes, new Story(context, kind));
  const unended = story.fields.unended;
  if (unended.length === 0) return story;
  if (kind === 'body') context.asides.putBack();
  return parseStory(archive, name, bytes, new Story(context, kind, new Set(unended)));
}

function parseStory(archive: OfficePackage, name: string, bytes: Uint8Array, story: Story): Story {
  try {
    readXml(bytes, story);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    archive.problems.push(`${name} is damaged; what stands before the damage was read.`);
  }
  story.finish();
  return story;
}

function storyOf(
  archive: OfficePackage,
  name: string | undefined,
  context: StoryContext,
  kind: StoryKind,
): Story | undefined {
  return name === undefined || !archive.has(name) ? undefined : readStory(archive, name, context, kind);
}

/** Comments by id, each behind its author's name, with who wrote it, when, and whether it has been dealt with. */
function commentsOf(
  archive: OfficePackage,
  relationships: readonly Relationship[],
  context: StoryContext,
): ReadonlyMap<string, readonly DraftBlock[]> {
  const story = storyOf(archive, target(relationships, 'comments'), context, 'comment');
  if (story === undefined) return new Map();
  const threads = new CommentThreads();
  archive.readOptional(target(relationships, 'commentsExtended'), threads);
  for (const [id, blocks] of story.asides) {
    const signature = story.signatures.get(id) ?? { kind: 'comment' };
    const resolved = threads.isDone(story.lastParagraphs.get(id));
    const first = blocks[0];
    if (first !== undefined && signature.by !== undefined) first.text = `${signature.by}: ${first.text}`;
    for (const block of blocks) {
      if (block.zone === 'deleted') continue;
      const said = resolved ? { ...signature, resolved: true as const } : signature;
      if (Object.keys(said).length > 1) block.markup = [{ ...said, start: 0, end: block.text.length }];
    }
  }
  return story.asides;
}

/** Headers and footers in the order of the file, each text once: first pages, even pages and sections repeat them. */
function headersOf(
  archive: OfficePackage,
  relationships: readonly Relationship[],
  context: StoryContext,
): readonly DraftBlock[] {
  const seen = new Set<string>();
  return relationships
    .filter(
      ({ type, external, target: name }) =>
        (type === 'header' || type === 'footer') && !external && archive.has(name),
    )
    .flatMap(({ target: name }) => readStory(archive, name, context, 'header').blocks)
    .filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** Charts and diagrams are parts of their own: their words follow the body. */
function drawnTexts(archive: OfficePackage, relationships: readonly Relationship[]): readonly DraftBlock[] {
  return relationships
    .filter(({ type, external }) => drawingTypes.has(type) && !external)
    .flatMap(({ target: name }) => {
      const drawing = new DrawingText();
      archive.readOptional(name, drawing);
      return [...drawing.texts].map((text): DraftBlock => ({ type: 'paragraph', text }));
    });
}

/** Notes that nothing refers to any more: no word processor shows them. Those with a type in place of an id are separators. */
function unreferred(asides: Asides): readonly DraftBlock[] {
  const notes = (['footnote', 'endnote'] as const).flatMap((kind) => asides.rest(kind, /^-?\d+$/));
  return notes.map((block) => ({ ...block, zone: block.zone ?? 'hidden' }));
}

function withoutSheet(block: DraftBlock): TextBlock {
  const { sheet: _, ...rest } = block;
  return rest;
}

/**
 * Whether the sheets can be cited. Word leaves records out where a table or a section begins a page, and other
 * programs write none; the count of pages that it keeps beside them tells whether all are there.
 */
function sheetsHold(archive: OfficePackage, body: Story): boolean {
  if (body.sheets.recorded === 0) return false;
  const properties = new Properties();
  const name = archive.relationships('').find(({ type }) => type === 'extended-properties')?.target;
  archive.readOptional(name ?? 'docProps/app.xml', properties);
  const pages = properties.pages;
  return pages === undefined || pages === body.sheets.sheet;
}

function metadataOf(archive: OfficePackage): FileMetadata {
  const properties = new Properties();
  const name = archive.relationships('').find(({ type }) => type === 'core-properties')?.target;
  archive.readOptional(name, properties);
  return properties.metadata();
}

/** Files that are set into the text, its headers, its notes or its comments, each once. */
function childrenOf(
  archive: OfficePackage,
  relationships: readonly Relationship[],
  types: ReadonlySet<string>,
): readonly Extraction[] {
  const parts = relationships.filter(({ type, external }) => textParts.has(type) && !external);
  const all = [relationships, ...parts.map(({ target: name }) => archive.relationships(name))].flat();
  const found = new Map<string, Extraction>();
  for (const { type, external, target: name } of all) {
    if (!types.has(type) || external || found.has(name)) continue;
    const bytes = archive.part(name);
    if (bytes !== undefined) found.set(name, objectInBytes(bytes, name.replace(/^word\//, '')));
  }
  return [...found.values()];
}
