import { codePageOf, decodeCodePage, type Font } from './fonts.ts';
import { rtfTokens } from './tokens.ts';
import { printed, printedSymbols, unicodeCharacter } from './words.ts';

/** Groups beside the page. */
const tables = new Set(['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict']);
const lineWords = new Set(['par', 'line', 'row', 'sect', 'page']);

/**
 * The web page that Outlook puts into the RTF of a message (MS-OXRTFEX): markup in groups `{\*\htmltag …}`, text between
 * them, and between `\htmlrtf` and `\htmlrtf0` what is there for readers of RTF only.
 * @returns undefined where the RTF holds no page (no `\fromhtml1`).
 */
export function htmlInRtf(bytes: Uint8Array): string | undefined {
  const reader = new PageReader();
  return reader.read(bytes);
}

interface Group {
  skipped: boolean;
  /** Between `\htmlrtf` and `\htmlrtf0`. */
  forRtf: boolean;
  replacements: number;
  font: number;
}

class PageReader {
  private html = '';
  private readonly groups: Group[] = [];
  private group: Group = { skipped: false, forRtf: false, replacements: 1, font: -1 };
  private readonly fonts = new Map<number, Font>();
  private inFonts = false;
  private fontDepth = 0;
  private definedFont = 0;
  private page = 1252;
  private bytes: number[] = [];
  private toSkip = 0;
  private starred = false;
  private begins = false;
  private isPage = false;

  read(bytes: Uint8Array): string | undefined {
    for (const token of rtfTokens(bytes)) {
      if (token.type === 'byte') this.byte(token.byte);
      else if (token.type === 'bytes') for (const byte of token.bytes) this.byte(byte);
      else {
        this.flush();
        if (token.type === 'open') this.open();
        else if (token.type === 'close') this.close();
        else if (token.type === 'word') this.word(token.word, token.value);
        else if (token.type === 'symbol') this.symbol(token.symbol);
      }
    }
    this.flush();
    return this.isPage ? this.html : undefined;
  }

  private open(): void {
    this.groups.push(this.group);
    this.group = { ...this.group };
    this.begins = true;
    this.starred = false;
    this.toSkip = 0;
  }

  private close(): void {
    this.group = this.groups.pop() ?? this.group;
    if (this.inFonts && this.groups.length < this.fontDepth) this.inFonts = false;
    this.toSkip = 0;
  }

  private word(word: string, value: number | undefined): void {
    if (this.skips()) return;
    const isFirst = this.begins;
    this.begins = false;
    if (word === 'fonttbl') {
      this.inFonts = true;
      this.fontDepth = this.groups.length;
    }
    if (isFirst && (tables.has(word) || (this.starred && word !== 'htmltag'))) this.group.skipped = true;
    if (this.inFonts) this.fontWord(word, value);
    else if (word === 'fromhtml') this.isPage = value === 1;
    else if (word === 'ansicpg') this.page = value ?? 1252;
    else if (word === 'htmlrtf') this.group.forRtf = value !== 0;
    else if (word === 'uc') this.group.replacements = Math.max(0, value ?? 1);
    else if (word === 'f') this.group.font = value ?? -1;
    else if (word === 'u') this.unicode(value ?? 0);
    else if (lineWords.has(word)) this.write('\n');
    else if (Object.hasOwn(printed, word)) this.write(printed[word] ?? '');
  }

  private fontWord(word: string, value: number | undefined): void {
    const font = this.fonts.get(this.definedFont);
    if (word === 'f') {
      this.definedFont = value ?? 0;
      this.fonts.set(this.definedFont, { name: '' });
    } else if (word === 'fcharset' && font) font.charset = value ?? 0;
    else if (word === 'cpg' && font) font.codePage = value ?? 0;
  }

  private symbol(symbol: string): void {
    if (symbol === '*') this.starred = this.begins;
    else if (!this.skips()) this.write(printedSymbols[symbol] ?? '');
  }

  private unicode(value: number): void {
    this.write(unicodeCharacter(value));
    this.toSkip = this.group.replacements;
  }

  private byte(byte: number): void {
    this.begins = false;
    if (!this.skips()) this.bytes.push(byte);
  }

  private skips(): boolean {
    if (this.toSkip === 0) return false;
    this.toSkip--;
    return true;
  }

  private flush(): void {
    if (this.bytes.length === 0) return;
    const bytes = this.bytes;
    this.bytes = [];
    this.write(decodeCodePage(bytes, codePageOf(this.fonts.get(this.group.font), this.page)));
  }

  private write(text: string): void {
    if (!this.group.skipped && !this.group.forRtf) this.html += text;
  }
}
