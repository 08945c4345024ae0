import type { Layout } from '../layout.ts';
import { cleanName, isNameLine } from './headings.ts';
import { lineIs, type PrintedPages } from './printed-pages.ts';
import type { TurnMarks } from './turn-marks.ts';

/** How many lines may stand before the title names whose deposition it is. */
const mostLines = 60;

const title = /\b(?:deposition|examination\s+(?:before\s+trial|under\s+oath)|interview)\s+of\b:?\s*(.*)$/i;

/**
 * Whose deposition the title page says it is: "VIDEOTAPED DEPOSITION OF" and the name, there or on the next line. Many
 * depositions name their witness nowhere else. Undefined for all other documents.
 */
export function deponentOf(
  layout: Layout,
  { is, textAt }: PrintedPages,
  turns: TurnMarks,
): string | undefined {
  let titled = false;
  for (let index = 0, seen = 0; index < is.length && seen < mostLines; index++) {
    if (turns.begins[index] === 1) return undefined;
    const words = (layout.lines[index]?.text ?? '').slice(textAt[index]).trim();
    if (is[index] === lineIs.blank || words === '') continue;
    seen++;
    const name = titled ? words : title.exec(words)?.[1];
    if (name === undefined) continue;
    const clean = cleanName(name.replace(/,\s.*$/, ''));
    if (clean !== '' || titled) return isNameLine(clean) ? clean : undefined;
    titled = true;
  }
  return undefined;
}
