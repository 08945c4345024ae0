import type { Stretch } from '../citation/place-index.ts';
import { formatPlaceReference } from '../citation/reference.ts';
import { UserError } from '../model/diagnostic.ts';
import type { DocumentId } from '../model/identifiers.ts';
import type { Tag } from '../model/tag.ts';
import type { Case } from './case.ts';
import { findDocument } from './find-document.ts';
import { OpenedDocument } from './opened-document.ts';
import { personName } from './person.ts';
import { search } from './search.ts';
import { findTarget } from './show.ts';
import { hashWords } from './words-hash.ts';

export type TagLevel = 'document' | 'passage';

/** What is to be tagged: the answer to a query, single places, or whole documents. */
export interface TagTargets {
  readonly query?: string;
  readonly refs: readonly string[];
  readonly documents: readonly string[];
  /** For a query: the passages in which its hits begin, or the documents. */
  readonly level: TagLevel;
}

/** A document, or a stretch of one, with the place reference and the hash of the words that a tag holds on to. */
export interface TagTarget {
  readonly document: DocumentId;
  readonly place?: { readonly reference: string; readonly wordsHash: string };
}

export interface TagBatch {
  readonly tags: readonly string[];
  readonly targets: readonly TagTarget[];
  /** Labels that were there already (add), or not there (remove). */
  readonly unchanged: number;
  readonly changed: number;
}

/**
 * A tag's name: words, digits and `-_.`, levels divided by `/`, as in `phone/messages`. Control characters, quotes and
 * leading signs are refused, since a tag is typed into queries and read in spreadsheets.
 * @throws UserError
 */
export function checkTagName(name: string): string {
  const folded = name.normalize('NFC').trim();
  if (
    !/^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*(\/[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*)*$/u.test(folded) ||
    folded.length > 200
  ) {
    throw new UserError(`“${name}” cannot be a tag.`, {
      hint: 'A tag is letters, digits, spaces, dots and dashes, with / between levels: phone/messages.',
    });
  }
  return folded;
}

/**
 * Everything that a batch is to touch, each once, in a fixed order.
 * @throws UserError when a reference does not open or a query cannot be read: then nothing is touched.
 */
export async function findTagTargets(open: Case, wanted: TagTargets): Promise<readonly TagTarget[]> {
  const targets = new Map<string, TagTarget>();
  const add = (target: TagTarget) =>
    targets.set(`${target.document} ${target.place?.reference ?? ''}`, target);
  for (const name of wanted.documents) add({ document: await findDocument(open.store, name) });
  for (const ref of wanted.refs) {
    const { id, stretch } = await findTarget(open.store, ref);
    add(stretch === undefined ? { document: id } : await placeTarget(open, id, stretch));
  }
  if (wanted.query !== undefined) {
    for await (const target of queryTargets(open, wanted.query, wanted.level)) add(target);
  }
  return [...targets.values()];
}

async function* queryTargets(open: Case, query: string, level: TagLevel): AsyncGenerator<TagTarget> {
  const answer = await search(open, { query, limit: Number.POSITIVE_INFINITY, sort: 'document' });
  let document: OpenedDocument | undefined;
  let last = '';
  for await (const { document: card, passage, wholeDocument } of answer.hits) {
    const key = level === 'document' ? card.id : `${card.id} ${passage}`;
    if (key === last) continue;
    last = key;
    if (level === 'document' || wholeDocument) {
      yield { document: card.id };
      continue;
    }
    const opened = document?.id === card.id ? document : await OpenedDocument.open(open.store, card.id);
    document = opened;
    const text = await opened.passageText(passage);
    yield placeTargetIn(opened, text.unfold(0, text.text.length));
  }
}

async function placeTarget({ store }: Case, id: DocumentId, stretch: Stretch): Promise<TagTarget> {
  return placeTargetIn(await OpenedDocument.open(store, id), stretch);
}

async function placeTargetIn(document: OpenedDocument, stretch: Stretch): Promise<TagTarget> {
  const reference = formatPlaceReference(await document.referenceTo(stretch));
  const wordsHash = hashWords(await document.foldedText(stretch));
  return { document: document.id, place: { reference, wordsHash } };
}

export interface TagAction {
  readonly action: 'add' | 'remove';
  readonly names: readonly string[];
  readonly targets: readonly TagTarget[];
  readonly why: string | undefined;
  /** Says what would be done, and does nothing. */
  readonly dryRun: boolean;
}

/** Puts labels on targets, or takes them off, in one transaction. */
export async function applyTags({ store }: Case, request: TagAction): Promise<TagBatch> {
  const names = [...new Set(request.names.map(checkTagName))];
  const common = {
    by: personName(),
    at: new Date().toISOString(),
    ...(request.why ? { why: request.why } : {}),
  };
  const tags: Tag[] = request.targets.flatMap((target) =>
    names.map((name) => ({ name, ...target, ...common })),
  );
  const present = await countPresent(store, names, tags);
  const wouldChange = request.action === 'add' ? tags.length - present : present;
  const changed = request.dryRun
    ? wouldChange
    : await store.write(() => (request.action === 'add' ? store.addTags(tags) : store.removeTags(tags)));
  return { tags: names, targets: request.targets, changed, unchanged: tags.length - changed };
}

async function countPresent(
  store: Case['store'],
  names: readonly string[],
  tags: readonly Tag[],
): Promise<number> {
  const present = new Set<string>();
  for (const name of names) for await (const tag of store.tags({ name })) present.add(keyOf(tag));
  return tags.filter((tag) => present.has(keyOf(tag))).length;
}

function keyOf({ name, document, place }: Tag): string {
  return [name, document, place?.reference ?? '', place?.wordsHash ?? ''].join('\n');
}

/** Everything that has any of the tags. */
export async function targetsTagged(
  store: Case['store'],
  names: readonly string[],
): Promise<readonly TagTarget[]> {
  const targets: TagTarget[] = [];
  for (const name of new Set(names.map(checkTagName))) {
    for await (const { document, place } of store.tags({ name })) {
      targets.push(place === undefined ? { document } : { document, place });
    }
  }
  return targets;
}
