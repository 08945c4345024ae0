import type { Copy, ReadAs } from '../../model/document.ts';
import { extensionOf } from './raw-path.ts';

/** What a copy has to say about how its bytes are read. */
export function readAsOf({ rawPath, given: { kind, day } }: Pick<Copy, 'rawPath' | 'given'>): ReadAs {
  return {
    extension: extensionOf(rawPath),
    ...(kind === undefined ? {} : { kind }),
    ...(day === undefined ? {} : { day }),
  };
}

/** A way to read a document: as what, and from which of its copies. */
export interface WayToRead {
  readonly copy: Copy;
  readonly readAs: ReadAs;
}

/**
 * The ways to read a document, of which the first by which it can be read counts: by the extension of the copy of which
 * a person said what kind it is, then by those of the others. What that person said holds whatever the extension.
 * Copies come in the order of the store, which does not depend on the order in which files were met; so neither does
 * the text.
 */
export function waysToRead(copies: readonly Copy[]): readonly WayToRead[] {
  const deciding = copies.find(({ given }) => given.kind !== undefined) ?? copies[0];
  if (deciding === undefined) return [];
  const said = readAsOf(deciding);
  const ways = new Map<string, WayToRead>();
  for (const copy of [deciding, ...copies]) {
    const extension = extensionOf(copy.rawPath);
    if (!ways.has(extension)) ways.set(extension, { copy, readAs: { ...said, extension } });
  }
  return [...ways.values()];
}

/** The way to read a document by the extension by which it was read before, which may not be the first; else the first. */
export function wayStanding(copies: readonly Copy[], before: ReadAs | undefined): WayToRead | undefined {
  const ways = waysToRead(copies);
  return ways.find(({ readAs }) => readAs.extension === before?.extension) ?? ways[0];
}

export function isReadAs(one: ReadAs, other: ReadAs): boolean {
  return one.extension === other.extension && one.kind === other.kind && one.day === other.day;
}
