import type { DocumentId } from '../../model/identifiers.ts';
import { lostRelations } from '../soundness.ts';

/** Documents, copies and tags that have lost one another, a sentence each. */
export function* relationProblems(
  documents: readonly DocumentId[],
  copied: ReadonlySet<DocumentId>,
  tagged: readonly DocumentId[],
): Generator<string> {
  const there = new Set(documents);
  const isGone = (id: DocumentId) => !there.has(id);
  yield* [...copied].filter(isGone).map(lostRelations.copiesOfNone).sort();
  yield* documents.filter((id) => !copied.has(id)).map(lostRelations.withoutCopies);
  yield* tagged.filter(isGone).map(lostRelations.tagsOfNone).sort();
}
