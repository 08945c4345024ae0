import { blocksOfRow, type DraftBlock } from '../table-row.ts';
import { tameControls } from '../text/control-characters.ts';
import type { AsideKind, Asides } from './asides.ts';
import { Fields, type ListField } from './fields.ts';
import { type NoteKind, type NoteNumbering, NoteNumbers, type SectionNotes } from './note-numbers.ts';
import { NumberingCounter, type NumberingDefinitions, numberingOff } from './numbering.ts';
import { SheetCounter } from './sheets.ts';
import { headingDepth, isOn, type ParagraphStyle, type Styles } from './styles.ts';
import { symbolCharacter } from './symbols.ts';
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

interface Paragraph {
  text: string;
  hidden: string;
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
  readonly references: { readonly kind: AsideKind; readonly id: string; readonly marked: boolean }[];
  readonly attached: DraftBlock[];
  section: SectionNotes | undefined;
}

interface ListedNumber {
  readonly number?: string;
  /** From 0. */
  readonly level: number;
}

interface Row {
  readonly cells: DraftBlock[][];
  deleted: boolean;
}

/** Text with an order of its own: a story, or a text box inside it. */
interface Frame {
  readonly sink: DraftBlock[];
  readonly counter: NumberingCounter;
  readonly rows: (Row | undefined)[];
  paragraph: Paragraph | undefined;
  /** Text of a paragraph whose end was deleted: it goes on in the next one. */
  carried: string;
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
  'w:delText',
  'w:delInstrText',
  'w:fldData',
  'w:binData',
]);
/** Elements that mark a property inside `rPr` or `trPr`, and elsewhere hold deleted text. */
const deletions = new Set(['w:del', 'w:moveFrom']);
const textElements = new Set(['w:t', 'm:t']);

/**
 * Reads one part of a DOCX file (document.xml, a header, the notes, the comments) into blocks, as the text stands:
 * insertions in, deletions out, field results without their instructions, alternate content once. Block types:
 * `heading` by outline level or style, `item` for list paragraphs with their level, `row` for table rows; everything
 * in a header, note or comment part has that type.
 */
export class Story implements XmlHandler {
  readonly blocks: DraftBlock[] = [];
  /** Notes and comments of the part by id, in their order. */
  readonly asides = new Map<string, DraftBlock[]>();
  /** Who made each comment, by its id. */
  readonly authors = new Map<string, string>();
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
  private skipping = 0;
  private runHidden = false;
  private section: SectionNotes = {};
  private ruby = { before: '', reading: '' };
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
    this.path.push(name);
    openers.get(name)?.(this, attributes);
  }

  close(name: string): void {
    if (this.skipping > 0) {
      this.skipping--;
      return;
    }
    closers.get(name)?.(this);
    if (this.frameDepths.at(-1) === this.path.length) this.leaveFrame();
    this.path.pop();
  }

  text(text: string): void {
    if (this.skipping > 0) return;
    const element = this.path.at(-1) ?? '';
    if (textElements.has(element)) this.append(text.replaceAll(/[\r\n]+/g, ' '));
    else if (element === 'w:instrText') this.fields.addInstruction(text);
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
    if (this.runHidden) {
      paragraph.hidden += text;
      return;
    }
    paragraph.text += text;
    if (this.frames.length > 1 || !/\S/.test(text)) return;
    this.sheets.text();
    paragraph.sheet ??= this.sheets.sheet;
  }

  pageBreak(isRecorded: boolean): void {
    if (this.kind !== 'body' || this.frames.length > 1) return;
    if (isRecorded) this.sheets.recordedBreak();
    else this.sheets.typedBreak();
  }

  beginParagraph(): void {
    if (this.paragraph !== undefined) this.enterFrame(this.paragraph.attached);
    const frame = this.frame;
    frame.paragraph = newParagraph(frame.carried, this.context.styles.paragraph(undefined));
    frame.carried = '';
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
    if (paragraph.markDeleted) frame.carried = paragraph.text;
    else this.emit(paragraph);
    this.emitHidden(paragraph);
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
    if (own?.number === undefined && paragraph.number === undefined && paragraph.text.trim() === '')
      paragraph.number = number;
    else this.append(number);
  }

  beginReading(): void {
    this.ruby = { before: this.paragraph?.text ?? '', reading: '' };
    if (this.paragraph) this.paragraph.text = '';
  }

  endReading(): void {
    this.ruby.reading = this.paragraph?.text ?? '';
    if (this.paragraph) this.paragraph.text = this.ruby.before;
  }

  /** A reading in small print above the words follows them in brackets, as Word writes it in plain text. */
  endRuby(): void {
    if (this.ruby.reading !== '') this.append(`(${this.ruby.reading})`);
    this.ruby.reading = '';
  }

  /** Text with an order of its own inside a paragraph follows that paragraph. */
  enterBox(): void {
    if (this.paragraph !== undefined) this.enterFrame(this.paragraph.attached);
  }

  beginAside(id: string, author: string | undefined): void {
    const blocks: DraftBlock[] = [];
    this.asides.set(id, blocks);
    if (author) this.authors.set(id, author);
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
    rows[rows.length - 1] = { cells: [], deleted: false };
    this.sheets.beginRow();
  }

  beginCell(): void {
    this.frame.rows.at(-1)?.cells.push([]);
    this.sheets.beginCell();
  }

  endCell(): void {
    this.flushCarried();
    this.sheets.endCell();
  }

  markDeleted(): void {
    const row = this.frame.rows.at(-1);
    if (this.parent() === 'w:trPr' && row) row.deleted = true;
    else if (this.parent(2) === 'w:pPr' && this.paragraph) this.paragraph.markDeleted = true;
  }

  endRow(): void {
    const rows = this.frame.rows;
    const row = rows.at(-1);
    if (row === undefined) return;
    rows[rows.length - 1] = undefined;
    this.sheets.endRow();
    if (!row.deleted) this.sink().push(...blocksOfRow(row.cells));
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

  /** Whether the element is not read. Of alternate content only the first branch that has text is. */
  private isLeftOut(name: string): boolean {
    if (leftOut.has(name)) return true;
    const parent = this.path.at(-1);
    if (deletions.has(name)) return parent !== 'w:rPr' && parent !== 'w:trPr';
    const isBranch = parent === 'mc:AlternateContent';
    return isBranch && this.characters > (this.alternates.at(-1) ?? 0);
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
    const text = this.frame.carried;
    this.frame.carried = '';
    if (text.trim() !== '') this.sink().push({ type: this.blockType('paragraph'), text: text.trim() });
  }

  private emit(paragraph: Paragraph): void {
    const text = tameControls(trimmed(paragraph.text)).text;
    // An empty paragraph is not counted where its end is hidden, or is a section's end.
    const unseen = text === '' && (paragraph.markHidden || paragraph.section !== undefined);
    const listed = unseen ? undefined : this.numberOf(paragraph);
    const number = listed?.number ?? paragraph.number;
    const inCell = this.frame.rows.some((row) => row !== undefined);
    if (text === '' && !(inCell && number !== undefined)) return;
    const heading = isSentence(text, number) ? undefined : headingOf(paragraph);
    const block: DraftBlock = {
      type: this.blockType(heading !== undefined ? 'heading' : listed ? 'item' : 'paragraph'),
      text,
    };
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

  private emitHidden(paragraph: Paragraph): void {
    const text = tameControls(trimmed(paragraph.hidden)).text;
    if (text !== '') this.sink().push({ type: this.blockType('paragraph'), text, zone: 'hidden' });
  }

  private emitReferences(paragraph: Paragraph): void {
    for (const { kind, id, marked } of paragraph.references) {
      const blocks = this.context.asides.take(kind, id);
      const first = blocks[0] ?? { type: 'note', text: '' };
      if (kind !== 'comment' && !marked) this.noteNumbers.add(kind, first);
      this.sink().push(...blocks);
    }
  }

  private blockType(type: DraftBlock['type']): DraftBlock['type'] {
    return this.kind === 'body' ? type : this.kind;
  }
}

function headingOf(paragraph: Paragraph): number | undefined {
  return paragraph.outlineLevel === undefined
    ? paragraph.style.heading
    : headingDepth(paragraph.outlineLevel);
}

const longestHeading = 200;

/** Numbered paragraphs are often given outline levels, so that Word lists them; what reads as a sentence, or a part of one, is no heading. */
function isSentence(text: string, number: string | undefined): boolean {
  if (text.length > longestHeading || /(?:[.;,]|\b(?:and|or))["”’)\]]*$/.test(text)) return true;
  return number !== undefined && text.endsWith(':');
}

function newFrame(sink: DraftBlock[], counter: NumberingCounter): Frame {
  return { sink, counter, rows: [], paragraph: undefined, carried: '' };
}

function newParagraph(text: string, style: ParagraphStyle): Paragraph {
  return {
    text,
    hidden: '',
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

/** Without the line breaks before the text (page breaks mostly) and the white space after it. */
function trimmed(text: string): string {
  return text.replace(/^[ \n]*\n/, '').trimEnd();
}

type Opener = (story: Story, attributes: XmlAttributes) => void;

const value = (attributes: XmlAttributes): string => attributes['w:val'] ?? '';
const write =
  (text: string): Opener =>
  (story) =>
    story.append(text);
const inParagraphProperties = (story: Story): boolean =>
  story.parent() === 'w:pPr' || story.parent() === 'w:numPr';

function reference(kind: AsideKind): Opener {
  return (story, attributes) => {
    const marked = attributes['w:customMarkFollows'] !== undefined && isOn(attributes['w:customMarkFollows']);
    story.paragraph?.references.push({ kind, id: attributes['w:id'] ?? '', marked });
  };
}

const asideParents = new Set(['w:footnotes', 'w:endnotes', 'w:comments']);

/** Separators and continuation notices are lines between text and notes: kept under their type, where nothing refers to them. */
const beginNote: Opener = (story, attributes) => {
  if (!asideParents.has(story.parent())) return;
  const type = attributes['w:type'] ?? 'normal';
  story.beginAside(type === 'normal' ? (attributes['w:id'] ?? '') : type, attributes['w:author']);
};

function noteProperty(set: (numbering: NoteNumbering, value: string) => void): Opener {
  return (story, attributes) => {
    const kind =
      story.parent() === 'w:footnotePr'
        ? 'footnote'
        : story.parent() === 'w:endnotePr'
          ? 'endnote'
          : undefined;
    if (kind !== undefined && story.parent(2) === 'w:sectPr')
      set(story.noteNumbering(kind), value(attributes));
  };
}

/** A tab, unless it stands among the tab stops of the paragraph's properties. */
const tab: Opener = (story) => {
  if (story.parent() !== 'w:tabs') story.append('\t');
};

const lineOrPageBreak: Opener = (story, attributes) => {
  if (attributes['w:type'] === 'page') story.pageBreak(false);
  story.append('\n');
};

const fieldCharacter: Opener = (story, attributes) => {
  const type = attributes['w:fldCharType'];
  if (type === 'begin') story.fields.begin();
  else if (type === 'separate') story.fields.separate();
  else if (type === 'end') story.endField();
};

const checkBox: Opener = (story, attributes) => {
  if (story.parent() !== 'w:checkBox') return;
  story.fields.form = { choices: [], chosen: 0, checked: isOn(attributes['w:val']) };
};

const dropDown: Opener = (story) => {
  story.fields.form = { choices: [], chosen: 0 };
};

const openers: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ['w:p', (story) => story.beginParagraph()],
  ['w:pStyle', (story, attributes) => story.parent() === 'w:pPr' && story.styleParagraph(value(attributes))],
  [
    'w:numId',
    (story, attributes) => {
      if (story.paragraph && inParagraphProperties(story)) story.paragraph.numId = value(attributes);
    },
  ],
  [
    'w:ilvl',
    (story, attributes) => {
      if (story.paragraph && inParagraphProperties(story)) story.paragraph.level = Number(value(attributes));
    },
  ],
  [
    'w:outlineLvl',
    (story, attributes) => {
      if (story.paragraph && story.parent() === 'w:pPr')
        story.paragraph.outlineLevel = Number(value(attributes));
    },
  ],
  ['w:pageBreakBefore', (story, attributes) => isOn(attributes['w:val']) && story.pageBreak(false)],
  ['w:lastRenderedPageBreak', (story) => story.pageBreak(true)],
  ['w:del', (story) => story.markDeleted()],
  ['w:moveFrom', (story) => story.markDeleted()],
  ['w:r', (story) => story.beginRun()],
  ['w:rStyle', (story, attributes) => story.parent(2) === 'w:r' && story.styleRun(value(attributes))],
  ['w:vanish', (story, attributes) => story.hide(isOn(attributes['w:val']))],
  ['w:tab', tab],
  ['w:ptab', write('\t')],
  ['w:br', lineOrPageBreak],
  ['w:cr', write('\n')],
  ['w:noBreakHyphen', write('\u2011')],
  ['w:softHyphen', write('\u00AD')],
  [
    'w:sym',
    (story, attributes) =>
      story.append(symbolCharacter(attributes['w:font'] ?? '', attributes['w:char'] ?? '')),
  ],
  ['w:fldChar', fieldCharacter],
  ['w:fldSimple', (story, attributes) => story.showField(attributes['w:instr'] ?? '')],
  ['w:default', checkBox],
  ['w:checked', checkBox],
  ['w:ddList', dropDown],
  ['w:listEntry', (story, attributes) => story.fields.form?.choices.push(value(attributes))],
  [
    'w:result',
    (story, attributes) => {
      if (story.fields.form) story.fields.form.chosen = Number(value(attributes));
    },
  ],
  ['w:rt', (story) => story.beginReading()],
  ['w:footnoteReference', reference('footnote')],
  ['w:endnoteReference', reference('endnote')],
  ['w:commentReference', reference('comment')],
  ['w:footnote', beginNote],
  ['w:endnote', beginNote],
  ['w:comment', beginNote],
  ['w:txbxContent', (story) => story.enterBox()],
  ['v:textpath', (story, attributes) => story.attach(attributes['string'] ?? '')],
  ['w:tbl', (story) => story.beginTable()],
  ['w:tr', (story) => story.beginRow()],
  ['w:tc', (story) => story.beginCell()],
  ['mc:AlternateContent', (story) => story.beginAlternates()],
  [
    'w:numFmt',
    noteProperty((numbering, format) => {
      numbering.format = format;
    }),
  ],
  [
    'w:numStart',
    noteProperty((numbering, start) => {
      numbering.start = Number(start);
    }),
  ],
  [
    'w:numRestart',
    noteProperty((numbering, restart) => {
      numbering.restart = restart;
    }),
  ],
]);

const closers: ReadonlyMap<string, (story: Story) => void> = new Map([
  ['w:p', (story) => story.endParagraph()],
  ['w:r', (story) => story.endRun()],
  ['w:rt', (story) => story.endReading()],
  ['w:ruby', (story) => story.endRuby()],
  ['w:tbl', (story) => story.endTable()],
  ['w:tr', (story) => story.endRow()],
  ['w:tc', (story) => story.endCell()],
  ['w:sectPr', (story) => story.endSection()],
  ['mc:AlternateContent', (story) => story.endAlternates()],
]);
