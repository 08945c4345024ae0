import { Fields } from '../docx/fields.ts';
import type { NumberingCounter } from '../docx/numbering.ts';
import { symbolCharacter } from '../docx/symbols.ts';
import { FlatStory } from '../flat-story.ts';
import { ParagraphText } from '../paragraph-text.ts';
import type { DraftBlock } from '../table-row.ts';
import type { CharacterLook, ParagraphLook } from './looks.ts';
import type { WordTables } from './tables.ts';

/** What stands behind a paragraph that reaches over the characters `[from, to)`: notes, comments, text boxes. */
export type Attachments = (from: number, to: number) => readonly DraftBlock[];

/** A stretch of the file's characters that is one story, or a note's, comment's or box's part of one. */
export interface StoryStretch {
  readonly kind: FlatStory['kind'];
  readonly start: number;
  readonly end: number;
}

const character = {
  cellEnd: 0x07,
  line: 0x0b,
  break: 0x0c,
  paragraph: 0x0d,
  column: 0x0e,
  fieldBegin: 0x13,
  fieldSeparator: 0x14,
  fieldEnd: 0x15,
  hyphen: 0x1e,
  softHyphen: 0x1f,
  symbol: 0x28,
} as const;

/** What control characters stand for in plain text. */
const shownAs: Readonly<Record<number, string>> = {
  [character.line]: '\n',
  [character.column]: '\n',
  [character.hyphen]: '\u2011',
  [character.softHyphen]: '\u00ad',
};
const firstPrinted = 0x20;

/** Reads the characters of a story into blocks, with the numbers of its lists. A story is read once. */
export class StoryReader {
  private readonly tables: WordTables;
  private readonly counter: NumberingCounter;
  private readonly attachments: Attachments;
  private readonly fields: Fields;
  private readonly story: FlatStory;
  private readonly stretch: StoryStretch;
  private content = new ParagraphText();
  private begun: number;
  /** Number made by a field. */
  private number: string | undefined;

  constructor(
    tables: WordTables,
    stretch: StoryStretch,
    counter: NumberingCounter,
    attachments: Attachments,
    ignoredFields: ReadonlySet<number>,
  ) {
    this.tables = tables;
    this.stretch = stretch;
    this.counter = counter;
    this.attachments = attachments;
    this.fields = new Fields(ignoredFields);
    this.story = new FlatStory(stretch.kind);
    this.begun = stretch.start;
  }

  /** Ordinals of fields that never end; what follows them was taken for their instructions. */
  get unended(): readonly number[] {
    return this.fields.unended;
  }

  read(): readonly DraftBlock[] {
    const { start, end } = this.stretch;
    for (let position = start; position < end; ) {
      const run = this.tables.runAt(position, end);
      this.readRun(position, run.end, run.look);
      position = run.end;
    }
    if (!this.content.isEmpty) this.endParagraph(end - 1);
    return this.story.finish();
  }

  private readRun(start: number, end: number, look: CharacterLook): void {
    const { text } = this.tables;
    let plain = start;
    for (let at = start; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code >= firstPrinted && !(code === character.symbol && look.symbol && look.special)) continue;
      if (code === 0x09) continue;
      this.append(text.slice(plain, at), look);
      plain = at + 1;
      this.control(code, at, look);
    }
    this.append(text.slice(plain, end), look);
  }

  private control(code: number, at: number, look: CharacterLook): void {
    const shown = shownAs[code];
    if (shown !== undefined) this.append(shown, look);
    else if (code === character.paragraph || code === character.cellEnd) this.endParagraph(at);
    else if (code === character.break) this.break(at, look);
    else if (code === character.symbol && look.symbol) this.append(this.symbol(look.symbol), look);
    else if (code === character.fieldBegin) this.fields.begin();
    else if (code === character.fieldSeparator) this.fields.separate();
    else if (code === character.fieldEnd) this.endField(look);
    // What is left are anchors of notes, comments, pictures and drawings, which stand in tables of their own.
  }

  private symbol({ font, code }: { readonly font: number; readonly code: number }): string {
    return symbolCharacter(this.tables.fonts[font] ?? '', code.toString(16).padStart(4, '0'));
  }

  private append(text: string, { hidden, change }: CharacterLook): void {
    if (this.fields.hidesText) this.fields.addInstruction(text);
    else this.content.append(text, { hidden, change });
  }

  private endField(look: CharacterLook): void {
    const instruction = this.fields.end();
    if (instruction === undefined) return;
    const { number, text, list } = this.fields.shown(instruction);
    const listed = list && this.counter.nextNamed(list.name, list.level ?? 0, list.start)?.number;
    const shown = number ?? listed;
    if (shown !== undefined && this.content.text.trim() === '') this.number ??= shown;
    else if (listed !== undefined) this.append(listed, look);
    if (text !== undefined) this.append(text, look);
  }

  /** A section ends with its last paragraph; a page break stands within one. */
  private break(at: number, look: CharacterLook): void {
    if (this.tables.sectionEnds.has(at + 1)) this.endParagraph(at);
    else this.append('\n', look);
  }

  private endParagraph(at: number): void {
    const { look, facts } = this.tables.paragraphAt(at);
    const attached = this.attachments(this.begun, at + 1);
    this.begun = at + 1;
    const content = this.content;
    this.content = new ParagraphText();
    const fieldNumber = this.number;
    this.number = undefined;
    const code = this.tables.text.charCodeAt(at);
    if (this.endsRow(code, look)) {
      this.story.endRow(Math.max(1, look.depth));
      return;
    }
    const depth = code === character.cellEnd ? 1 : look.depth;
    const markDeleted =
      code === character.paragraph && this.tables.runAt(at, at + 1).look.change?.kind === 'deleted';
    const isEmptySectionEnd = code === character.break && content.text.trim() === '';
    const listed = markDeleted || isEmptySectionEnd ? undefined : this.numberOf(facts);
    this.story.paragraph(
      content,
      {
        depth,
        number: listed?.number ?? fieldNumber,
        listLevel: listed?.level,
        heading: facts.heading,
        markDeleted,
      },
      attached,
    );
    if (code === character.cellEnd || look.endsInnerCell) this.story.endCell(depth);
  }

  private endsRow(code: number, look: ParagraphLook): boolean {
    return code === character.cellEnd ? look.endsRow && look.depth <= 1 : look.endsInnerRow;
  }

  private numberOf({
    list,
    level = 0,
  }: {
    readonly list?: number | undefined;
    readonly level?: number | undefined;
  }) {
    if (list === undefined || !this.tables.isList(list)) return undefined;
    const printed = this.counter.next(String(list), level);
    return printed && { number: printed.number, level: level + 1 };
  }
}
