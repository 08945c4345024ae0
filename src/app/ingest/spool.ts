import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What the system says of a disk that takes nothing. `code` as in `ENOSPC`. */
export interface SpoolFailure {
  readonly code: string;
  readonly message: string;
}

/** What comes out of a file cannot be kept on the disk. */
export class SpoolError extends Error {
  readonly code: string;

  constructor({ code, message }: SpoolFailure) {
    super(message);
    this.name = 'SpoolError';
    this.code = code;
  }
}

/**
 * Where the files that come out of others lie until they are read: a folder inside the case, with a folder for each
 * file that was opened. It is a shortcut only: what is not there is taken out once more.
 */
export class Spool {
  readonly #folder: string | undefined;
  #given = 0;

  /** @param folder Absolute; without one nothing is kept. */
  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** A folder that nobody else has. It is made when the first file goes into it. */
  folderForOne(): string | undefined {
    this.#given += 1;
    return this.#folder === undefined ? undefined : join(this.#folder, String(this.#given));
  }

  async discard(folder: string | undefined): Promise<void> {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Takes all of it away, also what a run that was cut off has left. */
  async wipe(): Promise<void> {
    await this.discard(this.#folder);
  }
}
