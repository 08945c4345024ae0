import type { Extraction } from './extraction.ts';

/** What a reader of one file found besides its text. */
interface FoundBeside {
  /** "workbook", "presentation". */
  readonly noun: string;
  /** Sentences for the ledger on what is wrong with it. */
  readonly problems: readonly string[];
  /** Files set into it. */
  readonly children: readonly Extraction[];
}

/** A file's text with the files in it; without text, the files and what to say of theirs, or why there is nothing. */
export function* textOrContainer(
  text: Extract<Extraction, { type: 'text' }> | undefined,
  { noun, problems, children }: FoundBeside,
): Iterable<Extraction> {
  if (text !== undefined) yield text;
  yield* children;
  if (text !== undefined) return;
  const said = problems.length === 0 ? '' : ` ${problems.join(' ')}`;
  const files = children.length === 1 ? 'a file' : `${children.length} files`;
  if (children.length > 0)
    yield { type: 'container', reason: `The ${noun} has no text of its own but holds ${files}.${said}` };
  else if (problems.length > 0)
    yield { type: 'unreadable', outcome: 'failed', reason: `No text could be read.${said}` };
  else yield { type: 'unreadable', outcome: 'empty', reason: `The ${noun} holds no text.` };
}
