import { UserError } from '../../model/diagnostic.ts';
import type { ExclusiveTags } from '../../model/tag.ts';

const namePattern = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*(\/[\p{L}\p{N}][\p{L}\p{M}\p{N} ._-]*)*$/u;
const longestName = 200;

export const tagNameHint =
  'A tag is letters, digits, spaces, dots and dashes, with / between levels: phone/messages.';

/**
 * A tag's name: words, digits and `-_.`, levels divided by `/`, as in `phone/messages`. Control characters, quotes and
 * leading signs are refused, since a tag is typed into queries and read in spreadsheets.
 * @throws UserError
 */
export function checkTagName(name: string): string {
  const known = readTagName(name);
  if (known !== undefined) return known;
  throw new UserError(`“${name}” cannot be a tag.`, { hint: tagNameHint });
}

/** The same as a value; undefined for what cannot be a tag. */
export function readTagName(name: string): string | undefined {
  if (/\p{Cc}/u.test(name)) return undefined;
  const folded = name.normalize('NFC').trim();
  return namePattern.test(folded) && folded.length <= longestName ? folded : undefined;
}

/** Whether a tag is another one, or stands somewhere below it. */
export function isAtOrBelow(name: string, above: string): boolean {
  return name === above || name.startsWith(`${above}/`);
}

/** A tag with one of the levels above it, or itself, called otherwise; undefined when it does not stand there. */
export function renamed(name: string, from: string, to: string): string | undefined {
  return isAtOrBelow(name, from) ? to + name.slice(from.length) : undefined;
}

/** The tag of a group that this one is, or stands below. */
export function memberOf(group: ExclusiveTags, name: string): string | undefined {
  return group.find((member) => isAtOrBelow(name, member));
}
