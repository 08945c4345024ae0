import type { ByHandField, Copy, GivenMetadata, InputRecord } from '../../model/document.ts';
import type { CaseStore } from '../../store/store.ts';
import type { ManifestRow } from './manifest.ts';

/** What a person said of a file, or of one part of it. */
export interface Said {
  readonly source: string;
  readonly given: GivenMetadata;
}

/**
 * What is said of a file: by the manifest, else what was said of it the last time, so that a run without the manifest
 * forgets nothing. A source named for the run goes before the one of the last time.
 */
export async function saidOf(
  store: CaseStore,
  known: readonly InputRecord[],
  rows: readonly ManifestRow[],
  source: { readonly named: string | undefined; readonly standard: string },
): Promise<readonly Said[]> {
  const { named, standard } = source;
  if (rows.length > 0) {
    const said = rows.map((row) => ({ source: row.source ?? named ?? standard, given: row.given }));
    return Promise.all(said.map((one) => withByHand(store, known, one)));
  }
  const before = papersOf(known);
  if (before.length === 0) return [{ source: named ?? standard, given: {} }];
  return Promise.all(
    before.map(async (record) => {
      const standing = record.part === undefined ? {} : { sheets: record.part };
      const given = (await copyAt(store, record))?.given ?? standing;
      return { source: isByHand(given, 'source') ? record.source : (named ?? record.source), given };
    }),
  );
}

/** What was set by hand goes before what a manifest or an option says. */
export async function withByHand(store: CaseStore, known: readonly InputRecord[], said: Said): Promise<Said> {
  const record = papersOf(known).find(({ part }) => part === said.given.sheets);
  const given = record && (await copyAt(store, record))?.given;
  if (record === undefined || given?.byHand === undefined) return said;
  return {
    source: isByHand(given, 'source') ? record.source : said.source,
    given: { ...said.given, ...onlyByHand(given), byHand: given.byHand },
  };
}

function isByHand({ byHand = [] }: GivenMetadata, field: ByHandField): boolean {
  return byHand.includes(field);
}

function onlyByHand(given: GivenMetadata): Partial<GivenMetadata> {
  return Object.fromEntries(
    Object.entries(given).filter(([field]) => given.byHand?.some((own) => own === field)),
  );
}

/** Whether a file was taken in with just these words. Sheets that nobody named count as said when nothing is said of them. */
export async function wasSaid(
  store: CaseStore,
  known: readonly InputRecord[],
  said: readonly Said[],
): Promise<boolean> {
  const before = papersOf(known);
  if (!said.every(({ given }) => before.some(({ part }) => part === given.sheets))) return false;
  for (const record of before) {
    const now = said.find(({ given }) => given.sheets === record.part);
    if (now !== undefined && now.source !== record.source) return false;
    const given = (await copyAt(store, record))?.given;
    if (given !== undefined && !(now === undefined ? isLeftOver(given) : isSame(given, now.given)))
      return false;
  }
  return true;
}

/** The lines of the ledger that stand for papers, read or not. A file that was cut is none: its parts are. */
function papersOf(known: readonly InputRecord[]): readonly InputRecord[] {
  const isCut = known.some(({ part }) => part !== undefined);
  return known.filter(
    ({ outcome, part }) =>
      outcome !== 'manifest' && !(isCut && part === undefined && outcome === 'container'),
  );
}

async function copyAt(
  store: CaseStore,
  { document, root, path, part }: InputRecord,
): Promise<Copy | undefined> {
  if (document === undefined) return undefined;
  const copies = await store.copies(document);
  return copies.find((copy) => copy.root === root && copy.path === path && copy.given.sheets === part);
}

function isLeftOver({ sheets, byHand = [], ...rest }: GivenMetadata): boolean {
  const fields: readonly string[] = byHand;
  return sheets !== undefined && Object.keys(rest).every((field) => fields.includes(field));
}

function isSame(one: GivenMetadata, other: GivenMetadata): boolean {
  const facts = ({ title, kind, date, day, witness, reference, sheets }: GivenMetadata) =>
    JSON.stringify([title, kind, date, day, witness, reference, sheets]);
  return facts(one) === facts(other);
}
