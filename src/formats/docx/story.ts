import type { Markup } from '../../model/place.ts';
import { CommentSubjects } from '../comment-subjects.ts';
import { isDeletion } from '../paragraph-text.ts';
import { descriptionBlocks } from '../picture-description.ts';
import { blocksOfRow, type DraftBlock } from '../table-row.ts';
import { type AsideKind, type Asides, addSubject, markDeleted } from './asides.ts';
import { changeKinds, markupOf, ofProperties, RecordedChanges } from './changes.ts';
import { Fields, type ListField } from './fields.ts';
import { type NoteKind, type NoteNumbering, NoteNumbers, type SectionNotes } from './note-numbers.ts';
import { NumberingCounter, type NumberingDefinitions, numberingOff } from './numbering.ts';
import { SheetCounter } from './sheets.ts';
import { closers, openers } from './story-elements.ts';
import { headingOf, type ListedNumber, newParagraph, type Paragraph } from './story-paragraph.ts';
import type { Styles } from './styles.ts';
import type { XmlAttributes, XmlHandler } from './xml.ts';

/** What the stories of one file share. */
export interface StoryContext {
  readonly styles: Styles;
  readonly definitions: NumberingDefinitions;
  /** How the whole document numbers its notes. */
  readonly notes: SectionNotes;
  readonly asides: Asides;
}

export type StoryKind = 'body' | 'header' | 'note' | 'comment';

interface Row {
  readonly cells: DraftBlock[][];
  /** That the row, or the cell that is being read, was inserted or deleted as a whole. */
  change: Markup | undefined;
  cellChange: Markup | undefined;
}

/** Text with an order of its own: a story, or a text box inside it. */
interface Frame {
  readonly sink: DraftBlock[];
  readonly counter: NumberingCounter;
  readonly rows: (Row | undefined)[];
  paragraph: Paragraph | undefined;
  /** A paragraph whose end was deleted: it goes on in the next one. */
  carried: Paragraph | undefined;
}

/** What text stands as its own record of something else, or is no text: left out with all that is in it. */
const leftOut = new Set([
  'w:pPrChange',
  'w:rPrChange',
  'w:sectPrChange',
  'w:tblPrChange',
  'w:tblPrExChange',
  'w:tblGridChange',
  'w:trPrChange',
  'w:tcPrChange',
  'w:numberingChange',
  'w:delInstrText',
  'w:fldData',
  'w:binData',
]);
const textElements = new Set(['w:t', 'm:t', 'w:delText']);

/**
 * Reads one part of a DOCX file (document.xml, a header, the notes, the comments) into blocks, as the text stands:
 * insertions in and marked, deletions beside it, field results without their instructions, alternate content once. Block types:
 * `heading` by outline level or style, `item` for list paragraphs with their level, `row` for table rows; everything
 * in a header, note or comment part has that type.
 */
export class Story implements XmlHandler {
  readonly blocks: DraftBlock[] = [];
  /** Notes and comments of the part by id, in their order. */
  readonly asides = new Map<string, DraftBlock[]>();
  /** Who made each comment and when, by its id. */
  readonly signatures = new Map<string, Markup>();
  /** The `w14:paraId` of each comment's last paragraph, by the comment's id: what other parts call the comment. */
  readonly lastParagraphs = new Map<string, string>();
  readonly subjects = new CommentSubjects();
  readonly sheets = new SheetCounter();
  readonly fields: Fields;
  private readonly context: StoryContext;
  private readonly kind: StoryKind;
  private readonly noteNumbers: NoteNumbers;
  private readonly frames: Frame[];
  private readonly boxCounter: NumberingCounter;
  private readonly path: string[] = [];
  private readonly frameDepths: number[] = [];
  private readonly alternates: number[] = [];
  private readonly changes = new RecordedChanges();
  private asideId = '';
  private skipping = 0;
  private runHidden = false;
  private section: SectionNotes = {};
  /** The reading in small print that is being read, or was read last. */
  private reading = { open: false, text: '' };
  private characters = 0;
  private lastSheet = 1;

  /** @param ignoredFields ordinals of fields that never end, known from an earlier reading. */
  constructor(context: StoryContext, kind: StoryKind, ignoredFields: ReadonlySet<number> = new Set()) {
    this.context = context;
    this.kind = kind;
    this.fields = new Fields(ignoredFields);
    this.noteNumbers = new NoteNumbers(context.notes);
    this.boxCounter = new NumberingCounter(context.definitions);
    this.frames = [newFrame(this.blocks, new NumberingCounter(context.definitions))];
  }

  open(name: string, attributes: XmlAttributes): void {
    if (this.skipping > 0 || this.isLeftOut(name)) {
      this.skipping++;
      return;
    }
    const kind = changeKinds.get(name);
    if (kind !== undefined) this.beginChange(markupOf(kind, attributes));
    this.path.push(name);
    openers.get(name)?.(this, attributes);
  }

  close(name: string): void {
    if (this.skipping > 0) {
      this.skipping--;
      return;
    }
    closers.get(name)?.(this);
    this.changes.leave(this.path.length);
    if (this.frameDepths.at(-1) === this.path.length) this.leaveFrame();
    this.path.pop();
  }

  text(text: string): void {
    if (this.skipping > 0) return;
    const element = this.path.at(-1) ?? '';
    if (textElements.has(element)) this.append(text.replaceAll(/[\r\n]+/g, ' '));
    else if (element === 'w:instrText' && !this.isDeleting) this.fields.addInstruction(text);
  }

  /** Call once after the last event, also when the part broke off: what is open is kept. */
  finish(): void {
    while (this.frames.length > 1) this.leaveFrame();
    this.closeOpenText();
    this.noteNumbers.endSection(this.section);
  }

  parent(steps = 1): string {
    return this.path.at(-1 - steps) ?? '';
  }

  get frame(): Frame {
    return this.frames.at(-1) as Frame; // there is always the story's own
  }

  get paragraph(): Paragraph | undefined {
    return this.frame.paragraph;
  }

  append(text: string): void {
    const paragraph = this.paragraph;
    if (paragraph === undefined || this.fields.hidesText || text === '') return;
    this.characters += text.length;
    if (this.reading.open) {
      this.reading.text += text;
      return;
    }
    const change = this.path.at(-1) === 'w:delText' ? (this.deletion ?? { kind: 'deleted' }) : this.change;
    const hidden = this.runHidden;
    paragraph.content.append(text, { hidden, change });
    if (hidden || (change !== undefined && isDeletion(change))) return;
    this.subjects.add(text);
    if (this.frames.length > 1 || !/\S/.test(text)) return;
    this.sheets.text();
    paragraph.sheet ??= this.sheets.sheet;
  }

  /** Whether what comes now has been deleted. */
  get isDeleting(): boolean {
    return this.deletion !== undefined;
  }

  refer(kind: AsideKind, id: string, marked: boolean): void {
    this.paragraph?.references.push({ kind, id, marked, deletion: this.deletion });
  }

  pageBreak(isRecorded: boolean): void {
    if (this.kind !== 'body' || this.frames.length > 1) return;
    if (isRecorded) this.sheets.recordedBreak();
    else this.sheets.typedBreak();
  }

  beginParagraph(id: string | undefined): void {
    if (this.paragraph !== undefined) this.enterFrame(this.paragraph.attached);
    const frame = this.frame;
    frame.paragraph = newParagraph(this.context.styles.paragraph(undefined));
    if (frame.carried !== undefined) frame.paragraph.content.continueWith(frame.carried.content);
    frame.carried = undefined;
    this.subjects.add(' ');
    if (id !== undefined) this.lastParagraphs.set(this.asideId, id);
  }

  styleParagraph(id: string): void {
    if (this.paragraph === undefined) return;
    this.paragraph.style = this.context.styles.paragraph(id);
    this.paragraph.styleId = id;
  }

  endParagraph(): void {
    const frame = this.frame;
    const paragraph = frame.paragraph;
    if (paragraph === undefined) return;
    frame.paragraph = undefined;
    const goesOn = paragraph.markDeleted && paragraph.content.text.trim() !== '';
    if (goesOn) frame.carried = paragraph;
    else if (!paragraph.markDeleted) this.emit(paragraph);
    if (!goesOn) this.sink().push(...paragraph.content.asides(this.blockType('paragraph')));
    this.emitReferences(paragraph);
    this.sink().push(...paragraph.attached);
    if (paragraph.section !== undefined) this.noteNumbers.endSection(paragraph.section);
  }

  beginRun(): void {
    const styleId = this.paragraph?.styleId;
    this.runHidden = styleId !== undefined && this.context.styles.hides(styleId);
  }

  styleRun(id: string): void {
    if (this.context.styles.hides(id)) this.runHidden = true;
  }

  hide(isHidden: boolean): void {
    if (this.parent(2) === 'w:r' || this.parent(2) === 'm:r') this.runHidden = isHidden;
    else if (this.parent(2) === 'w:pPr' && this.paragraph) this.paragraph.markHidden = isHidden;
  }

  endRun(): void {
    this.runHidden = false;
  }

  endField(): void {
    const instruction = this.fields.end();
    if (instruction !== undefined) this.showField(instruction);
  }

  showField(instruction: string): void {
    const { number, text, list } = this.fields.shown(instruction);
    if (list !== undefined) this.showListNumber(list);
    if (number !== undefined && this.paragraph) this.paragraph.number ??= number;
    if (text !== undefined) this.append(text);
  }

  /** At the beginning of a paragraph without a number of its own it is that number; else it stands in the text. */
  private showListNumber({ name, level, start }: ListField): void {
    const paragraph = this.paragraph;
    if (paragraph === undefined || this.fields.hidesText) return;
    const own = this.numberOf(paragraph);
    const { number } = this.frame.counter.nextNamed(name, level ?? (own ? own.level + 1 : 0), start) ?? {};
    if (number === undefined) return;
    if (own?.number === undefined && paragraph.number === undefined && paragraph.content.text.trim() === '')
      paragraph.number = number;
    else this.append(number);
  }

  beginReading(): void {
    this.reading = { open: true, text: '' };
  }

  endReading(): void {
    this.reading.open = false;
  }

  /** A reading in small print above the words follows them in brackets, as Word writes it in plain text. */
  endRuby(): void {
    const { text } = this.reading;
    this.reading = { open: false, text: '' };
    if (text !== '') this.append(`(${text})`);
  }

  /** Text with an order of its own inside a paragraph follows that paragraph. */
  enterBox(): void {
    if (this.paragraph !== undefined) this.enterFrame(this.paragraph.attached);
  }

  beginAside(id: string, attributes: XmlAttributes): void {
    const blocks: DraftBlock[] = [];
    this.asides.set(id, blocks);
    this.asideId = id;
    if (this.kind === 'comment') this.signatures.set(id, markupOf('comment', attributes));
    this.enterFrame(blocks);
  }

  beginTable(): void {
    this.enterBox();
    this.flushCarried();
    this.frame.rows.push(undefined);
  }

  endTable(): void {
    this.frame.rows.pop();
  }

  beginRow(): void {
    const rows = this.frame.rows;
    if (rows.length === 0) return;
    rows[rows.length - 1] = { cells: [], change: undefined, cellChange: undefined };
    this.sheets.beginRow();
  }

  beginCell(): void {
    const row = this.frame.rows.at(-1);
    row?.cells.push([]);
    if (row !== undefined) row.cellChange = undefined;
    this.sheets.beginCell();
  }

  endCell(): void {
    this.flushCarried();
    this.sheets.endCell();
  }

  endRow(): void {
    const rows = this.frame.rows;
    const row = rows.at(-1);
    if (row === undefined) return;
    rows[rows.length - 1] = undefined;
    this.sheets.endRow();
    this.sink().push(...blocksOfRow(row.cells));
  }

  beginAlternates(): void {
    this.alternates.push(this.characters);
  }

  endAlternates(): void {
    this.alternates.pop();
  }

  noteNumbering(kind: NoteKind): NoteNumbering {
    let numbering = this.section[kind];
    if (numbering === undefined) {
      numbering = {};
      this.section[kind] = numbering;
    }
    return numbering;
  }

  endSection(): void {
    if (this.paragraph === undefined) this.noteNumbers.endSection(this.section);
    else this.paragraph.section = this.section;
    this.section = {};
  }

  /** Adds a block after the paragraph that is being read: the words of a drawing. */
  attach(text: string): void {
    const block: DraftBlock = { type: this.blockType('paragraph'), text };
    if (text.trim() !== '') (this.paragraph?.attached ?? this.sink()).push(block);
    this.characters += text.length;
  }

  /** Descriptions of a picture follow the paragraph, each once: a drawing repeats those of what is in it. */
  describe(texts: readonly string[], isHidden: boolean): void {
    if (this.fields.hidesText) return;
    const beside = this.paragraph?.attached ?? this.sink();
    const piece = { hidden: isHidden || this.runHidden, change: this.deletion ?? this.change };
    for (const text of texts) {
      if (beside.some((block) => block.text === text)) continue;
      beside.push(...descriptionBlocks(this.blockType('paragraph'), text, piece));
    }
  }

  /** Whether the element is not read. Of alternate content only the first branch that has text is. */
  private isLeftOut(name: string): boolean {
    if (leftOut.has(name)) return true;
    const parent = this.path.at(-1);
    const isBranch = parent === 'mc:AlternateContent';
    return isBranch && this.characters > (this.alternates.at(-1) ?? 0);
  }

  private beginChange(markup: Markup): void {
    const parent = this.path.at(-1) ?? '';
    const row = this.frame.rows.at(-1);
    if (!ofProperties.has(parent)) this.changes.enter(this.path.length + 1, markup);
    else if (parent === 'w:trPr' && row) row.change = markup;
    else if (parent === 'w:tcPr' && row) row.cellChange = markup;
    else if (parent === 'w:rPr' && this.parent(1) === 'w:pPr' && this.paragraph && isDeletion(markup))
      this.paragraph.markDeleted = true;
  }

  private get change(): Markup | undefined {
    return this.changes.current(this.ofRows);
  }

  private get deletion(): Markup | undefined {
    return this.changes.deletion(this.ofRows);
  }

  /** What was done to the rows and cells that are being read, from the outermost on. */
  private get ofRows(): readonly Markup[] {
    return this.frame.rows.flatMap((row) => [row?.change ?? [], row?.cellChange ?? []].flat());
  }

  private enterFrame(sink: DraftBlock[]): void {
    const isBox = this.kind === 'body' || this.kind === 'header';
    this.frames.push(newFrame(sink, isBox ? this.boxCounter : this.frame.counter));
    this.frameDepths.push(this.path.length);
  }

  private leaveFrame(): void {
    this.closeOpenText();
    this.frames.pop();
    this.frameDepths.pop();
  }

  private closeOpenText(): void {
    this.endParagraph();
    for (let open = this.frame.rows.length; open > 0; open--) {
      this.endRow();
      this.endTable();
    }
    this.flushCarried();
  }

  private sink(): DraftBlock[] {
    const rows = this.frame.rows;
    for (let at = rows.length - 1; at >= 0; at--) {
      const cell = rows[at]?.cells.at(-1);
      if (cell !== undefined) return cell;
    }
    return this.frame.sink;
  }

  private flushCarried(): void {
    const carried = this.frame.carried;
    this.frame.carried = undefined;
    if (carried === undefined) return;
    const block = carried.content.block(this.blockType('paragraph'));
    this.sink().push(block, ...carried.content.asides(this.blockType('paragraph')));
  }

  private emit(paragraph: Paragraph): void {
    const block = paragraph.content.block('paragraph');
    const { text } = block;
    // An empty paragraph is not counted where its end is hidden, or is a section's end, or its row has been deleted.
    const unseen =
      text === '' &&
      (paragraph.markHidden || paragraph.section !== undefined || this.ofRows.some(isDeletion));
    const listed = unseen ? undefined : this.numberOf(paragraph);
    const number = listed?.number ?? paragraph.number;
    const inCell = this.frame.rows.some((row) => row !== undefined);
    if (text === '' && !(inCell && number !== undefined)) return;
    const heading = headingOf(paragraph, text, number);
    block.type = this.blockType(heading !== undefined ? 'heading' : listed ? 'item' : 'paragraph');
    const level = heading ?? (listed && listed.level + 1);
    if (level !== undefined && this.kind === 'body') block.level = level;
    if (number !== undefined) block.number = number;
    this.placeOnSheet(block, paragraph);
    this.sink().push(block);
  }

  /** Counts the paragraph in its list, once. */
  private numberOf(paragraph: Paragraph): ListedNumber | undefined {
    paragraph.listed ??= { number: this.countInList(paragraph) };
    return paragraph.listed.number;
  }

  private countInList(paragraph: Paragraph): ListedNumber | undefined {
    const { style } = paragraph;
    const numId = paragraph.numId ?? style.numId;
    if (numId === undefined || numId === numberingOff) return undefined;
    const counter = this.frame.counter;
    const linked = paragraph.numId === undefined ? counter.levelOfStyle(numId, style.chain) : undefined;
    const level = paragraph.level ?? linked ?? style.level ?? 0;
    const printed = counter.next(numId, level);
    return printed && { ...printed, level };
  }

  private placeOnSheet(block: DraftBlock, paragraph: Paragraph): void {
    if (this.kind !== 'body' || this.frames.length > 1) return;
    const sheet = paragraph.sheet ?? this.sheets.sheet;
    if (sheet !== this.lastSheet) block.sheet = sheet;
    this.lastSheet = sheet;
  }

  private emitReferences(paragraph: Paragraph): void {
    for (const { kind, id, marked, deletion } of paragraph.references) {
      const blocks = this.context.asides.take(kind, id);
      const first = blocks[0] ?? { type: 'note', text: '' };
      if (kind === 'comment') addSubject(blocks, this.subjects.of(id));
      else if (deletion !== undefined) markDeleted(blocks, deletion);
      else if (!marked) this.noteNumbers.add(kind, first);
      this.sink().push(...blocks);
    }
  }

  private blockType(type: DraftBlock['type']): DraftBlock['type'] {
    return this.kind === 'body' ? type : this.kind;
  }
}

function newFrame(sink: DraftBlock[], counter: NumberingCounter): Frame {
  return { sink, counter, rows: [], paragraph: undefined, carried: undefined };
}
