import { constants, inflateSync } from 'node:zlib';
import { CompoundStreams } from '../compound-streams.ts';
import { isCompoundFile } from '../docx/compound-file.ts';
import { objectInBytes } from '../embedded-objects.ts';
import type { Adapter, Extraction, ReadOptions } from '../extraction.ts';
import { openEncryptedOffice } from '../office-encryption.ts';
import { documentProperties } from '../property-set.ts';
import { PptDocument } from './ppt-document.ts';
import { Slide } from './slide.ts';
import { slideExtractions } from './slide-extractions.ts';

/** PowerPoint presentations of 97 to 2003, a sheet a slide, as newer ones are read. */
export const pptAdapter: Adapter = {
  name: 'ppt',
  version: 1,
  recognises: ({ bytes }) => (isCompoundFile(bytes) ? 0.9 : 0),
  async *read(bytes, options) {
    yield* readFile(bytes, options);
  },
};

async function* readFile(bytes: Uint8Array, options: ReadOptions): AsyncIterable<Extraction> {
  const streams = new CompoundStreams(bytes);
  const document = documentIn(streams);
  if (document?.encrypted !== true) {
    yield* readDocument(document, streams, options);
    return;
  }
  const opened = await openEncryptedOffice(bytes, options.passwords);
  if (opened.type === 'closed') {
    yield { type: 'unreadable', outcome: 'encrypted', reason: opened.reason };
    return;
  }
  const inside = new CompoundStreams(opened.bytes);
  yield* readDocument(documentIn(inside), inside, options);
}

function documentIn(streams: CompoundStreams): PptDocument | undefined {
  const document = streams.stream('PowerPoint Document');
  return document && new PptDocument(document, streams.stream('Current User'));
}

function* readDocument(
  document: PptDocument | undefined,
  streams: CompoundStreams,
  options: ReadOptions,
): Iterable<Extraction> {
  if (document === undefined) {
    const reason = 'The file is damaged: there is no presentation in it.';
    yield { type: 'unreadable', outcome: 'failed', reason };
    return;
  }
  const listed = document.slides();
  const [slides, found] = listed.length > 0 ? [listed, []] : looseSlides(document);
  const cut = streams.damaged.size > 0 ? ['The file is damaged; what is left was read.'] : [];
  const remarks = [...found, ...cut];
  const metadata = documentProperties(streams);
  yield* slideExtractions({ slides, metadata, remarks, children: childrenOf(document) }, 'ppt', options);
}

function looseSlides(document: PptDocument): readonly [readonly Slide[], readonly string[]] {
  const texts = document.looseTexts();
  if (texts.length === 0) return [[], []];
  const slide = new Slide(1);
  for (const text of texts) slide.add('paragraph', text);
  return [[slide], ['The list of its slides is damaged; their text was read without its order.']];
}

function childrenOf(document: PptDocument): readonly Extraction[] {
  const children: Extraction[] = [];
  for (const { number, packed, data } of document.objects()) {
    const name = `object ${number}`;
    const bytes = packed ? unpacked(data) : data;
    if (bytes === undefined)
      children.push({
        type: 'lost-child',
        relation: 'embedded',
        name,
        outcome: 'failed',
        reason: 'The embedded object is damaged or too large.',
      });
    else if (!isMacros(bytes)) children.push(objectInBytes(bytes, name));
  }
  return children;
}

/** The most that one object may unfold to, in bytes. */
const largestObject = 256 * 2 ** 20;

function unpacked(data: Uint8Array): Uint8Array | undefined {
  try {
    // PowerPoint leaves out the end of the packed data.
    return inflateSync(data, { maxOutputLength: largestObject, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined; // zlib's own errors carry a code
    throw error;
  }
}

/** The presentation's macros are kept as an object is. */
function isMacros(bytes: Uint8Array): boolean {
  return isCompoundFile(bytes) && new CompoundStreams(bytes).names.some((name) => /^VBA\//i.test(name));
}
