import type { OfficePackage } from '../docx/package.ts';
import type { TextBlock } from '../extraction.ts';
import { declaredEncoding, readHtmlText } from '../html.ts';
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

/**
 * Reads one chapter, a page of XHTML, as web pages are read.
 * @throws ZipError when it is too large, or packed in an unknown way.
 */
export async function readChapter(
  archive: OfficePackage,
  name: string,
  isEncrypted: IsEncrypted,
): Promise<Chapter> {
  if (isEncrypted(name)) return lost('is encrypted');
  const member = archive.member(name);
  if (member === undefined) return lost('is missing from the file');
  const { bytes } = member;
  if (bytes.length > longestText) return lost('is larger than can be held at once');
  const damaged = member.problem === undefined ? {} : { problem: 'is damaged' };
  if (bytes.length === 0) return { blocks: [], remarks: [], ...damaged };
  if (textAdapter.recognises({ extension: '', head: bytes.subarray(0, sniffedBytes), bytes }) === 0)
    return lost('is damaged: it is no text');
  const { text, remarks } = await decodeText(bytes, declaredEncoding(bytes));
  return { blocks: readHtmlText(text, { xhtml: true }).blocks, remarks, ...damaged };
}

const sniffedBytes = 4096;

function lost(problem: string): Chapter {
  return { blocks: [], problem, remarks: [] };
}

/** The chapter on a sheet of its own. Without text it is an empty block, so that it is counted. */
export function chapterBlocks({ blocks, problem }: Chapter, sheet: number): readonly TextBlock[] {
  const [first = { type: 'paragraph', text: '' } satisfies TextBlock, ...rest] = blocks;
  return [
    { ...first, sheet, ...(problem === undefined ? {} : { problem: `the chapter ${problem}` }) },
    ...rest,
  ];
}
