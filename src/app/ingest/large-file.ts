import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { ByteSource } from '../../formats/byte-source.ts';

/** A file on the disk that is not put into memory. It is opened for each piece, so that nobody need close it. */
export function largeFile(path: Buffer, size: number): ByteSource {
  return {
    size,
    read: async (start, end) => {
      const file = await open(path);
      try {
        const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(end, size) - start));
        const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    readNow: (start, end) => {
      const file = openSync(path, 'r');
      try {
        const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(end, size) - start));
        return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, start));
      } finally {
        closeSync(file);
      }
    },
  };
}
