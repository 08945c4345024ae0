import type { Markup } from '../../model/place.ts';
import { addSubject, markDeleted } from '../docx/asides.ts';
import { Fields } from '../docx/fields.ts';
import { symbolCharacter } from '../docx/symbols.ts';
import { dateOfDttm } from '../dttm.ts';
import { isDeletion } from '../paragraph-text.ts';
import type { RtfReader } from './reader.ts';
import { changeOf } from './state.ts';

/** What has been read of notes, comments, fields and shapes before the group that completes them ends. */
export class PendingAsides {
  /** Whose comment comes next. */
  comment = { by: '', id: '', at: 0 };
  /** The note that comes next is numbered by the word processor. */
  automaticNote = false;
  noteKind: 'footnote' | 'endnote' = 'footnote';
  /** The fields that are open, from the outermost on. */
  readonly openFields: { instruction: string; hasResult: boolean }[] = [];
  readonly fields = new Fields(new Set());
  readonly openShapes: { hasText: boolean }[] = [];
  private readonly time = new Map<string, number>();

  timeWord(word: string, value: number | undefined): void {
    this.time.set(word, value ?? 0);
  }

  /** The time that was read since this was asked last, ISO 8601 to the minute. */
  takeTime(): string | undefined {
    const two = (word: string) => String(this.time.get(word) ?? 0).padStart(2, '0');
    const year = this.time.get('yr');
    const text = year && `${year}-${two('mo')}-${two('dy')}T${two('hr')}:${two('min')}`;
    this.time.clear();
    return text === undefined || text === 0 ? undefined : text;
  }
}

type Opener = (reader: RtfReader) => void;

const capture =
  (take: (reader: RtfReader, text: string) => void): Opener =>
  (reader) =>
    reader.divert('captured', (text) => take(reader, text));
const skip: Opener = (reader) => reader.divert('skipped');
/** Only what stands in it decides where its text goes. */
const transparent: Opener = () => undefined;

const header: Opener = (reader) =>
  reader.openStory('header', (blocks) => {
    for (const block of blocks) reader.headers.push(block);
  });

const listText = capture((reader, text) => {
  const number = text.trim();
  if (/[\p{L}\p{N}]/u.test(number)) reader.story.printedNumber = number;
  else reader.story.isBullet = true;
});

/** A note where the text stands now. */
const note: Opener = (reader) => {
  const { asides } = reader;
  const automatic = asides.automaticNote;
  asides.automaticNote = false;
  asides.noteKind = 'footnote';
  const deletion = changeOf(reader.current, reader.authors);
  reader.openStory('note', (blocks) => {
    const first = blocks[0] ?? { type: 'note', text: '' };
    if (deletion !== undefined && isDeletion(deletion)) markDeleted(blocks, deletion);
    else if (automatic) reader.noteNumbers.add(asides.noteKind, first);
    reader.story.attach(blocks);
  });
};

const comment: Opener = (reader) => {
  reader.openStory('comment', (blocks) => {
    const { by, id, at: time } = reader.asides.comment;
    reader.asides.comment = { by: '', id: '', at: 0 };
    const at = dateOfDttm(time);
    const signature: Markup = { kind: 'comment', ...(by && { by }), ...(at && { at }) };
    const [first] = blocks;
    if (first !== undefined && by !== '') first.text = `${by}: ${first.text}`;
    for (const block of blocks)
      if (block.zone !== 'deleted' && (by !== '' || at !== undefined))
        block.markup = [{ ...signature, start: 0, end: block.text.length }];
    addSubject(blocks, reader.subjects.of(id));
    reader.story.attach(blocks);
  });
};

const field: Opener = (reader) => {
  const { openFields } = reader.asides;
  const opened = { instruction: '', hasResult: false };
  openFields.push(opened);
  reader.atEnd(() => {
    openFields.splice(openFields.indexOf(opened));
    if (!opened.hasResult && opened.instruction !== '') showField(reader, opened.instruction);
  });
};

const fieldResult: Opener = (reader) => {
  const opened = reader.asides.openFields.at(-1);
  const { content } = reader.story;
  const before = content.text.length;
  reader.atEnd(() => {
    const written = reader.story.content !== content || content.text.length > before;
    if (opened !== undefined && written) opened.hasResult = true;
  });
};

/** The text of a field without a result: a number, a box, a symbol. */
function showField(reader: RtfReader, instruction: string): void {
  const symbol = /^\s*SYMBOL\s+(\d+)(?:.*?\\f\s+"?([^"\\]+)"?)?/i.exec(instruction);
  if (symbol?.[1] !== undefined) {
    const code = Number(symbol[1]).toString(16).padStart(4, '0');
    reader.write(symbolCharacter(symbol[2]?.trim() ?? 'Symbol', code));
    return;
  }
  const { number, text, list } = reader.asides.fields.shown(instruction);
  const listed = list && reader.counter.nextNamed(list.name, list.level ?? 0, list.start)?.number;
  const shown = number ?? listed;
  const { story } = reader;
  if (shown !== undefined && story.content.text.trim() === '') story.printedNumber ??= shown;
  else if (listed !== undefined) reader.write(listed);
  if (text !== undefined) reader.write(text);
}

/** A shape is written twice: with its text, and as programs of old drew it. */
const shape: Opener = (reader) => {
  const { openShapes } = reader.asides;
  const opened = { hasText: false };
  openShapes.push(opened);
  reader.atEnd(() => openShapes.splice(openShapes.indexOf(opened)));
};

const olderShape: Opener = (reader) => {
  if (reader.asides.openShapes.at(-1)?.hasText) reader.divert('skipped');
};

const box: Opener = (reader) => {
  const opened = reader.asides.openShapes.at(-1);
  reader.openStory(reader.story.kind, (blocks) => {
    reader.story.attach(blocks);
    if (opened !== undefined && blocks.length > 0) opened.hasText = true;
  });
};

const alternatives: Opener = (reader) => {
  reader.current.beforeAlternatives = reader.current.destination;
  reader.current.destination = 'skipped';
};

const information =
  (name: 'title' | 'author'): Opener =>
  (reader) => {
    if (reader.current.destination !== 'information') return;
    reader.divert('captured', (text) => {
      if (text.trim() !== '') reader.metadata[name] = text.trim();
    });
  };

const created: Opener = (reader) => {
  reader.asides.takeTime();
  reader.atEnd(() => {
    const time = reader.asides.takeTime();
    if (time !== undefined) reader.metadata.created = time;
  });
};

const headerWords = ['header', 'headerl', 'headerr', 'headerf', 'footer', 'footerl', 'footerr', 'footerf'];

/** Groups by the word that they begin with, and where their text goes. */
export const openers: ReadonlyMap<string, Opener> = new Map<string, Opener>([
  ['fonttbl', (reader) => reader.divert('fonts')],
  ['stylesheet', (reader) => reader.divert('styles')],
  ['listtable', (reader) => reader.divert('lists')],
  ['listoverridetable', (reader) => reader.divert('lists')],
  ['info', (reader) => reader.divert('information')],
  ['title', information('title')],
  ['author', information('author')],
  ['creatim', created],
  [
    'revtbl',
    capture((reader, text) => {
      reader.authors = text.split(';');
    }),
  ],
  ...headerWords.map((word): [string, Opener] => [word, header]),
  ['footnote', note],
  ['annotation', comment],
  ['atnid', skip],
  [
    'atnauthor',
    capture((reader, text) => {
      reader.asides.comment.by = text.trim();
    }),
  ],
  [
    'atnref',
    capture((reader, text) => {
      reader.asides.comment.id = text.trim();
    }),
  ],
  [
    'atndate',
    capture((reader, text) => {
      reader.asides.comment.at = Number(text) >>> 0;
    }),
  ],
  ['atrfstart', capture((reader, text) => reader.subjects.begin(text.trim()))],
  ['atrfend', capture((reader, text) => reader.subjects.end(text.trim()))],
  ['listtext', listText],
  ['pntext', listText],
  ['field', field],
  [
    'fldinst',
    capture((reader, text) => {
      const opened = reader.asides.openFields.at(-1);
      if (opened !== undefined) opened.instruction = text;
    }),
  ],
  ['fldrslt', fieldResult],
  ['formfield', skip],
  ['shp', shape],
  ['shpinst', transparent],
  ['shptxt', box],
  ['shprslt', olderShape],
  ['do', transparent],
  ['dptxbxtext', box],
  ['objdata', capture((reader, text) => reader.objects.push(text))],
  ['objclass', skip],
  ['upr', alternatives],
  ['nonesttables', skip],
]);
