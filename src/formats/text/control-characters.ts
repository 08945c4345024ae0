/** Everything `tameControls` changes: C0 controls but tab, line feed and form feed; delete; C1 controls; Unicode's own line ends. */
const untamed = /[\x00-\x08\x0B\x0D-\x1F\x7F-\x9F\u2028\u2029]/;
const untamedRun = /\r\n?|[\x00-\x08\x0B\x0E-\x1F\x7F-\x9F\u2028\u2029]/g;

const lineEnds = '\r\v\x85\u2028\u2029';
const firstControlPicture = 0x2400;
const deletePicture = '\u2421';

export interface TamedText {
  readonly text: string;
  /** How many control characters were replaced by their pictures. */
  readonly replaced: number;
}

/**
 * Text that cannot command a terminal or cut a string short. Every line end (CR LF, CR, VT, NEL, U+2028, U+2029)
 * becomes LF; tab, LF and form feed stay; any other control character becomes its visible picture (`\0` → `␀`,
 * escape → `␛`), a C1 control U+FFFD. Except for CR LF, lengths stay the same.
 */
export function tameControls(text: string): TamedText {
  if (!untamed.test(text)) return { text, replaced: 0 };
  let replaced = 0;
  const tamed = text.replace(untamedRun, (found) => {
    if (lineEnds.includes(found.charAt(0))) return '\n';
    replaced++;
    return picture(found.charCodeAt(0));
  });
  return { text: tamed, replaced };
}

function picture(code: number): string {
  if (code < 0x20) return String.fromCharCode(firstControlPicture + code);
  return code === 0x7f ? deletePicture : '\uFFFD';
}

/**
 * Whether any byte of an ASCII text is a control that `tameControls` would change. Looks at four bytes at a time:
 * most words of a text hold no byte under 0x20.
 */
export function hasUntamedByte(bytes: Uint8Array): boolean {
  const lead = Math.min((4 - (bytes.byteOffset & 3)) & 3, bytes.length);
  if (bytes.length < 8) return anyUntamed(bytes, 0, bytes.length);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + lead, (bytes.length - lead) >>> 2);
  if (anyUntamed(bytes, 0, lead) || anyUntamed(bytes, lead + words.length * 4, bytes.length)) return true;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number; // i < length
    const low = (word - 0x20202020) & ~word & 0x80808080;
    const deleted = word ^ 0x7f7f7f7f;
    const del = (deleted - 0x01010101) & ~deleted & 0x80808080;
    if ((low | del) !== 0 && anyUntamed(bytes, lead + i * 4, lead + i * 4 + 4)) return true;
  }
  return false;
}

function anyUntamed(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (isUntamedByte(bytes[i] as number)) return true; // i < end <= length
  return false;
}

/** ASCII only: tab, line feed and form feed are the controls that stay. */
function isUntamedByte(byte: number): boolean {
  return byte < 0x20 ? byte !== 0x0a && byte !== 0x09 && byte !== 0x0c : byte === 0x7f;
}
