import { type CompoundStream, compoundFileOf, compoundStreams } from './compound-streams.ts';
import { isCompoundFile } from './docx/compound-file.ts';
import type { Child, LostChild } from './extraction.ts';

/** A file that was taken out of an object (OLE) set into a document. */
export interface EmbeddedFile {
  /** The name that the file had, where the object says so. */
  readonly name?: string;
  readonly bytes: Uint8Array;
}

/** Streams by which an object is a document of an Office program itself. */
const officeStreams = /^(?:Workbook|Book|WordDocument|PowerPoint Document|EncryptedPackage)$/i;
/** Streams that hold the file as it was: Acrobat's, that of newer Office files, OpenDocument. */
const wholeStreams = /^(?:CONTENTS|Package|EmbeddedOdf)$/i;

/**
 * The file in an object, given the streams of the object's storage with paths from there. A packaged file, whatever it
 * is, an older Office document, or a newer one; undefined for what only its own program can read.
 */
export async function fileOfObject(streams: readonly CompoundStream[]): Promise<EmbeddedFile | undefined> {
  const packaged = streams.find(({ path }) => path === '\u0001Ole10Native');
  if (packaged !== undefined) return packagedFile(packaged.bytes);
  const whole = streams.find(({ path }) => wholeStreams.test(path));
  if (whole !== undefined) return { bytes: whole.bytes };
  return streams.some(({ path }) => officeStreams.test(path))
    ? { bytes: await compoundFileOf(streams) }
    : undefined;
}

/**
 * A part of a document (`oleObject1.bin`, or a file as it is) as a child, by the file in it.
 * @throws Error never for damage: that gives a lost child.
 */
export async function childOfPart(partName: string, bytes: Uint8Array): Promise<Child | LostChild> {
  if (!isCompoundFile(bytes)) return { type: 'child', relation: 'embedded', name: partName, bytes };
  try {
    const streams = await compoundStreams(bytes);
    if (streams.some(({ path }) => officeStreams.test(path)))
      return { type: 'child', relation: 'embedded', name: partName, bytes };
    const file = await fileOfObject(streams);
    if (file !== undefined)
      return { type: 'child', relation: 'embedded', name: childName(partName, file), bytes: file.bytes };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return lost(partName, 'failed', `The embedded object is damaged: ${error.message}.`);
  }
  return lost(
    partName,
    'unsupported',
    'The embedded object is of a program whose files pincite does not read.',
  );
}

/** The object's own name keeps two files of one name apart. */
export function childName(objectName: string, { name }: EmbeddedFile): string {
  return name === undefined ? objectName : `${objectName}/${name}`;
}

function lost(name: string, outcome: LostChild['outcome'], reason: string): LostChild {
  return { type: 'lost-child', relation: 'embedded', name, outcome, reason };
}

/** MS-OLEDS 2.3.6: sizes, a label, the path that the file had, the path of a copy, then the file. Undefined when cut short. */
function packagedFile(bytes: Uint8Array): EmbeddedFile | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 6;
  const text = () => {
    const end = bytes.indexOf(0, at);
    const words = Buffer.from(bytes.subarray(at, end < 0 ? bytes.length : end)).toString('latin1');
    at = end < 0 ? bytes.length : end + 1;
    return words;
  };
  const label = text();
  const path = text();
  at += 4;
  if (at + 4 > bytes.length) return undefined;
  at += 4 + view.getUint32(at, true);
  if (at + 4 > bytes.length) return undefined;
  const size = view.getUint32(at, true);
  const name = (label || path).replace(/^.*[\\/]/, '');
  return { ...(name !== '' && { name }), bytes: bytes.subarray(at + 4, at + 4 + size) };
}
