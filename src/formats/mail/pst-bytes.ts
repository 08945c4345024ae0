import type { ByteSource } from '../byte-source.ts';

/** Bytes that are fetched at a time, and how many such blocks are at hand. A mailbox is read here and there, mostly in its tables. */
const blockBytes = 64 * 1024;
const blocksKept = 256;

/**
 * A buffer for the package that reads mailboxes, which holds nothing: what the package copies out of it is fetched from a
 * source. The package asks a buffer for nothing else.
 * @param bytesInBlock, blocks when not the usual numbers
 */
export function bufferOfSource(source: ByteSource, bytesInBlock = blockBytes, blocks = blocksKept): Buffer {
  const kept = new Map<number, Uint8Array>();
  const blockAt = (index: number): Uint8Array => {
    const block =
      kept.get(index) ??
      source.readNow(index * bytesInBlock, Math.min((index + 1) * bytesInBlock, source.size));
    // The map is in the order of use: the first is the one that nobody has asked for longest.
    kept.delete(index);
    kept.set(index, block);
    const [oldest] = kept.keys();
    if (kept.size > blocks && oldest !== undefined) kept.delete(oldest);
    return block;
  };
  const copy = (target: Uint8Array, targetStart = 0, start = 0, end = source.size): number => {
    if (!(start >= 0 && start <= source.size)) throw new RangeError('a place outside the file');
    const to = Math.min(end, source.size, start + target.length - targetStart);
    for (let at = start; at < to; ) {
      const index = Math.floor(at / bytesInBlock);
      const from = at - index * bytesInBlock;
      const piece = blockAt(index).subarray(from, from + to - at);
      if (piece.length === 0) return at - start; // the file has become shorter
      target.set(piece, targetStart + at - start);
      at += piece.length;
    }
    return Math.max(0, to - start);
  };
  return Object.assign(Buffer.alloc(0), { copy });
}
