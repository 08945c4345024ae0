import type { Child, FileMetadata, LostChild, ReadOptions, SheetText, TextRun } from '../extraction.ts';
import { sheetsInWords } from '../sheet-list.ts';
import { decryptionApart } from './apart.ts';
import {
  encryptedApart,
  lostAttachment,
  type Obstacle,
  type PinnedFile,
  readAttachments,
  standardUnfoldLimit,
  type WantedFiles,
} from './attachments.ts';
import { encryptsAttachmentsApart } from './encryption.ts';
import { obstacleTo, takingAttachments } from './left-out.ts';
import { closePdf, type OpenedPdf, type Opening, openPdf } from './opened-pdf.ts';
import { passwordForms } from './passwords.ts';
import { discardPdfium } from './pdfium-instance.ts';
import { type PdfiumSheet, readSheet, SheetError } from './pdfium-sheet.ts';
import { signatureLines } from './signatures.ts';
import { xfaLines } from './xfa.ts';

/** What PDFium makes of a file. A failure is a value here, because the second reader is asked before anything is said. */
export type FirstReading =
  | {
      readonly type: 'read';
      /** Sheets of the file, whether asked for or not. */
      readonly count: number;
      /** Those that were asked for. */
      readonly sheets: readonly SheetText[];
      /** Numbers of the sheets that failed, or that gave nothing although they are no mere pictures. */
      readonly suspicious: readonly number[];
      /** Numbers of the sheets on which nothing at all is drawn. */
      readonly blank: readonly number[];
      /** Numbers of the sheets that are pictures with hardly any text. */
      readonly pictures: readonly number[];
      readonly metadata: FileMetadata;
      readonly attachments: readonly (Child | LostChild)[];
      /** Sentences for the ledger. */
      readonly remarks: readonly string[];
    }
  | Exclude<Opening, OpenedPdf>;

/** Reads the sheets that the options ask for, and the files attached to them. */
export async function readWithPdfium(bytes: Uint8Array, options: ReadOptions): Promise<FirstReading> {
  let opened = await openPdf(bytes, passwordForms(options.passwords ?? []));
  if (opened.type !== 'open') return opened;
  const { count, metadata, key } = opened;
  const read: PdfiumSheet[] = [];
  for (const sheet of options.sheets?.filter((number) => number <= count) ?? upTo(count)) {
    const problem = obstacleTo({ part: 'sheet', sheet }, options);
    if (problem !== undefined) {
      read.push(unreadSheet(sheet, problem));
      continue;
    }
    let tried = attemptSheet(opened, sheet, () => obstacleTo({ part: 'drawing', sheet }, options));
    // The fault may lie with what the instance read before: only a fresh one can say that it is this sheet's.
    for (let again = true; tried.poisoned; again = false) {
      opened = await openPdf(bytes, [key]);
      if (opened.type !== 'open') return opened;
      if (!again) break;
      tried = attemptSheet(opened, sheet, () => 'PDFium stopped over it');
    }
    read.push(tried);
  }
  const { sheets, remarks } = withFormTexts(opened, read);
  const pinned: readonly PinnedFile[] = read.flatMap(({ text: { sheet }, files }) =>
    files.map((index) => ({ sheet, index })),
  );
  const list = attachedList(opened, options);
  closePdf(opened);
  const attachments = await takeAttachments(bytes, key, { list, pinned }, options);
  const numbers = (wanted: (sheet: PdfiumSheet) => boolean) =>
    read.filter(wanted).map(({ text }) => text.sheet);
  return {
    type: 'read',
    count,
    sheets,
    suspicious: numbers(({ suspicious }) => suspicious),
    blank: numbers(({ blank }) => blank),
    pictures: numbers(({ picture }) => picture),
    metadata,
    attachments,
    remarks: [...remarks, ...unlooked(read)],
  };
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** @param againstDrawing Says why the sheet is not to be drawn, when it is not. */
function attemptSheet(
  opened: OpenedPdf,
  sheet: number,
  againstDrawing: () => string | undefined,
): PdfiumSheet & { readonly poisoned: boolean } {
  try {
    return { ...readSheet(opened, sheet - 1, againstDrawing), poisoned: false };
  } catch (error) {
    const poisoned = !(error instanceof SheetError);
    if (poisoned) discardPdfium();
    const reason = error instanceof SheetError ? error.message : trapInWords(error);
    const failed = unreadSheet(sheet, `the sheet could not be read: ${reason}`);
    return { ...failed, suspicious: true, poisoned };
  }
}

/** Where it was not looked for hidden text, and why on the first such sheet. */
function unlooked(read: readonly PdfiumSheet[]): readonly string[] {
  const sheets = read.filter((sheet) => sheet.unlooked !== undefined);
  const [first] = sheets;
  if (first === undefined) return [];
  const where = sheetsInWords(sheets.map(({ text }) => text.sheet));
  return [`Text that may be hidden was not looked at on ${where} (on the first, ${first.unlooked}).`];
}

function unreadSheet(sheet: number, problem: string): PdfiumSheet {
  const text = { sheet, width: 0, height: 0, runs: [], problem };
  return { text, suspicious: false, blank: false, picture: false, files: [], signed: false };
}

function trapInWords(error: unknown): string {
  return `PDFium stopped: ${error instanceof Error ? error.message : String(error)}`;
}

/** Adds what belongs to the file's form as a whole to the sheets where people look for it. */
function withFormTexts(
  opened: OpenedPdf,
  read: readonly PdfiumSheet[],
): { readonly sheets: readonly SheetText[]; readonly remarks: readonly string[] } {
  const [first] = read;
  const isHeld = first?.text.sheet === 1 && first.text.problem === undefined && isPlaceholder(first.text);
  const form = isHeld ? attempt(() => xfaLines(opened)) : [];
  const signed = read.findIndex((sheet) => sheet.signed);
  const signers = signed < 0 ? [] : attempt(() => signatureLines(opened));
  const sheets = read.map(({ text }, i) => {
    const typed = i === 0 && typeof form !== 'string' ? listed(text, form) : [];
    const signatures = i === signed && typeof signers !== 'string' ? listed(text, signers) : [];
    const added = [...typed, ...signatures.map((run) => ({ ...run, zone: 'comment' as const }))];
    return added.length === 0 ? text : { ...text, runs: [...text.runs, ...added] };
  });
  const remarks = [
    ...(typeof form === 'string' ? [`The data of the file's XFA form could not be read: ${form}.`] : []),
    ...(typeof form !== 'string' && form.length > 0 ? [fromXfa] : []),
    ...(typeof signers === 'string' ? [`The signatures of the file could not be read: ${signers}.`] : []),
  ];
  return { sheets, remarks };
}

const fromXfa =
  'The form is built when it is opened (XFA) and its page shows at most a notice; the text is that of its data, in the order of the form.';

/** The only page that readers without XFA are to see: "Please wait…", or nothing. */
function isPlaceholder({ runs }: SheetText): boolean {
  const text = runs.map((run) => run.text).join(' ');
  return (
    text.trim() === '' ||
    (text.length < 3000 && /please wait|adobe reader|viewer (?:may|can) not/i.test(text))
  );
}

/** Lines that the file gives no places for, spread evenly over the sheet. */
function listed({ width, height }: SheetText, lines: readonly string[]): readonly TextRun[] {
  const pitch = height / (lines.length + 1);
  return lines.map((text, i) => ({
    text,
    box: { left: 0, right: width, top: (i + 0.2) * pitch, bottom: (i + 1) * pitch },
  }));
}

/** How many files the PDF lists as attached. Whoever reads it in parts reads its first sheet in one of them, and the list with it. */
function attachedList({ instance, document }: OpenedPdf, { sheets }: ReadOptions): number {
  if (sheets !== undefined && !sheets.includes(1)) return 0;
  const count = attempt(() => instance.calls.FPDFDoc_GetAttachmentCount(document));
  return typeof count === 'string' ? 0 : count;
}

/** Opens the file anew: what is drawn over a page was made part of it, and with it went the files pinned there. */
async function takeAttachments(
  bytes: Uint8Array,
  key: Uint8Array,
  wanted: WantedFiles,
  options: ReadOptions,
): Promise<readonly (Child | LostChild)[]> {
  if (wanted.list === 0 && wanted.pinned.length === 0) return [];
  const problem = obstacleTo(takingAttachments, options);
  const opened = await openPdf(bytes, [key]);
  if (opened.type !== 'open') return [notTaken('PDFium cannot open it again')];
  const limit = options.unfoldLimit ?? standardUnfoldLimit;
  const isApart = encryptsAttachmentsApart(bytes);
  const decrypt = isApart ? decryptionApart(bytes, passwordForms(options.passwords ?? []), limit) : undefined;
  const obstacle = obstacleToAttachments(problem, isApart && decrypt === undefined);
  const attachments = attempt(() => readAttachments(opened, wanted, obstacle, limit, decrypt));
  closePdf(opened);
  return typeof attachments === 'string' ? [notTaken(attachments)] : attachments;
}

function obstacleToAttachments(problem: string | undefined, isLocked: boolean): Obstacle | undefined {
  if (problem !== undefined) {
    return { outcome: 'failed', reason: `Not taken out of the PDF: ${problem}.` };
  }
  return isLocked ? encryptedApart : undefined;
}

function notTaken(problem: string): LostChild {
  const reason = `Files attached to the PDF could not be taken out: ${problem}.`;
  return lostAttachment('attached files', 'failed', reason);
}

/** What was asked for, or in words how PDFium broke down over it: the text that was read before is kept. */
function attempt<T>(ask: () => T): T | string {
  try {
    return ask();
  } catch (error) {
    discardPdfium();
    return trapInWords(error);
  }
}
