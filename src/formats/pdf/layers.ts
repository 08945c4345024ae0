import { inflateSync } from 'node:zlib';

/** How a catalogue names the settings of its layers (ISO 32000-1, 8.11). */
const mark = '/OCProperties';
/** Object streams after which it is taken for granted that there are layers, and the pages are looked at. */
const mostStreams = 500;
/** That one of them may unfold to; a larger one is not looked into. */
const mostBytes = 4 * 1024 * 1024;

/** Whether a file may have layers that a viewer switches off. True where that cannot be told cheaply, as in an encrypted file. */
export function mayHaveLayers(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes(mark, 0, 'latin1')) return true;
  if (file.includes('/Encrypt', 0, 'latin1')) return true;
  let at = file.indexOf('/ObjStm', 0, 'latin1');
  for (let streams = 0; at >= 0; streams++) {
    if (streams > mostStreams) return true;
    const start = startOfStream(file, at);
    if (start === undefined || packsMark(file, start)) return true;
    at = file.indexOf('/ObjStm', start, 'latin1');
  }
  return false;
}

function startOfStream(file: Buffer, from: number): number | undefined {
  const at = file.indexOf('stream', from, 'latin1');
  if (at < 0) return undefined;
  const end = at + 'stream'.length;
  return file[end] === 0x0d ? end + 2 : end + 1;
}

function packsMark(file: Buffer, start: number): boolean {
  const end = file.indexOf('endstream', start, 'latin1');
  const packed = file.subarray(start, end < 0 ? undefined : end);
  if (packed.includes(mark, 0, 'latin1')) return true;
  try {
    return inflateSync(packed, { maxOutputLength: mostBytes }).includes(mark, 0, 'latin1');
  } catch {
    // Damaged, packed otherwise, or large: nobody can say what is in it.
    return true;
  }
}
