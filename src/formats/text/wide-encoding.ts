/** The encodings of two or four bytes a unit, by the names that iconv-lite knows. */
export type WideEncoding = 'UTF-16LE' | 'UTF-16BE' | 'UTF-32LE' | 'UTF-32BE';

export interface ByteOrderMark {
  readonly encoding: WideEncoding | 'UTF-8' | 'GB18030';
  readonly length: number;
}

const marks: readonly (readonly [ByteOrderMark['encoding'], readonly number[]])[] = [
  // UTF-32LE before UTF-16LE: its mark begins with the other's.
  ['UTF-32LE', [0xff, 0xfe, 0x00, 0x00]],
  ['UTF-32BE', [0x00, 0x00, 0xfe, 0xff]],
  ['UTF-8', [0xef, 0xbb, 0xbf]],
  ['GB18030', [0x84, 0x31, 0x95, 0x33]],
  ['UTF-16LE', [0xff, 0xfe]],
  ['UTF-16BE', [0xfe, 0xff]],
];

export function byteOrderMark(bytes: Uint8Array): ByteOrderMark | undefined {
  const found = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  return found && { encoding: found[0], length: found[1].length };
}

/** How many units of a text without a byte order mark are looked at. */
const unitsSampled = 4096;

/**
 * The wide encoding of a text that has no byte order mark, or undefined. UTF-32 shows in three of four bytes being
 * small in the same places; UTF-16 in the spaces, line ends and ASCII that every script uses, on one side only.
 */
export function unmarkedWideEncoding(bytes: Uint8Array): WideEncoding | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, unitsSampled * 4));
  if (looksUtf32(view, true)) return 'UTF-32LE';
  if (looksUtf32(view, false)) return 'UTF-32BE';
  // A zero, its bytes swapped, is an ideographic space: these count only where there is no ASCII to go by.
  const encoding = plainerSide(view, isPlainAscii) ?? plainerSide(view, isPlain);
  return encoding === undefined || controlShare(view, encoding === 'UTF-16LE') > 0.02 ? undefined : encoding;
}

/** The order of bytes in which units of a kind are many; undefined when they are few, or hardly more than in the other. */
function plainerSide(view: DataView, holds: (unit: number) => boolean): WideEncoding | undefined {
  const little = share(view, true, holds);
  const big = share(view, false, holds);
  if (Math.max(little, big) < 0.04 || Math.min(little, big) > Math.max(little, big) / 8) return undefined;
  return little > big ? 'UTF-16LE' : 'UTF-16BE';
}

function looksUtf32(view: DataView, littleEndian: boolean): boolean {
  const units = view.byteLength >>> 2;
  if (units === 0) return false;
  for (let i = 0; i < units; i++) {
    const code = view.getUint32(i * 4, littleEndian);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || isControl(code)) return false;
  }
  return true;
}

function isPlainAscii(unit: number): boolean {
  return unit < 0x7f && !isControl(unit);
}

function isPlain(unit: number): boolean {
  return unit === 0x3000 || isPlainAscii(unit);
}

function controlShare(view: DataView, littleEndian: boolean): number {
  return share(view, littleEndian, isControl);
}

function share(view: DataView, littleEndian: boolean, holds: (unit: number) => boolean): number {
  const units = view.byteLength >>> 1;
  let count = 0;
  for (let i = 0; i < units; i++) if (holds(view.getUint16(i * 2, littleEndian))) count++;
  return units === 0 ? 0 : count / units;
}

function isControl(code: number): boolean {
  return code < 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09 && code !== 0x0c;
}
