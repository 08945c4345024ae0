import type { Markup } from '../../model/place.ts';
import { CommentSubjects } from '../comment-subjects.ts';
import { addSubject } from '../docx/asides.ts';
import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import { FlatStory } from '../flat-story.ts';
import { ParagraphText } from '../paragraph-text.ts';
import { descriptionBlocks } from '../picture-description.ts';
import type { DraftBlock } from '../table-row.ts';
import { openers, PendingAsides, unread } from './elements.ts';
import { OdfLists } from './lists.ts';
import type { OdfStyles } from './styles.ts';
import { TrackedChanges } from './tracked-changes.ts';

interface OpenParagraph {
  readonly content: ParagraphText;
  readonly attached: DraftBlock[];
  readonly heading: number | undefined;
  sheet: number | undefined;
  /** White space that comes next is none: at the beginning, and behind white space. */
  afterSpace: boolean;
}

interface OpenStory {
  readonly kind: FlatStory['kind'];
  readonly story: FlatStory;
  paragraph: OpenParagraph | undefined;
  /** How many tables are open in it. */
  tables: number;
}

/** Reads the events of an OpenDocument text, and of the part with its headers, into blocks. */
export class OdtReader implements XmlHandler {
  readonly headers: DraftBlock[] = [];
  readonly body: DraftBlock[] = [];
  readonly styles: OdfStyles;
  readonly lists: OdfLists;
  readonly changes = new TrackedChanges();
  readonly subjects = new CommentSubjects();
  readonly asides = new PendingAsides();
  /** Folders and members of the package that are set into the text. */
  readonly objects: string[] = [];
  /** The sheet that is being read, and how many of the breaks before it were recorded. */
  sheet = 1;
  recordedBreaks = 0;
  /** How many paragraphs have begun, in whatever story. */
  paragraphs = 0;
  private readonly comments: { readonly id: string; readonly blocks: readonly DraftBlock[] }[] = [];
  private readonly stories: OpenStory[] = [];
  private readonly closers: { readonly depth: number; readonly run: () => void }[] = [];
  private readonly captures: { text: string }[] = [];
  private depth = 0;
  private skipping = 0;
  private hiding = 0;

  constructor(styles: OdfStyles) {
    this.styles = styles;
    this.lists = new OdfLists(styles);
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.skipping > 0 || unread.has(name)) {
      this.skipping++;
      return;
    }
    this.depth++;
    openers.get(name)?.(this, attributes, name);
  }

  close(): void {
    if (this.skipping > 0) {
      this.skipping--;
      return;
    }
    while (this.closers.at(-1)?.depth === this.depth) this.closers.pop()?.run();
    this.depth--;
  }

  text(text: string): void {
    if (this.skipping > 0) return;
    const capture = this.captures.at(-1);
    if (capture !== undefined) capture.text += text;
    else this.writeCollapsed(text);
  }

  /** Call once after the last event of a part, also when it broke off: what is open is kept. */
  finish(): void {
    this.skipping = 0;
    for (let closer = this.closers.pop(); closer !== undefined; closer = this.closers.pop()) closer.run();
    this.depth = 0;
    for (const { id, blocks } of this.comments) addSubject(blocks, this.subjects.of(id));
    this.comments.length = 0;
  }

  /** Says what to do when the element that has just begun ends. */
  atEnd(run: () => void): void {
    this.closers.push({ depth: this.depth, run });
  }

  /** The text of the element that has just begun goes to `take` at its end. */
  capture(take: (text: string) => void): void {
    const capture = { text: '' };
    this.captures.push(capture);
    this.atEnd(() => {
      this.captures.pop();
      take(capture.text);
    });
  }

  /** The element that has just begun is a story of its own; its blocks go to `take` at its end. */
  openStory(kind: FlatStory['kind'], take: (blocks: readonly DraftBlock[]) => void): void {
    this.stories.push({ kind, story: new FlatStory(kind), paragraph: undefined, tables: 0 });
    this.lists.enterContext();
    this.atEnd(() => {
      this.lists.leaveContext();
      const opened = this.stories.pop();
      take(opened?.story.finish() ?? []);
    });
  }

  get story(): OpenStory | undefined {
    return this.stories.at(-1);
  }

  get paragraph(): OpenParagraph | undefined {
    return this.story?.paragraph;
  }

  /** Blocks that stand behind the paragraph that is being read, or where the text is. */
  attach(blocks: readonly DraftBlock[]): void {
    const { story } = this;
    if (story?.paragraph !== undefined) for (const block of blocks) story.paragraph.attached.push(block);
    else if (story !== undefined) story.story.paragraph(new ParagraphText(), { depth: story.tables }, blocks);
  }

  /** Descriptions of a picture stand where its text boxes would. */
  describe(texts: readonly string[]): void {
    const kind = this.story?.kind ?? 'body';
    const piece = { hidden: this.hiding > 0, change: this.changes.current };
    for (const text of texts)
      this.attach(descriptionBlocks(kind === 'body' ? 'paragraph' : kind, text, piece));
  }

  addComment(id: string, blocks: readonly DraftBlock[]): void {
    if (id !== '') this.comments.push({ id, blocks });
    this.attach(blocks);
  }

  hide(): void {
    this.hiding++;
    this.atEnd(() => {
      this.hiding--;
    });
  }

  beginParagraph(isHeading: boolean, attributes: XmlAttributes): void {
    if (this.story === undefined) return;
    this.paragraphs++;
    if (this.paragraph !== undefined) this.openStory(this.story.kind, (blocks) => this.attach(blocks));
    const { story } = this;
    if (story === undefined) return;
    const style = attributes['text:style-name'];
    if (this.styles.hides(style)) this.hide();
    if (this.isInBody && this.styles.breaksBefore(style) && this.hasText) this.sheet++;
    const heading = isHeading ? Math.max(1, Number(attributes['text:outline-level'] ?? '1') || 1) : undefined;
    story.paragraph = {
      content: new ParagraphText(),
      attached: [],
      heading,
      sheet: undefined,
      afterSpace: true,
    };
    this.addSubject(' ');
    this.atEnd(() => this.endParagraph(style, attributes));
  }

  write(text: string, change: Markup | undefined = this.changes.current): void {
    const { paragraph } = this;
    if (paragraph === undefined || text === '') return;
    const hidden = this.hiding > 0;
    paragraph.content.append(text, { hidden, change });
    if (change?.kind === 'deleted') return;
    paragraph.afterSpace = /\s$/.test(text);
    if (hidden) return;
    this.addSubject(text);
    if (!this.isInBody || !/\S/.test(text)) return;
    this.hasText = true;
    paragraph.sheet ??= this.sheet;
  }

  /** Text that no viewer shows. */
  writeHidden(text: string): void {
    this.paragraph?.content.append(text, { hidden: true });
  }

  /** @param endsParagraph a paragraph's end was deleted too: at the beginning of the next one, it stands before that. */
  writeDeletion(text: string, change: Markup, endsParagraph: boolean): void {
    const isBefore = endsParagraph && this.paragraph?.content.isEmpty === true;
    if (this.paragraph !== undefined && !isBefore) this.write(text, change);
    else if (this.story !== undefined) {
      const content = new ParagraphText();
      content.append(text, { change });
      this.story.story.paragraph(content, { depth: this.story.tables });
    }
  }

  beginTable(): void {
    const { story } = this;
    if (story === undefined) return;
    story.tables++;
    this.lists.enterContext();
    this.atEnd(() => {
      this.lists.leaveContext();
      story.tables--;
    });
  }

  endsCell(): void {
    const { story } = this;
    if (story !== undefined && story.tables > 0) this.atEnd(() => story.story.endCell(story.tables));
  }

  endsRow(): void {
    const { story } = this;
    if (story !== undefined && story.tables > 0) this.atEnd(() => story.story.endRow(story.tables));
  }

  recordedBreak(): void {
    if (this.isInBody) {
      this.sheet++;
      this.recordedBreaks++;
    }
  }

  /** Whether text is on the sheets, and not in a box, a note or a header. */
  private get isInBody(): boolean {
    return this.stories.length === 1 && this.story?.kind === 'body';
  }

  private hasText = false;

  private writeCollapsed(text: string): void {
    const { paragraph } = this;
    if (paragraph === undefined) return;
    const collapsed = text.replaceAll(/[ \t\r\n]+/g, ' ');
    this.write(paragraph.afterSpace ? collapsed.replace(/^ /, '') : collapsed);
  }

  /** A comment is about the text, not about itself. */
  private addSubject(text: string): void {
    if (this.story?.kind !== 'comment') this.subjects.add(text);
  }

  private endParagraph(style: string | undefined, attributes: XmlAttributes): void {
    const { story } = this;
    const paragraph = story?.paragraph;
    if (story === undefined || paragraph === undefined) return;
    story.paragraph = undefined;
    const { content, attached, heading } = paragraph;
    const markDeleted = this.changes.deleting !== undefined;
    const counts = !markDeleted && this.lists.counts;
    const place = counts ? this.lists.countParagraph(style) : undefined;
    const number =
      counts && heading !== undefined && !this.lists.isInList
        ? this.lists.countHeading(heading, attributes)
        : place?.number;
    const sheet = this.isInBody ? (paragraph.sheet ?? this.sheet) : undefined;
    story.story.paragraph(
      content,
      { depth: story.tables, number, listLevel: place?.level, heading, sheet, markDeleted },
      attached,
    );
    if (this.isInBody && this.styles.breaksAfter(style)) this.sheet++;
  }
}
