import { strToU8, zipSync } from 'fflate';
import { docxAdapter } from '../../../src/formats/docx/adapter.ts';
import type { Extraction, TextBlock } from '../../../src/formats/extraction.ts';

const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"',
  'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
].join(' ');

/** The insides of the parts of a Word file, without their root elements. */
export interface WordParts {
  readonly body: string;
  readonly styles?: string;
  readonly numbering?: string;
  readonly settings?: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  readonly comments?: string;
  readonly commentsExtended?: string;
  readonly header1?: string;
  readonly header2?: string;
  readonly footer1?: string;
}

const roots: Readonly<Record<keyof WordParts, readonly [root: string, type: string]>> = {
  body: ['w:document', 'officeDocument'],
  styles: ['w:styles', 'styles'],
  numbering: ['w:numbering', 'numbering'],
  settings: ['w:settings', 'settings'],
  footnotes: ['w:footnotes', 'footnotes'],
  endnotes: ['w:endnotes', 'endnotes'],
  comments: ['w:comments', 'comments'],
  commentsExtended: ['w15:commentsEx', 'commentsExtended'],
  header1: ['w:hdr', 'header'],
  header2: ['w:hdr', 'header'],
  footer1: ['w:ftr', 'footer'],
};

const laterType = 'http://schemas.microsoft.com/office/2011/relationships/';
const relationshipType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/';

function relationships(rows: readonly (readonly [type: string, target: string])[]): string {
  const lines = rows.map(
    ([type, target], at) =>
      `<Relationship Id="${idOf(target, at)}" Type="${type === 'commentsExtended' ? laterType : relationshipType}${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`;
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** Headers are known by a name of their own, so that a section can refer to them. */
function idOf(target: string, at: number): string {
  const header = /^(header|footer)(\d)\.xml$/.exec(target);
  return header === null ? `r${at}` : `r${header[1] === 'header' ? 'Header' : 'Footer'}${header[2]}`;
}

/** Word itself and LibreOffice go by these. */
function contentTypes(parts: readonly (keyof WordParts)[]): string {
  const overrides = parts.map((name) => {
    const [file, type] = name === 'body' ? ['document', 'document.main'] : [name, roots[name][1]];
    return `<Override PartName="/word/${file}.xml" ContentType="${wordType}.${type}+xml"/>`;
  });
  const defaults =
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>';
  return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${defaults}${overrides.join('')}</Types>`;
}

/** A DOCX file made of hand-written parts. `more` are further members of the archive. */
export function wordFile(parts: WordParts, more: Readonly<Record<string, Uint8Array>> = {}): Uint8Array {
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8(contentTypes(Object.keys(parts) as (keyof WordParts)[])),
    '_rels/.rels': strToU8(relationships([['officeDocument', 'word/document.xml']])),
  };
  const rows: [string, string][] = [];
  for (const [name, inside] of Object.entries(parts) as [keyof WordParts, string][]) {
    const [root, type] = roots[name];
    const file = name === 'body' ? 'document' : name;
    const content = name === 'body' ? `<w:body>${inside}</w:body>` : inside;
    files[`word/${file}.xml`] = strToU8(`<?xml version="1.0"?><${root} ${namespaces}>${content}</${root}>`);
    if (name !== 'body') rows.push([type, `${file}.xml`]);
  }
  files['word/_rels/document.xml.rels'] = strToU8(relationships(rows));
  // The same bytes whenever it is made.
  return zipSync({ ...files, ...more }, { mtime: new Date(1980, 0, 1) });
}

/** A paragraph of plain text, with properties when they are given. */
export function p(text: string, properties = ''): string {
  return `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

export async function extract(bytes: Uint8Array, sheets?: readonly number[]): Promise<readonly Extraction[]> {
  const found: Extraction[] = [];
  const options = sheets === undefined ? { extension: 'docx' } : { extension: 'docx', sheets };
  for await (const extraction of docxAdapter.read(bytes, options)) found.push(extraction);
  return found;
}

/** The blocks of a file that must be readable. */
export async function blocksOf(bytes: Uint8Array): Promise<readonly TextBlock[]> {
  const [first] = await extract(bytes);
  if (first?.type !== 'text' || first.content.layout !== 'blocks') throw new Error(JSON.stringify(first));
  return first.content.blocks;
}

export async function blocksOfBody(
  body: string,
  parts: Partial<WordParts> = {},
): Promise<readonly TextBlock[]> {
  return blocksOf(wordFile({ ...parts, body }));
}
