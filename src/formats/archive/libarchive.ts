import type { LibarchiveWasm } from 'libarchive-wasm';

/** A member that libarchive stands at. */
export interface LibarchiveMember {
  readonly name: string;
  /** In bytes; 0 where the archive does not say. */
  readonly size: number;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly isEncrypted: boolean;
}

const modes: Readonly<Record<number, LibarchiveMember['kind']>> = {
  0: 'file', // a program wrote who may read it, and not what it is
  32768: 'file',
  16384: 'folder',
  40960: 'link',
};

const pieceSize = 2 ** 20;

/** One archive, open in libarchive: its members one after the other. Must be closed. */
export class LibarchiveReader {
  readonly #library: LibarchiveWasm;
  readonly #bytesAt: number;
  readonly #archive: number;
  readonly #pieceAt: number;

  private constructor(library: LibarchiveWasm, bytes: Uint8Array) {
    this.#library = library;
    this.#bytesAt = allocate(library, bytes.length);
    library.module.HEAPU8.set(bytes, this.#bytesAt);
    this.#pieceAt = allocate(library, pieceSize);
    this.#archive = library.read_new_memory(this.#bytesAt, bytes.length);
  }

  /** @throws Error with libarchive's sentence when it is no archive that it knows. */
  static async open(bytes: Uint8Array): Promise<LibarchiveReader> {
    const { libarchiveWasm } = await import('libarchive-wasm');
    return new LibarchiveReader(await libarchiveWasm(), bytes);
  }

  /** Undefined at the end, and where the archive is too damaged to go on: see `problem`. */
  next(): LibarchiveMember | undefined {
    const library = this.#library;
    const entry = library.read_next_entry(this.#archive);
    if (entry === 0) return undefined;
    return {
      name: library.entry_pathname(entry) ?? '',
      size: library.entry_size(entry),
      kind: library.entry_hardlink(entry) ? 'link' : (modes[library.entry_filetype(entry)] ?? 'other'),
      isEncrypted: library.entry_is_encrypted(entry) !== 0,
    };
  }

  /** The bytes of the member that was given last, up to `limit` and a little more. @throws Error when they are damaged. */
  read(limit: number): Uint8Array {
    const { module } = this.#library;
    const pieces: Uint8Array[] = [];
    let length = 0;
    while (length <= limit) {
      const got = this.#library.read_data(this.#archive, this.#pieceAt, pieceSize);
      if (got === 0) break;
      pieces.push(module.HEAPU8.slice(this.#pieceAt, this.#pieceAt + got));
      length += got;
    }
    return Buffer.concat(pieces);
  }

  /** What libarchive last complained of; undefined when nothing. */
  get problem(): string | undefined {
    return this.#library.error_string(this.#archive) || undefined;
  }

  close(): void {
    this.#library.read_free(this.#archive);
    this.#library.module._free(this.#pieceAt);
    this.#library.module._free(this.#bytesAt);
  }
}

function allocate({ module }: LibarchiveWasm, bytes: number): number {
  const at = module._malloc(bytes);
  if (at === 0) throw new Error('there is not enough memory for it');
  return at;
}
