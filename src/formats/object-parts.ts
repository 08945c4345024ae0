import { CompoundStreams } from './compound-streams.ts';
import { isCompoundFile } from './docx/compound-file.ts';
import { embeddedObject } from './embedded-objects.ts';
import type { Child, LostChild } from './extraction.ts';

/** Streams by which an object is a document of an Office program itself. */
const officeStreams = ['Workbook', 'Book', 'WordDocument', 'PowerPoint Document', 'EncryptedPackage'];

/** A part set into a document (`oleObject1.bin`, or a file as it is) as a child: the file in it where it is an object. */
export function childOfPart(name: string, bytes: Uint8Array): Child | LostChild {
  if (!isCompoundFile(bytes)) return { type: 'child', relation: 'embedded', name, bytes };
  const streams = new CompoundStreams(bytes);
  if (isOfficeDocument(streams, '')) return { type: 'child', relation: 'embedded', name, bytes };
  return embeddedObject(streams, '', name);
}

/** The object in a storage (with a `/` behind) of a compound file; an Office document comes as a file of its own. */
export async function childOfStorage(
  streams: CompoundStreams,
  storage: string,
  name: string,
): Promise<Child | LostChild> {
  if (!isOfficeDocument(streams, storage)) return embeddedObject(streams, storage, name);
  return { type: 'child', relation: 'embedded', name, bytes: await fileOfStorage(streams, storage) };
}

function isOfficeDocument(streams: CompoundStreams, storage: string): boolean {
  return officeStreams.some((name) => streams.has(`${storage}${name}`));
}

/** What SheetJS offers for writing compound files. */
interface CompoundWriter {
  write(container: unknown, options: { readonly type: 'buffer' }): Uint8Array;
  readonly utils: {
    cfb_new(): unknown;
    cfb_add(container: unknown, path: string, bytes: Uint8Array): unknown;
  };
}

/** The same bytes for the same streams. */
async function fileOfStorage(streams: CompoundStreams, storage: string): Promise<Uint8Array> {
  const { utils, write }: CompoundWriter = (await import('@e965/xlsx')).CFB;
  const container = utils.cfb_new();
  for (const path of streams.names)
    if (path.startsWith(storage))
      utils.cfb_add(container, `/${path.slice(storage.length)}`, streams.stream(path) ?? new Uint8Array());
  return write(container, { type: 'buffer' });
}
