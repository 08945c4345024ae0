import type { Child, LostChild, ReadOptions, Unreadable } from '../../formats/extraction.ts';
import { extract, type Reading } from '../../formats/registry.ts';
import { MemberNames } from './member-names.ts';

/**
 * What is in a file, with the names that the case gives to the files inside. The same bytes give the same names. What
 * breaks off after the file's own text was read stands for the files that were still to come.
 */
export async function* contents(bytes: Uint8Array, options: ReadOptions): AsyncGenerator<Reading> {
  const names = new MemberNames();
  let isText = false;
  for await (const reading of extract(bytes, options)) {
    if (reading.type === 'child' || reading.type === 'lost-child') yield named(reading, names);
    else if (isText && reading.type === 'unreadable') yield named(theRest(reading), names);
    else yield reading;
    isText ||= reading.type === 'text';
  }
}

function theRest({ outcome, reason }: Unreadable): LostChild {
  return { type: 'lost-child', relation: 'embedded', name: 'what else is in it', outcome, reason };
}

function named(child: Child | LostChild, names: MemberNames): Child | LostChild {
  const { relation } = child;
  const { name, leadsOut } = names.take(child.name, relation);
  if (!leadsOut) return { ...child, name };
  const reason = 'Its path leads out of the archive; it was not taken out.';
  return { type: 'lost-child', relation, name, outcome: 'failed', reason };
}
