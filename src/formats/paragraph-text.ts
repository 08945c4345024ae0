import type { MarkupRun } from '../model/outline.ts';
import type { Markup } from '../model/place.ts';
import type { TextBlock } from './extraction.ts';
import { movedMarkup } from './markup-offsets.ts';
import type { DraftBlock } from './table-row.ts';
import { tameControls } from './text/control-characters.ts';

/** How a piece of text stands in its paragraph. */
export interface PieceOfText {
  readonly hidden?: boolean;
  /** That the piece was inserted, or deleted. */
  readonly change?: Markup | undefined;
}

interface Deletion {
  text: string;
  readonly change: Markup;
  /** How much text stood before it: what is deleted at one place by one person is one deletion. */
  readonly at: number;
}

/**
 * A paragraph of a word processor while it is being read: the text as it stands with the stretches that were inserted,
 * and beside it what is hidden and what was deleted.
 */
export class ParagraphText {
  text = '';
  private hidden = '';
  private readonly inserted: { -readonly [Key in keyof MarkupRun]: MarkupRun[Key] }[] = [];
  private deletions: Deletion[] = [];

  get isEmpty(): boolean {
    return this.text === '' && this.hidden === '' && this.deletions.length === 0;
  }

  append(piece: string, { hidden = false, change }: PieceOfText = {}): void {
    const text = tameControls(piece).text;
    if (text === '') return;
    if (change !== undefined && isDeletion(change)) this.delete(text, change);
    else if (hidden) this.hidden += text;
    else {
      if (change !== undefined) this.insert(text.length, change);
      this.text += text;
    }
  }

  /** Takes up another paragraph's text: the end of this one has been deleted. */
  continueWith(next: ParagraphText): void {
    const length = this.text.length;
    this.text += next.text;
    this.hidden += next.hidden;
    for (const run of next.inserted)
      this.inserted.push({ ...run, start: run.start + length, end: run.end + length });
    for (const deletion of next.deletions) this.deletions.push({ ...deletion, at: deletion.at + length });
  }

  /** The text without line breaks before it and white space behind it; empty where there is none. */
  block(type: TextBlock['type']): DraftBlock {
    const block: DraftBlock = { type, text: trimmed(this.text) };
    const markup = movedMarkup(this.inserted, this.text, block.text);
    if (markup.length > 0) block.markup = markup;
    return block;
  }

  /** What was deleted, each time, and what is hidden, to stand beside the paragraph. Deletions are given once. */
  asides(type: TextBlock['type']): DraftBlock[] {
    const deletions = this.deletions;
    this.deletions = [];
    const hidden = this.hidden.trim();
    return [
      ...deletions.flatMap(({ text, change }) => deletedBlock(type, text, change)),
      ...(hidden === '' ? [] : [{ type, text: hidden, zone: 'hidden' as const }]),
    ];
  }

  private delete(text: string, change: Markup): void {
    const last = this.deletions.at(-1);
    if (last !== undefined && last.at === this.text.length && isSame(last.change, change)) last.text += text;
    else this.deletions.push({ text, change, at: this.text.length });
  }

  private insert(length: number, change: Markup): void {
    const start = this.text.length;
    const last = this.inserted.at(-1);
    if (last !== undefined && last.end === start && isSame(last, change)) last.end += length;
    else this.inserted.push({ ...change, start, end: start + length });
  }
}

export function isDeletion({ kind }: Markup): boolean {
  return kind === 'deleted' || kind === 'moved away';
}

/** Deleted text as a block of its own; none where it is white space. */
export function deletedBlock(type: TextBlock['type'], deleted: string, change: Markup): DraftBlock[] {
  const text = deleted.trim();
  if (text === '') return [];
  return [{ type, text, zone: 'deleted', markup: [{ ...change, start: 0, end: text.length }] }];
}

function isSame(one: Markup, other: Markup): boolean {
  return one.kind === other.kind && one.by === other.by && one.at === other.at;
}

/** Without the line breaks before the text (page breaks mostly) and the white space after it. */
function trimmed(text: string): string {
  return text.replace(/^[ \n]*\n/, '').trimEnd();
}
