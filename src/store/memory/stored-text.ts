import { lastAtOrBefore } from '../../model/outline.ts';
import { decodeCheckpoints, decodeChunk, decodeOutline, decodeUnits } from '../encoding.ts';
import { documentProblems } from '../soundness.ts';
import type { StoredDocument } from '../store.ts';

/** Decodes the chunks that the stretch lies in, and no others. */
export function textOf({ chunks }: StoredDocument, start: number, end: number): string {
  const parts: string[] = [];
  for (let i = Math.max(0, lastAtOrBefore(chunks.starts, start)); i < chunks.data.length; i++) {
    const from = chunks.starts[i];
    const data = chunks.data[i];
    if (from === undefined || data === undefined || from >= end) break;
    parts.push(decodeChunk(data).slice(Math.max(0, start - from), Math.max(0, end - from)));
  }
  return parts.join('');
}

/** What is wrong with a document as it is stored, a sentence each. */
export function storedProblems(document: StoredDocument): readonly string[] {
  const { record, textHash, tables } = document;
  return documentProblems({
    record,
    text: textOf(document, 0, Number.MAX_SAFE_INTEGER),
    textHash,
    outline: decodeOutline(tables.outline),
    units: decodeUnits(tables.units),
    checkpoints: decodeCheckpoints(tables.checkpoints),
  });
}
