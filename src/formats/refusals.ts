import { ReadingStopped } from './docx/xml.ts';
import { ZipError } from './docx/zip.ts';
import type { Extraction } from './extraction.ts';

/** What a reader gives; where it refuses an archive, or stops at more than can be held, the reason instead of the rest. */
export async function* withRefusals(
  read: () => Iterable<Extraction> | AsyncIterable<Extraction> | Promise<Iterable<Extraction>>,
): AsyncGenerator<Extraction> {
  try {
    yield* await read();
  } catch (error) {
    if (error instanceof ZipError)
      yield { type: 'unreadable', outcome: error.outcome, reason: error.message };
    else if (error instanceof ReadingStopped)
      yield { type: 'unreadable', outcome: 'too-large', reason: error.message };
    else throw error;
  }
}
