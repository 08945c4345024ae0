import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Child } from '../../formats/extraction.ts';
import { beyondAllowance, UnfoldAllowance } from '../../formats/unfold-allowance.ts';
import type { Family, FoundChild, FoundLostChild, ReadJob } from './read-job.ts';
import { SpoolError, type SpoolFailure } from './spool.ts';

/** Takes down what files come out of one, and puts their bytes into the spool, one after the other, up to the limit. */
export class Unfolding {
  readonly #folder: string | undefined;
  readonly #allowance: UnfoldAllowance;
  readonly #children: FoundChild[] = [];
  readonly #lost: FoundLostChild[] = [];
  readonly #spooled = new Set<string>();
  #cut = false;

  constructor({ spool, unfoldLimit }: Pick<ReadJob, 'spool' | 'unfoldLimit'>) {
    this.#folder = spool;
    this.#allowance = new UnfoldAllowance(unfoldLimit);
  }

  /** @throws SpoolError when its bytes cannot be kept. */
  async take({ name, bytes }: Pick<Child, 'name' | 'bytes'>): Promise<void> {
    if (!this.#allowance.take(bytes.length)) {
      this.lose({ name, outcome: 'too-large', reason: beyondAllowance });
      return;
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const spooled = await this.#keep(bytes, sha256);
    this.#children.push({
      name,
      sha256,
      bytes: bytes.length,
      ...(spooled === undefined ? {} : { spooled }),
    });
  }

  lose({ name, outcome, reason }: FoundLostChild): void {
    // Whether it was this limit or another: what is too large here may come out elsewhere.
    this.#cut ||= outcome === 'too-large';
    this.#lost.push({ name, outcome, reason });
  }

  /** Undefined when nothing came out. */
  get family(): Family | undefined {
    if (this.#children.length === 0 && this.#lost.length === 0) return undefined;
    return { children: this.#children, lost: this.#lost, unfolded: this.#allowance.used, cut: this.#cut };
  }

  /** A second process may be at the same job: whichever is late puts the same bytes in the place of the same bytes. */
  async #keep(bytes: Uint8Array, sha256: string): Promise<string | undefined> {
    if (this.#folder === undefined) return undefined;
    const path = join(this.#folder, sha256);
    if (this.#spooled.has(sha256)) return path;
    const unfinished = `${path}.${process.pid}`;
    try {
      if (this.#spooled.size === 0) await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(unfinished, bytes, { mode: 0o600 });
      await rename(unfinished, path);
    } catch (error) {
      throw new SpoolError(failureOf(error));
    }
    this.#spooled.add(sha256);
    return path;
  }
}

function failureOf(error: unknown): SpoolFailure {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  return { code: 'code' in error ? String(error.code) : '', message: error.message };
}
