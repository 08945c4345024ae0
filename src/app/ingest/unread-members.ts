import type { InputRecord } from '../../model/document.ts';
import type { CaseStore } from '../../store/store.ts';
import { holderRaw } from './raw-path.ts';

/** Files inside others of which no text could be had when they were met the last time. Asks the ledger once. */
export class UnreadMembers {
  readonly #store: CaseStore;
  #byHolder: Promise<ReadonlyMap<string, readonly InputRecord[]>> | undefined;

  constructor(store: CaseStore) {
    this.#store = store;
  }

  /** Those inside the file at a path, at any depth. */
  async below(root: string, rawPath: Uint8Array): Promise<readonly InputRecord[]> {
    this.#byHolder ??= this.#read();
    const byHolder = await this.#byHolder;
    return byHolder.size === 0 ? [] : (byHolder.get(keyOf(root, rawPath)) ?? []);
  }

  async #read(): Promise<ReadonlyMap<string, readonly InputRecord[]>> {
    const byHolder = new Map<string, InputRecord[]>();
    for (const line of await this.#store.unreadMembers()) {
      for (let at = holderRaw(line.rawPath); at !== undefined; at = holderRaw(at)) {
        const key = keyOf(line.root, at);
        const others = byHolder.get(key);
        if (others === undefined) byHolder.set(key, [line]);
        else others.push(line);
      }
    }
    return byHolder;
  }
}

function keyOf(root: string, rawPath: Uint8Array): string {
  return `${root}/${Buffer.from(rawPath).toString('latin1')}`;
}
