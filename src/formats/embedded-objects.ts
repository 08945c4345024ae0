import { Binary } from './binary.ts';
import type { CompoundStreams } from './compound-streams.ts';
import { compoundFileOf } from './compound-writer.ts';
import type { Child, LostChild } from './extraction.ts';

/** Streams whose bytes are a file as they stand: an Office file of 2007 and later, an OpenDocument, a PDF. */
const wholeFiles = ['Package', 'EmbeddedOdf', 'CONTENTS'];
const packaged = '\x01Ole10Native';

/**
 * The files in the storages right below `folder` of a compound file, as children: files packed as they are, those of
 * programs that keep theirs whole, and documents of Office. Other objects are named as lost.
 */
export function* embeddedObjects(streams: CompoundStreams, folder: string): Iterable<Child | LostChild> {
  const objects = new Set(
    streams.names
      .filter((name) => name.startsWith(folder) && name.indexOf('/', folder.length) > 0)
      .map((name) => name.slice(folder.length).split('/')[0] ?? ''),
  );
  for (const object of objects) yield embeddedObject(streams, `${folder}${object}/`, object);
}

/** Streams by which a program keeps a document of its own in a storage: what is in it is a file once it stands alone. */
const documentStreams = ['WordDocument', 'Workbook', 'Book', 'PowerPoint Document', 'VisioDocument'];

/** The file in one storage. @param storage its path with a `/` behind, empty for the top of the file. */
export function embeddedObject(streams: CompoundStreams, storage: string, name: string): Child | LostChild {
  const native = streams.stream(`${storage}${packaged}`);
  if (native !== undefined) return packagedFile(native, 4, name);
  for (const stream of wholeFiles) {
    const bytes = streams.stream(`${storage}${stream}`);
    if (bytes !== undefined && bytes.length > 0) return { type: 'child', relation: 'embedded', name, bytes };
  }
  if (documentStreams.some((stream) => streams.has(`${storage}${stream}`)))
    return { type: 'child', relation: 'embedded', name, bytes: standingAlone(streams, storage) };
  const reason = 'The object is kept in a form of its own program, which cannot be taken out.';
  return { type: 'lost-child', relation: 'embedded', name, outcome: 'unsupported', reason };
}

/** What is in a storage, as a compound file by itself. */
function standingAlone(streams: CompoundStreams, storage: string): Uint8Array {
  const inside = streams.names.filter((name) => name.startsWith(storage));
  return compoundFileOf(
    new Map(inside.map((name) => [name.slice(storage.length), streams.stream(name) ?? new Uint8Array()])),
  );
}

/**
 * A file as the packager of Windows puts it into an object: its label, its path, then its bytes (MS-OLEDS 2.3.6, and what
 * is not written there). @param start where the packager's own data begins. What is no such package is given whole.
 */
export function packagedFile(native: Uint8Array, start: number, name: string): Child {
  const data = new Binary(native);
  const label = textAt(data, start + 2);
  const path = textAt(data, start + 2 + label.length + 1);
  const command = start + 2 + label.length + 1 + path.length + 1 + 4;
  const size = command + 4 + data.long(command);
  const length = data.long(size);
  const fits = data.short(start) === 2 && label !== '' && length > 0 && size + 4 + length <= data.length;
  const file = (wideLabelAt(data, size + 4 + length) ?? label).replace(/^.*[\\/]/s, '');
  return fits
    ? { type: 'child', relation: 'embedded', name: `${name}/${file}`, bytes: data.slice(size + 4, length) }
    : { type: 'child', relation: 'embedded', name, bytes: data.slice(start, data.length) };
}

/** Behind the file newer packagers write path and label once more, as UTF-16. */
function wideLabelAt(data: Binary, at: number): string | undefined {
  const labelAt = at + 4 + 2 * data.long(at);
  const length = data.long(labelAt);
  if (length === 0 || length > 1024 || labelAt + 4 + 2 * length > data.length) return undefined;
  return data.text(labelAt + 4, length).replace(/\0.*$/s, '');
}

function textAt(data: Binary, at: number): string {
  const longest = 1024;
  const bytes = data.slice(at, longest);
  const end = bytes.indexOf(0);
  return Buffer.from(bytes.subarray(0, Math.max(0, end))).toString('latin1');
}
