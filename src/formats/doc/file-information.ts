import { Binary } from '../binary.ts';
import type { CompoundStreams } from '../compound-streams.ts';

/** Lengths of the stories of a document in characters; they follow each other in this order (MS-DOC 2.5.4). */
export const storyNames = [
  'text',
  'footnotes',
  'headers',
  'macros',
  'comments',
  'endnotes',
  'boxes',
  'headerBoxes',
] as const;
export type StoryName = (typeof storyNames)[number];

/** Where a table stands among the pairs of offset and length in the file information block (MS-DOC 2.5.6 to 2.5.9). */
const tableIndexes = {
  styles: 1,
  footnoteReferences: 2,
  footnoteTexts: 3,
  commentReferences: 4,
  commentTexts: 5,
  sections: 6,
  fonts: 15,
  headers: 11,
  characterPages: 12,
  paragraphPages: 13,
  properties: 31,
  pieces: 33,
  commentOwners: 36,
  commentTags: 37,
  shapes: 40,
  commentStarts: 42,
  commentEnds: 43,
  endnoteReferences: 46,
  endnoteTexts: 47,
  revisionAuthors: 51,
  boxTexts: 56,
  lists: 73,
  listOverrides: 74,
  commentDates: 112,
} as const;
export type TableName = keyof typeof tableIndexes;

/** Word 97 and later; before, the block is laid out in another way. */
const firstKnown = 0x00c1;
const oldest = 0x0065;
const pairsAt = 154;

/** The file information block at the beginning of the stream `WordDocument` (MS-DOC 2.5.1), and the tables it speaks of. */
export class FileInformation {
  readonly main: Binary;
  readonly isEncrypted: boolean;
  /** A version before Word 97, of which only the text is known how to be read. */
  readonly isOld: boolean;
  readonly isWord: boolean;
  private readonly tables: Binary;

  constructor(streams: CompoundStreams) {
    this.main = new Binary(streams.stream('WordDocument') ?? new Uint8Array());
    const flags = this.main.short(10);
    const version = this.main.short(2);
    this.isWord = [0xa5ec, 0xa5dc, 0xa5db].includes(this.main.short(0)) && version >= oldest;
    this.isOld = version < firstKnown;
    this.isEncrypted = (flags & 0x0100) !== 0;
    const name = this.isOld ? 'WordDocument' : (flags & 0x0200) !== 0 ? '1Table' : '0Table';
    const other = name === '1Table' ? '0Table' : '1Table';
    this.tables = new Binary(streams.stream(name) ?? streams.stream(other) ?? new Uint8Array());
  }

  /** The bytes of a table; empty when there is none. */
  table(name: TableName): Binary {
    const { offset, length } = this.pair(name);
    return this.tables.part(offset, length);
  }

  /** From a table's beginning to the end of the stream: of lists more stands behind what their length says. */
  tableAndMore(name: TableName): Binary {
    const { offset, length } = this.pair(name);
    return length === 0
      ? new Binary(new Uint8Array())
      : this.tables.part(offset, this.tables.length - offset);
  }

  /** Characters of each story. */
  get lengths(): readonly number[] {
    const first = this.isOld ? 0x34 : 0x4c;
    return storyNames.map((_, at) => Math.max(0, this.main.signed(first + 4 * at)));
  }

  /** Of old files: where the text begins and ends in the stream, when it stands in one piece. */
  get plainText(): { readonly start: number; readonly end: number } {
    return { start: this.main.long(0x18), end: this.main.long(0x1c) };
  }

  private pair(name: TableName): { readonly offset: number; readonly length: number } {
    if (this.isOld) {
      if (name !== 'pieces') return { offset: 0, length: 0 };
      return { offset: this.main.long(0x160), length: this.main.long(0x164) };
    }
    const index = tableIndexes[name];
    const pairs = this.main.short(152);
    if (index >= pairs) return { offset: 0, length: 0 };
    const at = pairsAt + 8 * index;
    return { offset: this.main.long(at), length: this.main.long(at + 4) };
  }
}
