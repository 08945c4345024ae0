import type { Child, LostChild } from '../extraction.ts';
import type { Decrypt } from './apart.ts';
import type { OpenedPdf } from './opened-pdf.ts';
import { filledBytes, wideText } from './pdfium-strings.ts';

/** A file attached to a page by one of its annotations. */
export interface PinnedFile {
  readonly sheet: number;
  /** Of the annotation on its page. */
  readonly index: number;
}

/** Bytes, where a person sets no limit. */
export const standardUnfoldLimit = 1024 * 1024 * 1024;

export const notTakenOut =
  'The PDF names this file as attached, but it cannot be taken out: it is missing, damaged or encrypted.';

export function beyondLimit(limit: number): string {
  return `With it the attached files would take more than ${Math.round(limit / 1024 / 1024)} MB.`;
}

export function lostAttachment(name: string, outcome: LostChild['outcome'], reason: string): LostChild {
  return { type: 'lost-child', relation: 'attachment', name, outcome, reason };
}

/** Which files are to be taken out. */
export interface WantedFiles {
  /** How many of the PDF's own list (a portfolio's members are in it too), from its start. */
  readonly list: number;
  readonly pinned: readonly PinnedFile[];
}

/**
 * Takes files out of a PDF that has just been opened: those of its list, then those pinned to pages.
 * @param unfoldLimit Bytes that all of them may have together.
 * @param decrypt For files that are encrypted by themselves.
 * @param obstacle Why none of them can be had: each is then lost for it.
 */
export function readAttachments(
  pdf: OpenedPdf,
  { list, pinned }: WantedFiles,
  obstacle: Obstacle | undefined,
  unfoldLimit: number,
  decrypt?: Decrypt,
): readonly (Child | LostChild)[] {
  const { calls } = pdf.instance;
  const reader = new AttachmentReader(pdf, obstacle, unfoldLimit, decrypt);
  for (let i = 0; i < list; i++) reader.take(calls.FPDFDoc_GetAttachment(pdf.document, i));
  for (const { sheet, index } of pinned) {
    const page = calls.FPDF_LoadPage(pdf.document, sheet - 1);
    const annotation = page === 0 ? 0 : calls.FPDFPage_GetAnnot(page, index);
    reader.take(annotation === 0 ? 0 : calls.FPDFAnnot_GetFileAttachment(annotation));
    if (annotation !== 0) calls.FPDFPage_CloseAnnot(annotation);
    if (page !== 0) calls.FPDF_ClosePage(page);
  }
  return reader.taken;
}

/** Why no attached file can be taken out. */
export type Obstacle = Pick<LostChild, 'outcome' | 'reason'>;

export const encryptedApart: Obstacle = {
  outcome: 'encrypted',
  reason: 'The attached file is encrypted apart from the rest of the PDF, and could not be opened.',
};

class AttachmentReader {
  readonly taken: (Child | LostChild)[] = [];
  readonly #pdf: OpenedPdf;
  readonly #obstacle: Obstacle | undefined;
  readonly #limit: number;
  readonly #decrypt: Decrypt;
  readonly #names = new AttachmentNames();
  readonly #kept: { readonly given: string; readonly bytes: Uint8Array }[] = [];
  #bytes = 0;

  constructor(
    pdf: OpenedPdf,
    obstacle: Obstacle | undefined,
    limit: number,
    decrypt: Decrypt = (bytes) => bytes,
  ) {
    this.#decrypt = decrypt;
    this.#pdf = pdf;
    this.#obstacle = obstacle;
    this.#limit = limit;
  }

  /** @param attachment PDFium's handle; 0 for one that it cannot find. */
  take(attachment: number): void {
    const { instance } = this.#pdf;
    const given =
      attachment === 0
        ? ''
        : wideText(instance, (buffer, size) =>
            instance.calls.FPDFAttachment_GetName(attachment, buffer, size),
          );
    if (this.#obstacle !== undefined) {
      const { outcome, reason } = this.#obstacle;
      this.taken.push(lostAttachment(this.#names.unique(given), outcome, reason));
      return;
    }
    const bytes = attachment === 0 ? undefined : this.#bytesOf(attachment);
    if (bytes === undefined) {
      this.taken.push(lostAttachment(this.#names.unique(given), 'failed', notTakenOut));
    } else if (!this.#isTaken(given, bytes)) this.#keep(given, bytes);
  }

  #keep(given: string, bytes: Uint8Array): void {
    const name = this.#names.unique(given);
    this.#bytes += bytes.length;
    if (this.#bytes > this.#limit) {
      this.taken.push(lostAttachment(name, 'too-large', beyondLimit(this.#limit)));
      return;
    }
    this.taken.push({ type: 'child', relation: 'attachment', name, bytes });
    this.#kept.push({ given, bytes });
  }

  /** A file of the list may be pinned to pages too. */
  #isTaken(given: string, bytes: Uint8Array): boolean {
    return this.#kept.some((one) => one.given === given && Buffer.compare(one.bytes, bytes) === 0);
  }

  #bytesOf(attachment: number): Uint8Array | undefined {
    const { instance, scratch } = this.#pdf;
    const { calls, heap } = instance;
    let found = false;
    const bytes = filledBytes(instance, (buffer, size) => {
      found = calls.FPDFAttachment_GetFile(attachment, buffer, size, scratch) !== 0;
      return found ? new DataView(heap.HEAPU8.buffer).getUint32(scratch, true) : 0;
    });
    return found ? this.#decrypt(bytes) : undefined;
  }
}

/** Gives each attached file a name of its own, without folders: what looks like a path is a name too. */
export class AttachmentNames {
  readonly #taken = new Set<string>();

  unique(given: string): string {
    const name = given.replace(/[/\\\p{Cc}]+/gu, '_').trim() || 'attachment';
    const [, stem = name, ending = ''] = /^(.+?)(\.[^.]{1,10})?$/.exec(name) ?? [];
    let unique = name;
    for (let i = 2; this.#taken.has(unique); i++) unique = `${stem} (${i})${ending}`;
    this.#taken.add(unique);
    return unique;
  }
}
