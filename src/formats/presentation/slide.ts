import type { TextBlock } from '../extraction.ts';
import { blocksOfRow, type DraftBlock } from '../table-row.ts';
import { tameControls } from '../text/control-characters.ts';

/** Text of a slide before it has its place: what is printed in a title, in running text, beside the slide. */
type SlideText = 'heading' | 'paragraph' | 'header' | 'note' | 'comment';

/**
 * Collects a slide and gives it as blocks on a sheet of its own: its title, its text in the order of its shapes, its
 * notes and comments. A slide without text is an empty block, so that it is counted.
 */
export class Slide {
  private readonly number: number;
  private readonly titles: DraftBlock[] = [];
  private readonly body: DraftBlock[] = [];
  private readonly beside: DraftBlock[] = [];
  /** The slide is left out when the presentation is shown. */
  hidden = false;

  /** `number`: from 1, in the order in which slides are shown. */
  constructor(number: number) {
    this.number = number;
  }

  /** `hidden`: the shape is not shown. */
  add(type: SlideText, text: string, hidden = false): void {
    const words = cleaned(text);
    if (words === '' || (type === 'note' && this.says(words))) return;
    const block: DraftBlock = { type, text: words };
    if (type === 'heading') block.level = 1;
    if (hidden) block.zone = 'hidden';
    this.shelf(type).push(block);
  }

  /** A table's row, by the paragraphs in its cells. */
  addRow(cells: readonly (readonly string[])[]): void {
    const paragraphs = cells.map((cell) =>
      cell.map((text): DraftBlock => ({ type: 'paragraph', text: cleaned(text) })),
    );
    if (paragraphs.flat().some(({ text }) => text !== '')) this.body.push(...blocksOfRow(paragraphs));
  }

  get isEmpty(): boolean {
    return this.titles.length + this.body.length + this.beside.length === 0;
  }

  blocks(): TextBlock[] {
    const all = [...this.titles, ...this.body, ...this.beside];
    const [first = { type: 'paragraph', text: '' } satisfies TextBlock, ...rest] = all;
    const blocks = [{ ...first, sheet: this.number }, ...rest];
    return this.hidden ? blocks.map((block) => ({ ...block, zone: 'hidden' })) : blocks;
  }

  /** A link is often its own address. */
  private says(words: string): boolean {
    return [...this.titles, ...this.body].some(({ text }) => text.includes(words));
  }

  private shelf(type: SlideText): DraftBlock[] {
    if (type === 'heading') return this.titles;
    return type === 'note' || type === 'comment' ? this.beside : this.body;
  }
}

function cleaned(text: string): string {
  return tameControls(text.toWellFormed())
    .text.replaceAll(/[ \t\f]*\n[ \t\f]*/g, '\n')
    .trim();
}
