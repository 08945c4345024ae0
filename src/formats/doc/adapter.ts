import { CompoundStreams } from '../compound-streams.ts';
import { embeddedObjects } from '../embedded-objects.ts';
import type { Adapter, Extraction } from '../extraction.ts';
import { documentProperties } from '../property-set.ts';
import { textOrContainer } from '../text-or-container.ts';
import { readWordBlocks } from './document.ts';
import { FileInformation } from './file-information.ts';

/**
 * Word documents before 2007, in compound files: Word 97 to 2003 with the numbers of their lists, recorded changes,
 * notes, comments, headers and text boxes; of Word 6 and 95 the text.
 */
export const docAdapter: Adapter = {
  name: 'doc',
  version: 1,
  recognises: ({ bytes }) => (new CompoundStreams(bytes).has('WordDocument') ? 0.9 : 0),
  async *read(bytes) {
    yield* readDoc(bytes);
  },
};

/** Holds the document itself where Office's rights management wraps it. */
const rightsProtected = '\tDRMContent';

function* readDoc(bytes: Uint8Array): Iterable<Extraction> {
  const streams = new CompoundStreams(bytes);
  const file = new FileInformation(streams);
  if (!file.isWord) {
    yield {
      type: 'unreadable',
      outcome: 'failed',
      reason: 'The file is damaged: its Word document does not begin as one.',
    };
    return;
  }
  if (streams.has(rightsProtected)) {
    const reason =
      'The document is protected by rights management; what it shows instead is no text of its own.';
    yield { type: 'unreadable', outcome: 'encrypted', reason };
    return;
  }
  if (file.isEncrypted) {
    yield { type: 'unreadable', outcome: 'encrypted', reason: 'The document is protected by a password.' };
    return;
  }
  const { blocks, problems } = readWordBlocks(file);
  const remarks = [...problems];
  if (streams.damaged.size > 0)
    remarks.push(`The file is damaged: ${[...streams.damaged].join(', ')} cannot be read to its end.`);
  const children = [...embeddedObjects(streams, 'ObjectPool/')];
  const content = { layout: 'blocks' as const, blocks };
  const metadata = documentProperties(streams);
  const text = { type: 'text' as const, reader: 'doc', content, metadata, remarks };
  yield* textOrContainer(blocks.length > 0 ? text : undefined, {
    noun: 'document',
    problems: remarks,
    children,
  });
}
