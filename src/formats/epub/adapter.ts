import { OfficePackage } from '../docx/package.ts';
import { isZip, ZipError } from '../docx/zip.ts';
import type { Adapter, Child, Extraction, FileMetadata, LostChild, ReadOptions } from '../extraction.ts';
import { withRefusals } from '../refusals.ts';
import { textOrContainer } from '../text-or-container.ts';
import { type Chapter, chapterBlocks, encrypted, problemsOf, readChapter } from './chapters.ts';
import { encryptionOf, type IsEncrypted, lockedBy, packageDocumentName } from './container.ts';
import { PackageDocument } from './package-document.ts';
import { readingOrder } from './reading-order.ts';

/** EPUB books: the chapters in their reading order, each on a sheet of its own and read as a web page is. */
export const epubAdapter: Adapter = {
  name: 'epub',
  version: 1,
  recognises: ({ bytes }) => (isZip(bytes) ? 0.9 : 0),
  read: (bytes, options) => withRefusals(() => readBook(bytes, options)),
};

async function readBook(bytes: Uint8Array, options: ReadOptions): Promise<Iterable<Extraction>> {
  const archive = new OfficePackage(bytes);
  const path = packageDocumentName(archive);
  const book = new PackageDocument(path ?? '');
  archive.readOptional(path, book);
  const order = readingOrder(archive, book);
  const isEncrypted = encryptionOf(archive);
  const chapters: Chapter[] = [];
  for (const name of order.chapters) chapters.push(await readChapter(archive, name, isEncrypted));
  const isOrdered = book.spine.length > 0;
  const problems = [
    ...new Set(archive.problems),
    ...(isOrdered ? [] : [orderMissing]),
    ...problemsOf(chapters, order.chapters),
  ];
  const strays = isOrdered && order.strays > 0 ? [strayRemark(order.strays)] : [];
  const remarks = new Set([...problems, ...strays, ...chapters.flatMap((chapter) => chapter.remarks)]);
  const text = textOf(chapters, book.metadata(), [...remarks], options);
  const isLocked = chapters.length > 0 && chapters.every(({ problem }) => problem === encrypted);
  // A book that holds nothing but pictures holds its text in them.
  const isPictured = !isLocked && chapters.every(({ blocks }) => blocks.length === 0);
  const files = isPictured ? [...order.pictures, ...order.others] : order.others;
  const children = files.flatMap((name) => childOf(archive, name, isEncrypted));
  if (!isLocked) return textOrContainer(text, { noun: 'book', problems, children });
  const reason = lockedBy(archive, order.chapters.every(isEncrypted));
  return [...children, { type: 'unreadable', outcome: 'encrypted', reason }];
}

const orderMissing =
  'Its reading order is missing or damaged: the chapters were read in the order of the file.';

function strayRemark(strays: number): string {
  return strays === 1
    ? 'A page that its reading order leaves out was read after the others.'
    : `${strays} pages that its reading order leaves out were read after the others.`;
}

/** Undefined when there is none. */
function textOf(
  chapters: readonly Chapter[],
  metadata: FileMetadata,
  remarks: readonly string[],
  { sheets }: ReadOptions,
): Extract<Extraction, { type: 'text' }> | undefined {
  const wanted = sheets === undefined ? undefined : new Set(sheets);
  const kept = chapters.map((chapter, index) => ({ chapter, sheet: index + 1 }));
  const asked = kept.filter(({ sheet }) => wanted?.has(sheet) ?? true);
  if (asked.every(({ chapter }) => chapter.blocks.length === 0)) return undefined;
  const blocks = asked.flatMap(({ chapter, sheet }) => chapterBlocks(chapter, sheet));
  const content = { layout: 'blocks', blocks } as const;
  const part = wanted === undefined ? {} : { fileSheets: chapters.length };
  return { type: 'text', reader: 'epub', content, metadata, remarks, ...part };
}

function childOf(
  archive: OfficePackage,
  name: string,
  isEncrypted: IsEncrypted,
): readonly (Child | LostChild)[] {
  const relation = 'embedded';
  const lost = (outcome: LostChild['outcome'], reason: string): readonly LostChild[] => [
    { type: 'lost-child', relation, name, outcome, reason },
  ];
  if (isEncrypted(name)) return lost('encrypted', 'It is encrypted by the rights management of the book.');
  try {
    const bytes = archive.part(name);
    return bytes === undefined ? [] : [{ type: 'child', relation, name, bytes }];
  } catch (error) {
    if (error instanceof ZipError) return lost(error.outcome, error.message);
    throw error;
  }
}
