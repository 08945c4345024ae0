import { type Binary, stringTable } from '../binary.ts';
import type { SectionNotes } from '../docx/note-numbers.ts';
import type { NumberingDefinitions } from '../docx/numbering.ts';
import type { FileInformation } from './file-information.ts';
import { listsOf } from './lists.ts';
import { type CharacterLook, characterLook, type ParagraphLook, paragraphLook } from './looks.ts';
import { PieceTable } from './piece-table.ts';
import { PropertyPages, type PropertyRun } from './property-pages.ts';
import { documentNotes, type Section, sectionsOf } from './sections.ts';
import { type ListProperties, type ParagraphStyle, readListProperties, StyleSheet } from './style-sheet.ts';

const plainLook: CharacterLook = { hidden: false, special: true, change: undefined, symbol: undefined };
const plainParagraph: ParagraphLook = {
  style: 0,
  depth: 0,
  endsRow: false,
  endsInnerCell: false,
  endsInnerRow: false,
};
/** A list of the kind that Word had before 97 (`sprmPAnld`), and, from there on, marks that there is none. */
const oldList = 0x7ff;

/** Everything in the tables of a Word file that its stories ask for, by position of the character. */
export class WordTables {
  readonly text: string;
  readonly definitions: NumberingDefinitions;
  readonly sections: readonly Section[];
  readonly sectionEnds: ReadonlySet<number>;
  readonly notes: SectionNotes;
  readonly fonts: readonly string[];
  readonly problems: string[] = [];
  private readonly pieces: PieceTable;
  private readonly characters: PropertyPages;
  private readonly paragraphs: PropertyPages;
  private readonly styles: StyleSheet;
  private readonly authors: readonly string[];
  private readonly isOld: boolean;
  private known:
    | { readonly run: PropertyRun; readonly piece: object; readonly look: CharacterLook }
    | undefined;

  constructor(file: FileInformation) {
    this.isOld = file.isOld;
    this.pieces = new PieceTable(file);
    this.text = this.pieces.text;
    if (this.pieces.problem !== undefined) this.problems.push(this.pieces.problem);
    this.characters = new PropertyPages(file.main, file.table('characterPages'), false);
    this.paragraphs = new PropertyPages(file.main, file.table('paragraphPages'), true);
    this.styles = new StyleSheet(file.table('styles'));
    this.definitions = listsOf(file.tableAndMore('lists'), file.table('listOverrides'));
    this.authors = stringTable(file.table('revisionAuthors')).map(({ text }) => text);
    this.sections = sectionsOf(file);
    this.sectionEnds = new Set(this.sections.map(({ end }) => end));
    this.notes = documentNotes(file);
    this.fonts = fontsOf(file.table('fonts'));
  }

  /** How the character looks, and up to where the next ones look the same; not beyond `end`. */
  runAt(position: number, end: number): { readonly end: number; readonly look: CharacterLook } {
    const place = this.pieces.locate(position);
    if (place === undefined) return { end: position + 1, look: plainLook };
    const { offset, piece } = place;
    if (this.isOld) return { end: Math.min(end, piece.end), look: plainLook };
    const run = this.characters.at(offset);
    const paragraph = this.paragraphs.at(offset);
    const bytes = Math.min(run.end, paragraph.end) - offset;
    const length = Math.max(1, Math.ceil(bytes / piece.bytesPerCharacter));
    if (this.known?.run !== run || this.known.piece !== piece) {
      const lists = piece.modifiers === undefined ? [run.modifiers] : [run.modifiers, piece.modifiers];
      const look = characterLook(lists, paragraph.style, this.styles, this.authors);
      this.known = { run, piece, look };
    }
    return { end: Math.min(end, piece.end, position + length), look: this.known.look };
  }

  /** How the paragraph is set that the character ends. */
  paragraphAt(position: number): { readonly look: ParagraphLook; readonly facts: ParagraphStyle } {
    const place = this.pieces.locate(position);
    if (place === undefined || this.isOld) return { look: this.oldLook(position), facts: {} };
    const run = this.paragraphs.at(place.offset);
    const { modifiers } = place.piece;
    const lists = modifiers === undefined ? [run.modifiers] : [run.modifiers, modifiers];
    const look = paragraphLook(run.style, lists);
    const own: ListProperties = {};
    for (const list of lists) readListProperties(list, own);
    const style = this.styles.paragraph(look.style);
    const outline = own.outlineLevel ?? style.outlineLevel;
    return {
      look,
      facts: {
        list: own.list ?? style.list,
        level: own.level ?? style.level,
        heading: outline === undefined ? style.heading : outline < 9 ? outline + 1 : undefined,
      },
    };
  }

  /** Whether a paragraph with this list override is in a list whose numbers are known. */
  isList(list: number): boolean {
    if (list === oldList)
      this.problem('Some paragraphs are numbered in the way of Word 95; their numbers are not given.');
    return list > 0 && list < oldList;
  }

  problem(sentence: string): void {
    if (!this.problems.includes(sentence)) this.problems.push(sentence);
  }

  /** Before Word 97 only the text is known: cells end with a mark, and rows with another one right behind it. */
  private oldLook(position: number): ParagraphLook {
    const isCell = this.text.charCodeAt(position) === 7;
    if (!isCell) return plainParagraph;
    return { ...plainParagraph, depth: 1, endsRow: this.text.charCodeAt(position - 1) === 7 };
  }
}

const nameAt = 39;

/** Names of fonts by index (MS-DOC 2.9.286 SttbfFfn). */
function fontsOf(table: Binary): readonly string[] {
  const fonts: string[] = [];
  for (let at = 4; at < table.length && fonts.length < table.short(0); ) {
    const length = table.byte(at);
    const entry = table.part(at + 1, length);
    fonts.push(entry.text(nameAt, Math.max(0, (length - nameAt) >>> 1)).replace(/\0.*$/s, ''));
    at += 1 + length;
  }
  return fonts;
}
