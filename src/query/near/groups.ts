import { emptyBin, signatureBins, similarity } from './signature.ts';

/**
 * A band is so many bins next to each other; texts that agree in a whole band are compared. With bands of two, a pair
 * that is alike by a half is missed once in ten million times, one alike by four fifths never in practice.
 */
const bandBins = 2;

/**
 * Groups of texts of which each is at least `least` alike to another of its group, as indexes into `signatures`,
 * ascending; texts that are alike to no other are in none. Empty texts are alike to nothing.
 */
export function nearGroups(
  signatures: readonly Uint32Array[],
  least: number,
): readonly (readonly number[])[] {
  const groups = new Groups(signatures.length);
  const filled = signatures.map(withFilledBins);
  for (let band = 0; band < signatureBins; band += bandBins) {
    for (const members of bucketsOf(filled, band)) joinAlike(members, signatures, least, groups);
  }
  return groups.list();
}

/** Texts that agree in a band, by what stands there; only where there are several. */
function bucketsOf(filled: readonly (Uint32Array | undefined)[], band: number): Iterable<readonly number[]> {
  const buckets = new Map<string, number[]>();
  filled.forEach((signature, index) => {
    if (signature === undefined) return;
    const key = signature.subarray(band, band + bandBins).join(' ');
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [index]);
    else bucket.push(index);
  });
  return [...buckets.values()].filter((bucket) => bucket.length > 1);
}

/** Texts of one group are not compared again: a form letter in a thousand copies takes about a thousand comparisons. */
function joinAlike(
  members: readonly number[],
  signatures: readonly Uint32Array[],
  least: number,
  groups: Groups,
): void {
  members.forEach((member, at) => {
    for (let before = 0; before < at; before++) {
      const other = members[before] ?? member;
      if (groups.of(other) === groups.of(member)) continue;
      if (alike(signatures[other], signatures[member]) >= least) groups.join(other, member);
    }
  });
}

function alike(one: Uint32Array | undefined, other: Uint32Array | undefined): number {
  return one === undefined || other === undefined ? 0 : similarity(one, other);
}

/** Short texts leave bins empty: those take the value of the next filled one, and how far it is (Shrivastava and Li 2014). Undefined for an empty text. */
function withFilledBins(signature: Uint32Array): Uint32Array | undefined {
  if (signature.every((value) => value === emptyBin)) return undefined;
  const filled = signature.slice();
  for (let bin = 0; bin < signatureBins; bin++) {
    if (signature[bin] !== emptyBin) continue;
    let distance = 1;
    while (signature[(bin + distance) % signatureBins] === emptyBin) distance += 1;
    // the loop ended at a filled bin
    filled[bin] = (signature[(bin + distance) % signatureBins] as number) + Math.imul(distance, 0x9e3779b1);
  }
  return filled;
}

/** Sets that are joined two at a time; the least index stands for each. */
class Groups {
  readonly #parents: Uint32Array;

  constructor(size: number) {
    this.#parents = Uint32Array.from({ length: size }, (_, index) => index);
  }

  of(index: number): number {
    let root = index;
    while (this.#parents[root] !== root) root = this.#parents[root] as number; // parents are indexes
    this.#parents[index] = root;
    return root;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.of(one), this.of(other)];
    this.#parents[Math.max(a, b)] = Math.min(a, b);
  }

  /** Sets of several, by their least index. */
  list(): readonly (readonly number[])[] {
    const sets = new Map<number, number[]>();
    for (let index = 0; index < this.#parents.length; index++) {
      const root = this.of(index);
      const set = sets.get(root);
      if (set === undefined) sets.set(root, [index]);
      else set.push(index);
    }
    return [...sets.values()].filter((set) => set.length > 1);
  }
}
