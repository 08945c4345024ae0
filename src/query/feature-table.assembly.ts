/*
 * The loops over hits and passages of `feature-table.ts`, in AssemblyScript: `npm run assemble` makes
 * `feature-table.wasm.ts` of this file. Columns of unsigned numbers are handed over anywhere in the memory; where each of
 * them lies stands at its beginning, in the order below.
 */

/** The columns, in the order in which they are handed over; and how many they are. */
const hitStartsColumn: i32 = 0;
const hitEndsColumn: i32 = 1;
const hitBoundsColumn: i32 = 2;
const passageStartsColumn: i32 = 3;
const passageBoundsColumn: i32 = 4;
const zoneEndsColumn: i32 = 5;
const zoneBoundsColumn: i32 = 6;
const documentRowsColumn: i32 = 7;
const leafStartsColumn: i32 = 8;
const leafBoundsColumn: i32 = 9;
const rowPassagesColumn: i32 = 10;
const rowLengthsColumn: i32 = 11;
const rowBoundsColumn: i32 = 12;
const hitRowsColumn: i32 = 13;
const spareWordsColumn: i32 = 14;
const leafCountsColumn: i32 = 15;
export const columns: i32 = 16;

/** Grows the memory to so many bytes at least. */
export function reserve(bytes: u32): void {
  const pages: i32 = (bytes >>> 16) + 1;
  if (pages > memory.size()) memory.grow(pages - memory.size());
}

function column(number: i32): u32 {
  return load<u32>(number << 2);
}

function at(address: u32, index: u32): u32 {
  return load<u32>(address + (index << 2));
}

function put(address: u32, index: u32, value: u32): void {
  store<u32>(address + (index << 2), value);
}

/**
 * A row for each passage in which hits of the documents begin, whose words reach to where the next begins, or its zone
 * ends; for each hit its passage's row, counted from `firstRow`, and how many words it has beyond one.
 * @returns How many rows.
 */
export function addHits(documents: u32, firstRow: u32): u32 {
  const starts = column(hitStartsColumn);
  const ends = column(hitEndsColumn);
  const bounds = column(hitBoundsColumn);
  const passage = column(passageStartsColumn);
  const passageBounds = column(passageBoundsColumn);
  const zoneEnds = column(zoneEndsColumn);
  const endBounds = column(zoneBoundsColumn);
  const rowPassages = column(rowPassagesColumn);
  const lengths = column(rowLengthsColumn);
  const rowBounds = column(rowBoundsColumn);
  const hitRows = column(hitRowsColumn);
  const spare = column(spareWordsColumn);
  let rows: u32 = 0;
  let hit: u32 = 0;
  put(rowBounds, 0, 0);
  for (let document: u32 = 0; document < documents; document++) {
    const to = at(bounds, document + 1);
    const passageEnd = at(passageBounds, document + 1);
    const zones = at(endBounds, document + 1);
    let row = at(passageBounds, document);
    let zone = at(endBounds, document);
    let before: u32 = u32.MAX_VALUE;
    for (; hit < to; hit++) {
      const start = at(starts, hit);
      while (row + 1 < passageEnd && at(passage, row + 1) <= start) row++;
      if (row !== before) {
        before = row;
        const begins: u32 = row < passageEnd ? at(passage, row) : 0;
        while (zone < zones && at(zoneEnds, zone) <= begins) zone++;
        const zoneEnd = zone < zones ? at(zoneEnds, zone) : begins;
        const next = row + 1 < passageEnd ? at(passage, row + 1) : zoneEnd;
        const end = min(next, zoneEnd);
        put(rowPassages, rows, row);
        put(lengths, rows++, end > begins ? end - begins : 1);
      }
      put(hitRows, hit, firstRow + rows - 1);
      put(spare, hit, at(ends, hit) - start);
    }
    put(rowBounds, document + 1, rows);
  }
  return rows;
}

/**
 * Counts a leaf's occurrences into one of `width` columns of the rows.
 * @returns How many passages of the documents hold it.
 */
export function countLeaf(documents: u32, leaf: u32, width: u32): u32 {
  const passage = column(passageStartsColumn);
  const passageBounds = column(passageBoundsColumn);
  const documentRows = column(documentRowsColumn);
  const starts = column(leafStartsColumn);
  const bounds = column(leafBoundsColumn);
  const rowPassages = column(rowPassagesColumn);
  const rowBounds = column(rowBoundsColumn);
  const counts = column(leafCountsColumn);
  let held: u32 = 0;
  for (let document: u32 = 0; document < documents; document++) {
    const from = at(documentRows, document);
    const to = at(bounds, from + 1);
    const passageEnd = at(passageBounds, document + 1);
    const rowEnd = at(rowBounds, document + 1);
    let passageAt = at(passageBounds, document);
    let row = at(rowBounds, document);
    let before: u32 = u32.MAX_VALUE;
    for (let index = at(bounds, from); index < to; index++) {
      const start = at(starts, index);
      while (passageAt + 1 < passageEnd && at(passage, passageAt + 1) <= start) passageAt++;
      if (passageAt !== before) {
        held++;
        before = passageAt;
        while (row < rowEnd && at(rowPassages, row) < passageAt) row++;
      }
      if (row < rowEnd && at(rowPassages, row) === passageAt) {
        const place = row * width + leaf;
        put(counts, place, at(counts, place) + 1);
      }
    }
  }
  return held;
}

/** In how many of the rows every leaf occurs. */
export function countWithAll(rows: u32, width: u32): u32 {
  const counts = column(leafCountsColumn);
  let found: u32 = 0;
  for (let row: u32 = 0; row < rows; row++) {
    let leaf: u32 = 0;
    while (leaf < width && at(counts, row * width + leaf) !== 0) leaf++;
    if (leaf === width) found++;
  }
  return found;
}
