import type { TextBlock } from './extraction.ts';
import { readsAsSentence } from './headings.ts';
import { NestedRows } from './nested-rows.ts';
import { ParagraphText } from './paragraph-text.ts';
import type { DraftBlock } from './table-row.ts';

/** What a word processor says of a paragraph besides its text. */
export interface ParagraphFacts {
  /** How deep in tables it stands; 0 outside. */
  readonly depth: number;
  /** What is printed before it: "12.", "(a)". */
  readonly number?: string | undefined;
  /** Level in a list, from 1, when it is an item of one. */
  readonly listLevel?: number | undefined;
  /** Heading depth from 1, when it is outlined. */
  readonly heading?: number | undefined;
  /** The sheet on which it begins, where page breaks are recorded, from 1. */
  readonly sheet?: number | undefined;
  /** Its end has been deleted, so that the next paragraph goes on with it. */
  readonly markDeleted?: boolean;
}

/**
 * Puts paragraphs, as they come, together into the blocks of one story: body, header, note or comment. Hidden and deleted
 * text, then what the paragraph refers to, stand behind it.
 */
export class FlatStory {
  private readonly rows = new NestedRows();
  private readonly kind: 'body' | 'header' | 'note' | 'comment';
  private carried: ParagraphText | undefined;
  private lastSheet = 1;

  constructor(kind: FlatStory['kind']) {
    this.kind = kind;
  }

  /** @param attached blocks that stand behind the paragraph: notes, comments, text boxes. */
  paragraph(content: ParagraphText, facts: ParagraphFacts, attached: readonly DraftBlock[] = []): void {
    const whole = this.joined(content);
    if (facts.markDeleted === true && whole.text.trim() !== '') {
      this.carried = whole;
      this.rows.add(facts.depth, attached);
      return;
    }
    const block = facts.markDeleted === true ? undefined : this.blockOf(whole, facts);
    this.rows.add(facts.depth, [
      ...(block === undefined ? [] : [block]),
      ...whole.asides(this.blockType('paragraph')),
      ...attached,
    ]);
  }

  endCell(depth: number): void {
    this.flush(depth);
    this.rows.endCell(depth);
  }

  endRow(depth: number): void {
    this.rows.endRow(depth);
  }

  finish(): readonly DraftBlock[] {
    this.flush(0);
    return this.rows.finish();
  }

  private joined(content: ParagraphText): ParagraphText {
    const before = this.carried;
    this.carried = undefined;
    if (before === undefined) return content;
    before.continueWith(content);
    return before;
  }

  private flush(depth: number): void {
    if (this.carried !== undefined) this.paragraph(new ParagraphText(), { depth });
  }

  private blockOf(content: ParagraphText, facts: ParagraphFacts): DraftBlock | undefined {
    const { depth, number, listLevel, heading } = facts;
    const block = content.block('paragraph');
    if (block.text === '' && (depth === 0 || number === undefined)) return undefined;
    const outlined = heading === undefined || readsAsSentence(block.text, number) ? undefined : heading;
    block.type = this.blockType(
      outlined !== undefined ? 'heading' : listLevel !== undefined ? 'item' : 'paragraph',
    );
    const level = outlined ?? listLevel;
    if (level !== undefined && this.kind === 'body') block.level = level;
    if (number !== undefined && number !== '') block.number = number;
    if (facts.sheet !== undefined && facts.sheet !== this.lastSheet) block.sheet = facts.sheet;
    this.lastSheet = facts.sheet ?? this.lastSheet;
    return block;
  }

  private blockType(type: TextBlock['type']): TextBlock['type'] {
    return this.kind === 'body' ? type : this.kind;
  }
}
