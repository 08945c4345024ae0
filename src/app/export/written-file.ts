import { createHash, type Hash, randomBytes } from 'node:crypto';
import { access, type FileHandle, open, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../model/diagnostic.ts';
import { systemReason } from '../ingest/discover.ts';

/** Where the answer goes: standard output, or a file that appears whole or not at all. */
export interface Sink {
  write(text: string): Promise<void>;
}

/** A file takes bytes, too. */
export interface FileSink extends Sink {
  writeBytes(bytes: Uint8Array): Promise<void>;
}

/** Facts about a written file that stand in the manifest beside it. */
export interface WrittenFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

export function manifestPath(path: string): string {
  return `${path}.manifest.json`;
}

/**
 * Writes a file by way of a temporary one in the same folder, so that a reader never sees half of it, and a manifest
 * beside it. A file that is there already is replaced only if pincite wrote it (its manifest stands beside it) or
 * `force` is set: an original is not overwritten by a slip of the fingers.
 * @throws UserError when the file may not or cannot be written.
 */
export async function writeWithManifest(
  path: string,
  force: boolean,
  produce: (sink: FileSink) => Promise<Readonly<Record<string, unknown>>>,
): Promise<WrittenFile> {
  if (!force) await refuseStranger(path);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  try {
    const handle = await open(temporary, 'wx');
    const writer = new HashingWriter(handle);
    let facts: Readonly<Record<string, unknown>>;
    try {
      facts = await produce(writer);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const written = { path, sha256: writer.digest(), bytes: writer.bytes };
    await writeFile(
      manifestPath(path),
      `${JSON.stringify({ file: basename(path), ...facts, sha256: written.sha256 }, undefined, 2)}\n`,
    );
    await rename(temporary, path);
    return written;
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof UserError || !isSystemError(error)) throw error;
    throw new UserError(`${path} cannot be written (${systemReason(error)}).`, {
      hint: 'Nothing was written there. Choose another file with -o.',
      cause: error,
    });
  }
}

async function refuseStranger(path: string): Promise<void> {
  if ((await exists(path)) && !(await exists(manifestPath(path)))) {
    throw new UserError(`${path} is there already, and pincite did not write it.`, {
      hint: 'Choose another name, or replace it with --force.',
    });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

class HashingWriter implements FileSink {
  readonly #handle: FileHandle;
  readonly #hash: Hash = createHash('sha256');
  bytes = 0;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  write(text: string): Promise<void> {
    return this.writeBytes(Buffer.from(text));
  }

  async writeBytes(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.bytes += bytes.length;
    await this.#handle.write(bytes);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}
