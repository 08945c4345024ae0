import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { DocumentKind, GivenMetadata } from '../../src/model/document.ts';
import { type DocumentId, documentId } from '../../src/model/identifiers.ts';
import { listRuns, type Outline, runTable } from '../../src/model/outline.ts';
import { type PassageKind, roles } from '../../src/model/place.ts';
import { documentsOf } from '../query/document.ts';

/** Words of the made-up papers: apart and joined, in several forms, spellings, scripts and writings. */
export const paperWords = [
  ...['aa', 'bb', 'c', 'aab', 'Bb.', 'aa. Cc', 'b-c', '1', '12', '250', '1,250', '£300', 'AA’s', 'b\u00adb'],
  ...['apply', 'Applies', 'applied', 'smith', 'Smyth', 'smiths', 'café', 'CAFE\u0301', 'ﬁle', 'ｆｉｌｅ'],
];

/** What the made-up documents are: everything that a filter asks for. */
export interface MadeDocument {
  readonly id: DocumentId;
  readonly text: string;
  readonly outline: Outline;
  readonly kind: DocumentKind;
  readonly title?: string;
  readonly date?: string;
  readonly day?: number;
  readonly reference?: string;
  readonly witness?: string;
  readonly unreadableSheets: number;
  readonly tags: readonly MadeTag[];
}

/** On the whole document, or on a passage. */
export interface MadeTag {
  readonly name: string;
  readonly passage?: number;
}

/** A path that held documents one after the other; the last is the current one. */
export interface MadePath {
  readonly source: string;
  readonly path: string;
  readonly documents: readonly number[];
  readonly given: GivenMetadata;
}

export interface MadeCase {
  readonly documents: readonly MadeDocument[];
  readonly paths: readonly MadePath[];
}

const optional = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const kinds = ['hearing', 'statement', 'plain'] as const;
const dates = ['2014', '2014-05', '2014-05-06', '2015-01-31', '2016-12'] as const;
const titles = ['Report of aa', 'aa: a Report', 'Smith'] as const;
const people = ['Mr Smith', 'Officer A12', 'PC Smith'] as const;

const passageKind: fc.Arbitrary<PassageKind> = fc.oneof(
  fc.constant({ kind: 'line' as const }),
  fc
    .record({ role: fc.constantFrom(...roles), speaker: optional(people), witness: optional(people) })
    .map((given) => ({ kind: 'testimony' as const, ...defined(given) })),
);

/** Absent instead of undefined. */
function defined<T extends Record<string, unknown>>(record: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // what is undefined is left out, so that the type without it is true of what is there
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never;
}

const made: fc.Arbitrary<Omit<MadeDocument, 'id'>> = fc
  .record({
    laidOut: documentsOf(paperWords),
    passageKinds: fc.array(passageKind, { minLength: 1, maxLength: 5 }),
    printed: fc.integer({ min: 0, max: 3 }),
    kind: fc.constantFrom(...kinds),
    title: optional(titles),
    date: optional(dates),
    day: optional([1, 2]),
    reference: optional(['SAM1', 'SAM2']),
    witness: optional(people),
    unreadableSheets: fc.constantFrom(0, 0, 1),
    recognised: fc.subarray([1, 2, 3]),
    tags: fc.array(
      fc.record({
        name: fc.constantFrom('seen', 'phone/calls', 'phone'),
        passage: fc.option(fc.nat(3), { nil: undefined }),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ laidOut, passageKinds, printed, tags, recognised, ...facts }) => ({
    text: laidOut.text,
    outline: withRecognised(withKinds(laidOut.outline, passageKinds, printed > 0), recognised),
    ...defined(facts),
    kind: facts.kind,
    unreadableSheets: facts.unreadableSheets,
    tags: tags.map((tag) => defined(tag)) as readonly MadeTag[],
  }));

function withKinds(outline: Outline, passageKinds: readonly PassageKind[], printed: boolean): Outline {
  const { lines, runs } = outline;
  return {
    ...outline,
    lines: printed ? lines : { ...lines, pages: lines.pages.map(() => 0) },
    runs: runTable(listRuns(runs)),
    passages: outline.passages.map((passage, at) => ({
      ...passage,
      kind: passageKinds[at % passageKinds.length] ?? passage.kind,
    })),
  };
}

/** Sheets recognised by pincite, and by whoever made the file. */
function withRecognised(outline: Outline, sheets: readonly number[]): Outline {
  const rows = sheets.map((sheet) => ({ sheet, ocr: sheet === 2 ? ('file' as const) : ('ours' as const) }));
  return { ...outline, sheets: rows };
}

const given: fc.Arbitrary<GivenMetadata> = fc
  .record({
    title: optional(titles),
    kind: optional(kinds),
    date: optional(dates),
    day: optional([1, 2]),
    witness: optional(people),
    reference: optional(['SAM1', 'SAM3']),
  })
  .map((all) => defined(all));

/** Cases with copies, superseded versions, facts that people gave, and tags. */
export const anyCase: fc.Arbitrary<MadeCase> = fc
  .tuple(
    fc.array(made, { minLength: 2, maxLength: 6 }),
    fc.array(
      fc.record({
        extra: fc.boolean(),
        second: fc.nat(5),
        supersedes: fc.integer({ min: 0, max: 4 }),
        given,
      }),
      {
        minLength: 6,
        maxLength: 6,
      },
    ),
    fc.array(fc.constantFrom('one', 'two'), { minLength: 12, maxLength: 12 }),
  )
  .map(([documents, choices, sources]) => {
    const paths: MadePath[] = [];
    documents.forEach((_, at) => {
      const { extra = false, second = 0, supersedes = 1, given: facts = {} } = choices[at] ?? {};
      const source = sources[at] ?? 'one';
      const other = second % documents.length;
      const held = supersedes === 0 && other !== at ? [at, other] : [at];
      paths.push({ source, path: `p${(at * 7) % 11}.txt`, documents: held, given: facts });
      if (extra)
        paths.push({
          source: sources[at + 6] ?? 'two',
          path: `copies/p${at}.txt`,
          documents: [at],
          given: {},
        });
    });
    return {
      documents: documents.map((document, at) => ({ ...document, id: idOf(at, document.text) })),
      paths,
    };
  });

function idOf(at: number, text: string): DocumentId {
  return documentId(createHash('sha256').update(`${at} ${text}`).digest('hex'));
}
