import type { Markup } from '../../model/place.ts';
import { dateOfDttm } from '../dttm.ts';

/** What becomes of the text in a group. A table has its own rules for what stands in it. */
export type Destination = 'text' | 'skipped' | 'captured' | 'fonts' | 'styles' | 'lists' | 'information';

/** How far text of a tracked change goes, by whom (index into the table of authors) and when (DTTM). */
interface Revision {
  readonly by: number;
  readonly at: number;
}

/** What a group inherits from the group around it, and gives up at its end. */
export interface GroupState {
  destination: Destination;
  /** In a group that holds its text twice: where that text goes. */
  beforeAlternatives: Destination | undefined;
  /** The text of a captured group. */
  capture: { text: string };
  font: number;
  /** Characters that follow each `\u` for readers that know no Unicode. */
  replacements: number;
  hidden: boolean;
  deleted: Revision | undefined;
  inserted: Revision | undefined;
  movedHere: Revision | undefined;
  movedAway: Revision | undefined;
  style: number;
  inTable: boolean;
  depth: number | undefined;
  list: number | undefined;
  level: number;
  outlineLevel: number | undefined;
}

export function firstState(): GroupState {
  return {
    destination: 'text',
    beforeAlternatives: undefined,
    capture: { text: '' },
    font: -1,
    replacements: 1,
    ...plainCharacters,
    ...plainParagraph,
  };
}

/** What `\plain` sets back. */
export const plainCharacters = {
  hidden: false,
  deleted: undefined,
  inserted: undefined,
  movedHere: undefined,
  movedAway: undefined,
} satisfies Partial<GroupState>;

/** What `\pard` sets back. */
export const plainParagraph = {
  style: 0,
  inTable: false,
  depth: undefined,
  list: undefined,
  level: 0,
  outlineLevel: undefined,
} satisfies Partial<GroupState>;

/** The change that was recorded of text in a group: a deletion goes before an insertion. */
export function changeOf(state: GroupState, authors: readonly string[]): Markup | undefined {
  const kinds = [
    ['deleted', state.deleted],
    ['moved away', state.movedAway],
    ['moved here', state.movedHere],
    ['inserted', state.inserted],
  ] as const;
  for (const [kind, revision] of kinds) {
    if (revision === undefined) continue;
    const by = authors[revision.by]?.trim();
    const at = dateOfDttm(revision.at);
    return { kind, ...(by && by !== 'Unknown' && { by }), ...(at && { at }) };
  }
  return undefined;
}

type RevisionField = 'deleted' | 'inserted' | 'movedHere' | 'movedAway';

/** Which revision a control word speaks of: that there is one, whose it is, or when it was. */
const revisionWords: Readonly<Record<string, readonly [RevisionField, 'is' | 'by' | 'at']>> = {
  deleted: ['deleted', 'is'],
  revauthdel: ['deleted', 'by'],
  revdttmdel: ['deleted', 'at'],
  revised: ['inserted', 'is'],
  revauth: ['inserted', 'by'],
  revdttm: ['inserted', 'at'],
  mvt: ['movedHere', 'is'],
  mvf: ['movedAway', 'is'],
};

/** Takes up a control word of recorded changes; false when it is none. */
export function readRevision(state: GroupState, word: string, value: number | undefined): boolean {
  const found = Object.hasOwn(revisionWords, word) ? revisionWords[word] : undefined;
  if (found === undefined) return readMoveSignature(state, word, value);
  const [field, what] = found;
  if (what === 'is') {
    // Whose it is may stand before or behind the word that says that there is one.
    state[field] = value === 0 ? undefined : { by: 0, at: 0, ...state[field] };
  } else if (state[field] !== undefined) state[field] = { ...state[field], [what]: (value ?? 0) >>> 0 };
  return true;
}

function readMoveSignature(state: GroupState, word: string, value: number | undefined): boolean {
  const what = word === 'mvauth' ? 'by' : word === 'mvdate' ? 'at' : undefined;
  if (what === undefined) return false;
  for (const field of ['movedHere', 'movedAway'] as const)
    if (state[field] !== undefined) state[field] = { ...state[field], [what]: (value ?? 0) >>> 0 };
  return true;
}
