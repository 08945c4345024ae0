import type { Copy } from '../../model/document.ts';
import { compareKeys } from '../code-point-order.ts';
import type { VersionedCopy } from '../digest.ts';

/** What a copy is one of the versions of: a path, or some sheets of the file there. */
export function placeOf({ root, path, given }: Copy): readonly string[] {
  return [root, path, given.sheets ?? ''];
}

/** By source, path, root and sheets, oldest version first. */
export function bySourceAndPlace(a: VersionedCopy, b: VersionedCopy): number {
  const keyOf = ({ source, path, root, given }: Copy) => [source, path, root, given.sheets ?? ''];
  return compareKeys(keyOf(a.copy), keyOf(b.copy)) || a.version - b.version;
}

/** The bytes of a path as a part of a key. */
export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
