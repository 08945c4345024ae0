import type { Census } from '../store/store.ts';
import type { Searched } from './hit.ts';

/** What an answer was found among, as answers give it. */
export function searchedOf(
  { documents, pages, unreadablePages, partlyRead, unreadFiles }: Census,
  lacking: Readonly<Record<string, number>>,
): Searched {
  return { documents, pages, unreadablePages, partlyRead, unreadFiles, lacking };
}
