import { extract, type Reading } from '../../../src/formats/registry.ts';

/** What a mail adapter made of a file, in few words. */
export interface Told {
  /** `part text` for each block, the part being that of the message, or the zone. */
  readonly blocks: readonly string[];
  readonly children: Readonly<Record<string, string>>;
  /** `name: outcome` for each child that cannot be taken out. */
  readonly lost: readonly string[];
  readonly remarks: readonly string[];
  readonly metadata: Extract<Reading, { type: 'text' }>['metadata'] | undefined;
  readonly container: string | undefined;
  /** Why nothing could be read. */
  readonly unreadable: string | undefined;
}

/** Reads a file through the registry, as an ingest does. */
export async function tell(bytes: Uint8Array, extension = 'eml'): Promise<Told> {
  const blocks: string[] = [];
  const children: Record<string, string> = {};
  const lost: string[] = [];
  let remarks: readonly string[] = [];
  let metadata: Told['metadata'];
  let container: string | undefined;
  let unreadable: string | undefined;
  for await (const reading of extract(bytes, { extension })) {
    if (reading.type === 'child') {
      if (reading.name in children) throw new Error(`two children are called ${reading.name}`);
      children[reading.name] = Buffer.from(reading.bytes).toString();
    } else if (reading.type === 'lost-child') lost.push(`${reading.name}: ${reading.outcome}`);
    else if (reading.type === 'container') container = reading.reason;
    else if (reading.type === 'unreadable') unreadable = reading.reason;
    else if (reading.type === 'text' && reading.content.layout === 'blocks') {
      ({ remarks, metadata } = reading);
      for (const { text, place, zone } of reading.content.blocks)
        blocks.push(`${zone ?? (place?.kind === 'message' ? place.part : '?')} ${text}`);
    }
  }
  return { blocks, children, lost, remarks, metadata, container, unreadable };
}

/** The bytes of each child, in order. */
export async function childrenOf(bytes: Uint8Array, extension = 'eml'): Promise<readonly Uint8Array[]> {
  const children: Uint8Array[] = [];
  for await (const reading of extract(bytes, { extension }))
    if (reading.type === 'child') children.push(reading.bytes);
  return children;
}

/** A message with CR LF line ends, in Latin-1, a character a byte. */
export function message(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** The blocks of the body alone, hidden text too. */
export function bodyOf({ blocks }: Told): readonly string[] {
  return blocks.filter((block) => !block.startsWith('header '));
}
