import type { Adapter, Extraction } from '../extraction.ts';
import { objectFile } from './objects.ts';
import { RtfReader } from './reader.ts';

/**
 * Rich Text Format: the text in the encodings of its fonts, with the numbers that it prints, recorded changes, notes,
 * comments, headers, text boxes and tables; embedded files as children. Pictures are not read.
 */
export const rtfAdapter: Adapter = {
  name: 'rtf',
  version: 1,
  recognises: ({ head }) =>
    Buffer.from(head.subarray(0, 6)).toString('latin1').startsWith('{\\rtf') ? 0.95 : 0,
  async *read(bytes) {
    const reader = new RtfReader();
    const blocks = reader.read(bytes);
    yield textOf(blocks, reader);
    for (const [index, data] of reader.objects.entries()) yield objectFile(data, index + 1);
  },
};

function textOf(blocks: ReturnType<RtfReader['read']>, { metadata, problems }: RtfReader): Extraction {
  if (blocks.length > 0) {
    const content = { layout: 'blocks' as const, blocks };
    return { type: 'text', reader: 'rtf', content, metadata, remarks: problems };
  }
  const reason =
    problems.length > 0 ? `No text could be read. ${problems.join(' ')}` : 'The document holds no text.';
  return { type: 'unreadable', outcome: problems.length > 0 ? 'failed' : 'empty', reason };
}
