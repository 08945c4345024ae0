import type { Content } from '../../../src/formats/byte-source.ts';
import type { ReadOptions } from '../../../src/formats/extraction.ts';
import { extract, type Reading } from '../../../src/formats/registry.ts';

export async function readAll(
  bytes: Content,
  options: Partial<ReadOptions> = {},
): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for await (const reading of extract(bytes, { extension: '', ...options })) readings.push(reading);
  return readings;
}

/** What comes out of an archive, by name: texts of members, and outcomes of those that do not come out. */
export async function membersOf(
  bytes: Content,
  options: Partial<ReadOptions> = {},
): Promise<Readonly<Record<string, string>>> {
  const members: Record<string, string> = {};
  for (const reading of await readAll(bytes, options)) {
    if (reading.type === 'child') members[reading.name] = Buffer.from(reading.bytes).toString();
    if (reading.type === 'lost-child') members[reading.name] = `${reading.outcome}: ${reading.reason}`;
  }
  return members;
}

/** What the archive says of itself at the end. */
export async function endOf(bytes: Uint8Array, options: Partial<ReadOptions> = {}): Promise<string> {
  const last = (await readAll(bytes, options)).at(-1);
  if (last?.type === 'container') return `container: ${last.reason}`;
  return last?.type === 'unreadable' ? `${last.outcome}: ${last.reason}` : '';
}
