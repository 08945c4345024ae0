import type { Box, TextRun } from '../extraction.ts';
import { readField } from './form-fields.ts';
import type { OpenedPdf } from './opened-pdf.ts';
import { isoFromPdfDate } from './pdf-date.ts';
import { byteText, wideText, withName } from './pdfium-strings.ts';
import { boxOnSheet, type SheetFrame } from './sheet-frame.ts';

/** Subtypes as PDFium numbers them (fpdf_annot.h). */
const link = 2;
const freeText = 3;
const stamp = 13;
const popup = 16;
const attachedFile = 17;
const widget = 20;
const redaction = 28;
/** Marks that say something even where nobody typed a word. */
const markNames: Readonly<Record<number, string>> = {
  9: 'highlight',
  10: 'underline',
  11: 'underline',
  12: 'strike-out',
  [stamp]: 'stamp',
  14: 'insertion mark',
  [redaction]: 'mark for redaction',
};
const normalAppearance = 0;
/** Flags that keep an annotation from the screen: Hidden and NoView (ISO 32000-1, 12.5.3). */
const unseenFlags = 2 | 32;

/** Text that belongs to an annotation or form field, whether or not a viewer shows it. */
export interface Note {
  readonly text: string;
  readonly box: Box;
  readonly zone?: 'comment' | 'hidden';
  /** It is meant to be seen on the page, so that it is left out where the page's own text has it. */
  readonly shown: boolean;
  /** Each line stands by itself: a list may show some of its lines, and the others when it is scrolled. */
  readonly isList?: true;
}

/** What hangs on a page besides its contents. */
export interface PageAnnotations {
  readonly notes: readonly Note[];
  /** Something is drawn over the page (filled-in fields, stamps, typed notes), which is part of what a viewer shows. */
  readonly drawn: boolean;
  /** Indexes of the annotations that carry a file. */
  readonly files: readonly number[];
  /** There is a signed signature field. */
  readonly signed: boolean;
}

/** Texts of the annotations and form fields of a page, in their order in the file, placed on its sheet. */
export function readAnnotations(pdf: OpenedPdf, page: number, frame: SheetFrame): PageAnnotations {
  const { calls } = pdf.instance;
  const count = calls.FPDFPage_GetAnnotCount(page);
  const notes: Note[] = [];
  const files: number[] = [];
  let drawn = false;
  let signed = false;
  for (let i = 0; i < count; i++) {
    const annotation = calls.FPDFPage_GetAnnot(page, i);
    if (annotation === 0) continue;
    const subtype = calls.FPDFAnnot_GetSubtype(annotation);
    if (subtype === attachedFile) files.push(i);
    if (subtype !== popup) {
      drawn ||= subtype !== link && calls.FPDFAnnot_GetAP(annotation, normalAppearance, 0, 0) > 2;
      const field = subtype === widget ? readField(pdf, annotation) : undefined;
      signed ||= field?.isSignature === true;
      const box = annotationBox(pdf, annotation, frame);
      const found = field?.notes ?? (subtype === link ? linkNotes : commentNotes)(pdf, annotation, subtype);
      const unseen = (calls.FPDFAnnot_GetFlags(annotation) & unseenFlags) !== 0;
      for (const note of found) notes.push({ ...note, box, ...(unseen && { zone: 'hidden' }) });
    }
    calls.FPDFPage_CloseAnnot(annotation);
  }
  return { notes, drawn, files, signed };
}

/** A note before it is known where its annotation lies. */
export type Remark = Omit<Note, 'box'>;

/** Where a link leads to outside the file: what the page prints there may say otherwise. */
function linkNotes({ instance, document }: OpenedPdf, annotation: number): readonly Remark[] {
  const { calls } = instance;
  const toAddress = 3;
  const target = calls.FPDFAnnot_GetLink(annotation);
  const action = target === 0 ? 0 : calls.FPDFLink_GetAction(target);
  if (action === 0 || calls.FPDFAction_GetType(action) !== toAddress) return [];
  const text = byteText(instance, (buffer, size) =>
    calls.FPDFAction_GetURIPath(document, action, buffer, size),
  );
  return text.trim() === '' ? [] : [{ text, zone: 'comment', shown: true }];
}

function commentNotes(pdf: OpenedPdf, annotation: number, subtype: number): readonly Remark[] {
  const said = contents(pdf, annotation);
  const by = authorship(pdf, annotation);
  if (subtype === freeText) {
    const typed: Remark = { text: said, zone: 'comment', shown: true };
    return [
      ...(said === '' ? [] : [typed]),
      ...(by === '' ? [] : [{ text: by, zone: 'comment', shown: false } as const]),
    ];
  }
  const mark = subtype === stamp ? stampName(pdf, annotation) : markNames[subtype];
  const words = [said, subtype === redaction ? overlayText(pdf, annotation) : ''].filter(
    (text) => text !== '',
  );
  const text = words.length > 0 ? words.join('\n') : by !== '' || subtype === stamp ? (mark ?? '') : '';
  if (text === '') return [];
  return [{ text: by === '' ? text : `${by}: ${text}`, zone: 'comment', shown: false }];
}

/** What was typed into it: plain, else the words of its formatted form. */
function contents({ instance }: OpenedPdf, annotation: number): string {
  const plain = stringValue(instance, annotation, 'Contents').trim();
  if (plain !== '') return plain;
  const rich = wideText(instance, (buffer, size) =>
    instance.calls.EPDFAnnot_GetRichContent(annotation, buffer, size),
  );
  return rich
    .replace(/<\/p>|<br\s*\/?>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? '')
    .trim();
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Who made the annotation, and when, and whether it answers another: "Jane Roe, 2015-04-01 09:30, in reply". */
function authorship({ instance }: OpenedPdf, annotation: number): string {
  const author = stringValue(instance, annotation, 'T').trim();
  if (author === '') return '';
  const date =
    isoFromPdfDate(stringValue(instance, annotation, 'M')) ??
    isoFromPdfDate(stringValue(instance, annotation, 'CreationDate'));
  const parts = [author, ...(date === undefined ? [] : [date.slice(0, 16).replace('T', ' ')])];
  return [...parts, ...(isReply(instance, annotation) ? ['in reply'] : [])].join(', ');
}

function isReply(instance: OpenedPdf['instance'], annotation: number): boolean {
  const { calls } = instance;
  const answered = withName(instance, 'IRT', (key) => calls.FPDFAnnot_GetLinkedAnnot(annotation, key));
  if (answered !== 0) calls.FPDFPage_CloseAnnot(answered);
  return answered !== 0;
}

/** The name of a stamp in words: "Not approved" for `/NotApproved` or `#SBNotApproved`. */
function stampName({ instance }: OpenedPdf, annotation: number): string {
  const name = stringValue(instance, annotation, 'Name').replace(/^(?:#?SB|SH|DS)(?=[A-Z])/, '');
  const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words === '' ? 'stamp' : `stamp: ${words}`;
}

function overlayText({ instance }: OpenedPdf, annotation: number): string {
  return wideText(instance, (buffer, size) =>
    instance.calls.EPDFAnnot_GetOverlayText(annotation, buffer, size),
  ).trim();
}

/** The notes as runs: comments, and those meant to be shown that the printed text lacks (a field may have no appearance, or one that cannot be read). */
export function runsOfNotes(notes: readonly Note[], printed: readonly TextRun[]): readonly TextRun[] {
  return notes.flatMap((note) => {
    if (note.isList) return linesIn(note).filter(({ text }) => !isPrinted({ ...note, text }, printed));
    return note.shown && isPrinted(note, printed) ? [] : linesIn(note);
  });
}

function isPrinted({ text, box }: Note, printed: readonly TextRun[]): boolean {
  const within = printed.filter((run) => overlaps(run.box, box)).map((run) => run.text);
  return withoutSpace(within.join('')).includes(withoutSpace(text));
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function withoutSpace(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

/** The lines of a note, spread evenly over its box: the file does not say where they stand. */
function linesIn({ text, box, zone }: Note): readonly TextRun[] {
  const lines = text.split(/[\r\n\u2028\u2029]+/).filter((line) => line.trim() !== '');
  const height = (box.bottom - box.top) / lines.length;
  return lines.map((line, i) => ({
    text: line.trim(),
    box: { ...box, top: box.top + i * height, bottom: box.top + (i + 1) * height },
    ...(zone !== undefined && { zone }),
  }));
}

function annotationBox({ instance, scratch }: OpenedPdf, annotation: number, frame: SheetFrame): Box {
  instance.calls.FPDFAnnot_GetRect(annotation, scratch);
  const at = scratch >> 2;
  const [left = 0, top = 0, right = 0, bottom = 0] = instance.heap.HEAPF32.subarray(at, at + 4);
  return boxOnSheet(frame, left, top, right, bottom);
}

/** The text of one of an annotation's own entries. */
export function stringValue(instance: OpenedPdf['instance'], annotation: number, key: string): string {
  return withName(instance, key, (name) =>
    wideText(instance, (buffer, size) =>
      instance.calls.FPDFAnnot_GetStringValue(annotation, name, buffer, size),
    ),
  );
}
