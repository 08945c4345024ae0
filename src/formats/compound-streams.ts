/** From here on sector numbers are marks: the end of a chain, an unused sector, a sector of the table itself. */
const firstMark = 0xfffffffa;
const noEntry = 0xffffffff;
const entryBytes = 128;
const headerBytes = 512;
/** Smaller streams are kept in sectors of their own size, within a stream of the root. */
const miniSectorBytes = 64;
const inHeaderTables = 109;

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly start: number;
  readonly size: number;
}

const entryTypes = { storage: 1, stream: 2, root: 5 } as const;

/**
 * The streams of a Compound File (MS-CFB), the container of Office before 2007. Chains that are broken, or go round in a
 * circle, end where that is found: what was read before is given, and the stream's name stands in `damaged`.
 */
export class CompoundStreams {
  readonly damaged = new Set<string>();
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly sectorBytes: number;
  private readonly table: Uint32Array;
  private readonly entries: readonly Entry[];
  private readonly paths = new Map<string, Entry>();
  private readonly folded = new Map<string, Entry>();
  private mini: { readonly table: Uint32Array; readonly stream: Uint8Array } | undefined;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.sectorBytes = bytes.length < headerBytes ? 512 : 1 << Math.min(this.view.getUint16(30, true), 16);
    this.table = bytes.length < headerBytes ? new Uint32Array() : this.allocationTable();
    this.entries = bytes.length < headerBytes ? [] : this.directory();
    this.visit(this.entries[0]?.child ?? noEntry, '');
  }

  /** Paths of all streams, `/` between storages, in the order of their names. */
  get names(): readonly string[] {
    const streams = [...this.paths].filter(([, { type }]) => type === entryTypes.stream);
    return streams.map(([path]) => path).sort();
  }

  /** Names at the top, of streams and storages: they say what the file is; names further down belong to embedded objects. */
  get rootNames(): readonly string[] {
    return [...this.paths.keys()].filter((path) => !path.includes('/'));
  }

  has(path: string): boolean {
    return this.entry(path)?.type === entryTypes.stream;
  }

  /** The bytes of a stream, undefined when there is none of that path. */
  stream(path: string): Uint8Array | undefined {
    const entry = this.entry(path);
    if (entry?.type !== entryTypes.stream) return undefined;
    const isSmall = entry.size < this.view.getUint32(56, true);
    const bytes = isSmall ? this.small(entry) : this.chain(entry.start, entry.size);
    if (bytes.length < entry.size) this.damaged.add(path);
    return bytes;
  }

  /** Case does not count in the names of a compound file. */
  private entry(path: string): Entry | undefined {
    return this.paths.get(path) ?? this.folded.get(path.toLowerCase());
  }

  private small({ start, size }: Entry): Uint8Array {
    this.mini ??= this.openMini();
    const { table, stream } = this.mini;
    return gather(table, start, size, (sector) => {
      const from = sector * miniSectorBytes;
      return from < stream.length ? stream.subarray(from, from + miniSectorBytes) : undefined;
    });
  }

  private openMini() {
    const root = this.entries[0];
    const packed = this.chain(this.view.getUint32(60, true), this.bytes.length);
    return {
      table: numbersIn(packed),
      stream: root === undefined ? new Uint8Array() : this.chain(root.start, root.size),
    };
  }

  private chain(start: number, size: number): Uint8Array {
    return gather(this.table, start, size, (sector) => this.sector(sector));
  }

  /** The last sector of a file may be cut short. */
  private sector(sector: number): Uint8Array | undefined {
    const from = (sector + 1) * this.sectorBytes;
    return from < this.bytes.length ? this.bytes.subarray(from, from + this.sectorBytes) : undefined;
  }

  /** The table's own sectors are listed in the header, and further on in a chain of lists. */
  private allocationTable(): Uint32Array {
    const sectors: number[] = [];
    for (let at = 0; at < inHeaderTables; at++) sectors.push(this.view.getUint32(76 + 4 * at, true));
    const seen = new Set<number>();
    let list = this.view.getUint32(68, true);
    while (list < firstMark && !seen.has(list)) {
      seen.add(list);
      const numbers = numbersIn(this.sector(list) ?? new Uint8Array());
      for (const number of numbers.subarray(0, -1)) sectors.push(number);
      list = numbers.at(-1) ?? noEntry;
    }
    const perTable = this.sectorBytes / 4;
    const most = Math.ceil(this.bytes.length / this.sectorBytes);
    const table = new Uint32Array(most).fill(noEntry);
    for (const [at, sector] of sectors.entries()) {
      if (sector >= firstMark || at * perTable >= most) continue;
      const numbers = numbersIn(this.sector(sector) ?? new Uint8Array());
      table.set(numbers.subarray(0, most - at * perTable), at * perTable);
    }
    return table;
  }

  private directory(): readonly Entry[] {
    const packed = this.chain(this.view.getUint32(48, true), this.bytes.length);
    const view = viewOf(packed);
    const entries: Entry[] = [];
    for (let at = 0; at + entryBytes <= packed.length; at += entryBytes) {
      const length = Math.max(0, Math.min(view.getUint16(at + 64, true), 64) - 2);
      entries.push({
        name: new TextDecoder('utf-16le').decode(packed.subarray(at, at + length)),
        type: view.getUint8(at + 66),
        left: view.getUint32(at + 68, true),
        right: view.getUint32(at + 72, true),
        child: view.getUint32(at + 76, true),
        start: view.getUint32(at + 116, true),
        size: view.getUint32(at + 120, true),
      });
    }
    return entries;
  }

  private visit(first: number, storage: string): void {
    const seen = new Set<number>();
    const open = [{ at: first, storage }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const entry = this.entries[next.at];
      if (entry === undefined || seen.has(next.at)) continue;
      seen.add(next.at);
      const path = next.storage === '' ? entry.name : `${next.storage}/${entry.name}`;
      if (!this.paths.has(path)) this.paths.set(path, entry);
      this.folded.set(path.toLowerCase(), entry);
      open.push({ at: entry.left, storage: next.storage }, { at: entry.right, storage: next.storage });
      if (entry.type === entryTypes.storage) open.push({ at: entry.child, storage: path });
    }
  }
}

/** Pieces of a chain of sectors until `size` bytes are together, the chain ends, or it comes back to where it was. */
function gather(
  table: Uint32Array,
  start: number,
  size: number,
  sectorAt: (sector: number) => Uint8Array | undefined,
): Uint8Array {
  const pieces: Uint8Array[] = [];
  const seen = new Uint8Array(table.length);
  let length = 0;
  let sector = start;
  while (length < size && sector < table.length && seen[sector] === 0) {
    seen[sector] = 1;
    const piece = sectorAt(sector);
    if (piece === undefined) break;
    pieces.push(piece);
    length += piece.length;
    sector = table[sector] ?? noEntry;
  }
  return new Uint8Array(Buffer.concat(pieces)).subarray(0, size);
}

function numbersIn(bytes: Uint8Array): Uint32Array {
  const view = viewOf(bytes);
  return Uint32Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => view.getUint32(4 * at, true));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
