const freeSector = 0xfffffffa; // and above: end of chain, unused, or a table's own sector
const noEntry = 0xffffffff;
const entryBytes = 128;

/**
 * Names at the top of a Compound File (MS-CFB, the container of Office before 2007 and of Outlook messages). They say
 * what the file is; names further down belong to embedded objects. A damaged directory gives those that can be reached.
 */
export function compoundRootNames(bytes: Uint8Array): readonly string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 512) return [];
  const directory = directoryEntries(view);
  const root = directory[0];
  if (root === undefined) return [];
  const names: string[] = [];
  const seen = new Set<number>();
  const visit = [root.child];
  for (let at = visit.pop(); at !== undefined; at = visit.pop()) {
    const entry = at === noEntry || seen.has(at) ? undefined : directory[at];
    seen.add(at);
    if (!entry) continue;
    names.push(entry.name);
    visit.push(entry.left, entry.right);
  }
  return names;
}

interface Entry {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly child: number;
}

function directoryEntries(view: DataView): readonly Entry[] {
  const sectorBytes = 1 << Math.min(view.getUint16(30, true), 16);
  const offsetOf = (sector: number) => (sector + 1) * sectorBytes;
  const entries: Entry[] = [];
  const seen = new Set<number>();
  let sector = view.getUint32(48, true);
  while (sector < freeSector && !seen.has(sector) && offsetOf(sector) + sectorBytes <= view.byteLength) {
    seen.add(sector);
    for (let at = offsetOf(sector); at < offsetOf(sector) + sectorBytes; at += entryBytes)
      entries.push(entryAt(view, at));
    sector = nextSector(view, sector, sectorBytes);
  }
  return entries;
}

/** The sector after this one, by the allocation table, whose own first 109 sectors the header lists: enough for a directory in files up to 7 MB, and in larger ones unless it was moved to their end. */
function nextSector(view: DataView, sector: number, sectorBytes: number): number {
  const perTable = sectorBytes / 4;
  const table = Math.floor(sector / perTable);
  if (table >= 109) return noEntry;
  const at = (view.getUint32(76 + 4 * table, true) + 1) * sectorBytes + 4 * (sector % perTable);
  return at + 4 <= view.byteLength ? view.getUint32(at, true) : noEntry;
}

function entryAt(view: DataView, at: number): Entry {
  const length = Math.max(0, Math.min(view.getUint16(at + 64, true), 64) - 2);
  const name = new TextDecoder('utf-16le').decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
  return {
    name,
    left: view.getUint32(at + 68, true),
    right: view.getUint32(at + 72, true),
    child: view.getUint32(at + 76, true),
  };
}
