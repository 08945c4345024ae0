import type { Extraction, TextBlock } from '../../../src/formats/extraction.ts';
import { extract } from '../../../src/formats/registry.ts';

/** A block as one line: its zone or type, its number, its text with marked stretches in braces, each with what it is. */
export function blockLine({ zone, type, level, number, text, markup = [] }: TextBlock): string {
  let marked = text;
  for (const { start, end, ...said } of markup.toReversed()) {
    const facts = [
      said.kind,
      said.by,
      said.at,
      said.about && `on ${said.about}`,
      said.resolved && 'resolved',
    ];
    const words = `{${marked.slice(start, end)}|${facts.filter(Boolean).join(', ')}}`;
    marked = marked.slice(0, start) + words + marked.slice(end);
  }
  const what = zone ?? `${type}${level ?? ''}`;
  return `${[what, ...(number === undefined ? [] : [number])].join(' ')}: ${marked}`;
}

/** All extractions of a file, by the adapter that the registry finds for it. */
export async function extractions(
  bytes: Uint8Array,
  extension: string,
  passwords: readonly string[] = [],
): Promise<readonly Extraction[]> {
  const found: Extraction[] = [];
  for await (const one of extract(bytes, { extension, passwords })) {
    found.push(one.type === 'text' ? { ...one, reader: one.reader.name } : one);
  }
  return found;
}

/** The blocks of a file that must be readable, a line each. */
export async function linesOf(bytes: Uint8Array, extension: string): Promise<readonly string[]> {
  const [first] = await extractions(bytes, extension);
  if (first?.type !== 'text' || first.content.layout !== 'blocks') throw new Error(JSON.stringify(first));
  return first.content.blocks.map(blockLine);
}
