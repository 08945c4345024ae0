import type { Case } from '../case.ts';
import { listTaggedPlaces } from '../tag-list.ts';
import { type Destination, type WrittenTable, writeTable } from './table-writer.ts';

/** Every tagged place, one row a tag and place, by tag, document and place. */
export async function exportTags(
  open: Case,
  to: Destination,
  name: string | undefined,
): Promise<WrittenTable> {
  const places = await listTaggedPlaces(open.store, name);
  return writeTable(open, to, {
    columns: ['tag', 'ref', 'title', 'file', 'by', 'at', 'why', 'note'],
    rows: places.map(({ tag, ref, title, path, by, at, why, note }) => [
      tag,
      ref,
      title,
      path,
      by,
      at,
      why,
      note,
    ]),
    facts: () => ({ what: 'tags', ...(name === undefined ? {} : { tag: name }) }),
  });
}
