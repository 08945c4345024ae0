import iconv from 'iconv-lite';

const escapeByte = 0x1b;
const shiftOut = 0x0e;
const shiftIn = 0x0f;
const lineFeed = 0x0a;

/** What an escape sequence designates for the characters between shift-out and shift-in: the set of an EUC encoding, its high bit off. */
const designated: Readonly<Record<string, string | undefined>> = {
  '\x1b$)C': 'euc-kr',
  '\x1b$)A': 'gb18030',
  '\x1b$)G': undefined,
};

/** Whether a name is that of an encoding in seven bits that shifts between ASCII and one other character set. */
export function isShifted(encoding: string): boolean {
  return /^iso-?2022-(?:kr|cn)(?:-ext)?$/i.test(encoding);
}

/**
 * Text from bytes in ISO-2022-KR or ISO-2022-CN. What stands in a character set of Taiwan (CNS 11643) is not known here: each of
 * its characters becomes U+FFFD. A line ends in ASCII, whatever was forgotten.
 */
export function decodeShifted(bytes: Uint8Array): string {
  let text = '';
  let codec: string | undefined;
  let isOut = false;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number; // at < bytes.length
    const sequence = byte === escapeByte ? escapeAt(bytes, at) : undefined;
    if (sequence !== undefined) {
      if (sequence in designated) codec = designated[sequence];
      at += sequence.length;
    } else if (byte === shiftOut || byte === shiftIn) {
      isOut = byte === shiftOut;
      at++;
    } else {
      const end = runEnd(bytes, at);
      text += isOut ? doubled(bytes.subarray(at, end), codec) : latin1(bytes.subarray(at, end));
      if (bytes[end - 1] === lineFeed) isOut = false;
      at = end;
    }
  }
  return text;
}

/** The designation that stands there; an escape that is none is left to stand in the text. */
function escapeAt(bytes: Uint8Array, at: number): string | undefined {
  return /^\x1b\$[)*][A-Z]/.exec(latin1(bytes.subarray(at, at + 4)))?.[0];
}

/** Where the run of characters that begins at `at` ends: behind its line feed, or before the next shift or escape. */
function runEnd(bytes: Uint8Array, at: number): number {
  let end = at + 1;
  while (end < bytes.length && bytes[end - 1] !== lineFeed && !isSwitch(bytes[end] as number)) end++;
  return end;
}

function isSwitch(byte: number): boolean {
  return byte === escapeByte || byte === shiftOut || byte === shiftIn;
}

/** Pairs of seven-bit bytes; spaces and line ends keep their place between them. */
function doubled(run: Uint8Array, codec: string | undefined): string {
  if (codec === undefined) return latin1(run).replaceAll(/[!-~][!-~]/g, '\uFFFD');
  return iconv.decode(
    run.map((byte) => (byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte)),
    codec,
  );
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
