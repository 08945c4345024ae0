import { type ByteSource, sourceOf } from '../../byte-source.ts';
import { fileTypes } from '../../detect.ts';
import { isZip } from '../../docx/zip.ts';
import type { Adapter, Extraction, LostChild, ReadOptions } from '../../extraction.ts';
import { beyondAllowance, UnfoldAllowance } from '../../unfold-allowance.ts';
import { largestMember, lostMember, takenOut } from '../members.ts';
import { entriesByHeaders, readDirectory } from './directory.ts';
import type { NameDecoder, ZipEntry } from './entry.ts';
import { isInPlace, unpackMember } from './member.ts';

export const zipAdapter: Adapter = {
  name: 'zip',
  version: 1,
  recognises: ({ bytes }) => (isZip(bytes) ? 1 : 0.5),
  read: (bytes, options) => readZip(sourceOf(bytes), options),
  readSource: readZip,
};

async function* readZip(source: ByteSource, options: ReadOptions): AsyncGenerator<Extraction> {
  const { passwords = [], unfoldLimit, wanted } = options;
  const { decodeMemberName: decode } = await import('./name-encoding.ts');
  const { entries, disk, problems } = await readDirectory(source, decode);
  const misplaced = new Misplaced(source, decode);
  const allowance = new UnfoldAllowance(unfoldLimit);
  const files = entries.filter(
    (entry) => !isFolder(entry) && (wanted === undefined || entry.name === wanted),
  );
  const damaged: string[] = [];
  for (const listed of files) {
    const { name } = listed;
    const entry = await misplaced.find(listed);
    const obstacle = obstacleTo(entry, disk) ?? refused(entry, allowance);
    const unpacked = obstacle ?? (await unpackMember(source, entry, passwords));
    if ('reason' in unpacked) {
      yield lostMember(name, unpacked.outcome, unpacked.reason);
      continue;
    }
    if (unpacked.problem !== undefined) damaged.push(`${name} ${unpacked.problem}`);
    yield { type: 'child', relation: 'member', name, bytes: unpacked.bytes };
  }
  yield takenOut(fileTypes.zip, files.length, [...problems, ...summed(damaged)]);
}

type Obstacle = Pick<LostChild, 'outcome' | 'reason'>;

function obstacleTo({ isLink, disk }: ZipEntry, ownDisk: number): Obstacle | undefined {
  if (isLink) return { outcome: 'unsupported', reason: 'It is a link, not a file of its own.' };
  if (disk === ownDisk) return undefined;
  return { outcome: 'failed', reason: 'It begins in another file of an archive that was cut into several.' };
}

/** Sizes that nobody knows are counted when they are. */
function refused({ size }: ZipEntry, allowance: UnfoldAllowance): Obstacle | undefined {
  if (!Number.isFinite(size) || size > largestMember || allowance.take(size)) return undefined;
  return { outcome: 'too-large', reason: beyondAllowance };
}

/** Members that are not where the directory says are looked for by name, with their own headers. */
class Misplaced {
  readonly #source: ByteSource;
  readonly #decode: NameDecoder;
  #byName: Promise<ReadonlyMap<string, ZipEntry>> | undefined;

  constructor(source: ByteSource, decode: NameDecoder) {
    this.#source = source;
    this.#decode = decode;
  }

  async find(entry: ZipEntry): Promise<ZipEntry> {
    if (await isInPlace(this.#source, entry)) return entry;
    this.#byName ??= this.#search();
    const { headerAt } = (await this.#byName).get(entry.name) ?? entry;
    return { ...entry, headerAt };
  }

  async #search(): Promise<ReadonlyMap<string, ZipEntry>> {
    const entries = await entriesByHeaders(this.#source, this.#decode, 0);
    return new Map(entries.map((entry) => [entry.name, entry]));
  }
}

function isFolder({ name }: ZipEntry): boolean {
  return name.endsWith('/');
}

/** The first of what was found damaged, and how many more. */
function summed(damaged: readonly string[]): readonly string[] {
  const [first, ...others] = damaged;
  if (first === undefined) return [];
  return [others.length === 0 ? first : `${first}, and ${others.length} more are damaged`];
}
