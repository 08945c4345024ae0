import { commonest } from '../commonest.ts';
import type { Layout } from '../layout.ts';
import { type Label, labelStrength } from './labels.ts';
import { someOf } from './margin-times.ts';
import { lineIs, type PrintedPages } from './printed-pages.ts';

/*
 * Committees of the United States print who speaks with a full stop, at the head of an indented paragraph:
 * "    Mr. SMITH. Thank you, Mr. Chairman." Sentences end so, too.
 */

const stopped =
  /^(?:The [A-Z][A-Za-z-]+(?: [A-Z][A-Za-z-]+)?|(?:(?:Mr|Mrs|Ms|Dr|Hon|Gen|Adm|Col|Rev|Prof)\. |Miss |Senator |General |Admiral |Governor |Judge |Secretary |Director |Chair(?:man|woman)? )(?:(?:[A-Z]\.|de|van|von|la) )*[A-Z][A-Za-z'’-]+(?: [A-Z][A-Za-z'’-]+| [A-Z]\.){0,3}(?: of [A-Z][a-z]+)?)\. +(?=[A-Z\d"“‘([.…–—-])/;
/** Longest label that is looked for. */
const longest = 60;
/** How many such labels a column has at least, and of how many speakers. */
const fewest = 8;
const fewestSpeakers = 2;
/** So many times more of them there are than of all other marks and sure labels. */
const timesOthers = 4;
/** In so many lines there may be one other. */
const mostOthers = 40;

/** The labels that end in a stop, by line; none where they are few, or stand where lines go on. */
export function stoppedLabels(
  layout: Layout,
  printed: PrintedPages,
  others: number,
): ReadonlyMap<number, Label> {
  const none = new Map<number, Label>();
  // Where people speak in turn there are others, and no need to look.
  if (others * mostOthers > printed.filled) return none;
  if (!someOf(layout.lines, ({ text }) => (labelOn(text, 0) === undefined ? 0 : 1))) return none;
  const found = new Map<number, Label>();
  const labelled = new Map<number, number>();
  const plain = new Map<number, number>();
  for (let line = 0; line < printed.is.length; line++) {
    if (printed.is[line] !== lineIs.text) continue;
    const label = labelOn(layout.lines[line]?.text ?? '', printed.textAt[line] ?? 0);
    if (label !== undefined) found.set(line, label);
    const indents = label === undefined ? plain : labelled;
    const indent = printed.indents[line] ?? 0;
    indents.set(indent, (indents.get(indent) ?? 0) + 1);
  }
  const column = commonest(labelled) ?? 0;
  if (Math.abs(column - (commonest(plain) ?? 0)) <= 1) return none;
  const own = [...found].filter(([line]) => Math.abs((printed.indents[line] ?? 0) - column) <= 1);
  const speakers = new Set(own.map(([, { printed: name }]) => name));
  const enough = own.length >= Math.max(fewest, others * timesOthers) && speakers.size >= fewestSpeakers;
  return enough ? new Map(own) : none;
}

function labelOn(text: string, from: number): Label | undefined {
  let at = from;
  while (text.charCodeAt(at) === 32) at++;
  const stop = text.indexOf('. ', at);
  if (stop < 0 || stop > at + longest) return undefined;
  const head = stopped.exec(text.slice(at, at + longest))?.[0];
  const name = head?.trimEnd().slice(0, -1);
  if (head === undefined || name === undefined) return undefined;
  const sure = labelStrength(name) === 'strong' || /^Chair/.test(name);
  return sure ? { printed: name, strength: 'strong', end: at + head.length } : undefined;
}
