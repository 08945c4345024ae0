import { createDecipheriv, createHash } from 'node:crypto';
import { type Coder, type Folder, type Streams, startSize } from './header.ts';

const aesMethod = '06f10701';
const copy: Coder = { method: '00', inputs: 1, outputs: 1, properties: new Uint8Array(0) };

export function isEncrypted({ folders }: Streams): boolean {
  return folders.some(({ coders }) => coders.some(({ method }) => method === aesMethod));
}

/** Packed streams and how they are unpacked, one after the other from the beginning. */
export interface Plain {
  readonly packed: readonly Uint8Array[];
  readonly streams: Streams;
}

/** An archive's streams with their encryption undone by a password, be it the right one or not. Undefined where that is beyond this program. */
export function decrypted(archive: Uint8Array, streams: Streams, password: string): Plain | undefined {
  const packed: Uint8Array[] = [];
  const folders: Folder[] = [];
  let at = startSize + streams.packPosition;
  let stream = 0;
  for (const folder of streams.folders) {
    const own = folder.packed.map(() => {
      const size = streams.packSizes[stream++] ?? 0;
      at += size;
      return archive.subarray(at - size, at);
    });
    const plain = plainFolder(folder, own, password);
    if (plain === undefined) return undefined;
    folders.push(plain.folder);
    packed.push(...plain.packed);
  }
  const packSizes = packed.map(({ length }) => length);
  return { packed, streams: { ...streams, packPosition: 0, packSizes, folders } };
}

function plainFolder(folder: Folder, packed: readonly Uint8Array[], password: string) {
  const aes = folder.coders.findIndex(({ method }) => method === aesMethod);
  if (aes < 0) return { folder, packed };
  const input = sumBefore(folder, aes, 'inputs');
  const output = sumBefore(folder, aes, 'outputs');
  const stream = folder.packed.indexOf(input);
  const bytes = packed[stream];
  const coder = folder.coders[aes];
  // Encryption comes last when packing: its input is a packed stream. One folder has one such coder.
  if (bytes === undefined || coder === undefined || coder.inputs !== 1 || coder.outputs !== 1)
    return undefined;
  const plain = decryptStream(bytes, coder.properties, password, folder.sizes[output] ?? 0);
  if (plain === undefined) return undefined;
  return { folder: without(folder, aes, input, output), packed: packed.with(stream, plain) };
}

/** Takes a coder out: whoever took its output takes the packed stream itself. */
function without(folder: Folder, coder: number, input: number, output: number): Folder {
  const bond = folder.bonds.find(([, from]) => from === output);
  if (bond === undefined) return { ...folder, coders: folder.coders.with(coder, copy) };
  const inputAfter = (at: number) => (at > input ? at - 1 : at);
  const outputAfter = (at: number) => (at > output ? at - 1 : at);
  return {
    coders: folder.coders.toSpliced(coder, 1),
    bonds: folder.bonds
      .filter((one) => one !== bond)
      .map(([to, from]) => [inputAfter(to), outputAfter(from)] as const),
    packed: folder.packed.map((at) => inputAfter(at === input ? bond[0] : at)),
    sizes: folder.sizes.toSpliced(output, 1),
  };
}

function sumBefore({ coders }: Folder, coder: number, what: 'inputs' | 'outputs'): number {
  return coders.slice(0, coder).reduce((sum, one) => sum + one[what], 0);
}

/** More rounds than this are an attempt on our time: programs take 2^19. */
const mostRoundsPower = 22;

/** AES-256 in CBC mode; its properties hold the rounds of the key, a salt and the first block. */
function decryptStream(
  bytes: Uint8Array,
  properties: Uint8Array,
  password: string,
  size: number,
): Uint8Array | undefined {
  const [first = 0, second = 0] = properties;
  const saltSize = (first >> 7) + (second >> 4);
  const ivSize = ((first >> 6) & 1) + (second & 15);
  const power = first & 0x3f;
  if (power > mostRoundsPower || bytes.length % 16 !== 0) return undefined;
  const salt = properties.subarray(2, 2 + saltSize);
  const iv = Buffer.alloc(16);
  iv.set(properties.subarray(2 + saltSize, 2 + saltSize + ivSize));
  const cipher = createDecipheriv('aes-256-cbc', keyFrom(password, salt, power), iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(bytes), cipher.final()]).subarray(0, size);
}

/** Hashed at a time: so many rounds that Node is not called for each. */
const roundsAtOnce = 4096;

/** SHA-256 over salt, password and number of the round, for all rounds one after the other. */
function keyFrom(password: string, salt: Uint8Array, power: number): Buffer {
  const secret = Buffer.concat([salt, Buffer.from(password, 'utf16le')]);
  const length = secret.length + 8;
  const rounds = 2 ** power;
  const piece = Buffer.alloc(length * Math.min(rounds, roundsAtOnce));
  for (let at = 0; at < piece.length; at += length) secret.copy(piece, at);
  const hash = createHash('sha256');
  for (let round = 0; round < rounds; ) {
    for (let at = secret.length; at < piece.length; at += length) piece.writeUInt32LE(round++, at);
    hash.update(piece);
  }
  return hash.digest();
}
