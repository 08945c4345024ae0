import type { DocumentId } from './identifiers.ts';

/**
 * A name on a document, or on the words of one place in it. It holds on to (document, place, hash of the words), never
 * to offsets: `reference` is the place's reference without the document, `wordsHash` the SHA-256 of the words' terms
 * joined by spaces, as hex. Two labels are the same when all of these are.
 */
export interface TagLabel {
  readonly name: string;
  readonly document: DocumentId;
  readonly place?: { readonly reference: string; readonly wordsHash: string };
}

export const tagOriginKinds = ['person', 'rule'] as const;

/** Who says that a label is to be there: a person, or a rule in one of its versions. */
export interface TagOrigin {
  readonly kind: (typeof tagOriginKinds)[number];
  /** The person's name, or the rule's. */
  readonly name: string;
  /** Why the person put it there, or the rule's note. */
  readonly why?: string;
  /** Of a rule: the hash of all that it means. */
  readonly version?: string;
  /** Of a rule: its query as understood. */
  readonly query?: string;
}

/** An origin with the batch by which it came. */
export interface PlacedOrigin extends TagOrigin {
  readonly batch: number;
  /** Who ran the batch. */
  readonly by: string;
  /** ISO 8601 time of the batch. */
  readonly at: string;
  /** Of a rule: what the case held at the time. */
  readonly state?: CaseState;
}

/** A label that is there, for at least one origin says so; it goes with the last of them, and its note with it. */
export interface Tag extends TagLabel {
  /** What somebody wrote to it. */
  readonly note?: string;
  /** By kind, name, version, query and why. */
  readonly origins: readonly PlacedOrigin[];
}

/** What a case held when rules were applied to it. */
export interface CaseState {
  /** 12 hex digits of a hash over the documents in force and what is known of them. */
  readonly hash: string;
  readonly documents: number;
}

export const tagActions = [
  'add',
  'remove',
  'apply',
  'import',
  'rename',
  'merge',
  'note',
  'exclusive',
  'undo',
] as const;
export type TagAction = (typeof tagActions)[number];

/** Tags of which a document or a place can have one at most, with what stands below each. In order of their names. */
export type ExclusiveTags = readonly string[];

/** What one command did to tags, as it is written down. */
export interface NewTagBatch {
  readonly action: TagAction;
  readonly by: string;
  /** ISO 8601 time. */
  readonly at: string;
  /** What was asked for. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly state?: CaseState;
  /** The batch that this one takes back. */
  readonly undoes?: number;
  readonly exclusive?: ExclusiveChange;
}

/** Groups of exclusive tags that a batch declares, and that it withdraws. */
export interface ExclusiveChange {
  readonly declared: readonly ExclusiveTags[];
  readonly withdrawn: readonly ExclusiveTags[];
}

export interface TagBatch extends NewTagBatch {
  /** From 1, in the order in which they were written. */
  readonly number: number;
  /** Origins that it put on labels and took off them, and notes that it changed. */
  readonly put: number;
  readonly taken: number;
  readonly noted: number;
}

/** One change to a label. `since` is the batch by which an origin came, when that is not the one that puts it there. */
export type TagChange =
  | {
      readonly type: 'put';
      readonly label: TagLabel;
      readonly origin: TagOrigin;
      readonly since?: number;
    }
  | { readonly type: 'take'; readonly label: TagLabel; readonly origin: TagOrigin }
  /** Without a note the one that is there goes. */
  | { readonly type: 'note'; readonly label: TagLabel; readonly note?: string };

/** A change as it was made: only what made a difference. */
export type MadeTagChange =
  | {
      readonly type: 'put';
      readonly label: TagLabel;
      readonly origin: TagOrigin;
      readonly since: number;
    }
  | {
      readonly type: 'take';
      readonly label: TagLabel;
      readonly origin: TagOrigin;
      readonly since: number;
    }
  | {
      readonly type: 'note';
      readonly label: TagLabel;
      readonly before?: string;
      readonly after?: string;
    };

/** What makes a label that one, as one text: equal for equal labels, in their order. */
export function labelKey({ name, document, place }: TagLabel): string {
  return [name, document, place?.reference ?? '', place?.wordsHash ?? ''].join('\n');
}

/** The label alone, of a tag or anything else that extends one. */
export function labelOf({ name, document, place }: TagLabel): TagLabel {
  return { name, document, ...(place === undefined ? {} : { place }) };
}

/** The origin alone, without the batch by which it came. */
export function originOf({ kind, name, why, version, query }: TagOrigin): TagOrigin {
  return {
    kind,
    name,
    ...(why === undefined ? {} : { why }),
    ...(version === undefined ? {} : { version }),
    ...(query === undefined ? {} : { query }),
  };
}

/** Kind, name, version, query and why: the columns that origins are told apart and ordered by. */
export function originColumns(origin: TagOrigin): readonly string[] {
  return [origin.kind, origin.name, origin.version ?? '', origin.query ?? '', origin.why ?? ''];
}
