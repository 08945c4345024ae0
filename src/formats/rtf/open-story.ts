import { FlatStory } from '../flat-story.ts';
import { ParagraphText } from '../paragraph-text.ts';
import type { DraftBlock } from '../table-row.ts';
import type { GroupState } from './state.ts';

/** A story that is being read, with its paragraph: the body, a header, a note, a comment, a text box. */
export class OpenStory {
  readonly kind: FlatStory['kind'];
  content = new ParagraphText();
  /** What stands behind the paragraph that is being read. */
  attached: DraftBlock[] = [];
  /** The number as the file prints it, and whether it is a bullet. */
  printedNumber: string | undefined;
  isBullet = false;
  private readonly story: FlatStory;
  private paragraphs = 0;

  constructor(kind: FlatStory['kind']) {
    this.kind = kind;
    this.story = new FlatStory(kind);
  }

  get isEmpty(): boolean {
    return this.content.isEmpty && this.attached.length === 0;
  }

  get hasParagraphs(): boolean {
    return this.paragraphs > 0;
  }

  /** Ends the paragraph with what the state says of it. */
  endParagraph(
    state: GroupState,
    facts: { number: string | undefined; listLevel: number | undefined; heading: number | undefined },
  ): void {
    const markDeleted = state.deleted !== undefined || state.movedAway !== undefined;
    this.story.paragraph(this.content, { depth: depthOf(state), markDeleted, ...facts }, this.attached);
    this.paragraphs++;
    this.content = new ParagraphText();
    this.attached = [];
    this.printedNumber = undefined;
    this.isBullet = false;
  }

  /** Blocks that stand behind the paragraph that is being read. */
  attach(blocks: readonly DraftBlock[]): void {
    for (const block of blocks) this.attached.push(block);
  }

  endCell(depth: number): void {
    this.story.endCell(depth);
  }

  endRow(depth: number): void {
    this.story.endRow(depth);
  }

  finish(): readonly DraftBlock[] {
    return this.story.finish();
  }
}

/** Word itself stops at fewer; a damaged number must not open millions of rows. */
const deepestTable = 64;

/** How deep in tables a paragraph stands. */
export function depthOf({ inTable, depth }: GroupState): number {
  const said = depth ?? (inTable ? 1 : 0);
  return Math.max(0, Math.min(inTable && said === 0 ? 1 : said, deepestTable));
}
