/** What a block before a member says of it. */
export interface TarHeader {
  /** As the header has it; empty when a record before the header names the member. */
  readonly name: string;
  /** One character: `0` a file, `5` a folder, `x` and `L` records about the next member … */
  readonly type: string;
  /** Bytes of data behind the header. */
  readonly size: number;
  readonly link: string;
  /** Blocks follow that go on with the list of a file's holes, before its data. */
  readonly goesOn: boolean;
}

export const blockSize = 512;

/** Undefined when the bytes are no header: its checksum tells. */
export function readTarHeader(block: Uint8Array): TarHeader | undefined {
  if (block.length < blockSize || !hasChecksum(block)) return undefined;
  const size = numberAt(block, 124, 12);
  if (size === undefined) return undefined;
  const type = String.fromCharCode(block[156] || 0x30);
  const name = textAt(block, 0, 100);
  const prefix = isPosix(block) ? textAt(block, 345, 155) : '';
  const link = textAt(block, 157, 100);
  const goesOn = type === 'S' && block[482] !== 0;
  return { name: prefix === '' ? name : `${prefix}/${name}`, type, size, link, goesOn };
}

/** Whether a block that goes on with a list of holes is not the last. */
export function listGoesOn(block: Uint8Array): boolean {
  return block.length === blockSize && block[504] !== 0;
}

export function isZeroBlock(block: Uint8Array): boolean {
  return block.every((byte) => byte === 0);
}

/** POSIX has a NUL behind its magic; GNU's older format uses the place of the prefix for other things. */
function isPosix(block: Uint8Array): boolean {
  return Buffer.from(block.buffer, block.byteOffset + 257, 6).toString('latin1') === 'ustar\0';
}

/** The sum of all bytes, with its own place taken for spaces; some old programs summed signed bytes. */
function hasChecksum(block: Uint8Array): boolean {
  const stored = numberAt(block, 148, 8);
  if (stored === undefined || isZeroBlock(block)) return false;
  let unsigned = 0;
  let signed = 0;
  for (let at = 0; at < blockSize; at++) {
    const byte = at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0);
    unsigned += byte;
    signed += byte < 128 ? byte : byte - 256;
  }
  return stored === unsigned || stored === signed;
}

/** Octal digits, or, where they do not suffice, a number to the base of 256 with the first bit set. */
function numberAt(block: Uint8Array, start: number, length: number): number | undefined {
  const field = block.subarray(start, start + length);
  const first = field[0] ?? 0;
  if ((first & 0x80) !== 0) {
    const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, first & 0x7f);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = /^[ \0]*([0-7]*)[ \0]*/.exec(Buffer.from(field).toString('latin1'))?.[1] ?? '';
  return Number.parseInt(digits || '0', 8);
}

function textAt(block: Uint8Array, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return decodeName(end < 0 ? field : field.subarray(0, end));
}

/** UTF-8, as all of today's programs write; else the bytes as they are, a character each. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return Buffer.from(bytes).toString('latin1');
  }
}

/** Records of the form `27 path=letters/a long name\n`, by key. */
export function readPaxRecords(data: Uint8Array): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < data.length; ) {
    const space = data.indexOf(0x20, at);
    const length = Number.parseInt(
      Buffer.from(data.subarray(at, Math.max(at, space))).toString('latin1'),
      10,
    );
    if (space < 0 || !(length > space - at)) break;
    const record = decodeName(data.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}
