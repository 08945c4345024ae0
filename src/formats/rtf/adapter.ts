import type { Adapter } from '../extraction.ts';
import { textOrContainer } from '../text-or-container.ts';
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
    const { metadata, problems } = reader;
    const content = { layout: 'blocks' as const, blocks };
    const text = { type: 'text' as const, reader: 'rtf', content, metadata, remarks: problems };
    const children = reader.objects.map((data, index) => objectFile(data, index + 1));
    yield* textOrContainer(blocks.length > 0 ? text : undefined, { noun: 'document', problems, children });
  },
};
