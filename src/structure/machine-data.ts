import type { Layout } from './layout.ts';

/** So many lines tell. */
const sampleLines = 200;
/** Data has few lines that read as prose. */
const leastShare = 0.8;
const opening = /^\s*(?:\ufeff)?\s*(?:[[{]|<\?xml|<[a-z][\w:-]*[\s>])/i;
const dataLine =
  /^\s*(?:[\]}),]+;?|[[{(]+|"(?:[^"\\]|\\.)*"\s*:?.*|-?\d[\d.eE+-]*,?|true,?|false,?|null,?|[{[].*[\]}],?|<.*>)\s*$/;

/**
 * Whether a plain text is data written for machines (JSON, JSON lines, XML). What people said may stand in it, but it is
 * no statement or hearing of theirs: its numbers and names are those of its own fields.
 */
export function isMachineData({ lines, geometry }: Layout): boolean {
  if (geometry || lines[0]?.blockType !== undefined) return false;
  const first = lines.find(({ text }) => text.trim() !== '');
  if (first === undefined || !opening.test(first.text)) return false;
  const filled = lines.filter(({ text }) => text.trim() !== '').slice(0, sampleLines);
  return filled.filter(({ text }) => dataLine.test(text)).length >= filled.length * leastShare;
}
