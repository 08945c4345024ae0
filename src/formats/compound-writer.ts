const headerBytes = 512;
const miniBytes = 64;
const smallBelow = 4096;
const entryBytes = 128;
const inHeaderTables = 109;
const [free, endOfChain, tableMark] = [0xffffffff, 0xfffffffe, 0xfffffffd];
/** Up to here sectors of 512 bytes do without a list of tables outside the header; sectors of 4,096 do up to 457 MB. */
const mostInShortSectors = 6 * 2 ** 20;
const kinds = { storage: 1, stream: 2, root: 5 } as const;

interface Node {
  readonly name: string;
  readonly data: Uint8Array | undefined;
  readonly children: Map<string, Node>;
}

/**
 * A Compound File (MS-CFB) with the given streams, by path with `/` between storages. The same streams give the same bytes.
 * @throws RangeError when the streams are more than 400 MB.
 */
export function compoundFileOf(streams: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const total = [...streams.values()].reduce((sum, { length }) => sum + length, 0);
  if (total > 400 * 2 ** 20)
    throw new RangeError(`${total} bytes are more than one compound file is made of`);
  return new CompoundFile(total > mostInShortSectors ? 4096 : 512).write(treeOf(streams));
}

class CompoundFile {
  private readonly sectorBytes: number;
  private readonly sectors: Uint8Array[] = [];
  private readonly table: number[] = [];
  private readonly mini: Uint8Array[] = [];
  private readonly miniTable: number[] = [];
  private readonly entries: Buffer[] = [];

  constructor(sectorBytes: number) {
    this.sectorBytes = sectorBytes;
  }

  write(root: Node): Uint8Array {
    this.writeEntry(root, kinds.root, free);
    const packed = Buffer.concat(this.mini);
    this.entries[0]?.writeUInt32LE(this.store(packed), 116);
    this.entries[0]?.writeUInt32LE(packed.length, 120);
    const miniTable = this.store(bytesOf(this.miniTable));
    const directory = this.store(Buffer.concat(this.entries));
    const header = this.header(directory, this.miniTable.length === 0 ? endOfChain : miniTable);
    return new Uint8Array(Buffer.concat([header, ...this.sectors]));
  }

  /** Siblings are chained as a list: a tree that leans to the right. Gives the entry's number. */
  private writeEntry({ name, data, children }: Node, kind: number, right: number): number {
    const number = this.entries.length;
    const entry = Buffer.alloc(entryBytes);
    this.entries.push(entry);
    const written = name.slice(0, 31);
    entry.write(written, 0, 'utf16le');
    entry.writeUInt16LE(2 * written.length + 2, 64);
    entry[66] = kind;
    entry.writeUInt32LE(free, 68);
    entry.writeUInt32LE(right, 72);
    let child = free;
    for (const one of [...children.values()].sort(byName).reverse())
      child = this.writeEntry(one, one.data === undefined ? kinds.storage : kinds.stream, child);
    entry.writeUInt32LE(child, 76);
    entry.writeUInt32LE(data === undefined ? endOfChain : this.storeStream(data), 116);
    entry.writeUInt32LE(data?.length ?? 0, 120);
    return number;
  }

  private storeStream(data: Uint8Array): number {
    if (data.length >= smallBelow) return this.store(data);
    const first = this.miniTable.length;
    for (let at = 0; at < data.length; at += miniBytes) {
      this.mini.push(padded(data.subarray(at, at + miniBytes), miniBytes));
      this.miniTable.push(at + miniBytes < data.length ? this.miniTable.length + 1 : endOfChain);
    }
    return data.length === 0 ? endOfChain : first;
  }

  /** Number of the first sector of a chain. */
  private store(data: Uint8Array): number {
    const first = this.sectors.length;
    for (let at = 0; at < data.length; at += this.sectorBytes) {
      this.sectors.push(padded(data.subarray(at, at + this.sectorBytes), this.sectorBytes));
      this.table.push(at + this.sectorBytes < data.length ? this.sectors.length : endOfChain);
    }
    return data.length === 0 ? endOfChain : first;
  }

  private header(directory: number, miniTable: number): Buffer {
    const tables = this.storeTable();
    const long = this.sectorBytes > headerBytes;
    const bytes = Buffer.alloc(this.sectorBytes);
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    bytes.writeUInt16LE(0x3e, 24);
    bytes.writeUInt16LE(long ? 4 : 3, 26);
    bytes.writeUInt16LE(0xfffe, 28);
    bytes.writeUInt16LE(Math.log2(this.sectorBytes), 30);
    bytes.writeUInt16LE(Math.log2(miniBytes), 32);
    if (long) bytes.writeUInt32LE(Math.ceil((this.entries.length * entryBytes) / this.sectorBytes), 40);
    bytes.writeUInt32LE(tables.length, 44);
    bytes.writeUInt32LE(directory, 48);
    bytes.writeUInt32LE(smallBelow, 56);
    bytes.writeUInt32LE(miniTable, 60);
    bytes.writeUInt32LE(Math.ceil((4 * this.miniTable.length) / this.sectorBytes), 64);
    bytes.writeUInt32LE(endOfChain, 68);
    for (let index = 0; index < inHeaderTables; index++)
      bytes.writeUInt32LE(tables[index] ?? free, 76 + 4 * index);
    return bytes;
  }

  /** The allocation table accounts for its own sectors too. */
  private storeTable(): readonly number[] {
    const perTable = this.sectorBytes / 4;
    const count = Math.ceil(this.table.length / (perTable - 1));
    const tables = Array.from({ length: count }, (_, index) => this.sectors.length + index);
    for (const _ of tables) this.table.push(tableMark);
    for (let index = 0; index < count; index++) {
      const part = this.table.slice(index * perTable, (index + 1) * perTable);
      while (part.length < perTable) part.push(free);
      this.sectors.push(bytesOf(part));
    }
    return tables;
  }
}

function treeOf(streams: ReadonlyMap<string, Uint8Array>): Node {
  const root: Node = { name: 'Root Entry', data: undefined, children: new Map() };
  for (const [path, data] of streams) {
    const steps = path.split('/');
    const last = steps.pop() ?? '';
    let node = root;
    for (const name of steps) {
      const child = node.children.get(name) ?? { name, data: undefined, children: new Map() };
      node.children.set(name, child);
      node = child;
    }
    node.children.set(last, { name: last, data, children: new Map() });
  }
  return root;
}

/** MS-CFB 2.6.4: shorter names first, then by their capital letters. */
function byName({ name: one }: Node, { name: other }: Node): number {
  if (one.length !== other.length) return one.length - other.length;
  const [a, b] = [one.toUpperCase(), other.toUpperCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

function padded(piece: Uint8Array, length: number): Uint8Array {
  if (piece.length === length) return piece;
  const whole = new Uint8Array(length);
  whole.set(piece);
  return whole;
}

function bytesOf(numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * at);
  return bytes;
}
