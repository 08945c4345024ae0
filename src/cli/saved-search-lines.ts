import type { ListedSearch } from '../app/saved-searches.ts';
import type { Output } from './output.ts';
import { count } from './render-hits.ts';
import { safeText } from './safe-text.ts';

/** A saved search as lists show it: its name and query, then how it is read, what for, and when it was last asked. */
export function searchLines(
  { ask, query, reading, note, lastRun }: ListedSearch,
  { style }: Pick<Output, 'style'>,
): readonly string[] {
  const options = [
    reading.scope === undefined ? undefined : `--scope ${reading.scope}`,
    reading.any ? '--any' : undefined,
    reading.stem ? '--stem' : undefined,
  ].filter((option) => option !== undefined);
  const asked =
    lastRun === undefined
      ? 'not asked yet'
      : `asked ${timeInWords(lastRun.at)} by ${lastRun.by}: ${count(lastRun.hits, 'hit')}`;
  const facts = [...options, ...(note === undefined ? [] : [note]), asked].join(' · ');
  return [`${style.heading(safeText(ask))}  ${safeText(query)}`, `    ${style.faint(safeText(facts))}`];
}

/** `2026-11-25 15:04 UTC` */
export function timeInWords(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
