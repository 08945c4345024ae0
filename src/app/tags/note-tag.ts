import { exitCodes, UserError } from '../../model/diagnostic.ts';
import { labelKey, labelOf } from '../../model/tag.ts';
import type { RecordedBatch } from '../../store/store.ts';
import type { Case } from '../case.ts';
import { recordBatch } from './batch.ts';
import { refOf } from './exclusive.ts';
import { checkTagName } from './tag-name.ts';
import { labelOn } from './tag-target.ts';
import { TargetFinder } from './target-finder.ts';
import { tagsOf } from './undo.ts';

/** The longest note, in UTF-16 units. */
const longestNote = 10_000;

export interface NotedTag extends RecordedBatch {
  readonly tag: string;
  readonly ref: string;
  readonly before?: string;
  readonly after?: string;
}

/**
 * A note as it is kept: line ends as one sign, no other control characters; undefined for one that says nothing.
 * @throws UserError for a note that is too long, or has control characters.
 */
export function readNote(text: string): string | undefined {
  const note = text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
  if (note.length > longestNote)
    throw new UserError(`A note can have ${longestNote} characters at most, not ${note.length}.`);
  if (/[^\P{Cc}\n\t]/u.test(note)) {
    throw new UserError('A note cannot have control characters.', {
      hint: 'Line ends and tabs are fine; type the rest anew.',
    });
  }
  return note === '' ? undefined : note;
}

/**
 * Writes a note to a tag in the place of the one that is there; an empty one takes it away.
 * @throws UserError when the reference does not open, or what it names is not tagged so.
 */
export async function noteTag(open: Case, ref: string, tag: string, text: string): Promise<NotedTag> {
  const target = await new TargetFinder(open.store).find(ref);
  const label = labelOn(checkTagName(tag), target);
  const known = (await tagsOf(open.store, [label])).get(labelKey(label));
  if (known === undefined) {
    throw new UserError(`${refOf(label)} is not tagged “${label.name}”.`, {
      hint: `See what is there with: pincite tag why ${refOf(label)}`,
      exitCode: exitCodes.nothingFound,
    });
  }
  const after = readNote(text);
  const note = after === undefined ? {} : { note: after };
  const detail = { ref: refOf(label), tag: label.name };
  const recorded = await recordBatch(open, { action: 'note', detail }, [
    { type: 'note', label: labelOf(known), ...note },
  ]);
  return {
    ...recorded,
    ...{ tag: label.name, ref: refOf(label) },
    ...(known.note === undefined ? {} : { before: known.note }),
    ...(after === undefined ? {} : { after }),
  };
}
