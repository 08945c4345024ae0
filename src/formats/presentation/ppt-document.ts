import {
  kind,
  type PptRecord,
  recordAt,
  recordsIn,
  recordsWithin,
  textOf,
  wordArtOf,
} from './ppt-records.ts';
import { Slide } from './slide.ts';

/** A text with what it is to its slide (MS-PPT 2.13.33). */
interface PptText {
  readonly type: number;
  readonly text: string;
}

const titleTypes = new Set([0, 6]);
const otherText = 4;
/** A lone asterisk stands for a number or date that the program fills in. */
const filledIn = /^\s*\*\s*$/;

/** A slide, or a page of notes, in the lists of the document. */
interface ListedPage {
  readonly persist: number;
  readonly id: number;
  /** Texts of its placeholders, which its shapes name by number. */
  readonly texts: PptText[];
}

/** Reads the `PowerPoint Document` stream of a PPT file (MS-PPT), by the directory of its last edit. */
export class PptDocument {
  private readonly stream: DataView;
  private readonly places: ReadonlyMap<number, number>;
  private readonly documentPlace: number | undefined;
  /** Whether the text is encrypted. */
  readonly encrypted: boolean;

  /** `currentUser`: the stream of that name, which says where the last edit is. */
  constructor(stream: Uint8Array, currentUser: Uint8Array | undefined) {
    this.stream = viewOf(stream);
    const edits = [...editsOf(this.stream, currentUser)];
    this.encrypted = edits.some(({ data }) => data.byteLength >= 32);
    this.places = placesOf(this.stream, edits);
    const latest = edits[0]?.data;
    this.documentPlace =
      latest !== undefined && latest.byteLength >= 20
        ? this.places.get(latest.getUint32(16, true))
        : undefined;
  }

  /** Its slides in the order of the show. Empty when the list of them is lost. */
  slides(): readonly Slide[] {
    const document = this.documentPlace === undefined ? undefined : recordAt(this.stream, this.documentPlace);
    if (document === undefined) return [];
    const notes = new Map(this.listed(document, 2).map((page) => [page.id, page]));
    return this.listed(document, 0).map((page, index) => {
      const slide = new Slide(index + 1);
      this.readSlide(slide, page, notes);
      return slide;
    });
  }

  /** Every text in the stream, each once: where there is no list of slides. */
  looseTexts(): readonly string[] {
    const texts = new Set<string>();
    for (const record of recordsWithin(this.stream))
      if (record.kind !== kind.string) for (const text of paragraphs(textOf(record) ?? '')) texts.add(text);
    return [...texts];
  }

  /** The storages of objects set into the slides, packed or not, with a number for each. */
  *objects(): Iterable<{ readonly number: number; readonly packed: boolean; readonly data: Uint8Array }> {
    for (const [number, place] of [...this.places].sort(([a], [b]) => a - b)) {
      const record = recordAt(this.stream, place);
      if (record?.kind !== kind.oleObject || record.data.byteLength < 4) continue;
      const packed = record.instance === 1;
      const bytes = new Uint8Array(record.data.buffer, record.data.byteOffset, record.data.byteLength);
      yield { number, packed, data: packed ? bytes.subarray(4) : bytes };
    }
  }

  private listed(document: PptRecord, list: number): readonly ListedPage[] {
    const pages: ListedPage[] = [];
    for (const record of recordsIn(document.data)) {
      if (record.kind !== kind.slideList || record.instance !== list) continue;
      let type = otherText;
      for (const part of recordsIn(record.data)) {
        if (part.kind === kind.slidePersist && part.data.byteLength >= 16)
          pages.push({ persist: part.data.getUint32(0, true), id: part.data.getUint32(12, true), texts: [] });
        else if (part.kind === kind.textHeader && part.data.byteLength >= 4) {
          type = part.data.getUint32(0, true);
          pages.at(-1)?.texts.push({ type, text: '' });
        } else {
          const text = textOf(part);
          const texts = pages.at(-1)?.texts;
          if (text !== undefined && texts !== undefined) texts[texts.length - 1] = { type, text };
        }
      }
    }
    return pages;
  }

  private readSlide(slide: Slide, page: ListedPage, notes: ReadonlyMap<number, ListedPage>): void {
    const container = this.pageAt(page, kind.slide);
    if (container === undefined) {
      for (const { type, text } of page.texts) put(slide, type, text);
      return;
    }
    slide.hidden = isHidden(container);
    for (const { type, text } of textsOfShapes(container, page.texts)) put(slide, type, text);
    for (const footer of footersOf(container)) slide.add('header', footer);
    const ofSlide = notes.get(notesId(container));
    const notesPage = ofSlide && this.pageAt(ofSlide, kind.notes);
    if (ofSlide !== undefined && notesPage !== undefined)
      for (const { text } of textsOfShapes(notesPage, ofSlide.texts))
        if (!filledIn.test(text)) for (const one of paragraphs(text)) slide.add('note', one);
    for (const comment of commentsOf(container)) slide.add('comment', comment);
  }

  private pageAt(page: ListedPage, wanted: number): PptRecord | undefined {
    const place = this.places.get(page.persist);
    const record = place === undefined ? undefined : recordAt(this.stream, place);
    return record?.kind === wanted ? record : undefined;
  }
}

/** From the last edit back to the first; each names the one before it. */
function* editsOf(stream: DataView, currentUser: Uint8Array | undefined): Iterable<PptRecord> {
  if (currentUser === undefined || currentUser.length < 20) return;
  const seen = new Set<number>();
  let at = viewOf(currentUser).getUint32(16, true);
  while (at !== 0 && !seen.has(at)) {
    seen.add(at);
    const record = recordAt(stream, at);
    if (record?.kind !== kind.userEdit || record.data.byteLength < 20) return;
    yield record;
    at = record.data.getUint32(8, true);
  }
}

/** Where each object that is kept stands now: a later edit goes before an earlier one. */
function placesOf(stream: DataView, edits: readonly PptRecord[]): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const edit of edits) {
    const directory = recordAt(stream, edit.data.getUint32(12, true));
    if (directory?.kind !== kind.persistDirectory) continue;
    const { data } = directory;
    for (let at = 0; at + 4 <= data.byteLength; ) {
      const head = data.getUint32(at, true);
      at += 4;
      for (
        let number = head & 0xfffff, left = head >>> 20;
        left > 0 && at + 4 <= data.byteLength;
        left--, at += 4, number++
      )
        if (!places.has(number)) places.set(number, data.getUint32(at, true));
    }
  }
  return places;
}

/** The texts of a page's shapes in their order; a placeholder's stands in the list of the document. */
function textsOfShapes(page: PptRecord, listed: readonly PptText[]): readonly PptText[] {
  const found: PptText[] = [];
  for (const record of recordsWithin(page.data)) {
    if (record.kind === kind.drawingProperties) {
      const text = wordArtOf(record);
      if (text !== undefined) found.push({ type: otherText, text });
    } else if (record.kind === kind.drawingText) found.push(...textsOfBox(record, listed));
  }
  return found;
}

function textsOfBox(box: PptRecord, listed: readonly PptText[]): readonly PptText[] {
  const found: PptText[] = [];
  let type = otherText;
  for (const record of recordsIn(box.data)) {
    if (record.kind === kind.textHeader && record.data.byteLength >= 4) type = record.data.getUint32(0, true);
    else if (record.kind === kind.outlineReference && record.data.byteLength >= 4) {
      const text = listed[record.data.getUint32(0, true)];
      if (text !== undefined) found.push(text);
    } else {
      const text = record.kind === kind.string ? undefined : textOf(record);
      if (text !== undefined) found.push({ type, text });
    }
  }
  return found;
}

function put(slide: Slide, type: number, text: string): void {
  if (filledIn.test(text)) return;
  for (const paragraph of paragraphs(text))
    slide.add(titleTypes.has(type) ? 'heading' : 'paragraph', paragraph);
}

/** Paragraphs end with a return; a line that is broken by hand within one, with a vertical tab. */
function paragraphs(text: string): readonly string[] {
  return text
    .split('\r')
    .map((paragraph) => paragraph.replaceAll('\v', '\n').trim())
    .filter((paragraph) => paragraph !== '');
}

function isHidden(slide: PptRecord): boolean {
  for (const { kind: of, data } of recordsIn(slide.data))
    if (of === kind.slideShowInfo && data.byteLength >= 12) return (data.getUint16(10, true) & 4) !== 0;
  return false;
}

function notesId(slide: PptRecord): number {
  for (const { kind: of, data } of recordsIn(slide.data))
    if (of === kind.slideAtom && data.byteLength >= 20) return data.getUint32(16, true);
  return 0;
}

const footerInstance = 2;

function footersOf(slide: PptRecord): readonly string[] {
  const containers = [...recordsIn(slide.data)].filter((record) => record.kind === kind.headersFooters);
  return containers.flatMap(({ data }) =>
    [...recordsIn(data)].flatMap((record) =>
      record.kind === kind.string && record.instance === footerInstance ? [textOf(record) ?? ''] : [],
    ),
  );
}

/** A comment's author is its first string, its text the second. */
function commentsOf(slide: PptRecord): readonly string[] {
  const comments: string[] = [];
  for (const record of recordsWithin(slide.data)) {
    if (record.kind !== kind.comment) continue;
    const strings = new Map<number, string>();
    for (const part of recordsIn(record.data))
      if (part.kind === kind.string) strings.set(part.instance, textOf(part)?.trim() ?? '');
    const [author = '', text = ''] = [strings.get(0), strings.get(1)];
    if (text !== '') comments.push(author === '' ? text : `${author}: ${text}`);
  }
  return comments;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
