const sector = 512;
const free = 0xffffffff;
const endOfChain = 0xfffffffe;

/** A Compound File (MS-CFB) with empty streams of the given names at its top, chained as a list. */
export function compoundFile(names: readonly string[]): Buffer {
  const entries = ['Root Entry', ...names];
  const sectors = Math.ceil(entries.length / 4);
  const file = Buffer.alloc(sector * (2 + sectors));
  file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48); // the directory begins in sector 1
  for (let at = 76; at < sector; at += 4) file.writeUInt32LE(at === 76 ? 0 : free, at);
  for (let i = 0; i < sector / 4; i++) file.writeUInt32LE(free, sector + 4 * i);
  for (let i = 1; i <= sectors; i++) file.writeUInt32LE(i === sectors ? endOfChain : i + 1, sector + 4 * i);
  entries.forEach((name, i) => {
    const at = 2 * sector + 128 * i;
    file.write(name, at, 'utf16le');
    file.writeUInt16LE(2 * name.length + 2, at + 64);
    file.writeUInt32LE(free, at + 68);
    file.writeUInt32LE(i > 0 && i + 1 < entries.length ? i + 1 : free, at + 72);
    file.writeUInt32LE(i === 0 && entries.length > 1 ? 1 : free, at + 76);
  });
  return file;
}
