import { sep } from 'node:path';

const slash = 0x2f;
/** Stands between a file and the name of one inside it: no name in a file system holds it. */
const memberMark = 0;

/** `folder/name` in raw bytes; file names need not be UTF-8. */
export function joinRaw(folder: Uint8Array, name: Uint8Array): Buffer {
  if (folder.length === 0) return Buffer.from(name);
  return Buffer.concat([folder, Uint8Array.of(slash), name]);
}

/** The path that the file system is asked for: the root's directory and the raw bytes below it. */
export function absoluteRaw(directory: string, rawPath: Uint8Array): Buffer {
  const base = Buffer.from(directory.endsWith(sep) ? directory.slice(0, -1) : directory);
  return rawPath.length === 0 ? base : joinRaw(base, rawPath);
}

/** The raw path of a file inside the one at `rawPath`. */
export function memberRaw(rawPath: Uint8Array, name: string): Buffer {
  return Buffer.concat([rawPath, Uint8Array.of(memberMark), Buffer.from(name)]);
}

/** Where the bytes of a raw path are: in a file on the disk, or inside it, one name for each file on the way. */
export interface Location {
  /** Absolute path in raw bytes. */
  readonly file: Buffer;
  readonly members?: readonly string[];
}

export function locate(directory: string, rawPath: Uint8Array): Location {
  const { file, members } = splitMembers(rawPath);
  const absolute = absoluteRaw(directory, file);
  return members.length === 0 ? { file: absolute } : { file: absolute, members };
}

/** A raw path as the file on the disk and the names that lead on from there. */
export function splitMembers(rawPath: Uint8Array): { readonly file: Buffer; readonly members: string[] } {
  const raw = Buffer.from(rawPath);
  const end = raw.indexOf(memberMark);
  if (end < 0) return { file: raw, members: [] };
  return {
    file: raw.subarray(0, end),
    members: raw
      .subarray(end + 1)
      .toString()
      .split('\0'),
  };
}

/** The raw path of the file that holds the one at `rawPath`; undefined for a file on the disk. */
export function holderRaw(rawPath: Uint8Array): Uint8Array | undefined {
  const mark = rawPath.lastIndexOf(memberMark);
  return mark < 0 ? undefined : rawPath.subarray(0, mark);
}

/**
 * The path as people see it. Bytes that are no UTF-8 come out as `\xNN`, and a backslash as `\\`, so that two
 * different names never look the same.
 */
export function displayPath(raw: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(raw);
  if (!text.includes('\ufffd')) return text.replaceAll('\\', '\\\\');
  return escapeInvalid(raw);
}

function escapeInvalid(raw: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true });
  let out = '';
  for (let at = 0; at < raw.length; ) {
    const length = sequenceLength(raw[at] ?? 0);
    try {
      out += strict.decode(raw.subarray(at, at + length)).replaceAll('\\', '\\\\');
      at += length;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      out += `\\x${(raw[at] ?? 0).toString(16).padStart(2, '0')}`;
      at += 1;
    }
  }
  return out;
}

function sequenceLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  if (lead >= 0xe0) return 3;
  return lead >= 0xc0 ? 2 : 1;
}

/** Root and raw path as people see them, files inside others behind a slash: `case/box.zip/letters/a.pdf`. */
export function shownPath(root: string, rawPath: Uint8Array): string {
  const { file, members } = splitMembers(rawPath);
  return [root, displayPath(file), ...members.map((name) => displayPath(Buffer.from(name)))].join('/');
}

/** Lower-case extension without the dot, empty when there is none. */
export function extensionOf(raw: Uint8Array): string {
  const start = Math.max(raw.lastIndexOf(slash), raw.lastIndexOf(memberMark)) + 1;
  const name = displayPath(raw.subarray(start));
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
