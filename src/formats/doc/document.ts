import { PositionTable } from '../binary.ts';
import { CommentSubjects } from '../comment-subjects.ts';
import { addSubject } from '../docx/asides.ts';
import { NoteNumbers } from '../docx/note-numbers.ts';
import { NumberingCounter } from '../docx/numbering.ts';
import type { DraftBlock } from '../table-row.ts';
import {
  type Anchor,
  type CommentAnchor,
  comments,
  endnotes,
  footnotes,
  stretchesOf,
  textBoxes,
} from './annotations.ts';
import { type FileInformation, type StoryName, storyNames, type TableName } from './file-information.ts';
import { type Attachments, StoryReader, type StoryStretch } from './story.ts';
import { WordTables } from './tables.ts';

/** The blocks of a Word file before DOCX, and what was wrong with it, a sentence each. */
export interface WordBlocks {
  readonly blocks: readonly DraftBlock[];
  readonly problems: readonly string[];
}

/** All stories of a file: headers first, each text once; notes, comments and text boxes behind the paragraphs they belong to. */
export function readWordBlocks(file: FileInformation): WordBlocks {
  const reader = new DocumentReader(file);
  const blocks = reader.read();
  if (file.isOld)
    reader.tables.problem(
      'The file was written before Word 97: its text was read, without list numbers and without knowing what is hidden or deleted.',
    );
  return { blocks, problems: reader.tables.problems };
}

/** Separators and notices between text and notes come first among the headers, in all versions. */
const noteSeparators = 6;
const nothing: Attachments = () => [];

/** Stories, the tables that say how they are cut, and what they are. */
const unplacedStories: readonly (readonly [StoryName, TableName, StoryStretch['kind']])[] = [
  ['headers', 'headers', 'header'],
  ['footnotes', 'footnoteTexts', 'note'],
  ['endnotes', 'endnoteTexts', 'note'],
  ['comments', 'commentTexts', 'comment'],
  ['boxes', 'boxTexts', 'body'],
];

class DocumentReader {
  readonly tables: WordTables;
  private readonly file: FileInformation;
  private readonly starts: ReadonlyMap<StoryName, number>;
  private readonly boxCounter: NumberingCounter;

  constructor(file: FileInformation) {
    this.file = file;
    this.tables = new WordTables(file);
    this.boxCounter = new NumberingCounter(this.tables.definitions);
    const starts = new Map<StoryName, number>();
    let start = 0;
    for (const [index, name] of storyNames.entries()) {
      starts.set(name, start);
      start += file.lengths[index] ?? 0;
    }
    this.starts = starts;
    if (start > this.tables.text.length + 1)
      this.tables.problem('Some of the text is missing: the file is cut short or damaged.');
  }

  read(): readonly DraftBlock[] {
    const anchors = new Anchored(this.file, (stretch) => this.story(stretch, this.boxCounter));
    const start = this.starts.get('text') ?? 0;
    const end = Math.min(this.starts.get('footnotes') ?? 0, this.tables.text.length);
    anchors.placeIn(this);
    const headers = this.headers();
    const body = this.story(
      { kind: 'body', start, end },
      new NumberingCounter(this.tables.definitions),
      (from, to) => anchors.take(from, to),
    );
    return [...headers, ...body, ...anchors.rest(), ...this.unplaced()];
  }

  /** A stretch of another story, by positions in that story. */
  stretch(
    name: StoryName,
    kind: StoryStretch['kind'],
    { from, to }: Pick<Anchor, 'from' | 'to'>,
  ): StoryStretch {
    const base = this.starts.get(name) ?? 0;
    const most = this.tables.text.length;
    return { kind, start: Math.min(base + from, most), end: Math.min(base + to, most) };
  }

  private story(
    stretch: StoryStretch,
    counter: NumberingCounter,
    attachments: Attachments = nothing,
  ): readonly DraftBlock[] {
    const reader = new StoryReader(this.tables, stretch, counter, attachments, new Set());
    const blocks = reader.read();
    const { unended } = reader;
    if (unended.length === 0) return blocks;
    const again = attachments === nothing ? counter : new NumberingCounter(this.tables.definitions);
    return new StoryReader(this.tables, stretch, again, attachments, new Set(unended)).read();
  }

  /** First pages, even pages and sections repeat each other. */
  private headers(): readonly DraftBlock[] {
    const table = new PositionTable(this.file.table('headers'), 0);
    const counter = new NumberingCounter(this.tables.definitions);
    const seen = new Set<string>();
    // What the last position ends is none.
    return stretchesOf(table)
      .slice(noteSeparators, -1)
      .flatMap((place) => this.story(this.stretch('headers', 'header', place), counter))
      .concat(this.headerBoxes(counter))
      .filter(({ text }) => !seen.has(text) && seen.add(text));
  }

  /** Stories whose tables are missing or not known: nothing says where the text refers to them. */
  private unplaced(): readonly DraftBlock[] {
    return unplacedStories.flatMap(([name, table, kind]) => {
      const length = this.file.lengths[storyNames.indexOf(name)] ?? 0;
      if (length === 0 || this.file.table(table).length > 0) return [];
      return this.story(this.stretch(name, kind, { from: 0, to: length }), this.boxCounter);
    });
  }

  private headerBoxes(counter: NumberingCounter): readonly DraftBlock[] {
    const start = this.starts.get('headerBoxes') ?? 0;
    const length = this.file.lengths[storyNames.indexOf('headerBoxes')] ?? 0;
    const end = Math.min(start + length, this.tables.text.length);
    return start < end ? this.story({ kind: 'header', start, end }, counter) : [];
  }
}

type ReadStretch = (stretch: StoryStretch) => readonly DraftBlock[];

interface Placed {
  readonly at: number;
  readonly blocks: readonly DraftBlock[];
}

/** Notes, comments and boxes, read, by where the text refers to them. */
class Anchored {
  private readonly file: FileInformation;
  private readonly readStretch: ReadStretch;
  private placed: readonly Placed[] = [];
  private readonly taken = new Set<Placed>();

  constructor(file: FileInformation, readStretch: ReadStretch) {
    this.file = file;
    this.readStretch = readStretch;
  }

  placeIn(reader: DocumentReader): void {
    const notes = numberedNotes(this.file, reader, this.readStretch);
    const placed = [
      ...notes,
      ...comments(this.file).map((comment) => this.comment(comment, reader)),
      ...textBoxes(this.file).map((box) => ({
        at: box.at,
        blocks: this.readStretch(reader.stretch('boxes', 'body', box)),
      })),
    ];
    this.placed = placed.filter(({ blocks }) => blocks.length > 0).sort((a, b) => a.at - b.at);
  }

  /** What belongs to the characters `[from, to)`; copies, so that a story can be read again. */
  take(from: number, to: number): readonly DraftBlock[] {
    const found: DraftBlock[] = [];
    for (let index = firstFrom(this.placed, from); index < this.placed.length; index++) {
      const one = this.placed[index];
      if (one === undefined || one.at >= to) break;
      this.taken.add(one);
      found.push(...one.blocks.map((block) => ({ ...block })));
    }
    return found;
  }

  rest(): readonly DraftBlock[] {
    return this.placed.filter((one) => !this.taken.has(one)).flatMap(({ blocks }) => blocks);
  }

  private comment({ at, from, to, markup, subject }: CommentAnchor, reader: DocumentReader): Placed {
    const blocks = this.readStretch(reader.stretch('comments', 'comment', { from, to }));
    const [first] = blocks;
    if (first !== undefined && markup.by !== undefined) first.text = `${markup.by}: ${first.text}`;
    for (const block of blocks) {
      const said = { ...markup, start: 0, end: block.text.length };
      if (block.zone !== 'deleted' && (markup.by ?? markup.at) !== undefined) block.markup = [said];
    }
    if (subject !== undefined) addSubject(blocks, subjectIn(reader.tables.text, subject));
    return { at, blocks };
  }
}

/** The words a comment is about, without field instructions and anchors. */
function subjectIn(text: string, { from, to }: { from: number; to: number }): string | undefined {
  const subjects = new CommentSubjects();
  const longest = 4096;
  subjects.begin('');
  subjects.add(
    text
      .slice(from, Math.min(to, from + longest))
      .replaceAll(/\x13[^\x13-\x15]*(?:\x14|\x15)/g, '')
      .replaceAll(/[\x00-\x08\x14\x15]/g, '')
      .replaceAll(/[\x09-\x1f]/g, ' '),
  );
  subjects.end('');
  return subjects.of('');
}

function numberedNotes(
  file: FileInformation,
  reader: DocumentReader,
  readStretch: ReadStretch,
): readonly Placed[] {
  const { tables } = reader;
  const marks = [
    ...footnotes(file).map((note) => ({ note, kind: 'footnote' as const })),
    ...endnotes(file).map((note) => ({ note, kind: 'endnote' as const })),
  ].sort((a, b) => a.note.at - b.note.at);
  const numbers = new NoteNumbers(tables.notes);
  const sections = [...tables.sections];
  const placed: Placed[] = [];
  for (const { note, kind } of marks) {
    while (sections[0] !== undefined && sections[0].end <= note.at)
      numbers.endSection(sections.shift()?.notes ?? {});
    const story = kind === 'footnote' ? 'footnotes' : 'endnotes';
    const blocks = readStretch(reader.stretch(story, 'note', note));
    if (note.automatic) numbers.add(kind, blocks[0] ?? { type: 'note', text: '' });
    placed.push({ at: note.at, blocks });
  }
  numbers.endSection(sections[0]?.notes ?? {});
  return placed;
}

function firstFrom(placed: readonly Placed[], from: number): number {
  let low = 0;
  let high = placed.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((placed[middle]?.at ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
