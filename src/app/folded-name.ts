import { fold } from '../query/folding.ts';

/** A name as names are compared: white space, case and form folded. */
export function foldName(text: string): string {
  return fold(text.trim().replace(/\s+/g, ' '));
}
