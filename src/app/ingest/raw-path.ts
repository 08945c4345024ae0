import { sep } from 'node:path';

const slash = 0x2f;

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

/** Lower-case extension without the dot, empty when there is none. */
export function extensionOf(raw: Uint8Array): string {
  const name = displayPath(raw.subarray(raw.lastIndexOf(slash) + 1));
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
