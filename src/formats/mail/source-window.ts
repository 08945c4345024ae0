import type { ByteSource } from '../byte-source.ts';

/** Bytes that are fetched at a time. */
const usualWindow = 2 ** 20;

/** Looks through a source that may be larger than memory, mostly onward: what lies around the last place is at hand. */
export class SourceWindow {
  readonly #source: ByteSource;
  readonly #length: number;
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;

  /** @param length bytes that are fetched at a time */
  constructor(source: ByteSource, length = usualWindow) {
    this.#source = source;
    this.#length = length;
  }

  get size(): number {
    return this.#source.size;
  }

  /** Of the bytes from `start` to `end`, those that there are. */
  async bytes(start: number, end: number): Promise<Buffer> {
    const to = Math.max(start, Math.min(end, this.size));
    if (start < this.#start || to > this.#end) await this.#fetch(start, to);
    return this.#bytes.subarray(start - this.#start, to - this.#start);
  }

  /** Offset of the first place from `from` on where the characters stand; undefined when there is none. */
  async find(characters: string, from: number): Promise<number | undefined> {
    let at = from;
    while (at + characters.length <= this.size) {
      if (at < this.#start || at + characters.length > this.#end)
        await this.#fetch(at, at + characters.length);
      const found = this.#bytes.indexOf(characters, at - this.#start, 'latin1');
      if (found >= 0) return this.#start + found;
      at = this.#end - characters.length + 1;
    }
    return undefined;
  }

  /** Offset behind the line that `at` lies in. */
  async lineEnd(at: number): Promise<number> {
    const feed = await this.find('\n', at);
    return feed === undefined ? this.size : feed + 1;
  }

  get #end(): number {
    return this.#start + this.#bytes.length;
  }

  async #fetch(start: number, end: number): Promise<void> {
    const fetched = await this.#source.read(start, Math.min(Math.max(end, start + this.#length), this.size));
    this.#bytes = Buffer.from(fetched.buffer, fetched.byteOffset, fetched.length);
    this.#start = start;
  }
}
