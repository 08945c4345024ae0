import { nearEnough } from '../model/near-duplicate.ts';
import { lastAtOrBefore } from '../model/outline.ts';
import type { CaseStore } from '../store/store.ts';
import type { CardCatalogue } from './card.ts';
import { type Matched, type MatchedDocument, named, totalsOf, withHits } from './matched-documents.ts';
import { groupsByDocument } from './near-duplicates.ts';
import { OpenedDocument } from './opened-document.ts';
import { bySourceAndPath } from './ordering.ts';
import { hashTerms } from './words-hash.ts';

/** What was left out because the same words are shown in a document that is nearly the same. */
export interface Hidden {
  /** Documents of which no hit is left. */
  readonly documents: number;
  readonly hits: number;
}

/**
 * Of documents that are nearly the same, each sentence with its hits once: in the first by source and path. A hit in a
 * sentence that no document before it has stays, so that what differs between two versions is never left out.
 */
export async function withoutNearDuplicates(
  store: CaseStore,
  catalogue: CardCatalogue,
  matched: Matched,
): Promise<{ readonly matched: Matched; readonly hidden: Hidden }> {
  const groups = await groupsByDocument(store, nearEnough);
  const answering = new Map<string, number>();
  for (const { id } of matched.documents) count(answering, groups.get(id));
  const shown = new Map<string, Set<string>>();
  const kept: MatchedDocument[] = [];
  for (const document of [...(await named(catalogue, matched.documents))].sort(bySourceAndPath)) {
    const group = groups.get(document.id);
    if (group === undefined || answering.get(group) === 1) {
      kept.push(document);
      continue;
    }
    const seen = shown.get(group) ?? new Set<string>();
    shown.set(group, seen);
    const left = await unseenHits(store, document, seen);
    if (left !== undefined) kept.push(left);
  }
  const hidden = hiddenOf(matched, kept);
  if (hidden.hits === 0) return { matched, hidden };
  return { matched: { documents: kept, totals: await totalsOf(store, kept) }, hidden };
}

function count(counts: Map<string, number>, key: string | undefined): void {
  if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The hits in sentences that are not in `seen`, which then has them; undefined when there are none. */
async function unseenHits(
  store: CaseStore,
  document: MatchedDocument,
  seen: Set<string>,
): Promise<MatchedDocument | undefined> {
  const { hits } = document;
  if (hits.whole) {
    const first = !seen.has('whole');
    seen.add('whole');
    return first ? document : undefined;
  }
  const opened = await OpenedDocument.open(store, document.id);
  const left: number[] = [];
  for (const [index, start] of hits.starts.entries()) {
    const key = await sentenceKey(opened, start, hits.ends[index] ?? start);
    if (seen.has(key)) continue;
    seen.add(key);
    left.push(index);
  }
  if (left.length === hits.starts.length) return document;
  return left.length === 0 ? undefined : withHits(document, left);
}

/** The words of the sentences that a hit lies in, and where it lies in them. */
async function sentenceKey(opened: OpenedDocument, start: number, end: number): Promise<string> {
  const { sentence, ends } = opened.units;
  const first = sentence[lastAtOrBefore(sentence, start)] ?? start;
  const next = sentence[lastAtOrBefore(sentence, end) + 1] ?? Number.POSITIVE_INFINITY;
  const zoneEnd = ends.find((position) => position > end) ?? end + 1;
  const words = await opened.words(first, Math.min(next, zoneEnd) - 1);
  return `${hashTerms(words.map(({ term }) => term))} ${start - first} ${end - first}`;
}

function hiddenOf(matched: Matched, kept: readonly MatchedDocument[]): Hidden {
  const hits = kept.reduce((sum, { hitCount }) => sum + hitCount, 0);
  return { documents: matched.documents.length - kept.length, hits: matched.totals.hits - hits };
}
