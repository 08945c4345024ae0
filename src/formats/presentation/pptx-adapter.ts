import { DrawingText, drawingTypes } from '../docx/drawing-text.ts';
import { OfficePackage, type Relationship } from '../docx/package.ts';
import { packageMetadata } from '../docx/properties.ts';
import { readXml, type XmlAttributes, XmlError, type XmlHandler } from '../docx/xml.ts';
import { isZip } from '../docx/zip.ts';
import { objectInBytes } from '../embedded-objects.ts';
import type { Adapter, Extraction, ReadOptions } from '../extraction.ts';
import { withRefusals } from '../refusals.ts';
import { CommentAuthors, SlideComments } from './pptx-comments.ts';
import { PptxSlide } from './pptx-slide.ts';
import { Slide } from './slide.ts';
import { type ReadPresentation, slideExtractions } from './slide-extractions.ts';

/**
 * PowerPoint presentations of 2007 and later, a sheet a slide. What only says what belongs there ("Click to edit") is left
 * out; what the presenter alone sees is kept apart.
 */
export const pptxAdapter: Adapter = {
  name: 'pptx',
  version: 2,
  recognises: ({ bytes }) => (isZip(bytes) ? 0.9 : 0),
  read: (bytes, options) => withRefusals(() => readPackage(bytes, options)),
};

function readPackage(bytes: Uint8Array, options: ReadOptions): Iterable<Extraction> {
  const archive = new OfficePackage(bytes);
  const main = mainPart(archive);
  if (main !== undefined) return slideExtractions(new PptxReader(archive, main).read(), 'pptx', options);
  const reason = 'The file is damaged: there is no presentation in the archive.';
  return [{ type: 'unreadable', outcome: 'failed', reason }];
}

function mainPart(archive: OfficePackage): string | undefined {
  const named = archive.relationships('').find(({ type }) => type === 'officeDocument')?.target;
  return [named, 'ppt/presentation.xml'].find((name) => name !== undefined && archive.has(name));
}

/** `presentation.xml`: the slides in the order in which they are shown, by their relationships. */
class SlideList implements XmlHandler {
  readonly relationships: string[] = [];

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'p:sldId') this.relationships.push(attributes['r:id'] ?? '');
  }

  close(): void {
    // slides are attributes
  }

  text(): void {
    // slides are attributes
  }
}

/** Relationships to parts that are read as files of their own. */
const childTypes = new Set(['package', 'oleObject', 'audio', 'video', 'media']);

class PptxReader {
  private readonly archive: OfficePackage;
  private readonly main: string;
  private readonly remarks: string[] = [];
  private readonly masters = new Set<string>();
  private readonly children = new Map<string, Extraction>();

  constructor(archive: OfficePackage, main: string) {
    this.archive = archive;
    this.main = main;
  }

  read(): ReadPresentation {
    const list = new SlideList();
    this.archive.readOptional(this.main, list);
    const relationships = this.archive.relationships(this.main);
    const authors = new CommentAuthors();
    for (const { target, type } of relationships)
      if (type === 'commentAuthors' || type === 'authors') this.archive.readOptional(target, authors);
    const slides: Slide[] = [];
    for (const id of list.relationships) {
      const slide = new Slide(slides.length + 1);
      slides.push(slide);
      const part = relationships.find((one) => one.id === id)?.target;
      if (part === undefined || !this.archive.has(part))
        this.remarks.push(`Slide ${slides.length} is missing from the file.`);
      else this.readSlide(slide, part, authors.names);
    }
    return {
      slides,
      metadata: packageMetadata(this.archive),
      remarks: [...new Set([...this.archive.problems, ...this.remarks])],
      children: [...this.children.values()],
    };
  }

  private readSlide(slide: Slide, part: string, authors: ReadonlyMap<string, string>): void {
    const own = this.archive.relationships(part);
    const content = new PptxSlide(slide, 'slide');
    this.readPart(part, content);
    this.readMasters(slide, own);
    this.readDrawings(slide, own);
    for (const { id, external, target } of own)
      if (external && content.links.has(id)) slide.add('note', target);
    for (const { target } of own.filter(({ type, external }) => type === 'notesSlide' && !external))
      this.readPart(target, new PptxSlide(slide, 'notes'));
    const comments = new SlideComments(authors);
    for (const { target } of own.filter(({ type, external }) => type === 'comments' && !external))
      this.archive.readOptional(target, comments);
    for (const text of comments.texts) slide.add('comment', text);
    this.takeChildren(own);
  }

  /** What stands on a layout or its master is shown on each of its slides; it is read with the first of them. */
  private readMasters(slide: Slide, own: readonly Relationship[]): void {
    for (const { target, external } of own.filter(
      ({ type }) => type === 'slideLayout' || type === 'slideMaster',
    )) {
      if (external || this.masters.has(target)) continue;
      this.masters.add(target);
      this.readPart(target, new PptxSlide(slide, 'master'));
      this.readMasters(slide, this.archive.relationships(target));
    }
  }

  private readPart(name: string, handler: XmlHandler): void {
    try {
      readXml(this.archive.part(name) ?? new Uint8Array(), handler);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.remarks.push(`${name} is damaged; what stands before the damage was read.`);
    }
  }

  /** Charts and diagrams are parts of their own: their words follow the slide's. */
  private readDrawings(slide: Slide, own: readonly Relationship[]): void {
    for (const { target } of own.filter(({ type, external }) => drawingTypes.has(type) && !external)) {
      const drawing = new DrawingText();
      this.archive.readOptional(target, drawing);
      for (const text of drawing.texts) slide.add('paragraph', text);
    }
  }

  private takeChildren(own: readonly Relationship[]): void {
    for (const { type, external, target } of own) {
      if (!childTypes.has(type) || external || this.children.has(target)) continue;
      const bytes = this.archive.part(target);
      if (bytes !== undefined)
        this.children.set(
          target,
          objectInBytes(bytes, target.replace(/^ppt\/(?:embeddings\/|media\/)?/, '')),
        );
    }
  }
}
