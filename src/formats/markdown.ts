import MarkdownIt from 'markdown-it';
import type { Adapter, Extraction, FileMetadata, Sniff } from './extraction.ts';
import { readHtmlText } from './html.ts';
import type { DraftBlock } from './table-row.ts';
import { textAdapter } from './text/adapter.ts';
import { decodeText, longestText } from './text/decode.ts';

const extensions = new Set(['md', 'markdown', 'mkd', 'mdown']);

/**
 * Markdown (CommonMark with tables) as it reads, without its marks: headings, paragraphs, list items with the numbers
 * that are printed, table rows with a tab between cells, code as it stands. Known by its name alone.
 */
export const markdownAdapter: Adapter = {
  name: 'markdown',
  version: 2,
  recognises: (sniff) => markdownLikeness(sniff),
  async *read(bytes) {
    yield await readMarkdown(bytes);
  },
};

function markdownLikeness(sniff: Sniff): number {
  return extensions.has(sniff.extension) && textAdapter.recognises(sniff) > 0 ? 0.7 : 0;
}

const parser = new MarkdownIt('default', { html: true });

type Token = ReturnType<typeof parser.parse>[number];

async function readMarkdown(bytes: Uint8Array): Promise<Extraction> {
  if (bytes.length > longestText) {
    return {
      type: 'unreadable',
      outcome: 'too-large',
      reason: `A text of ${bytes.length} bytes is more than can be held at once.`,
    };
  }
  const { text, remarks } = await decodeText(bytes);
  const { matter, body } = frontMatter(text);
  const blocks = blocksOf(parser.parse(body, {}));
  if (matter !== '') blocks.unshift({ type: 'header', text: matter });
  if (blocks.length === 0) return { type: 'unreadable', outcome: 'empty', reason: 'The file holds no text.' };
  return {
    type: 'text',
    reader: 'markdown',
    content: { layout: 'blocks', blocks },
    metadata: metadataOf(matter, blocks),
    remarks,
  };
}

/** Settings between two lines of three hyphens at the very beginning. */
function frontMatter(text: string): { readonly matter: string; readonly body: string } {
  const found = /^---[ \t]*\n((?:[^\n]*\n)*?)---[ \t]*(?:\n|$)/.exec(text);
  const matter = found?.[1]?.trim() ?? '';
  if (found === null || !/^[\w-]+[ \t]*:/m.test(matter)) return { matter: '', body: text };
  return { matter, body: text.slice(found[0].length) };
}

function metadataOf(matter: string, blocks: readonly DraftBlock[]): FileMetadata {
  const title =
    setting(matter, 'title') ?? blocks.find(({ type, level }) => type === 'heading' && level === 1)?.text;
  const author = setting(matter, 'author');
  return { ...(title && { title }), ...(author && { author }) };
}

function setting(matter: string, name: string): string | undefined {
  const value = new RegExp(`^${name}[ \\t]*:[ \\t]*(.+)$`, 'mi').exec(matter)?.[1]?.trim();
  return value?.replace(/^(["'])(.*)\1$/, '$2');
}

interface OpenList {
  /** Undefined in a list of bullets. */
  next: number | undefined;
}

function blocksOf(tokens: readonly Token[]): DraftBlock[] {
  const blocks: DraftBlock[] = [];
  const lists: OpenList[] = [];
  let item: string | true | undefined;
  let cells: string[] | undefined;
  let heading: number | undefined;
  for (const token of tokens) {
    if (token.type === 'heading_open') heading = Number(token.tag.slice(1));
    else if (token.type === 'bullet_list_open') lists.push({ next: undefined });
    else if (token.type === 'ordered_list_open') lists.push({ next: Number(token.attrGet('start') ?? 1) });
    else if (token.type === 'bullet_list_close' || token.type === 'ordered_list_close') lists.pop();
    else if (token.type === 'list_item_open') item = itemNumber(lists.at(-1), token.markup);
    else if (token.type === 'list_item_close') item = undefined;
    else if (token.type === 'tr_open') cells = [];
    else if (token.type === 'tr_close') {
      push(blocks, { type: 'row', text: (cells ?? []).join('\t').trimEnd() });
      cells = undefined;
    } else if (token.type === 'html_block') blocks.push(...readHtmlText(token.content).blocks);
    else if (token.type === 'fence' || token.type === 'code_block' || token.type === 'inline') {
      const text = token.type === 'inline' ? inlineText(token) : token.content.trimEnd();
      if (cells !== undefined) cells.push(text);
      else push(blocks, typed(text, heading, item, lists.length));
      heading = undefined;
      item = undefined;
    }
  }
  return blocks;
}

function push(blocks: DraftBlock[], block: DraftBlock): void {
  if (block.text.trim() !== '') blocks.push(block);
}

function itemNumber(list: OpenList | undefined, delimiter: string): string | true {
  if (list?.next === undefined) return true;
  return `${list.next++}${delimiter}`;
}

/** Only the first paragraph of an item is the item; `item` is its number, or true for a bullet. */
function typed(
  text: string,
  heading: number | undefined,
  item: string | true | undefined,
  depth: number,
): DraftBlock {
  if (heading !== undefined) return { type: 'heading', text, level: heading };
  if (item === undefined) return { type: 'paragraph', text };
  return { type: 'item', text, level: Math.max(1, depth), ...(item !== true && { number: item }) };
}

function inlineText(token: Token): string {
  return (token.children ?? []).map(inlinePiece).join('').trim();
}

/** Pictures are their descriptions; tags of HTML are nothing; a line end of the source is a space, a forced one a line break. */
function inlinePiece(token: Token): string {
  if (token.type === 'softbreak') return ' ';
  if (token.type === 'hardbreak') return '\n';
  if (token.type === 'html_inline') return /^<br\s*\/?>$/i.test(token.content) ? '\n' : '';
  if (token.type === 'image') return inlineText(token) || token.content;
  return token.content;
}
