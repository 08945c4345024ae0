/** A header field as it was sent: folded, nothing decoded. */
export interface RawField {
  /** As written, without the colon. */
  readonly name: string;
  readonly value: Uint8Array;
}

export interface HeaderBlock {
  readonly fields: readonly RawField[];
  /** Offset of the body. */
  readonly bodyStart: number;
}

const lineFeed = 0x0a;
const fieldStart = /^[!-9;-~]+[ \t]*:/;
/** Bytes of a line that are looked at to tell whether a field begins there; no field's name is longer. */
const longestName = 256;

/**
 * The fields from an offset to the first empty line. A line that is no field goes on the field before it when another
 * field follows, as of a line that was folded badly; else the body begins there. Envelope lines before the first field
 * (`From …`, as mailboxes have them) are passed over.
 */
export function readHeaderBlock(bytes: Uint8Array, from: number): HeaderBlock {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const drafts: { name: string; start: number; end: number }[] = [];
  let at = from;
  while (at < buffer.length) {
    const next = nextLine(buffer, at);
    const line = buffer.toString('latin1', at, Math.min(next, at + longestName));
    if (/^\r?\n/.test(line)) return { fields: cut(bytes, drafts), bodyStart: next };
    const field = fieldStart.exec(line)?.[0];
    const open = drafts.at(-1);
    if (field !== undefined) {
      drafts.push({ name: field.slice(0, -1).trim(), start: at + field.length, end: next });
    } else if (open === undefined) {
      if (!/^>?From /.test(line)) break;
    } else if (/^[ \t]/.test(line) || goesOn(buffer, next, line)) {
      open.end = next;
    } else {
      break;
    }
    at = next;
  }
  return { fields: cut(bytes, drafts), bodyStart: at };
}

/** Whether the header goes on behind a line that is no field. A line that may part the body never belongs to it. */
function goesOn(buffer: Buffer, next: number, line: string): boolean {
  return !line.startsWith('--') && fieldStart.test(buffer.toString('latin1', next, next + longestName));
}

function cut(
  bytes: Uint8Array,
  drafts: readonly { readonly name: string; readonly start: number; readonly end: number }[],
): readonly RawField[] {
  return drafts.map(({ name, start, end }) => ({ name, value: bytes.subarray(start, end) }));
}

function nextLine(buffer: Buffer, at: number): number {
  const end = buffer.indexOf(lineFeed, at);
  return end < 0 ? buffer.length : end + 1;
}
