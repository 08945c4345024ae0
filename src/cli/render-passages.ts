import type { FamilyMember } from '../app/family.ts';
import type { DocumentCard } from '../app/hit.ts';
import type { ShownPassage } from '../app/passages.ts';
import type { SameMessage } from '../app/same-messages.ts';
import { referenceIdLength } from '../model/identifiers.ts';
import { foldLines, paintLine } from './fold.ts';
import type { Output } from './output.ts';
import { withColumnNames } from './row-text.ts';
import { safeText } from './safe-text.ts';
import { inputLines } from './unread-lines.ts';

const indent = '    ';
/** Other documents that are named; all are in the JSON. */
const mostNamed = 3;

/** Says that a later version has taken the document's place; empty where none has. */
export function renderSuperseded(card: DocumentCard, { style }: Output): string {
  const { supersededBy, isGone, parent } = card;
  if (supersededBy === undefined) return '';
  const path = safeText(card.path);
  if (isGone && parent !== undefined)
    return style.warning(`Superseded: ${path} is not there any more: the file that held it has changed.\n`);
  if (isGone)
    return style.warning(`Superseded: ${path} has a later version, which has no text of its own.\n`);
  const later = supersededBy.slice(0, referenceIdLength);
  return style.warning(`Superseded: ${path} has a later version, ${later}.\n`);
}

/** "The same message as police/mail-2.eml (9f3ac2d41b07)." Names the first few. */
export function sameMessageLine(others: readonly SameMessage[]): string {
  const named = others
    .slice(0, mostNamed)
    .map(({ id, path }) => `${path} (${id.slice(0, referenceIdLength)})`);
  const more = others.length > mostNamed ? ` and ${others.length - mostNamed} more` : '';
  return `The same message as ${named.join(', ')}${more}.`;
}

/** Says that the document shown is a message that is in the case more than once; empty where it is not. */
export function renderSameMessage(others: readonly SameMessage[], { style }: Output): string {
  return others.length === 0 ? '' : style.faint(`${safeText(sameMessageLine(others))}\n`);
}

/** What was referred to: its citation and reference, above the passages. */
export function renderTarget(target: ShownPassage, { style }: Output): string {
  return `${style.citation(safeText(target.citation))}\n${indent}${target.ref}  ${style.faint(safeText(target.document.path))}\n\n`;
}

/** The head of a document that is shown whole, with the file that it came out of and the files that came out of it. */
export function renderDocument(
  card: DocumentCard,
  children: readonly FamilyMember[],
  { style, width }: Output,
): string {
  const { kind, source, date, reference } = card;
  const facts = [kind, source, date, reference].filter((fact) => fact !== undefined);
  const lines = [safeText(`${facts.join(' · ')} · ${card.path}`), parentLine(card)];
  const about = lines.filter((line) => line !== '').map((line) => `${indent}${style.faint(line)}\n`);
  const held = children.length === 0 ? '' : `${indent}Files inside:\n`;
  const list = children.map((child) => `${childLines(child, width)}\n`).join('');
  return `${style.heading(safeText(card.title))}\n${about.join('')}${held}${list}\n`;
}

/** A child that is a document by its id and title, any other with what became of it. */
function childLines({ path, outcome, reason, id, title }: FamilyMember, width: number): string {
  if (id === undefined || title === undefined)
    return inputLines({ path, outcome, ...(reason === undefined ? {} : { reason }) }, width);
  return `  ${id.slice(0, referenceIdLength)}  ${safeText(`${title} · ${path}`)}`;
}

/** "From 9f3ac2d41b07 Re: the lamp · mail/box.eml"; empty for a file that came out of none, and for a part of one. */
export function parentLine({ parent, path }: DocumentCard): string {
  if (parent === undefined || parent.path === path) return '';
  const { id, title } = parent;
  const named = id === undefined ? '' : `${id.slice(0, referenceIdLength)} ${title} · `;
  return safeText(`From ${named}${parent.path}`);
}

/** A passage with its place in front; the words that were referred to are marked. */
export function renderShown(passage: ShownPassage, target: ShownPassage | undefined, output: Output): string {
  const { style } = output;
  const spans = target !== undefined && passage.passage === target.passage ? target.spans : [];
  const paint = output.onTerminal && !style.coloured ? (words: string) => `«${words}»` : style.hit;
  const { text, marks } = withColumnNames(passage.text, passage.cells, spans);
  const lines = foldLines(text, output.width - indent.length).map(
    (line) => indent + paintLine(text, line, marks, paint, safeText),
  );
  const tags =
    passage.tags.length > 0 ? `  ${style.faint(safeText(`tags: ${passage.tags.join(', ')}`))}` : '';
  return `${style.faint(safeText(placeLabel(passage)))}${tags}\n${lines.join('\n')}\n`;
}

/** "6:17-6:22  Mr Daniel Orme": the place as references name it, and who speaks there. */
function placeLabel({ ref, place }: ShownPassage): string {
  const speaker = place.kind === 'testimony' ? place.speaker : undefined;
  return [ref.slice(ref.indexOf('@') + 1), ...(speaker === undefined ? [] : [speaker])].join('  ');
}
