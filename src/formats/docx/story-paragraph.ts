import type { Markup } from '../../model/place.ts';
import { readsAsSentence } from '../headings.ts';
import { ParagraphText } from '../paragraph-text.ts';
import type { DraftBlock } from '../table-row.ts';
import type { AsideKind } from './asides.ts';
import type { SectionNotes } from './note-numbers.ts';
import { headingDepth, type ParagraphStyle } from './styles.ts';

/** A reference to a note or comment. `marked`: the note has a mark of its own instead of a number. */
interface Reference {
  readonly kind: AsideKind;
  readonly id: string;
  readonly marked: boolean;
  readonly deletion: Markup | undefined;
}

/** A paragraph that is being read. */
export interface Paragraph {
  readonly content: ParagraphText;
  style: ParagraphStyle;
  styleId: string | undefined;
  numId: string | undefined;
  level: number | undefined;
  outlineLevel: number | undefined;
  markDeleted: boolean;
  markHidden: boolean;
  /** Number made by a field. */
  number: string | undefined;
  /** Set once the paragraph has been counted in its list. */
  listed: { readonly number: ListedNumber | undefined } | undefined;
  sheet: number | undefined;
  readonly references: Reference[];
  readonly attached: DraftBlock[];
  section: SectionNotes | undefined;
}

/** What stands before a paragraph of a list. */
export interface ListedNumber {
  readonly number?: string;
  /** From 0. */
  readonly level: number;
}

/** Heading depth from 1 of a paragraph that is a heading, by what it or its style says and how it reads. */
export function headingOf(
  paragraph: Paragraph,
  text: string,
  number: string | undefined,
): number | undefined {
  if (readsAsSentence(text, number)) return undefined;
  return paragraph.outlineLevel === undefined
    ? paragraph.style.heading
    : headingDepth(paragraph.outlineLevel);
}

/** A paragraph of the style that paragraphs have without naming one. */
export function newParagraph(style: ParagraphStyle): Paragraph {
  return {
    content: new ParagraphText(),
    style,
    styleId: undefined,
    numId: undefined,
    level: undefined,
    outlineLevel: undefined,
    markDeleted: false,
    markHidden: false,
    number: undefined,
    listed: undefined,
    sheet: undefined,
    references: [],
    attached: [],
    section: undefined,
  };
}
