/** A compound file that cannot lead its reader in circles. */
export interface MendedFile {
  readonly bytes: Uint8Array;
  /** Whether something had to be changed: the file is damaged, or made to do harm. */
  readonly mended: boolean;
}

const endOfChain = 0xfffffffe;
const lastSector = 0xfffffff9;
const noEntry = 0xffffffff;
const entryBytes = 128;
const headerBytes = 512;
const miniSectorBytes = 64;
const miniStreamLimit = 4096;
const tablesInHeader = 109;
/** What is cut in one table may be an entry of another, where tables lie over one another. */
const mostPasses = 8;
/** How many times as long a file can have been before it was cut. */
const mostPadding = 4;

/**
 * Cuts what no writer makes in a Compound File (MS-CFB): chains of sectors that come round, cross or leave the file,
 * entries of the directory that hold themselves, streams longer than their chains. Readers that trust these run
 * without end. A sound file is given back as it is; of any other a copy, changed only in its tables.
 */
export function mendCompoundFile(bytes: Uint8Array): MendedFile {
  if (bytes.length < headerBytes) return { bytes, mended: false };
  let result = bytes;
  for (let pass = 0; pass < mostPasses; pass++) {
    const mender = new Mender(result);
    mender.mend();
    if (mender.result === result) break;
    result = mender.result;
  }
  return { bytes: result, mended: result !== bytes };
}

/** Numbers that stand somewhere in the file: entry i of a table is at `offsets[i]`. */
type Table = readonly number[];

class Mender {
  result: Uint8Array;
  #view: DataView;
  readonly #original: Uint8Array;
  readonly #sectorBytes: number;

  constructor(bytes: Uint8Array) {
    this.#original = bytes;
    this.result = bytes;
    this.#view = viewOf(bytes);
    this.#sectorBytes = this.#view.getUint8(30) === 12 ? 4096 : 512;
  }

  mend(): void {
    this.#pad();
    const sectors = this.#entriesOf(this.#tableSectors());
    const lengths = this.#chains(sectors);
    const mini = this.#entriesOf(this.#chain(sectors, this.#read(60)));
    const miniLengths = this.#chains(mini);
    const directory = this.#chain(sectors, this.#read(48));
    this.#streams(directory, lengths, miniLengths);
    this.#tree(directory);
  }

  /** A file that was cut short is filled with zeros to where its table says that it ended, as far as that is believable. */
  #pad(): void {
    const table = this.#tableSectors();
    const perSector = this.#sectorBytes / 4;
    let last = -1;
    for (const [at, sector] of table.entries()) {
      if (!this.#isInside(sector)) continue;
      for (let entry = perSector - 1; entry >= 0; entry--) {
        if (this.#read(this.#offset(sector) + 4 * entry) === noEntry) continue;
        last = Math.max(last, at * perSector + entry);
        break;
      }
    }
    const length = Math.min(this.#offset(last + 1), this.#original.length * mostPadding + headerBytes);
    if (length <= this.result.length) return;
    const padded = new Uint8Array(length);
    padded.set(this.result);
    this.#become(padded);
  }

  /** The sectors that hold the allocation table: the header names the first, a chain of its own the others. */
  #tableSectors(): number[] {
    const found: number[] = [];
    for (let at = 0; at < tablesInHeader; at++) {
      const sector = this.#read(76 + 4 * at);
      if (sector <= lastSector) found.push(sector);
    }
    const perSector = this.#sectorBytes / 4 - 1;
    const seen = new Set<number>();
    let link = 68;
    for (let sector = this.#read(link); sector <= lastSector; sector = this.#read(link)) {
      if (seen.has(sector) || !this.#isInside(sector)) {
        this.#write(link, endOfChain);
        break;
      }
      seen.add(sector);
      const start = this.#offset(sector);
      for (let at = 0; at < perSector; at++) {
        const table = this.#read(start + 4 * at);
        if (table <= lastSector) found.push(table);
      }
      link = start + 4 * perSector;
    }
    return found;
  }

  #entriesOf(sectors: readonly number[]): Table {
    const offsets: number[] = [];
    for (const sector of sectors) {
      if (!this.#isInside(sector)) break;
      const start = this.#offset(sector);
      for (let at = 0; at < this.#sectorBytes; at += 4) offsets.push(start + at);
    }
    return offsets;
  }

  /** Makes every chain of a table end, and gives how many sectors there are from each on. */
  #chains(table: Table): Uint32Array {
    const lengths = new Uint32Array(table.length);
    const hasBefore = new Uint8Array(table.length);
    for (const offset of table) {
      const next = this.#read(offset);
      if (next > lastSector) continue;
      if (next >= table.length || hasBefore[next] === 1) this.#write(offset, endOfChain);
      else hasBefore[next] = 1;
    }
    for (let start = 0; start < table.length; start++) {
      const path: number[] = [];
      let sector = start;
      while (sector < table.length && lengths[sector] === 0) {
        lengths[sector] = 1;
        path.push(sector);
        sector = this.#read(table[sector] ?? 0);
      }
      const closes = path.includes(sector) ? path.at(-1) : undefined;
      if (closes !== undefined) this.#write(table[closes] ?? 0, endOfChain);
      let length = closes === undefined && sector < table.length ? (lengths[sector] ?? 0) : 0;
      for (const before of path.reverse()) lengths[before] = ++length;
    }
    return lengths;
  }

  #chain(table: Table, start: number): number[] {
    const chain: number[] = [];
    for (let sector = start; sector < table.length; sector = this.#read(table[sector] ?? 0))
      chain.push(sector);
    return chain;
  }

  #entryOffsets(directory: readonly number[]): number[] {
    return directory
      .filter((sector) => this.#isInside(sector))
      .flatMap((sector) => {
        const start = this.#offset(sector);
        return Array.from({ length: this.#sectorBytes / entryBytes }, (_, at) => start + at * entryBytes);
      });
  }

  /** No stream is longer than its chain, and no two streams have the same one. */
  #streams(directory: readonly number[], lengths: Uint32Array, miniLengths: Uint32Array): void {
    const taken = new Set<string>();
    for (const at of this.#entryOffsets(directory)) {
      if (this.#view.getUint8(at + 66) !== 2) continue;
      const [start, size] = [this.#read(at + 116), this.#read(at + 120)];
      const isMini = size < miniStreamLimit;
      const most = isMini
        ? (miniLengths[start] ?? 0) * miniSectorBytes
        : (lengths[start] ?? 0) * this.#sectorBytes;
      const key = `${isMini}${start}`;
      const length = taken.has(key) ? 0 : Math.min(size, most);
      if (size > 0) taken.add(key);
      if (length !== size) this.#shorten(at, length, isMini);
    }
  }

  /** A long stream that is cut below the limit of short ones would be looked for among those: nothing of it is left. */
  #shorten(at: number, length: number, isMini: boolean): void {
    this.#write(at + 120, isMini || length >= miniStreamLimit ? length : 0);
  }

  /** Every entry of the directory is reached once. */
  #tree(directory: readonly number[]): void {
    const entries = this.#entryOffsets(directory);
    const seen = new Set<number>([0]);
    const visit = [0];
    for (let entry = visit.pop(); entry !== undefined; entry = visit.pop()) {
      const at = entries[entry];
      if (at === undefined) continue;
      for (const link of entry === 0 ? [at + 76] : [at + 68, at + 72, at + 76]) {
        const next = this.#read(link);
        if (next === noEntry) continue;
        if (next >= entries.length || seen.has(next)) {
          this.#write(link, noEntry);
          continue;
        }
        seen.add(next);
        visit.push(next);
      }
    }
  }

  #offset(sector: number): number {
    return (sector + 1) * this.#sectorBytes;
  }

  #isInside(sector: number): boolean {
    return this.#offset(sector) + this.#sectorBytes <= this.result.length;
  }

  #read(offset: number): number {
    return offset + 4 <= this.result.length ? this.#view.getUint32(offset, true) : noEntry;
  }

  #write(offset: number, value: number): void {
    if (this.result === this.#original) this.#become(Uint8Array.from(this.#original));
    this.#view.setUint32(offset, value, true);
  }

  #become(bytes: Uint8Array): void {
    this.result = bytes;
    this.#view = viewOf(bytes);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
