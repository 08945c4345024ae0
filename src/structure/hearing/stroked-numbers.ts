import type { CountingNumber, EdgeOfPage } from './counting-numbers.ts';

/** The page numbers of running heads and feet by page, and which pages have one of which nothing shows what it means. */
export interface StrokedNumbers {
  readonly chosen: readonly (CountingNumber | undefined)[];
  readonly unsettled: ReadonlySet<number>;
}

const stroked =
  /^[\s\-–—[(|~]*(?:(?<volume>day|vol(?:ume)?\.?)\s*|(?<page>p(?:age)?\.?)\s*)?(?:(?<first>\d{1,5})|(?<roman>[IVX]{1,6}))\s*(?<sign>[/:-]|of)\s*(?<second>\d{1,5})[\s\-–—\])|~.]*$/i;
const volume = /\b(?:day|vol(?:ume)?\.?)\s*(?:no\.?\s*)?(\d{1,3})\b/gi;

/** Two numbers in a line that has nothing else. `page` is the one that is the page's; undefined where the line does not say. */
interface Stroked {
  readonly line: number;
  readonly first: number;
  readonly second: number;
  readonly page: number | undefined;
}

/**
 * Two numbers with a stroke, where none counts on from page to page: "3/12" is page 3 of 12, or page 12 of volume 3. Words
 * beside them tell which, or that no page is behind the last one; and of several pages all have either the volume or the
 * last page in common. `edges`: the lines at the edges of each page.
 */
export function strokedNumbers(edges: readonly (readonly EdgeOfPage[])[]): StrokedNumbers | undefined {
  const seen = edges.map((lines) => {
    const own = lines.filter(({ outside }) => outside);
    const volumes = own.flatMap(({ text }) => volumesIn(text));
    return own.flatMap((edge) => strokedOn(edge, volumes) ?? [])[0];
  });
  const pairs = seen.filter((pair) => pair !== undefined);
  if (pairs.length === 0) return undefined;
  const [firsts, seconds] = [pairs.map(({ first }) => first), pairs.map(({ second }) => second)];
  const [sameFirst, sameSecond] = [new Set(firsts).size === 1, new Set(seconds).size === 1];
  const pageOf = ({ first, second, page }: Stroked) => {
    if (page !== undefined || sameFirst === sameSecond) return page;
    return sameFirst ? second : first;
  };
  const chosen = seen.map((pair) => {
    const value = pair === undefined ? undefined : pageOf(pair);
    return pair === undefined || value === undefined ? undefined : { line: pair.line, value };
  });
  const unsettled = seen.flatMap((pair, page) =>
    pair !== undefined && pageOf(pair) === undefined ? page : [],
  );
  return { chosen, unsettled: new Set(unsettled) };
}

function volumesIn(text: string): number[] {
  return stroked.test(text) ? [] : Array.from(text.matchAll(volume), ([, number]) => Number(number));
}

function strokedOn({ line, text }: EdgeOfPage, volumes: readonly number[]): Stroked | undefined {
  const groups = stroked.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const [first, second] = [Number(groups['first'] ?? 0), Number(groups['second'])];
  const known = { line, first, second };
  const isVolume = groups['volume'] !== undefined || groups['roman'] !== undefined || volumes.includes(first);
  if (groups['sign'] === 'of' || (groups['page'] !== undefined && groups['sign'] === '/'))
    return { ...known, page: first };
  return { ...known, page: isVolume || first >= second ? second : undefined };
}
