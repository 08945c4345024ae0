import { commonest } from '../commonest.ts';
import type { Layout } from '../layout.ts';
import type { PageExtent } from './printed-pages.ts';

/** Pages, by order, that may be parts of what is printed as one. */
interface PartsOfPages {
  /** Of pages on which the line numbers begin anew, question by question. */
  readonly anew: ReadonlySet<number>;
  /** Of pages with misread line numbers, and what else is on their sheets. */
  readonly halves: ReadonlySet<number>;
}

const none: ReadonlySet<number> = new Set();

/** Which pages may be parts of one, as the sheets show on which there are several; `pages` has their numbers, 0 where none was found. */
export function partsOfPages(
  { lines }: Layout,
  extents: readonly PageExtent[],
  pages: Uint32Array,
): PartsOfPages {
  if (!sheetsAreParted(lines, extents)) return { anew: none, halves: none };
  const sheets = new Map<number, number[]>();
  for (const [order, { first }] of extents.entries()) {
    const sheet = lines[first]?.sheet ?? 0;
    const own = sheets.get(sheet);
    if (own === undefined) sheets.set(sheet, [order]);
    else own.push(order);
  }
  if (sheets.size < 2) return { anew: none, halves: none };
  const parts = [...sheets.values()];
  return { anew: numberedAnew(parts, pages), halves: halvesOf(parts, pages) };
}

/** Whether any page begins on the sheet of the one before: in most documents none does. */
function sheetsAreParted(lines: Layout['lines'], extents: readonly PageExtent[]): boolean {
  let before = -1;
  for (let order = 0; order < extents.length; order++) {
    const sheet = lines[extents[order]?.first ?? -1]?.sheet ?? 0;
    if (sheet === before && sheet > 0) return true;
    before = sheet;
  }
  return false;
}

/** Line numbers begin anew within a page on so many of the sheets that have a page number. */
const mostlyAnew = 0.5;

/** Of the parts of each sheet, parted where line numbers begin anew, one alone has a page number. */
function numberedAnew(sheets: readonly (readonly number[])[], pages: Uint32Array): ReadonlySet<number> {
  const found = sheets.filter((orders) => orders.some((order) => (pages[order] ?? 0) > 0));
  const anew = found.filter(
    (orders) => orders.length > 1 && orders.filter((order) => (pages[order] ?? 0) > 0).length === 1,
  );
  return anew.length > found.length * mostlyAnew ? new Set(found.flat()) : none;
}

/** On a sheet with more pages than most have, one without a number may have the other half of any one's lines. */
function halvesOf(sheets: readonly (readonly number[])[], pages: Uint32Array): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const { length } of sheets) counts.set(length, (counts.get(length) ?? 0) + 1);
  const usual = commonest(counts) ?? 0;
  return new Set(
    sheets.flatMap((orders) =>
      orders.length > usual && orders.some((order) => pages[order] === 0) ? orders : [],
    ),
  );
}
