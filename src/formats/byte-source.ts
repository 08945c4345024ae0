/** Bytes of a file that are fetched where they are needed: a file larger than memory can be looked into. */
export interface ByteSource {
  /** In bytes. */
  readonly size: number;
  /** Of the bytes from `start` to `end`, those that there are. Rejects when the disk cannot be read. */
  read(start: number, end: number): Promise<Uint8Array>;
  /** The same at once, for what cannot wait. Throws when the disk cannot be read. */
  readNow(start: number, end: number): Uint8Array;
}

/** What is read: all of it in memory, or a file that is too large for that. */
export type Content = Uint8Array | ByteSource;

/** Bytes that are in memory. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  const readNow = (start: number, end: number) => bytes.subarray(start, end);
  return { size: bytes.length, read: async (start, end) => readNow(start, end), readNow };
}

const pieceSize = 2 ** 20;

/** A source from its beginning to its end. */
export async function* piecesOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < source.size; at += pieceSize)
    yield await source.read(at, Math.min(at + pieceSize, source.size));
}
