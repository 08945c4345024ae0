import { CommentSubjects } from '../comment-subjects.ts';
import { NoteNumbers } from '../docx/note-numbers.ts';
import { NumberingCounter } from '../docx/numbering.ts';
import { symbolCharacter } from '../docx/symbols.ts';
import type { FileMetadata } from '../extraction.ts';
import { isDeletion } from '../paragraph-text.ts';
import type { DraftBlock } from '../table-row.ts';
import { openers, PendingAsides } from './destinations.ts';
import { codePageOf, decodeCodePage, type Font, isSymbolFont } from './fonts.ts';
import { ListTables } from './list-tables.ts';
import { NoteSettings } from './notes.ts';
import { depthOf, OpenStory } from './open-story.ts';
import {
  changeOf,
  firstState,
  type GroupState,
  plainCharacters,
  plainParagraph,
  readRevision,
} from './state.ts';
import { rtfTokens } from './tokens.ts';
import { knownStarred, printed, printedSymbols, skippedGroups, unicodeCharacter } from './words.ts';

interface Group {
  readonly state: GroupState;
  /** What is done when the group ends. */
  onClose: (() => void) | undefined;
}

/** Groups within groups that have a state of their own; what is nested deeper shares the last one's. */
const deepestGroup = 10_000;
const defaultPage = 1252;

/** Reads RTF into blocks. Never throws for what is wrong with the file. */
export class RtfReader {
  readonly problems: string[] = [];
  readonly fonts = new Map<number, Font>();
  readonly styles = new Map<number, string>();
  authors: readonly string[] = [];
  readonly lists = new ListTables();
  readonly subjects = new CommentSubjects();
  readonly metadata: { -readonly [Key in keyof FileMetadata]: FileMetadata[Key] } = {};
  readonly asides = new PendingAsides();
  readonly headers: DraftBlock[] = [];
  /** The data of embedded objects, in hexadecimal digits. */
  readonly objects: string[] = [];
  private readonly groups: Group[] = [];
  private readonly stories: OpenStory[] = [new OpenStory('body')];
  private readonly noteSettings = new NoteSettings();
  readonly noteNumbers = new NoteNumbers(this.noteSettings.document);
  private state = firstState();
  private counters = new Map<string, NumberingCounter>();
  private bytes: number[] = [];
  private documentPage = defaultPage;
  private defaultFont = -1;
  private toSkip = 0;
  private starred = false;
  /** The group has just begun: its first word says what it is. */
  private begins = false;
  private excess = 0;
  /** The style that is being defined, and the font. */
  private definedStyle = 0;
  private definedFont = 0;
  private ended = false;

  read(file: Uint8Array): readonly DraftBlock[] {
    for (const token of rtfTokens(file)) {
      if (this.ended) break;
      switch (token.type) {
        case 'open':
          this.open();
          break;
        case 'close':
          this.close();
          break;
        case 'word':
          this.word(token.word, token.value);
          break;
        case 'symbol':
          this.symbol(token.symbol);
          break;
        case 'byte':
          this.byte(token.byte);
          break;
        case 'bytes':
          this.text(token.bytes);
          break;
        case 'binary':
          this.binary(token.bytes, token.cut);
      }
    }
    return this.finish();
  }

  get story(): OpenStory {
    return this.stories.at(-1) as OpenStory; // there is always the body
  }

  /** Sends the text of the group that is being read somewhere, and says what to do at its end. */
  divert(destination: GroupState['destination'], onClose?: (text: string) => void): void {
    this.state.destination = destination;
    const capture = { text: '' };
    this.state.capture = capture;
    if (onClose !== undefined) this.atEnd(() => onClose(capture.text));
  }

  /** The group that is being read is a story of its own. */
  openStory(kind: OpenStory['kind'], take: (blocks: readonly DraftBlock[]) => void): void {
    this.stories.push(new OpenStory(kind));
    const state = this.state;
    Object.assign(state, plainParagraph, plainCharacters, { destination: 'text' });
    this.atEnd(() => {
      if (!this.story.isEmpty) this.endParagraph(state);
      const blocks = this.stories.length > 1 ? this.stories.pop()?.finish() : [];
      take(blocks ?? []);
    });
  }

  /** Where text goes, as the state of the group that is being read has it; `write` heeds it. */
  get current(): GroupState {
    return this.state;
  }

  /** Says what to do when the group that is being read ends. */
  atEnd(onClose: () => void): void {
    const group = this.groups.at(-1);
    if (group !== undefined) group.onClose = onClose;
  }

  private open(): void {
    this.flush();
    this.toSkip = 0;
    if (this.groups.length >= deepestGroup) {
      this.excess++;
      return;
    }
    this.groups.push({ state: this.state, onClose: undefined });
    this.state = { ...this.state };
    this.begins = true;
    this.starred = false;
    if (this.state.destination === 'lists') this.state.capture = { text: '' };
  }

  private close(): void {
    this.flush();
    this.toSkip = 0;
    if (this.excess > 0) {
      this.excess--;
      return;
    }
    const group = this.groups.pop();
    this.begins = false;
    if (group === undefined) return;
    group.onClose?.();
    if (this.groups.length === 0) {
      // The last paragraph need not have an end of its own.
      if (!this.story.isEmpty) this.endParagraph(this.state);
      this.ended = true;
    }
    this.state = group.state;
  }

  private word(word: string, value: number | undefined): void {
    this.flush();
    if (this.skipsReplacement()) return;
    const isFirst = this.begins;
    this.begins = false;
    if (isFirst && this.beginsDestination(word)) return;
    if (word === 'u') this.unicode(value ?? 0);
    else if (word === 'uc') this.state.replacements = Math.max(0, value ?? 1);
    else if (this.state.destination === 'skipped') return;
    else if (word === 'f' || word === 'af') this.font(word, value ?? 0);
    else if (this.state.destination === 'fonts') this.fontProperty(word, value);
    else if (this.state.destination === 'styles') this.styleProperty(word, value);
    else if (this.state.destination === 'lists') this.lists.control(word, value);
    else if (this.state.destination === 'information') this.asides.timeWord(word, value);
    else if (Object.hasOwn(printed, word)) this.write(printed[word] ?? '');
    else if (this.state.destination === 'text') this.textWord(word, value);
  }

  /** True when the word says where the group's text goes, or that it goes nowhere. */
  private beginsDestination(word: string): boolean {
    const { destination } = this.state;
    if (destination === 'skipped') {
      // Of text that is written twice, the form in Unicode.
      if (word === 'ud' && this.state.beforeAlternatives !== undefined)
        this.state.destination = this.state.beforeAlternatives;
      return false;
    }
    if (skippedGroups.has(word) || (this.starred && !knownStarred.has(word))) {
      this.divert('skipped');
      return true;
    }
    if (destination === 'lists') {
      this.beginListGroup(word);
      return false;
    }
    const opener = openers.get(word);
    if (opener === undefined) return false;
    opener(this);
    return true;
  }

  private beginListGroup(word: string): void {
    this.lists.begin(word);
    const group = this.groups.at(-1);
    const { capture } = this.state;
    if (group === undefined) return;
    group.onClose = () => {
      if (word === 'leveltext') this.lists.levelText(capture.text);
      this.lists.end(word);
    };
  }

  private font(word: string, value: number): void {
    if (word === 'af') return;
    if (this.state.destination === 'fonts') {
      this.definedFont = value;
      this.fonts.set(value, { name: '' });
    } else this.state.font = value;
  }

  private fontProperty(word: string, value: number | undefined): void {
    const font = this.fonts.get(this.definedFont);
    if (font === undefined) return;
    if (word === 'fcharset') font.charset = value ?? 0;
    else if (word === 'cpg') font.codePage = value ?? 0;
  }

  private styleProperty(word: string, value: number | undefined): void {
    if (word === 's') this.definedStyle = value ?? 0;
    // A character or section style is none of a paragraph's.
    else if (word === 'cs' || word === 'ds' || word === 'ts') this.definedStyle = -1;
  }

  private textWord(word: string, value: number | undefined): void {
    const { state } = this;
    const isOn = value !== 0;
    if (readRevision(state, word, value) || this.noteSettings.read(word, value)) return;
    switch (word) {
      case 'par':
        this.endParagraph(state);
        break;
      case 'sect':
        if (!this.story.isEmpty) this.endParagraph(state);
        if (this.stories.length === 1) this.noteNumbers.endSection({});
        break;
      case 'cell':
      case 'nestcell':
        this.endCell(word === 'cell' ? 1 : Math.max(2, depthOf(state)));
        break;
      case 'row':
        this.story.endRow(1);
        break;
      case 'nestrow':
        this.story.endRow(Math.max(2, depthOf(state)));
        break;
      case 'pard':
        Object.assign(state, plainParagraph);
        break;
      case 'plain':
        Object.assign(state, plainCharacters, { font: this.defaultFont });
        break;
      case 'v':
        state.hidden = isOn;
        break;
      case 'ansicpg':
        this.documentPage = value ?? defaultPage;
        break;
      case 'mac':
        this.documentPage = 10000;
        break;
      case 'pc':
        this.documentPage = 437;
        break;
      case 'pca':
        this.documentPage = 850;
        break;
      case 'deff':
        this.defaultFont = value ?? -1;
        state.font = this.defaultFont;
        break;
      case 'chftn':
        if (this.story.kind !== 'note') this.asides.automaticNote = true;
        break;
      case 'ftnalt':
        this.asides.noteKind = 'endnote';
        break;
      default:
        readParagraphWord(state, word, value);
    }
  }

  private endCell(depth: number): void {
    const { state } = this;
    this.endParagraph({ ...state, inTable: true, depth });
    this.story.endCell(depth);
  }

  /** Text behind the last paragraph's end is one more paragraph. */
  private endParagraph(state: GroupState): void {
    const { story } = this;
    const { list, level, outlineLevel } = state;
    const isListed = list !== undefined && list > 0;
    const isEmptyEnd = story.content.isEmpty && !isListed;
    const counted = isListed && !isEmptyEnd ? this.counter.next(String(list), level)?.number : undefined;
    const isBullet = story.isBullet || (isListed && this.lists.isBullet(String(list), level));
    const number = isBullet ? undefined : (story.printedNumber ?? counted);
    const listLevel = isListed || story.printedNumber !== undefined || story.isBullet ? level + 1 : undefined;
    const heading =
      outlineLevel !== undefined && outlineLevel < 9
        ? outlineLevel + 1
        : headingNamed(this.styles.get(state.style));
    this.subjects.add(' ');
    story.endParagraph(state, { number, listLevel, heading });
  }

  get counter(): NumberingCounter {
    const { kind } = this.story;
    let counter = this.counters.get(kind);
    if (counter === undefined) {
      counter = new NumberingCounter(this.lists.definitions);
      this.counters.set(kind, counter);
    }
    return counter;
  }

  private symbol(symbol: string): void {
    this.flush();
    if (symbol === '*') {
      this.starred = this.begins;
      return;
    }
    if (this.skipsReplacement()) return;
    this.begins = false;
    if (symbol === '\n' || symbol === '\r') this.word('par', undefined);
    else this.write(printedSymbols[symbol] ?? '');
  }

  private unicode(value: number): void {
    this.write(unicodeCharacter(value));
    this.toSkip = this.state.replacements;
  }

  private byte(byte: number): void {
    this.begins = false;
    if (this.skipsReplacement()) return;
    this.bytes.push(byte);
  }

  private text(bytes: Uint8Array): void {
    this.begins = false;
    const from = Math.min(this.toSkip, bytes.length);
    this.toSkip -= from;
    if (this.state.destination === 'skipped') return;
    for (let at = from; at < bytes.length; at++) this.bytes.push(bytes[at] as number); // at < length
  }

  private binary(bytes: Uint8Array, cut: boolean): void {
    this.flush();
    this.begins = false;
    if (cut) this.problem('The file ends in the middle of binary data.');
    if (this.skipsReplacement() || this.state.destination !== 'captured') return;
    this.state.capture.text += Buffer.from(bytes).toString('hex');
  }

  private skipsReplacement(): boolean {
    if (this.toSkip === 0) return false;
    this.toSkip--;
    return true;
  }

  /** Bytes are decoded together: two may make one character. */
  private flush(): void {
    if (this.bytes.length === 0) return;
    const bytes = this.bytes;
    this.bytes = [];
    const font = this.fonts.get(this.state.font);
    const { destination } = this.state;
    if ((destination === 'text' || destination === 'captured') && isSymbolFont(font)) {
      const codes = bytes.map((byte) => (0xf000 + byte).toString(16));
      this.write(codes.map((code) => symbolCharacter(font?.name ?? '', code)).join(''));
    } else this.write(decodeCodePage(bytes, codePageOf(font, this.documentPage)));
  }

  write(text: string): void {
    const { state } = this;
    switch (state.destination) {
      case 'text': {
        const change = changeOf(state, this.authors);
        this.story.content.append(text, { hidden: state.hidden, change });
        if (!state.hidden && !(change && isDeletion(change)) && this.story.kind === 'body')
          this.subjects.add(text);
        break;
      }
      case 'captured':
      case 'lists':
        state.capture.text += text;
        break;
      case 'fonts': {
        const font = this.fonts.get(this.definedFont);
        if (font !== undefined) font.name += text.replaceAll(';', '').trim();
        break;
      }
      case 'styles':
        this.styles.set(
          this.definedStyle,
          (this.styles.get(this.definedStyle) ?? '') + text.replaceAll(';', ''),
        );
        break;
      default:
    }
  }

  private finish(): readonly DraftBlock[] {
    this.flush();
    if (!this.ended) this.problem('The file ends in the middle: what stands before was read.');
    while (this.groups.length > 0) {
      this.ended = false;
      this.close();
    }
    if (!this.story.isEmpty) this.endParagraph(this.state);
    this.noteNumbers.endSection({});
    const seen = new Set<string>();
    const headers = this.headers.filter(({ text }) => !seen.has(text) && seen.add(text));
    return [...headers, ...this.story.finish()];
  }

  private problem(sentence: string): void {
    if (!this.problems.includes(sentence)) this.problems.push(sentence);
  }
}

function readParagraphWord(state: GroupState, word: string, value: number | undefined): void {
  if (word === 's') state.style = value ?? 0;
  else if (word === 'intbl') state.inTable = value !== 0;
  else if (word === 'itap') state.depth = Math.max(0, value ?? 1);
  else if (word === 'ls') state.list = value;
  else if (word === 'ilvl') state.level = Math.max(0, Math.min(8, value ?? 0));
  else if (word === 'outlinelevel') state.outlineLevel = value;
}

function headingNamed(name: string | undefined): number | undefined {
  const depth = /^\s*heading ([1-9])\b/i.exec(name ?? '')?.[1];
  if (depth !== undefined) return Number(depth);
  return /^\s*(?:sub)?title\s*$/i.test(name ?? '') ? 1 : undefined;
}
