import type { NoteKind, NoteNumbering, SectionNotes } from '../docx/note-numbers.ts';

const formats: Readonly<Record<string, string>> = {
  ar: 'decimal',
  alc: 'lowerLetter',
  auc: 'upperLetter',
  rlc: 'lowerRoman',
  ruc: 'upperRoman',
  chi: 'chicago',
};
const restarts: Readonly<Record<string, string>> = {
  restart: 'eachSect',
  rstpg: 'eachPage',
  rstcont: 'continuous',
};

/** How the whole document numbers its notes: `\ftnnar`, `\aftnstart`, `\ftnrestart` … */
export class NoteSettings {
  readonly document: SectionNotes = { footnote: {}, endnote: {} };

  /** Takes up a control word; false when it is none about notes. */
  read(word: string, value: number | undefined): boolean {
    const match = /^(a?)ftn(?:(start)|(restart|rstpg|rstcont)|n(ar|alc|auc|rlc|ruc|chi))$/.exec(word);
    if (match === null) return false;
    const kind: NoteKind = match[1] === 'a' ? 'endnote' : 'footnote';
    const numbering: NoteNumbering = this.document[kind] ?? {};
    if (match[2] !== undefined) numbering.start = value ?? 1;
    const restart = restarts[match[3] ?? ''];
    if (restart !== undefined) numbering.restart = restart;
    const format = formats[match[4] ?? ''];
    if (format !== undefined) numbering.format = format;
    return true;
  }
}
