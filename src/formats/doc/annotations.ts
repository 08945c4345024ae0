import type { Markup } from '../../model/place.ts';
import { PositionTable, stringTable } from '../binary.ts';
import { dateOfDttm } from '../dttm.ts';
import type { FileInformation } from './file-information.ts';

/** A reference in the text to a stretch of another story: a note, a comment, a text box. */
export interface Anchor {
  /** Where it stands, in characters of the text. */
  readonly at: number;
  /** The stretch in its own story. */
  readonly from: number;
  readonly to: number;
}

export interface NoteAnchor extends Anchor {
  /** Numbered by Word; else it has a mark of its own. */
  readonly automatic: boolean;
}

export interface CommentAnchor extends Anchor {
  readonly markup: Markup;
  /** What it is about, in characters of the text. */
  readonly subject: { readonly from: number; readonly to: number } | undefined;
}

/** The stretches of a story one after the other: where a damaged table says that two overlap, the later one is cut. */
export function stretchesOf(table: PositionTable): readonly { readonly from: number; readonly to: number }[] {
  let end = 0;
  return Array.from({ length: table.count }, (_, index) => {
    const from = Math.max(end, table.position(index));
    end = Math.max(from, table.position(index + 1));
    return { from, to: end };
  });
}

const nowhere = { from: 0, to: 0 };

export function footnotes(file: FileInformation): readonly NoteAnchor[] {
  return notes(file, 'footnoteReferences', 'footnoteTexts');
}

export function endnotes(file: FileInformation): readonly NoteAnchor[] {
  return notes(file, 'endnoteReferences', 'endnoteTexts');
}

function notes(
  file: FileInformation,
  references: 'footnoteReferences' | 'endnoteReferences',
  texts: 'footnoteTexts' | 'endnoteTexts',
): readonly NoteAnchor[] {
  const marks = new PositionTable(file.table(references), 2);
  const stretches = stretchesOf(new PositionTable(file.table(texts), 0));
  return Array.from({ length: marks.count }, (_, index) => ({
    at: marks.position(index),
    ...(stretches[index] ?? nowhere),
    automatic: marks.entry(index).short(0) !== 0,
  }));
}

const referenceBytes = 30;
const dateBytes = 18;

/** Comments in the order of their references, with who made them, when, and what they are about (MS-DOC 2.8.7, 2.9.3). */
export function comments(file: FileInformation): readonly CommentAnchor[] {
  const references = new PositionTable(file.table('commentReferences'), referenceBytes);
  const stretches = stretchesOf(new PositionTable(file.table('commentTexts'), 0));
  const owners = ownersOf(file);
  const subjects = subjectsOf(file);
  const dates = file.table('commentDates');
  const dated = dates.length === references.count * dateBytes;
  return Array.from({ length: references.count }, (_, index) => {
    const entry = references.entry(index);
    const by = (owners[entry.short(20)] ?? entry.text(2, Math.min(entry.short(0), 9))).trim();
    const at = dated ? dateOfDttm(dates.long(index * dateBytes)) : undefined;
    return {
      at: references.position(index),
      ...(stretches[index] ?? nowhere),
      markup: { kind: 'comment', ...(by && { by }), ...(at && { at }) },
      subject: subjects.get(entry.signed(26)),
    };
  });
}

function ownersOf(file: FileInformation): readonly string[] {
  const table = file.table('commentOwners');
  const owners: string[] = [];
  for (let at = 0; at + 2 <= table.length; ) {
    const length = table.short(at);
    owners.push(table.text(at + 2, length));
    at += 2 + 2 * length;
  }
  return owners;
}

/** The stretches that comments are about, by the tag that a comment names. */
function subjectsOf(file: FileInformation): ReadonlyMap<number, { from: number; to: number }> {
  const starts = new PositionTable(file.table('commentStarts'), 4);
  const ends = new PositionTable(file.table('commentEnds'), 0);
  const found = new Map<number, { from: number; to: number }>();
  for (const [index, { extra }] of stringTable(file.table('commentTags')).entries()) {
    if (index >= starts.count) break;
    const end = starts.entry(index).short(0);
    found.set(extra.signed(2), { from: starts.position(index), to: ends.position(end) });
  }
  return found;
}

const shapeBytes = 26;
const boxBytes = 22;

/** The text boxes of the document's text, each where its shape is anchored; -1 where that is not said. */
export function textBoxes(file: FileInformation): readonly Anchor[] {
  const shapes = new PositionTable(file.table('shapes'), shapeBytes);
  const places = new Map<number, number>();
  for (let index = 0; index < shapes.count; index++)
    places.set(shapes.entry(index).long(0), shapes.position(index));
  const boxes = new PositionTable(file.table('boxTexts'), boxBytes);
  return stretchesOf(boxes).map((stretch, index) => ({
    at: places.get(boxes.entry(index).long(14)) ?? -1,
    ...stretch,
  }));
}
