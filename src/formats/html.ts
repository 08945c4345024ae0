import { Parser } from 'htmlparser2';
import type { Adapter, Extraction, FileMetadata, Sniff, TextBlock } from './extraction.ts';
import { formatNumber } from './list-number.ts';
import { blocksOfRow, type DraftBlock } from './table-row.ts';
import { textAdapter } from './text/adapter.ts';
import { tameControls } from './text/control-characters.ts';
import { decodeText, longestText, sniffText } from './text/decode.ts';
import { xmlEncoding } from './text/xml-declaration.ts';

const extensions = new Set(['html', 'htm', 'xhtml', 'xht']);

/**
 * Web pages, as text: nothing is fetched and nothing is run. Headings, paragraphs, list items with the numbers that a
 * browser prints, table rows, preformatted text; what the page hides by attribute or style stands apart as hidden.
 */
export const htmlAdapter: Adapter = {
  name: 'html',
  version: 2,
  recognises: (sniff) => htmlLikeness(sniff),
  async *read(bytes) {
    yield await readHtml(bytes);
  },
};

function htmlLikeness(sniff: Sniff): number {
  if (textAdapter.recognises(sniff) === 0) return 0;
  const head = sniffText(sniff.head).trimStart();
  const start = head.replace(/^(?:<\?xml[^>]*>|<!--[\s\S]*?-->|\s)+/, '');
  if (/^(?:<!doctype\s+html|<html[\s>])/i.test(start)) return 0.85;
  if (extensions.has(sniff.extension)) return /<[a-z!/]/i.test(head) ? 0.7 : 0.35;
  return /^<(?:head|body|title|meta)[\s>]/i.test(start) ? 0.5 : 0;
}

async function readHtml(bytes: Uint8Array): Promise<Extraction> {
  if (bytes.length > longestText) {
    return {
      type: 'unreadable',
      outcome: 'too-large',
      reason: `A page of ${bytes.length} bytes is more than can be held at once.`,
    };
  }
  const { text, remarks } = await decodeText(bytes, declaredEncoding(bytes));
  const { blocks: body, metadata } = readHtmlText(text);
  const blocks: readonly TextBlock[] =
    body.length === 0 && metadata.title ? [{ type: 'header', text: metadata.title }] : body;
  if (blocks.length === 0) return { type: 'unreadable', outcome: 'empty', reason: 'The page holds no text.' };
  return { type: 'text', reader: 'html', content: { layout: 'blocks', blocks }, metadata, remarks };
}

/** Where a page has to name its encoding, in bytes. */
const declarationWindow = 4096;

/** The encoding that a page names near its beginning. */
export function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(
    bytes.buffer,
    bytes.byteOffset,
    Math.min(bytes.length, declarationWindow),
  ).toString('latin1');
  const visible = head.replaceAll(/<!--[\s\S]*?-->/g, '');
  const meta = /<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(visible);
  return meta?.[1] ?? xmlEncoding(bytes);
}

export interface HtmlOptions {
  /** How many pages it stands in. */
  readonly depth?: number;
  /** The page is a message: what it quotes is somebody else's. */
  readonly message?: boolean;
  /** Written as XML: an element may end where it begins, and text stand in CDATA. */
  readonly xhtml?: boolean;
}

/** The blocks of a page, or of a piece of one. In a message, blocks in a quotation say so in their place. */
export function readHtmlText(
  html: string,
  { depth = 0, message = false, xhtml = false }: HtmlOptions = {},
): { blocks: readonly TextBlock[]; metadata: FileMetadata } {
  const reader = new PageReader(depth, message);
  const parser = new Parser(reader, { recognizeSelfClosing: xhtml, recognizeCDATA: xhtml });
  for (let at = 0; at < html.length; at += stride) parser.write(html.slice(at, at + stride));
  parser.end();
  return { blocks: reader.finish(), metadata: reader.metadata() };
}

/** Characters parsed at a time. */
const stride = 64 * 1024;
/** Pages within pages (`srcdoc`) that are read. */
const deepestPage = 3;

/** Never shown. What stands in for frames, objects and pictures is, since none of these is fetched. */
const unread = new Set(['script', 'style', 'template', 'iframe']);
/** Their content comes as it is written, and is a page again. */
const pagesInText = new Set(['noframes', 'noembed']);
const blockElements = new Set(
  (
    'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav noembed noframes ol ' +
    'optgroup option p pre search section select summary table tbody tfoot thead tr ul td th textarea'
  ).split(' '),
);
const preformatted = new Set(['pre', 'textarea', 'listing', 'xmp']);
/** Elements without content: they are open for no time. */
const voidElements = new Set(
  'area base br col embed hr img input link meta param source track wbr'.split(' '),
);
const shownInputs = new Set([
  'text',
  'submit',
  'button',
  'reset',
  'email',
  'tel',
  'url',
  'number',
  'date',
  'search',
]);
const listFormats: Readonly<Record<string, string>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
};

/** An open element with what it inherits, so that nothing has to be looked up through deep nesting. */
interface OpenElement {
  readonly name: string;
  readonly hidden: boolean;
  readonly preformatted: boolean;
  readonly drawing: boolean;
  readonly quoted: boolean;
  /** Depth of the heading that it is or stands in. */
  readonly heading: number | undefined;
}

interface OpenList {
  readonly format: string | undefined;
  readonly step: number;
  next: number;
}

interface OpenTable {
  cells: DraftBlock[][] | undefined;
}

/** Takes the parser's events and puts blocks together. */
class PageReader {
  private readonly depth: number;
  private readonly message: boolean;
  private readonly blocks: DraftBlock[] = [];
  private readonly elements: OpenElement[] = [];
  private readonly lists: OpenList[] = [];
  private readonly tables: OpenTable[] = [];
  private pending: { readonly level: number; readonly number: string | undefined } | undefined;
  private buffer = '';
  private title: string | undefined;
  private author: string | undefined;
  private unreadDepth = 0;

  constructor(depth: number, message: boolean) {
    this.depth = depth;
    this.message = message;
  }

  finish(): readonly TextBlock[] {
    this.flush();
    while (this.tables.length > 0) this.endTable();
    return this.blocks;
  }

  metadata(): FileMetadata {
    const title = collapsed(this.title ?? '');
    const author = this.author?.trim();
    return { ...(title && { title }), ...(author && { author }) };
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    if (unread.has(name)) this.beginUnread(attributes);
    if (this.unreadDepth > 0 || unread.has(name)) return;
    if (blockElements.has(name)) this.flush();
    if (!voidElements.has(name)) this.elements.push(openElement(name, attributes, this.elements.at(-1)));
    if (name === 'br') this.buffer += '\n';
    else if (name === 'meta' && attributes['name']?.toLowerCase() === 'author')
      this.author ??= attributes['content'];
    else if (name === 'input') this.buffer += shownOfInput(attributes);
    else if ((name === 'img' || name === 'area') && !hides(attributes))
      this.addDescription(attributes['alt']);
    else if (name === 'ol' || name === 'ul' || name === 'menu' || name === 'dir')
      this.beginList(name, attributes);
    else if (name === 'li') this.beginItem(attributes);
    else if (name === 'table') this.tables.push({ cells: undefined });
    else if (name === 'tr') this.beginRow();
    else if (name === 'td' || name === 'th') this.beginCell();
  }

  onclosetag(name: string): void {
    if (unread.has(name)) {
      this.unreadDepth = Math.max(0, this.unreadDepth - 1);
      return;
    }
    if (this.unreadDepth > 0) return;
    if (pagesInText.has(name)) this.endPage();
    if (blockElements.has(name)) this.flush();
    if (this.elements.at(-1)?.name === name) this.elements.pop();
    if (name === 'ol' || name === 'ul' || name === 'menu' || name === 'dir') this.lists.pop();
    else if (name === 'li') this.pending = undefined;
    else if (name === 'tr') this.endRow();
    else if (name === 'table') this.endTable();
  }

  ontext(text: string): void {
    if (this.unreadDepth > 0) return;
    const inside = this.elements.at(-1);
    if (inside?.name === 'title' && !inside.drawing) this.title = (this.title ?? '') + text;
    else
      this.buffer +=
        inside?.preformatted || pagesInText.has(inside?.name ?? '')
          ? text
          : text.replaceAll(/[ \t\n\f]+/g, ' ');
  }

  /** What a browser shows in place of a picture; words on either side of the picture are not run into it. */
  private addDescription(alt: string | undefined): void {
    if (alt !== undefined && alt.trim() !== '') this.buffer += ` ${alt.replaceAll(/\s+/g, ' ')} `;
  }

  /** A frame's own page comes with it in `srcdoc`; its `src` is never fetched. */
  private beginUnread(attributes: Readonly<Record<string, string>>): void {
    const page = attributes['srcdoc'];
    if (this.unreadDepth === 0 && page !== undefined) this.readPage(page);
    this.unreadDepth++;
  }

  private endPage(): void {
    const page = this.buffer;
    this.buffer = '';
    this.readPage(page);
  }

  private readPage(page: string): void {
    if (this.depth >= deepestPage) return;
    this.flush();
    this.sink().push(...readHtmlText(page, { depth: this.depth + 1, message: this.message }).blocks);
  }

  private beginList(name: string, attributes: Readonly<Record<string, string>>): void {
    const isNumbered = name === 'ol';
    const start = Number.parseInt(attributes['start'] ?? '1', 10);
    this.lists.push({
      format: isNumbered ? (listFormats[attributes['type'] ?? ''] ?? 'decimal') : undefined,
      step: attributes['reversed'] === undefined ? 1 : -1,
      next: Number.isNaN(start) ? 1 : start,
    });
  }

  private beginItem(attributes: Readonly<Record<string, string>>): void {
    const list = this.lists.at(-1);
    let number: string | undefined;
    if (list?.format !== undefined) {
      const value = Number.parseInt(attributes['value'] ?? '', 10);
      if (!Number.isNaN(value)) list.next = value;
      number = `${formatNumber(list.next, list.format)}.`;
      list.next += list.step;
    }
    this.pending = { level: Math.max(1, this.lists.length), number };
  }

  private beginRow(): void {
    const table = this.tables.at(-1);
    if (table?.cells !== undefined) this.endRow();
    if (table !== undefined) table.cells = [];
  }

  private beginCell(): void {
    const table = this.tables.at(-1);
    if (table === undefined) return;
    table.cells ??= [];
    table.cells.push([]);
  }

  private endRow(): void {
    const table = this.tables.at(-1);
    const cells = table?.cells;
    if (table === undefined || cells === undefined) return;
    table.cells = undefined;
    const isLayout = cells.flat().some(({ type }) => type === 'heading' || type === 'item');
    this.sink().push(...(isLayout ? cells.flat() : blocksOfRow(cells)));
  }

  private endTable(): void {
    this.endRow();
    this.tables.pop();
  }

  private sink(): DraftBlock[] {
    return (
      this.tables.findLast(({ cells }) => cells !== undefined && cells.length > 0)?.cells?.at(-1) ??
      this.blocks
    );
  }

  private flush(): void {
    if (this.buffer === '') return;
    const inside = this.elements.at(-1);
    const text = inside?.preformatted ? this.buffer.replace(/^\n/, '').trimEnd() : tidied(this.buffer);
    this.buffer = '';
    if (text.trim() === '') return;
    const block = this.typed(tameControls(text).text, inside?.heading);
    if (inside?.hidden) block.zone = 'hidden';
    if (this.message && inside?.quoted) block.place = { kind: 'message', part: 'quoted' };
    this.sink().push(block);
  }

  private typed(text: string, heading: number | undefined): DraftBlock {
    if (heading !== undefined) return { type: 'heading', text, level: heading };
    const item = this.pending;
    this.pending = undefined;
    if (item === undefined) return { type: 'paragraph', text };
    return {
      type: 'item',
      text,
      level: item.level,
      ...(item.number !== undefined && { number: item.number }),
    };
  }
}

function openElement(
  name: string,
  attributes: Readonly<Record<string, string>>,
  around: OpenElement | undefined,
): OpenElement {
  const heading = /^h[1-6]$/.test(name) ? Number(name[1]) : around?.heading;
  return {
    name,
    hidden: (around?.hidden ?? false) || hides(attributes),
    preformatted: (around?.preformatted ?? false) || preformatted.has(name),
    drawing: (around?.drawing ?? false) || name === 'svg',
    quoted: (around?.quoted ?? false) || name === 'blockquote',
    heading,
  };
}

function shownOfInput(attributes: Readonly<Record<string, string>>): string {
  const type = attributes['type']?.toLowerCase() ?? 'text';
  const shown =
    type === 'image' ? attributes['alt'] : shownInputs.has(type) ? attributes['value'] : undefined;
  return shown ?? '';
}

function hides(attributes: Readonly<Record<string, string>>): boolean {
  return (
    attributes['hidden'] !== undefined ||
    /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attributes['style'] ?? '')
  );
}

/** Line breaks stay; other white space is one space, none at the ends of lines. */
function tidied(text: string): string {
  return text
    .replaceAll(/ +/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replace(/^\s+|[ \n]+$/g, '');
}

function collapsed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
