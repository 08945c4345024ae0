/**
 * Distinct terms in order of first appearance, looked up without making strings: a word that is known already is
 * found by a hash of its folded ASCII characters. Open addressing, at most half full.
 */
export class Vocabulary {
  readonly terms: string[] = [];
  #hashes = new Int32Array(256);
  /** 1 + index into `terms`; 0 is free. */
  #slots = new Int32Array(256);
  #mask = 255;

  /** Number of the ASCII word at `[start, end)` of the text, whose folded characters have the given hash. */
  internAscii(text: string, start: number, end: number, hash: number): number {
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const found = this.#slots[slot] as number; // slot <= mask
      if (found === 0) return this.#add(slot, hash, text.slice(start, end).toLowerCase());
      // slot <= mask; a filled slot points into terms
      if (this.#hashes[slot] === hash && foldsTo(text, start, end, this.terms[found - 1] as string))
        return found - 1;
    }
  }

  /** Number of a term that is normalised already. */
  intern(term: string): number {
    const hash = hashOf(term);
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const found = this.#slots[slot] as number; // slot <= mask
      if (found === 0) return this.#add(slot, hash, term);
      if (this.#hashes[slot] === hash && this.terms[found - 1] === term) return found - 1;
    }
  }

  #add(slot: number, hash: number, term: string): number {
    this.#hashes[slot] = hash;
    this.#slots[slot] = this.terms.push(term);
    if (this.terms.length * 2 > this.#mask) this.#grow();
    return this.terms.length - 1;
  }

  #grow(): void {
    const hashes = this.#hashes;
    const slots = this.#slots;
    this.#mask = this.#mask * 2 + 1;
    this.#hashes = new Int32Array(this.#mask + 1);
    this.#slots = new Int32Array(this.#mask + 1);
    for (let old = 0; old < slots.length; old++) {
      const entry = slots[old] as number; // old < length
      if (entry === 0) continue;
      const hash = hashes[old] as number; // old < length
      let slot = hash & this.#mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#hashes[slot] = hash;
      this.#slots[slot] = entry;
    }
  }
}

/** Starting value of a word's hash; continue with `hashStep` for each folded code unit. */
export const hashSeed = 0x811c9dc5 | 0;

export function hashStep(hash: number, code: number): number {
  hash = Math.imul(hash ^ code, 0x01000193);
  return hash ^ (hash >>> 15);
}

function hashOf(term: string): number {
  let hash = hashSeed;
  for (let at = 0; at < term.length; at++) hash = hashStep(hash, term.charCodeAt(at));
  return hash;
}

function foldsTo(text: string, start: number, end: number, term: string): boolean {
  if (term.length !== end - start) return false;
  for (let at = 0; at < term.length; at++) {
    const code = text.charCodeAt(start + at);
    const folded = code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
    if (folded !== term.charCodeAt(at)) return false;
  }
  return true;
}
