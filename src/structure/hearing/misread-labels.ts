import type { Layout } from '../layout.ts';
import { readHeading } from './headings.ts';
import { type Label, labelStrength, longestLabel } from './labels.ts';
import { roomFor } from './line-room.ts';
import type { PrintedPages } from './printed-pages.ts';

/**
 * Adds the labels whose colon was misread or is lost, "MR BEER; I see", where the same words are a label elsewhere in the
 * document, and gives those with a digit among their letters, "MR 8EER:", the name that others have. `believed` says of
 * a line whether a label can stand there.
 */
export function addMisreadLabels(
  layout: Layout,
  printed: PrintedPages,
  labels: Map<number, Label>,
  taken: { has(line: number): boolean },
  believed: (line: number) => boolean,
): void {
  const known = new Map<string, Label>();
  for (const label of labels.values())
    if (label.strength === 'strong' && !mixed.test(label.printed)) known.set(label.printed, label);
  if (known.size === 0) return;
  nameMisread(labels, known);
  const longestFirst = [...known.keys()].sort((a, b) => b.length - a.length);
  const { textAt } = printed;
  for (const line of capitalLines(printed)) {
    const text = layout.lines[line]?.text ?? '';
    const at = textAt[line] ?? 0;
    if (labels.has(line) || taken.has(line)) continue;
    const label = misreadAt(text, at, longestFirst);
    if (label !== undefined && believed(line) && readHeading(text.slice(at)).type === 'other')
      labels.set(line, label);
  }
}

/** The lines of text that may begin in capitals: the second letter of most words is a small one. */
function capitalLines(printed: PrintedPages): Uint32Array {
  const room = roomFor(printed.is.length);
  room.is.set(printed.is);
  room.labelSigns.set(printed.heads.labelSigns);
  return room.lists[0].slice(0, room.calls.listCapitals(printed.is.length));
}

/** A known name, or one with a title or an office before a semicolon. */
function misreadAt(text: string, at: number, longestFirst: readonly string[]): Label | undefined {
  const name = longestFirst.find((own) => text.startsWith(own, at));
  const end = name === undefined ? -1 : endBehind(text, at + name.length);
  if (name !== undefined && end >= 0) return { printed: name, strength: 'strong', end };
  const stop = text.indexOf(';', at);
  if (stop < 0 || stop - at > longestLabel || !/^\s/.test(text.slice(stop + 1))) return undefined;
  const printed = text.slice(at, stop);
  const named = printed === printed.toUpperCase() && labelStrength(printed) === 'strong';
  return named ? { printed, strength: 'strong', end: stop + 1 } : undefined;
}

/** Index after what stands in the place of the colon, where a sentence begins behind it; -1 where none does. */
function endBehind(text: string, index: number): number {
  const found = /^(?:\s*[;.](?=\s)|(?=\s))\s*(?=(?:\p{Lu}\p{Ll}|I\s|[-–—"“]))/u.exec(text.slice(index));
  return found === null ? -1 : index + found[0].length;
}

/** A digit beside a letter. */
const mixed = /\d\p{L}|\p{L}\d/u;
const lookalikes: Readonly<Record<string, string>> = {
  0: 'O',
  1: 'I',
  L: 'I',
  5: 'S',
  8: 'B',
  2: 'Z',
  6: 'G',
};

/** The words with each letter as poor recognition confuses it with a digit. */
function folded(name: string): string {
  return name.toUpperCase().replace(/[01L5826]/g, (sign) => lookalikes[sign] ?? sign);
}

/** A label without the rest of a line's number, "2 MR QUILL" or "12MR QUILL". */
export function withoutNumber(printed: string): string {
  return printed.replace(/^\d{1,2}\.?\s*(?=\p{L}{2})/u, '');
}

function nameMisread(labels: Map<number, Label>, known: ReadonlyMap<string, Label>): void {
  const misread = [...labels].filter(([, { printed }]) => /\d/.test(printed));
  if (misread.length === 0) return;
  const names = new Map(Array.from(known.keys(), (name) => [folded(name), name]));
  for (const [line, label] of misread) {
    const whole = mixed.test(label.printed) ? names.get(folded(label.printed)) : undefined;
    const rest = withoutNumber(label.printed);
    const name = whole ?? (known.has(rest) ? rest : undefined);
    if (name !== undefined) labels.set(line, { ...label, printed: name });
  }
}
