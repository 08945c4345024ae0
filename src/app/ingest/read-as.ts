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

/**
 * The copy by which a document is read: the first of which a person said what kind it is, else the first. Copies come
 * in the order of the store, which does not depend on the order in which files were met; so neither does the text.
 */
export function decidingCopy(copies: readonly Copy[]): Copy | undefined {
  return copies.find(({ given }) => given.kind !== undefined) ?? copies[0];
}

export function isReadAs(one: ReadAs, other: ReadAs): boolean {
  return one.extension === other.extension && one.kind === other.kind && one.day === other.day;
}
