import { createHash } from 'node:crypto';
import { tokenise } from '../query/tokenizer.ts';

/** SHA-256 of the terms joined by spaces: what stays the same when a new reader or a late OCR gives the same words. */
export function hashWords(text: string): string {
  return hashTerms(tokenise(text).terms);
}

export function hashTerms(terms: readonly string[]): string {
  return createHash('sha256').update(terms.join(' ')).digest('hex');
}
