import { type Binary, PositionTable } from '../binary.ts';
import type { NoteKind, NoteNumbering, SectionNotes } from '../docx/note-numbers.ts';
import { numberFormatName } from '../number-formats.ts';
import type { FileInformation } from './file-information.ts';
import { eachModifier, modifier } from './modifiers.ts';

/** A section: where it ends in the text, and how its notes are numbered where it says so. */
export interface Section {
  readonly end: number;
  readonly notes: SectionNotes;
}

const restarts = ['continuous', 'eachSect', 'eachPage'];
const sectionBytes = 12;
const noProperties = 0xffffffff;

/** The sections in order (MS-DOC 2.8.26 PlcfSed). */
export function sectionsOf(file: FileInformation): readonly Section[] {
  const table = new PositionTable(file.table('sections'), sectionBytes);
  return Array.from({ length: table.count }, (_, index) => {
    const place = table.entry(index).long(2);
    const properties = place === noProperties ? undefined : file.main.part(place + 2, file.main.short(place));
    return {
      end: table.position(index + 1),
      notes: properties === undefined ? {} : notesOf(properties),
    };
  });
}

function notesOf(properties: Binary): SectionNotes {
  const footnote: NoteNumbering = {};
  const endnote: NoteNumbering = {};
  eachModifier(properties, (code, operand) => {
    if (code === modifier.footnoteRestart) setRestart(footnote, properties.byte(operand));
    else if (code === modifier.endnoteRestart) setRestart(endnote, properties.byte(operand));
    else if (code === modifier.footnoteStart) footnote.start = properties.short(operand);
    else if (code === modifier.endnoteStart) endnote.start = properties.short(operand);
    else if (code === modifier.footnoteFormat) footnote.format = numberFormatName(properties.short(operand));
    else if (code === modifier.endnoteFormat) endnote.format = numberFormatName(properties.short(operand));
  });
  return { footnote, endnote };
}

function setRestart(numbering: NoteNumbering, code: number): void {
  numbering.restart = restarts[code] ?? 'continuous';
}

/** How the whole document numbers its notes (MS-DOC 2.7.4 DopBase). */
export function documentNotes(file: FileInformation): SectionNotes {
  const properties = file.table('properties');
  if (properties.length < 56) return {};
  const of = (place: number): NoteNumbering => ({
    restart: restarts[properties.short(place) & 3] ?? 'continuous',
    start: Math.max(1, properties.short(place) >>> 2),
  });
  const formats = properties.short(54);
  const notes: Record<NoteKind, NoteNumbering> = { footnote: of(2), endnote: of(52) };
  notes.footnote.format = numberFormatName((formats >>> 2) & 0xf);
  notes.endnote.format = numberFormatName((formats >>> 6) & 0xf);
  return notes;
}
