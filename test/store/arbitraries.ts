import fc from 'fast-check';
import {
  type LineTable,
  type MarkupRun,
  type Outline,
  type Passage,
  runTable,
  runZones,
  type SheetRow,
  type ZoneRun,
} from '../../src/model/outline.ts';
import { doubts, markupKinds, type PassageKind, roles, zones } from '../../src/model/place.ts';

/** Offsets and counts as they come, and now and then as large as a column can hold. */
export const unsigned = fc.oneof(
  { weight: 9, arbitrary: fc.nat(5000) },
  { weight: 1, arbitrary: fc.nat(0xffff_ffff) },
);

/** Any JavaScript string, unpaired surrogates among them. */
export const anyString = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) });

export const ascending = fc.array(unsigned).map((numbers) => Uint32Array.from(numbers).sort());

const lineTable: fc.Arbitrary<LineTable> = fc
  .array(fc.tuple(unsigned, unsigned, unsigned, unsigned, fc.nat(doubts.length)))
  .map((rows) => ({
    starts: Uint32Array.from(rows, (row) => row[0]).sort(),
    sheets: Uint32Array.from(rows, (row) => row[1]),
    pages: Uint32Array.from(rows, (row) => row[2]),
    numbers: Uint32Array.from(rows, (row) => row[3]),
    doubts: Uint8Array.from(rows, (row) => row[4]),
  }));

const stretch = fc
  .tuple(unsigned, unsigned)
  .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));

const zoneRun: fc.Arbitrary<ZoneRun> = fc
  .tuple(stretch, fc.constantFrom(...runZones))
  .map(([at, zone]) => ({ ...at, zone }));

const name = fc.oneof(fc.constantFrom('THE CHAIR', 'MR SMITH', 'Élan Ünal', ''), anyString);

const passageKind: fc.Arbitrary<PassageKind> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('testimony' as const),
      role: fc.constantFrom(...roles),
      speaker: name,
      witness: name,
      examiner: name,
    },
    { requiredKeys: ['kind', 'role'], noNullPrototype: true },
  ),
  fc.record(
    { kind: fc.constant('paragraph' as const), paragraph: name, heading: name },
    { requiredKeys: ['kind', 'paragraph'], noNullPrototype: true },
  ),
  fc.record(
    { kind: fc.constant('block' as const), ordinal: unsigned, heading: name },
    { requiredKeys: ['kind', 'ordinal'], noNullPrototype: true },
  ),
  fc.constant({ kind: 'page' as const }),
  fc.constantFrom('header', 'body', 'quoted').map((part) => ({ kind: 'message' as const, part })),
  fc.tuple(name, unsigned).map(([worksheet, row]) => ({ kind: 'row' as const, worksheet, row })),
  fc.constant({ kind: 'line' as const }),
);

const passage: fc.Arbitrary<Passage> = fc
  .tuple(
    stretch,
    fc.record(
      {
        zone: fc.constantFrom(...zones),
        kind: passageKind,
        turn: unsigned,
        exchange: unsigned,
        doubt: fc.constantFrom(...doubts),
      },
      { requiredKeys: ['zone', 'kind', 'turn', 'exchange'], noNullPrototype: true },
    ),
  )
  .map(([at, rest]) => ({ ...at, ...rest }));

const sheetRow: fc.Arbitrary<SheetRow> = fc.record(
  {
    sheet: unsigned,
    stamp: name,
    ocr: fc.constantFrom('file' as const, 'ours' as const),
    confidence: fc.double({ noNaN: true }),
    problem: name,
  },
  { requiredKeys: ['sheet'], noNullPrototype: true },
);

const markupRun: fc.Arbitrary<MarkupRun> = fc
  .tuple(
    stretch,
    fc.record(
      {
        kind: fc.constantFrom(...markupKinds),
        by: name,
        at: name,
        about: name,
        resolved: fc.constant(true as const),
      },
      { requiredKeys: ['kind'], noNullPrototype: true },
    ),
  )
  .map(([at, rest]) => ({ ...at, ...rest }));

/** Any outline that the types allow, whether or not its tables fit a text. */
export const anyOutline: fc.Arbitrary<Outline> = fc.record(
  {
    lines: lineTable,
    runs: fc.array(zoneRun).map(runTable),
    passages: fc.array(passage),
    sheets: fc.array(sheetRow),
    markup: fc.array(markupRun),
    day: unsigned,
  },
  { requiredKeys: ['lines', 'runs', 'passages', 'sheets'], noNullPrototype: true },
);
