import type { InputRecord } from '../../model/document.ts';
import type { CaseStore } from '../../store/store.ts';
import { holderRaw } from './raw-path.ts';

/** The ledger's lines for all that is inside one file on the disk, while they are written anew. */
export class FamilyLines {
  /** Whether the lines that the ledger has are those of a reading that came to its end. */
  readonly complete: boolean;
  readonly #met = new Set<string>();
  readonly #kept = new Set<string>();

  constructor(complete: boolean) {
    this.complete = complete;
  }

  /** A file was found inside; its line is written, or stays. */
  meet(rawPath: Uint8Array): void {
    this.#met.add(keyOf(rawPath));
  }

  /** What is inside of a file is not gone through this time: its lines stay. */
  keepBelow(rawPath: Uint8Array): void {
    this.#kept.add(keyOf(rawPath));
  }

  /** Lines of files that are not inside any more. */
  async gone(store: CaseStore, root: string, rawPath: Uint8Array): Promise<readonly InputRecord[]> {
    const before = await store.inputsBelow(root, rawPath);
    return before.filter((line) => !this.#met.has(keyOf(line.rawPath)) && !this.#isKept(line.rawPath));
  }

  #isKept(rawPath: Uint8Array): boolean {
    const holder = holderRaw(rawPath);
    return holder !== undefined && (this.#kept.has(keyOf(holder)) || this.#isKept(holder));
  }
}

function keyOf(rawPath: Uint8Array): string {
  return Buffer.from(rawPath).toString('latin1');
}
