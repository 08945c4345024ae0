import type { OfficePackage } from '../docx/package.ts';
import { ZipError, type ZipMember } from '../docx/zip.ts';
import type { TextBlock } from '../extraction.ts';
import { declaredEncoding, readHtmlText } from '../html.ts';
import { sheetsInWords } from '../sheet-list.ts';
import { textAdapter } from '../text/adapter.ts';
import { decodeText, longestText } from '../text/decode.ts';
import type { IsEncrypted } from './container.ts';

/** A chapter as it was read. */
export interface Chapter {
  readonly blocks: readonly TextBlock[];
  /** Why nothing of it, or not all, could be read: a clause about it. */
  readonly problem?: string;
  /** Sentences for the ledger. */
  readonly remarks: readonly string[];
}

/** Reads one chapter, a page of XHTML, as web pages are read. What is wrong with it is its problem. */
export async function readChapter(
  archive: OfficePackage,
  name: string,
  isEncrypted: IsEncrypted,
): Promise<Chapter> {
  if (isEncrypted(name)) return lost(encrypted);
  try {
    const member = archive.member(name);
    return member === undefined ? lost('is missing from the file') : await chapterIn(member);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return lost(
      error.outcome === 'encrypted' ? encrypted : `cannot be unpacked: ${error.message.slice(0, -1)}`,
    );
  }
}

async function chapterIn({ bytes, problem }: ZipMember): Promise<Chapter> {
  if (bytes.length > longestText) return lost('is larger than can be held at once');
  const damaged = problem === undefined ? {} : { problem: 'is damaged' };
  if (bytes.length === 0) return { blocks: [], remarks: [], ...damaged };
  if (textAdapter.recognises({ extension: '', head: bytes.subarray(0, sniffedBytes), bytes }) === 0)
    return lost('is damaged: it is no text');
  const { text, remarks } = await decodeText(bytes, declaredEncoding(bytes));
  return { blocks: readHtmlText(text, { xhtml: true }).blocks, remarks, ...damaged };
}

/** The problem of a chapter that only a password or a key opens. */
export const encrypted = 'is encrypted';

const sniffedBytes = 4096;

function lost(problem: string): Chapter {
  return { blocks: [], problem, remarks: [] };
}

/** What is wrong with the chapters of these names: of each kind the first is told, and the sheets of the others. */
export function problemsOf(chapters: readonly Chapter[], names: readonly string[]): readonly string[] {
  const sheets = new Map<string, number[]>();
  for (const [index, { problem }] of chapters.entries())
    if (problem !== undefined) sheets.set(problem, [...(sheets.get(problem) ?? []), index + 1]);
  return [...sheets].map(([problem, [first = 0, ...others]]) => {
    const rest = others.length === 0 ? '' : ` The same holds of ${sheetsInWords(others)}.`;
    return `The chapter on sheet ${first} (${names[first - 1]}) ${problem}.${rest}`;
  });
}

/** The chapter on a sheet of its own. Without text it is an empty block, so that it is counted. */
export function chapterBlocks({ blocks, problem }: Chapter, sheet: number): readonly TextBlock[] {
  const [first = { type: 'paragraph', text: '' } satisfies TextBlock, ...rest] = blocks;
  return [
    { ...first, sheet, ...(problem === undefined ? {} : { problem: `the chapter ${problem}` }) },
    ...rest,
  ];
}
