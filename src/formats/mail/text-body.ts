import type { BlockPlace } from '../extraction.ts';
import type { DraftBlock } from '../table-row.ts';

export const bodyPlace: BlockPlace = { kind: 'message', part: 'body' };

/**
 * A plain text as blocks, a paragraph each: lines up to the next empty one. Empty lines go with the paragraph before
 * them, so that lines count as in the message. `flowed` texts (RFC 3676) begin some lines with a space that is not theirs.
 */
export function blocksOfText(text: string, flowed = false): DraftBlock[] {
  const lines = text.replace(/\s+$/, '').split(/[\n\f]/);
  const blocks: DraftBlock[] = [];
  let paragraph: string[] = [];
  let ended = false;
  const flush = () => {
    if (paragraph.length > 0)
      blocks.push({ type: 'paragraph', text: paragraph.join('\n'), place: bodyPlace });
    paragraph = [];
  };
  for (const line of lines) {
    const empty = line.trim() === '';
    if (!empty && ended) flush();
    ended = empty;
    paragraph.push((flowed && line.startsWith(' ') ? line.slice(1) : line).trimEnd());
  }
  flush();
  return blocks.filter(({ text: kept }) => kept.trim() !== '');
}
