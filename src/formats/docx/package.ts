import { readXml, XmlError, type XmlHandler } from './xml.ts';
import {
  readZipDirectory,
  readZipMember,
  type ZipDirectory,
  type ZipEntry,
  type ZipMember,
  zipMemberPieces,
} from './zip.ts';

/** A line of a `.rels` part. `target` is the name of another part, or an address outside the file. */
export interface Relationship {
  readonly id: string;
  /** Last step of the relationship's type: "styles", "header", "footnotes" … */
  readonly type: string;
  readonly target: string;
  readonly external: boolean;
}

/** The parts of an Office Open XML file (ECMA-376 part 2), unfolded when they are asked for. */
export class OfficePackage {
  /** What was wrong with the parts that were read, a sentence each. */
  readonly problems: string[] = [];
  private readonly bytes: Uint8Array;
  private readonly directory: ZipDirectory;
  private readonly namesFolded: ReadonlyMap<string, string>;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.directory = readZipDirectory(bytes);
    this.namesFolded = new Map([...this.directory.entries.keys()].map((name) => [name.toLowerCase(), name]));
    if (this.directory.salvaged)
      this.problems.push('The end of the file is missing or damaged; what is left was read.');
  }

  get isEmpty(): boolean {
    return this.directory.entries.size === 0;
  }

  /** The names of all parts, as they are written. */
  get names(): readonly string[] {
    return [...this.directory.entries.keys()];
  }

  has(name: string): boolean {
    return this.namesFolded.has(name.toLowerCase());
  }

  /**
   * The bytes of a part, undefined when there is none of that name (case does not count).
   * @throws ZipError when it is encrypted or too large.
   */
  part(name: string): Uint8Array | undefined {
    const member = this.member(name);
    if (member?.problem !== undefined) this.note(member.problem);
    return member?.bytes;
  }

  /** A part with what is wrong with it, which is not noted among the problems. Otherwise as `part`. */
  member(name: string): ZipMember | undefined {
    const entry = this.entry(name);
    if (entry === undefined) return undefined;
    const member = readZipMember(this.bytes, entry);
    // Of an archive without its directory sizes and checksums are not known.
    return this.directory.salvaged && !member.broken ? { bytes: member.bytes } : member;
  }

  /**
   * The same bit by bit, so that a part may be larger than memory; nothing when there is none of that name.
   * @throws ZipError as `part`, for a limit that is higher.
   */
  *pieces(name: string): Generator<Uint8Array, void> {
    const entry = this.entry(name);
    if (entry !== undefined) yield* zipMemberPieces(this.bytes, entry, (problem) => this.note(problem));
  }

  /** Reads a part that the text can do without: when its XML is broken, that is a problem noted, not an error. */
  readOptional(name: string | undefined, handler: XmlHandler): void {
    if (name === undefined) return;
    const pieces = this.pieces(name);
    const { value: first } = pieces.next();
    if (first === undefined || first.length === 0) return;
    try {
      readXml(together(first, pieces), handler);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      this.problems.push(`${name} is damaged and was read in part.`);
    }
  }

  /** The relationships of a part, in their order; those of the package itself for ''. */
  relationships(source: string): readonly Relationship[] {
    const slash = source.lastIndexOf('/') + 1;
    const folder = source.slice(0, slash);
    const found: Relationship[] = [];
    this.readOptional(`${folder}_rels/${source.slice(slash)}.rels`, {
      open: (name, attributes) => {
        if (name !== 'Relationship') return;
        const external = attributes['TargetMode'] === 'External';
        const target = attributes['Target'] ?? '';
        found.push({
          id: attributes['Id'] ?? '',
          type: (attributes['Type'] ?? '').replace(/^.*\//, ''),
          target: external ? target : resolvePart(folder, target),
          external,
        });
      },
      close: () => undefined,
      text: () => undefined,
    });
    return found;
  }

  private entry(name: string): ZipEntry | undefined {
    return this.directory.entries.get(this.namesFolded.get(name.toLowerCase()) ?? name);
  }

  private note(problem: string): void {
    if (!this.directory.salvaged) this.problems.push(`${problem}.`);
  }
}

function* together(first: Uint8Array, rest: Iterable<Uint8Array>): Generator<Uint8Array> {
  yield first;
  yield* rest;
}

/** A target is relative to the folder of its source, or begins at the root with "/". */
export function resolvePart(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of `${target.startsWith('/') ? '' : folder}${target}`.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}
