import fc from 'fast-check';
import { expect, test } from 'vitest';
import { none, putPages, roomFor } from '../../../src/structure/hearing/line-room.ts';

/** A line as the loops see it; `is` as in `lineIs`. */
const line = fc.record({
  value: fc.integer({ min: -1, max: 4 }),
  exact: fc.boolean(),
  left: fc.constantFrom(0, 6, 12, 60),
  length: fc.nat(70),
  begin: fc.nat(8),
  is: fc.nat(4),
  zoned: fc.integer({ min: 0, max: 9 }).map((zoned) => zoned === 0),
  mark: fc.boolean(),
  begins: fc.boolean(),
});
type Line = typeof line extends fc.Arbitrary<infer Value> ? Value : never;

const pages = fc.array(fc.array(line, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 });

interface Page {
  readonly first: number;
  readonly end: number;
}

function put(parted: readonly (readonly Line[])[]) {
  const lines = parted.flat();
  const room = roomFor(lines.length);
  const extents: Page[] = [];
  for (const own of parted) {
    const first = extents.at(-1)?.end ?? 0;
    extents.push({ first, end: first + own.length });
  }
  for (const [at, { value, exact, left, length, begin, is, zoned, mark, begins }] of lines.entries()) {
    room.values[at] = value;
    room.exact[at] = exact && value >= 0 ? 1 : 0;
    room.lefts[at] = left;
    room.lengths[at] = length;
    room.begins[at] = Math.min(begin, length);
    room.words[at] = Math.min(begin, length);
    room.indents[at] = begin;
    room.is[at] = is;
    room.zoned[at] = zoned ? 1 : 0;
    room.marks[at] = mark ? 1 : 0;
    room.breaks[at] = begins ? 1 : 0;
    room.starts[at] = at * 100;
  }
  putPages(room, extents);
  return { room, lines, extents };
}

/** The numbers printed in plain digits on a page. */
function numbersOn(lines: readonly Line[], { first, end }: Page) {
  return lines.slice(first, end).filter(({ exact, value }) => exact && value >= 0);
}

function columnOf(lines: readonly Line[], page: Page, width: number): number {
  const numbers = numbersOn(lines, page);
  const pairs = numbers.flatMap((number, at) => {
    const before = numbers[at - 1];
    if (before === undefined || number.value !== before.value + 1) return [];
    return Math.abs(number.left - before.left) <= width ? [Math.min(number.left, before.left)] : [];
  });
  const enough = pairs.length >= 2 || (pairs.length === 1 && numbers.length <= 3);
  return enough ? Math.min(...pairs) : Number.POSITIVE_INFINITY;
}

test('columns of numbers, and whether and how far they count, are those of the pages one by one', () => {
  fc.assert(
    fc.property(pages, (parted) => {
      const { room, lines, extents } = put(parted);
      const values = extents.map((page) => numbersOn(lines, page).map(({ value }) => value));
      const last = (numbers: readonly number[]) =>
        numbers.reduce((last, value) => (value > last && value <= last + 3 ? value : last), 0);
      const chained = values.flatMap((numbers) =>
        numbers.filter((value, at) => value === (numbers[at - 1] ?? -2) + 1),
      );
      const filled = lines.filter(({ length }) => length > 0).length;
      room.calls.findColumns(extents.length, 15.6);
      expect([...room.pageLefts.slice(0, extents.length)]).toEqual(
        extents.map((page) => columnOf(lines, page, 15.6)),
      );
      expect(room.calls.isNumbered(extents.length) === 1).toBe(
        filled > 0 && chained.length >= 3 && chained.length / filled > 0.25,
      );
      room.calls.listLastNumbers(extents.length);
      expect([...room.lists[2].slice(0, extents.length)]).toEqual(values.map(last));
      const twice = values.some((numbers) => numbers.filter((value) => value === 1).length > 1);
      expect(room.calls.findRestarts(extents.length) === 1).toBe(twice);
      expect([...room.lists[2].slice(0, extents.length)]).toEqual(
        values.map((numbers) => (numbers.slice(3).includes(1) ? 1 : 0)),
      );
    }),
    { numRuns: 500 },
  );
});

test('first lines, and numbers that are out of step, are those of the numbers one after the other', () => {
  fc.assert(
    fc.property(pages, fc.nat(5), (parted, most) => {
      const { room, lines } = put(parted);
      const numbers = lines.flatMap(({ exact, value }, at) => (exact && value >= 0 ? [{ at, value }] : []));
      const firsts = numbers.filter(({ value }, order) => value === 1 && numbers[order + 1]?.value === 2);
      const count = room.calls.listFirstLines(lines.length);
      expect([...room.lists[0].slice(0, count)]).toEqual(firsts.map(({ at }) => at));
      const outOfStep = numbers.filter(
        ({ value }, order) => value !== 1 && value !== (numbers[order - 1]?.value ?? 0) + 1,
      );
      expect(room.calls.countOutOfStep(lines.length, most)).toBe(Math.min(outOfStep.length, most));
    }),
    { numRuns: 300 },
  );
});

test('a page is plain when each line from the first number to the last has the next number in the column', () => {
  const counting = fc.nat(5).chain((numbered) => {
    const counted = Array.from({ length: numbered }, (_, at) =>
      line.map((one) => ({ ...one, value: at + 1, exact: true, left: 6 as const })),
    );
    return fc.tuple(...counted, ...[line, line]);
  });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(counting, fc.array(line, { minLength: 1, maxLength: 6 })), { minLength: 1 }),
      fc.nat(5),
      (parted, usual) => {
        const { room, lines, extents } = put(parted);
        room.calls.findColumns(extents.length, 15.6);
        for (const [order, { end }] of extents.entries()) room.lists[2][order] = end;
        room.calls.numberPlainPages(extents.length, 15.6, usual);
        for (const [order, page] of extents.entries()) {
          const left = columnOf(lines, page, 15.6);
          const own = lines.slice(page.first, page.end);
          const inColumn = own.map(({ value, left: here }) => value >= 0 && Math.abs(here - left) <= 15.6);
          const [head, foot] = [inColumn.indexOf(true), inColumn.lastIndexOf(true)];
          const filled = ({ begin, length, zoned }: Line) => begin < length && !zoned;
          const counts = own
            .filter((_, at) => inColumn[at])
            .every(({ value, exact }, at) => exact && value === at + 1);
          const broken = own.some((one, at) => at > head && at < foot && !inColumn[at] && filled(one));
          const goesOn = own.some((one, at) => at > foot && filled(one));
          const count = inColumn.filter((is) => is).length;
          const plain = head >= 0 && counts && !broken && (!goesOn || count >= usual);
          expect(room.lists[0][order]).toBe(plain ? page.first + head : none);
          expect([...room.tokens.slice(page.first, page.end)]).toEqual(
            inColumn.map((is) => (plain && is ? 1 : 0)),
          );
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('lines are counted and listed as they are one by one', () => {
  fc.assert(
    fc.property(pages, (parted) => {
      const { room, lines, extents } = put(parted);
      const texts = lines.flatMap(({ is }, at) => (is === 1 ? [at] : []));
      const firsts = lines.map(({ left }) => (left === 60 ? 40 : 65));
      room.beginnings.set(firsts);
      room.behindNumbers.set(firsts);
      room.calls.countTurns(extents.length, 4, 40);
      const inPage = ({ first, end }: Page) => texts.filter((at) => at >= first && at < end);
      expect([...room.lists[1].slice(0, extents.length)]).toEqual(extents.map((page) => inPage(page).length));
      expect([...room.lists[2].slice(0, extents.length)]).toEqual(
        extents.map((page) => inPage(page).filter((at) => lines[at]?.mark).length),
      );
      const isFull = ({ begin, length }: Line) =>
        Math.abs(begin - 4) <= 1 && begin + length - Math.min(begin, length) > 40;
      expect([...room.lists[0].slice(0, extents.length)]).toEqual(
        extents.map((page) => inPage(page).filter((at) => isFull(lines[at] as Line)).length), // indexes of lines
      );
      expect([...room.tokens.slice(0, extents.length)]).toEqual(
        extents.map((page) => (inPage(page).some((at) => firsts[at] === 40) ? 1 : 0)),
      );
      const breaks = lines.flatMap(({ begins }, at) => (begins ? [at] : []));
      expect([...room.lists[0].slice(0, room.calls.listBreaks(lines.length))]).toEqual(breaks);
      const runs = lines.flatMap(({ is, begin, length }, at) => {
        const taken = is >= 2 ? length : Math.min(begin, length);
        return taken === 0 ? [] : [[at * 100, at * 100 + taken, is === 2 || is === 4]];
      });
      const count = room.calls.listRuns(lines.length);
      expect([...room.lists[0].slice(0, count)]).toEqual(runs.map(([start]) => start));
      expect([...room.lists[1].slice(0, count)]).toEqual(runs.map(([, end]) => end));
      expect([...room.lists[2].slice(0, room.calls.namedRunsNow())]).toEqual(
        runs.flatMap(([, , named], run) => (named ? [run] : [])),
      );
    }),
    { numRuns: 300 },
  );
});

test('indents are counted of wrapped lines and of fresh ones, but for those that begin a turn', () => {
  fc.assert(
    fc.property(pages, (parted) => {
      const { room, lines } = put(parted);
      const rights = lines.flatMap(({ is, begin, length, mark }) =>
        is === 1
          ? [{ right: Math.max(begin + length - Math.min(begin, length), 1), indent: begin, mark }]
          : [],
      );
      const sorted = rights.map(({ right }) => right).sort((a, b) => a - b);
      const width = sorted.length === 0 ? 0 : (sorted[Math.ceil(sorted.length * 0.98) - 1] ?? 0);
      const [wrapped, hung, fresh] = [new Array(120).fill(0), new Array(120).fill(0), new Array(120).fill(0)];
      for (const [at, { indent, mark }] of rights.entries()) {
        if (mark) continue;
        const full = (rights[at - 1]?.right ?? 0) > width * 0.75;
        (full ? wrapped : fresh)[indent]++;
        if (full && rights[at - 1]?.mark) hung[indent]++;
      }
      expect(room.calls.countIndents(lines.length, 0.98)).toBe(width);
      expect([[...room.wrapped], [...room.hung], [...room.fresh]]).toEqual([wrapped, hung, fresh]);
    }),
    { numRuns: 300 },
  );
});
