import type { Layout } from '../layout.ts';
import { beginsOnPage } from './displaced-turns.ts';
import { readHeading } from './headings.ts';
import { type Label, labelStrength, longestLabel, withoutNumber } from './labels.ts';
import { roomFor } from './line-room.ts';
import type { PrintedPages } from './printed-pages.ts';

/**
 * Adds the labels whose colon was misread or is lost, "MR BEER; I see", where the same words are a label elsewhere in the
 * document, or a page with other turns on it has a person's name there, and gives those with misread letters, "MR 8EER:",
 * the name that others have.
 * Gives the lines on which it is not sure who is named.
 */
export function addMisreadLabels(
  layout: Layout,
  printed: PrintedPages,
  labels: Map<number, Label>,
  taken: { has(line: number): boolean },
  believed: (line: number) => boolean,
): ReadonlySet<number> {
  const known = new Map<string, Label>();
  for (const label of labels.values())
    if (label.strength === 'strong' && !mixed.test(label.printed)) known.set(label.printed, label);
  if (known.size === 0) return new Set();
  nameMisread(labels, known);
  const unsure = nameAlike(labels);
  const longestFirst = [...known.keys()].sort((a, b) => b.length - a.length);
  const { textAt } = printed;
  let standAlone: boolean | undefined;
  for (const line of capitalLines(printed)) {
    const text = layout.lines[line]?.text ?? '';
    const at = textAt[line] ?? 0;
    if (labels.has(line) || taken.has(line)) continue;
    standAlone ??= areMostlyAlone(layout, labels);
    const label = knownAt(text, at, longestFirst, standAlone) ?? semicolonAt(text, at);
    const other = label === undefined ? unendedAt(text, at) : undefined;
    const found = label ?? other;
    if (found === undefined || !believed(line) || readHeading(text.slice(at)).type !== 'other') continue;
    if (other !== undefined && !beginsOnPage(printed, { marks: taken, labels }, line)) continue;
    labels.set(line, found);
    if (other !== undefined) unsure.add(line);
  }
  return unsure;
}

/** Whether what is said begins on the line after most labels. */
function areMostlyAlone({ lines }: Layout, labels: ReadonlyMap<number, Label>): boolean {
  let alone = 0;
  for (const [line, { end }] of labels) if (end >= (lines[line]?.text.trimEnd().length ?? 0)) alone++;
  return alone > labels.size / 2;
}

/** The lines of text that may begin in capitals: the second letter of most words is a small one. */
function capitalLines(printed: PrintedPages): Uint32Array {
  const room = roomFor(printed.is.length);
  room.is.set(printed.is);
  room.labelSigns.set(printed.heads.labelSigns);
  return room.lists[0].slice(0, room.calls.listCapitals(printed.is.length));
}

/** A known name; with nothing behind it only where that is usual. */
function knownAt(
  text: string,
  at: number,
  longestFirst: readonly string[],
  standAlone: boolean,
): Label | undefined {
  const name = longestFirst.find((own) => text.startsWith(own, at));
  if (name === undefined) return undefined;
  const rest = text.slice(at + name.length);
  const end = standAlone && /^[;.]?\s*$/.test(rest) ? text.length : endBehind(text, at + name.length);
  return end < 0 ? undefined : { printed: name, strength: 'strong', end };
}

/** A name with a title or an office before a semicolon. */
function semicolonAt(text: string, at: number): Label | undefined {
  const stop = text.indexOf(';', at);
  if (stop < 0 || stop - at > longestLabel || !/^\s/.test(text.slice(stop + 1))) return undefined;
  return titledLabel(text.slice(at, stop), stop + 1);
}

const unended = /^([^a-z;:]{3,}?(?<=[^.\s]{2}))(?:\.\s+|\s{2,})(?=\p{Lu}\p{Ll}|I[\s'’]|A\s)/u;

/** The same before a stop or nothing but white space, and the beginning of a sentence. */
function unendedAt(text: string, at: number): Label | undefined {
  // Told first, since most lines go on in small letters.
  if (isSmall(text.charCodeAt(at + 1)) || isSmall(text.charCodeAt(at + 2))) return undefined;
  const [whole = '', name = ''] = unended.exec(text.slice(at, at + longestLabel)) ?? [];
  return whole === '' ? undefined : titledLabel(name, at + whole.length);
}

function isSmall(code: number): boolean {
  return code >= 97 && code <= 122;
}

function titledLabel(printed: string, end: number): Label | undefined {
  const titled = printed === printed.toUpperCase() && labelStrength(printed) === 'strong';
  return titled ? { printed, strength: 'strong', end } : undefined;
}

/** Index behind what stands in the place of the colon, where a sentence begins behind it; -1 where none does. */
function endBehind(text: string, index: number): number {
  const found = /^(?:\s*[;.](?=\s)|(?=\s))\s*(?=(?:\p{Lu}\p{Ll}|I[\s'’]|[-–—"“(]))/u.exec(text.slice(index));
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

/** A label is rare that comes at most so often, and where another comes so many times as often. */
const mostRare = 2;
const timesRare = 3;

/**
 * Gives labels with digits among their letters the name of another that differs from them in what looks alike; gives their
 * lines, and those of rare labels without digits that differ so from a commoner one, "THF CHAIR": there may be a Mr Coyle as
 * well as a Mr Doyle, so these keep their names.
 */
function nameAlike(labels: Map<number, Label>): Set<number> {
  const counts = new Map<string, number>();
  for (const { printed } of labels.values()) counts.set(printed, (counts.get(printed) ?? 0) + 1);
  const commonest = new Map<string, string>();
  for (const [name, times] of counts) {
    const shape = shapeOf(name);
    if (!hasDigitWithin(name) && times > (counts.get(commonest.get(shape) ?? '') ?? 0))
      commonest.set(shape, name);
  }
  const unsure = new Map<string, string>();
  for (const [name, times] of counts) {
    const other = commonest.get(shapeOf(name)) ?? name;
    const rare = times <= mostRare && (counts.get(other) ?? 0) >= times * timesRare;
    if (hasDigitWithin(name)) unsure.set(name, other);
    else if (other !== name && rare) unsure.set(name, name);
  }
  const lines = new Set<number>();
  if (unsure.size === 0) return lines;
  for (const [line, label] of labels) {
    const name = unsure.get(label.printed);
    if (name === undefined) continue;
    labels.set(line, { ...label, printed: name });
    lines.add(line);
  }
  return lines;
}

/** Whether a word has a digit before or between its letters; what ends in one, or has two together, is a cipher. */
export function hasDigitWithin(name: string): boolean {
  return mixed.test(name) && name.split(/\s+/).some((word) => !isCipher(word) && /\d/.test(word));
}

function isCipher(word: string): boolean {
  return word.length < 3 || /\d(?:\d|\P{L}*$)/u.test(word);
}

const shapes: Readonly<Record<string, string>> = {
  ...{ F: 'E', L: 'I', J: 'I', 1: 'I', Q: 'O', D: 'O', C: 'O', G: 'O', 0: 'O', 6: 'O' },
  ...{ 8: 'B', R: 'B', P: 'B', 5: 'S', 2: 'Z', V: 'U', N: 'H', M: 'H' },
};

/** The words with one letter for all that look alike, ciphers left as they are. */
function shapeOf(name: string): string {
  return name.toUpperCase().replace(/\S+/g, (word) => {
    if (isCipher(word)) return word;
    return word.replace(/[FLJ10QDCG68RP52VNM]/g, (sign) => shapes[sign] ?? sign);
  });
}
