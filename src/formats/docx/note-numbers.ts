import { formatNumber } from '../list-number.ts';
import type { DraftBlock } from '../table-row.ts';

export type NoteKind = 'footnote' | 'endnote';

/** How the notes of one kind are numbered: `w:footnotePr`, `w:endnotePr`. */
export interface NoteNumbering {
  format?: string;
  start?: number;
  restart?: string;
}

export type SectionNotes = Partial<Record<NoteKind, NoteNumbering>>;

const usualFormats: Record<NoteKind, string> = { footnote: 'decimal', endnote: 'lowerRoman' };

/**
 * Numbers notes by the order of their references. How a section's notes are numbered is known only at its end, so
 * numbers are set then. Notes that start anew on each page get none: pages are Word's to lay out.
 */
export class NoteNumbers {
  private readonly document: SectionNotes;
  private waiting: { readonly kind: NoteKind; readonly block: DraftBlock }[] = [];
  private readonly last: Record<NoteKind, number | undefined> = { footnote: undefined, endnote: undefined };

  constructor(document: SectionNotes) {
    this.document = document;
  }

  add(kind: NoteKind, block: DraftBlock): void {
    this.waiting.push({ kind, block });
  }

  endSection(section: SectionNotes): void {
    for (const kind of ['footnote', 'endnote'] as const) {
      if (this.of(kind, section).restart === 'eachSect') this.last[kind] = undefined;
    }
    for (const { kind, block } of this.waiting) {
      const { format, start, restart } = this.of(kind, section);
      const value = (this.last[kind] ?? (start ?? 1) - 1) + 1;
      this.last[kind] = value;
      if (restart !== 'eachPage') block.number = formatNumber(value, format ?? usualFormats[kind]);
    }
    this.waiting = [];
  }

  private of(kind: NoteKind, section: SectionNotes): NoteNumbering {
    return { ...this.document[kind], ...section[kind] };
  }
}
