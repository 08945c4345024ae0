import type { Hit } from '../app/hit.ts';

/** A hit as machines get it: the fields of the contract, without what only our own rendering needs. */
export function hitJson({ passage: _passage, number, ...hit }: Hit): Readonly<Record<string, unknown>> {
  return { hit: number, ...hit };
}
