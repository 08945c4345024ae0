import streams from 'pst-extractor/dist/PSTNodeInputStream.class.js';

/**
 * Makes streams of the package end. It compares positions by identity, so that it never sees the end of a stream, and
 * reads nothing for ever where a damaged mailbox promises more than there is. A read that gives nothing is the end.
 */
export function letStreamsEnd(): void {
  const { prototype } = streams.PSTNodeInputStream;
  if (mended.has(prototype)) return;
  mended.add(prototype);
  const read = prototype.readFromOffset;
  prototype.readFromOffset = function (output, offset, length) {
    const count = read.call(this, output, offset, length);
    return count > 0 || length === 0 ? count : -1;
  };
}

const mended = new WeakSet<object>();
