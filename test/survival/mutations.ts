import { unzipSync, zipSync } from 'fflate';
import type { Random } from './random.ts';

/** A file that a reader is to survive. */
export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

type Mutation = (bytes: Uint8Array, random: Random, others: readonly Sample[]) => Uint8Array;

/** Each does one kind of damage; files as they come from broken disks, cut-off downloads and hostile hands. */
export const mutations: Readonly<Record<string, Mutation>> = {
  'bit flips': (bytes, random) => {
    const flipped = bytes.slice();
    const flips = 1 + random.below(16);
    for (let flip = 0; flip < flips && flipped.length > 0; flip++) {
      const at = random.below(flipped.length);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
    }
    return flipped;
  },
  'cut short': (bytes, random) => bytes.slice(0, random.below(bytes.length + 1)),
  'without its beginning': (bytes, random) => bytes.slice(random.below(Math.min(bytes.length, 2048) + 1)),
  'a stretch gone': (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  'a stretch twice': (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  'a stretch of zeros': (bytes, random) => {
    const [from, to] = stretch(bytes, random);
    return bytes.slice().fill(0, from, to);
  },
  'great numbers': (bytes, random) => {
    const changed = bytes.slice();
    const at = random.below(Math.max(1, changed.length - 4));
    changed.set([0xff, 0xff, 0xff, random.of([0x7f, 0xff])].slice(0, changed.length), at);
    return changed;
  },
  'spliced with another': (bytes, random, others) => {
    const other = random.of(others).bytes;
    const [from, to] = stretch(other, random);
    const at = random.below(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at)]);
  },
  'damaged inside': damagedInside,
  'words of its markup changed': (bytes, random) => {
    const text = Buffer.from(bytes).toString('latin1');
    const words = [...text.matchAll(/[A-Za-z]{3,}|\d+/g)];
    if (words.length === 0) return bytes;
    const [word, other] = [random.of(words), random.of(words)];
    const [from, to] = [word.index, word.index + word[0].length];
    return Buffer.from(text.slice(0, from) + other[0] + text.slice(to), 'latin1');
  },
};

/** Packed formats check their members, so that most flips stop at the packing: these are packed again behind the damage. */
function damagedInside(bytes: Uint8Array, random: Random): Uint8Array {
  const members = membersOf(bytes);
  const names = Object.keys(members);
  if (names.length === 0) return bytes;
  const name = random.of(names);
  const text = Buffer.from(members[name] ?? new Uint8Array()).toString('latin1');
  const [from, to] = stretch(Buffer.from(text, 'latin1'), random);
  const put = random.of(['', '>', '<w:p>', '&#0;', '-1', '999999999', '"', text.slice(from, to).repeat(3)]);
  const damaged = Buffer.from(text.slice(0, from) + put + text.slice(to), 'latin1');
  return zipSync({ ...members, [name]: damaged }, { level: 1, mtime: new Date(1980, 0, 1) });
}

function membersOf(bytes: Uint8Array): Record<string, Uint8Array> {
  if (Buffer.from(bytes.subarray(0, 2)).toString('latin1') !== 'PK') return {};
  try {
    return unzipSync(bytes);
  } catch (error) {
    if (error instanceof Error) return {}; // no archive that can be packed again
    throw error;
  }
}

function stretch(bytes: Uint8Array, random: Random): readonly [number, number] {
  const from = random.below(bytes.length + 1);
  return [from, Math.min(bytes.length, from + random.below(random.of([8, 64, 1024, 65_536])))];
}

/** One sample with up to three kinds of damage; its name keeps the ending and says what was done. */
export function mutated(samples: readonly Sample[], number: number, random: Random): Sample {
  const sample = random.of(samples);
  const kinds = Array.from({ length: 1 + random.below(3) }, () => random.of(Object.keys(mutations)));
  const bytes = kinds.reduce((left, kind) => mutations[kind]?.(left, random, samples) ?? left, sample.bytes);
  const said = kinds.map((kind) => kind.replaceAll(' ', '-')).join('+');
  return { name: `${String(number).padStart(5, '0')}_${said}_${sample.name}`, bytes };
}
