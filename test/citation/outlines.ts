import fc from 'fast-check';
import { type Outline, type Passage, runTable, type ZoneRun } from '../../src/model/outline.ts';
import type { PassageKind } from '../../src/model/place.ts';

export interface OutlinedText {
  readonly text: string;
  readonly outline: Outline;
}

const word = fc.constantFrom('call', 'phone', "Adams's", '07700', 'long-', 'naïve', 'AB/1', 'the', '½', 'x');
const zone = fc.constantFrom<ZoneRun['zone']>('header', 'note', 'stamp', 'unindexed');
const paragraph = fc.constantFrom('1', '2', '12', '12(a)', '12 a', '4.w5', '(é)', '4.7');

/** Few different values, so that pages, paragraph numbers and rows collide often. */
const kind: fc.Arbitrary<PassageKind> = fc.oneof(
  fc.constant<PassageKind>({ kind: 'testimony', role: 'witness' }),
  fc.record({ kind: fc.constant('paragraph' as const), paragraph }),
  fc.record({ kind: fc.constant('block' as const), ordinal: fc.integer({ min: 1, max: 6 }) }),
  fc.constant<PassageKind>({ kind: 'page' }),
  fc.record({ kind: fc.constant('message' as const), part: fc.constantFrom('header', 'body', 'quoted') }),
  fc.record({
    kind: fc.constant('row' as const),
    worksheet: fc.constantFrom('A', 'B'),
    row: fc.integer({ min: 1, max: 3 }),
  }),
  fc.constant<PassageKind>({ kind: 'line' }),
);

const piece = fc.record({
  words: fc.array(word, { maxLength: 5 }),
  newPassage: fc.boolean(),
  zone: fc.option(zone, { freq: 4, nil: undefined }),
  kind,
  endsLine: fc.boolean(),
});

const place = fc.record({
  page: fc.integer({ min: 0, max: 2 }),
  number: fc.integer({ min: 0, max: 3 }),
  newSheet: fc.boolean(),
});

/** A document of any shape that keeps the invariants of `Outline`: passages and runs begin and end anywhere between words. */
export const outlinedText: fc.Arbitrary<OutlinedText> = fc
  .record({
    pieces: fc.array(piece, { minLength: 1, maxLength: 25 }),
    places: fc.array(place, { minLength: 1, maxLength: 12 }),
    sheets: fc.boolean(),
  })
  .map(({ pieces, places, sheets }) => build(pieces, places, sheets));

type Piece = typeof piece extends fc.Arbitrary<infer P> ? P : never;
type LinePlace = typeof place extends fc.Arbitrary<infer P> ? P : never;

function build(pieces: readonly Piece[], places: readonly LinePlace[], hasSheets: boolean): OutlinedText {
  let text = '';
  const starts = [0];
  const runs: ZoneRun[] = [];
  const body: Passage[] = [];
  const others: Passage[] = [];
  for (const one of pieces) {
    const start = text.length;
    text += `${one.words.join(' ')}${one.endsLine ? '\n' : ' '}`;
    const end = text.length;
    if (one.endsLine) starts.push(end);
    const common = { start, end, kind: one.kind, turn: body.length >> 1, exchange: 0 };
    if (one.zone !== undefined) {
      runs.push({ start, end, zone: one.zone });
      if (one.zone !== 'unindexed') others.push({ ...common, zone: one.zone });
    } else if (one.newPassage || body.length === 0) body.push({ ...common, zone: 'body' });
    else body.push({ ...(body.pop() ?? { ...common, zone: 'body' }), end });
  }
  if (starts.length > 1 && starts.at(-1) === text.length) starts.pop();
  return {
    text,
    outline: {
      lines: lineTable(starts, places, hasSheets),
      runs: runTable(runs),
      passages: [...body, ...others],
      sheets: [],
    },
  };
}

function lineTable(
  starts: readonly number[],
  places: readonly LinePlace[],
  hasSheets: boolean,
): Outline['lines'] {
  let sheet = 1;
  const rows = starts.map((_, index) => {
    const at = places[index % places.length] ?? { page: 0, number: 0, newSheet: false };
    if (at.newSheet && index > 0) sheet++;
    return { ...at, sheet: hasSheets ? sheet : 0 };
  });
  return {
    starts: Uint32Array.from(starts),
    sheets: Uint32Array.from(rows, (row) => row.sheet),
    pages: Uint32Array.from(rows, (row) => row.page),
    numbers: Uint32Array.from(rows, (row) => row.number),
    doubts: new Uint8Array(rows.length),
  };
}
