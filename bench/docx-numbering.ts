/**
 * Compares the paragraph numbers worked out from DOCX files with those in the XML that a publisher made of the same
 * judgments: `npm run bench:paragraph-numbers [-- --verbose] [FOLDER]`, where each NAME.docx may have its NAME.xml (Akoma
 * Ntoso) beside it. Twice: as the reader prints them, and as the paragraphs are cited once the document is recognised.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docxAdapter } from '../src/formats/docx/adapter.ts';
import type { ExtractedText, TextBlock } from '../src/formats/extraction.ts';
import { passageText } from '../src/model/location.ts';
import { recognise } from '../src/structure/recognise.ts';

interface NumberedText {
  readonly number: string;
  /** The first letters and digits of what follows it. */
  readonly key: string;
}

const keyLength = 48;
/** How many blocks further on the next number may stand: what is missing on one side must not carry the search away. */
const lookAhead = 80;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(markup: string): string {
  return markup
    .replaceAll(/<authorialNote[\s\S]*?<\/authorialNote>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/&#x?([0-9a-fA-F]+);/g, (whole, code: string) =>
      String.fromCodePoint(Number.parseInt(code, whole.includes('x') ? 16 : 10)),
    );
}

function keyOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .slice(0, keyLength);
}

/** Every number of the published text that has a letter or a digit in it, in order. */
function publishedNumbers(xml: string): NumberedText[] {
  const found: NumberedText[] = [];
  for (const piece of xml.split(/<num(?=[\s>])/).slice(1)) {
    const match = /^[^>]*[^/]?>([\s\S]*?)<\/num>([\s\S]{0,6000})/.exec(piece);
    const number = plain(match?.[1] ?? '').replaceAll(/\s+/g, '');
    if (/[\p{L}\p{N}]/u.test(number)) found.push({ number, key: keyOf(plain(match?.[2] ?? '')) });
  }
  return found;
}

/** A block as it is printed: its number and then its text. */
function printed(block: TextBlock): string {
  return `${block.number ?? ''}${block.text}`.replaceAll(/\s+/g, '');
}

/** The automatic number is the whole of it; a number that was typed stands before the text. */
function bearsNumber(block: TextBlock, number: string): boolean {
  if (block.number !== undefined) return block.number.replaceAll(/\s+/g, '') === number;
  return printed(block).startsWith(number);
}

/** How many letters a block and the published words have in common from their beginnings on, when one begins with the other. */
function overlap(block: TextBlock, { number, key }: NumberedText): number {
  const text = keyOf(block.text.slice(0, 400));
  const typed = keyOf(number);
  const own =
    typed !== '' && block.number === undefined && text.startsWith(typed) ? text.slice(typed.length) : text;
  if (!own.startsWith(key) && !key.startsWith(own)) return 0;
  return Math.min(own.length, key.length);
}

/** How many numbers stand before the same words as in the published text; blocks are looked for in order. */
function compare(
  published: readonly NumberedText[],
  blocks: readonly TextBlock[],
  differences: string[],
): number {
  let equal = 0;
  let from = 0;
  for (const wanted of published) {
    const near = blocks.slice(from, from + lookAhead).map((block, index) => ({ block, at: from + index }));
    const likely = near.filter(({ block }) => overlap(block, wanted) >= Math.min(wanted.key.length, 6));
    const same = likely.find(({ block }) => bearsNumber(block, wanted.number));
    const best =
      same ?? likely.sort((a, b) => overlap(b.block, wanted) - overlap(a.block, wanted) || a.at - b.at)[0];
    if (same !== undefined) equal++;
    else
      differences.push(
        `  ${wanted.number} ${wanted.key}: ${best ? printed(best.block).slice(0, 40) : 'no such paragraph'}`,
      );
    if (best !== undefined && overlap(best.block, wanted) >= 12) from = best.at;
  }
  return equal;
}

/** The judgment's own numbered paragraphs, by the number under which they are cited: those that the publisher has named, and not what they quote. */
function publishedParagraphs(xml: string): NumberedText[] {
  const found: NumberedText[] = [];
  for (const piece of xml.split(/<paragraph(?=[^>]*\seId=)/).slice(1)) {
    const match = /^[^>]*>\s*<num(?:\s[^>]*)?>([\s\S]*?)<\/num>([\s\S]{0,6000})/.exec(piece);
    const number = bare(plain(match?.[1] ?? ''));
    if (number !== '') found.push({ number, key: keyOf(plain(match?.[2] ?? '')) });
  }
  return found;
}

/** A number without the stops and brackets around it. */
function bare(number: string): string {
  return number.replaceAll(/\s+/g, '').replaceAll(/^[([]+|[)\].]+$/g, '');
}

/** What the recogniser makes of a document, a block a passage: its cited number, and its text without the printed one. */
function citedBlocks(content: ExtractedText): TextBlock[] {
  const { text, outline } = recognise(content, { fileName: '', given: {} });
  return outline.passages.flatMap(({ kind, zone }, index): TextBlock[] => {
    if (zone !== 'body') return [];
    const words = passageText(text, outline, index).text;
    if (kind.kind !== 'paragraph') return [{ type: 'paragraph', text: words }];
    const printed = /^[[(]?[\p{L}\p{N}.]{1,8}[\])]?\.?\s/u.exec(words)?.[0] ?? '';
    const typed =
      bare(printed) === kind.paragraph.replace(/^.*\(/, '').replace(/\)$/, '') ? printed.length : 0;
    return [{ type: 'paragraph', number: kind.paragraph, text: words.slice(typed) }];
  });
}

async function contentOf(file: string): Promise<ExtractedText | undefined> {
  const bytes = new Uint8Array(readFileSync(file));
  for await (const extraction of docxAdapter.read(bytes, { extension: 'docx' })) {
    if (extraction.type === 'text') return extraction.content;
  }
  return undefined;
}

interface Tally {
  equal: number;
  total: number;
  readonly differences: string[];
}

function tally(published: readonly NumberedText[], blocks: readonly TextBlock[]): Tally {
  const differences: string[] = [];
  return { equal: compare(published, blocks, differences), total: published.length, differences };
}

function add(sum: Tally, { equal, total }: Tally): void {
  sum.equal += equal;
  sum.total += total;
}

function percent({ equal, total }: Tally): string {
  return `${equal} of ${total} (${((100 * equal) / Math.max(total, 1)).toFixed(2)} %)`;
}

const verbose = process.argv.includes('--verbose');
const folder =
  process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '../shared/samples/judgments';
if (!existsSync(folder)) {
  console.log(`docx-numbering: left out, since ${folder} is missing.`);
} else {
  const printedSum: Tally = { equal: 0, total: 0, differences: [] };
  const citedSum: Tally = { equal: 0, total: 0, differences: [] };
  const names = readdirSync(folder).filter((file) => file.endsWith('.docx'));
  for (const name of names.sort()) {
    const xml = join(folder, name.replace(/docx$/, 'xml'));
    const content = existsSync(xml) ? await contentOf(join(folder, name)) : undefined;
    if (content?.layout !== 'blocks') continue;
    const markup = readFileSync(xml, 'utf8');
    const printedTally = tally(publishedNumbers(markup), content.blocks);
    const citedTally = tally(publishedParagraphs(markup), citedBlocks(content));
    add(printedSum, printedTally);
    add(citedSum, citedTally);
    console.log(
      `${name.padEnd(24)} ${percent(printedTally).padStart(24)} ${percent(citedTally).padStart(24)}`,
    );
    const differences = [...printedTally.differences, '  as cited:', ...citedTally.differences];
    if (verbose) for (const difference of differences) console.log(difference);
  }
  console.log(`numbers as printed, equal:      ${percent(printedSum)}`);
  console.log(`paragraphs as cited, equal:     ${percent(citedSum)}`);
}
