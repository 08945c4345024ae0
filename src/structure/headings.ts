import { firstDate } from './dates.ts';
import type { TextLine } from './text-lines.ts';

export interface Heading {
  /** Index of its first line in the layout. */
  readonly line: number;
  readonly text: string;
  /** The file itself calls it a heading. */
  readonly said: boolean;
  /** The file says so, or it is set in capitals; others need a numbered paragraph right behind them. */
  readonly strong: boolean;
  /** Index in the layout of the next line of running text; -1 at the end. */
  readonly next: number;
  /** Its own number, where it has one that no paragraph counts on from: "i", "2". */
  readonly number?: string;
}

const longestHeading = 90;
const mostLines = 3;

/** Short paragraphs that stand alone and do not end like a sentence. */
export function findHeadings(lines: readonly TextLine[]): Heading[] {
  const headings: Heading[] = [];
  for (let at = 0; at < lines.length; at++) {
    const first = lines[at];
    if (first === undefined || !first.begins || first.line.blockType === 'row') continue;
    let end = at + 1;
    while (lines[end]?.begins === false) end++;
    const text = lines
      .slice(at, end)
      .map(({ line }) => line.text.trim())
      .join(' ');
    if (end - at > mostLines || !looksLikeHeading(text, first.line.blockType === 'heading')) continue;
    const said = first.line.blockType === 'heading';
    headings.push({
      line: first.index,
      text,
      said,
      strong: said || isCapitals(text),
      next: lines[end]?.index ?? -1,
    });
  }
  return headings;
}

function looksLikeHeading(text: string, said: boolean): boolean {
  if (said) return text.length <= longestHeading * 2;
  if (
    text.length > longestHeading ||
    !/^(?:\([a-z\d]{1,4}\)|[a-z\d]{1,4}[.)])?\s*["“‘']?[A-Z0-9]/.test(text) ||
    !/[A-Za-z]{2}/.test(text)
  )
    return false;
  if (/[.,;?!"”]$/.test(text) || /\.{4}|_{4}/.test(text)) return false;
  if (/^(?:signed|signature|dated?|yours|dear|from|to|sent|subject|re|cc|time)\b/i.test(text)) return false;
  if (text.endsWith(':') && text.split(/\s+/).length > 3) return false;
  return !/:\s*\S/.test(text) && firstDate(text) === undefined;
}

function isCapitals(text: string): boolean {
  return /[A-Z].*[A-Z]/.test(text) && !/[a-z]/.test(text);
}
