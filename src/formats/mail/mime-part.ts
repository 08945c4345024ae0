import { type Parameters, readParameters } from './field-parameters.ts';
import { type RawField, readHeaderBlock } from './header-block.ts';

/** One entity of a MIME message (RFC 2045): the message itself, or a part of it. Nothing in it is decoded. */
export interface MimePart {
  readonly fields: readonly RawField[];
  /** The field's main value, lower-case: `text/plain` where none, or nothing usable, is given. */
  readonly type: string;
  readonly parameters: Parameters;
  /** As sent. Of a part that was taken apart: empty. */
  readonly body: Uint8Array;
  readonly parts: readonly MimePart[];
  /** What stands before the first part and behind the last, where no mail program shows it. */
  readonly asides: readonly Uint8Array[];
}

interface Draft {
  readonly fields: readonly RawField[];
  readonly type: string;
  readonly parameters: Parameters;
  body: Uint8Array;
  readonly parts: Draft[];
  readonly asides: Uint8Array[];
}

/** A multipart whose end has not come yet. `outer` is the entry that its boundary hides, when two have the same. */
interface Open {
  readonly part: Draft;
  readonly delimiter: string;
  readonly outer: number | undefined;
}

/** Multiparts within multiparts that are told apart; the parts of deeper ones count as those of the deepest. */
export const deepestPart = 100;
/** RFC 2046 allows 70 characters. */
const longestDelimiter = 1000;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Takes a message apart, in one pass over its bytes however deep it nests. Parts that are not ended, or not begun, are
 * kept with all that stands in them; a multipart in which no part is found is a text. A whole message inside
 * (`message/rfc822`) is left in one piece.
 */
export function readMime(bytes: Uint8Array): MimePart {
  const root = new MimeReader(bytes).read(undefined);
  if (!isMultipart(root) || root.parts.length > 0) return root;
  const guess = likelyDelimiter(bytes);
  return guess === undefined ? root : new MimeReader(bytes).read(guess);
}

function isMultipart({ type }: { readonly type: string }): boolean {
  return type.startsWith('multipart/');
}

class MimeReader {
  readonly #bytes: Uint8Array;
  readonly #buffer: Buffer;
  readonly #open: Open[] = [];
  readonly #byDelimiter = new Map<string, number>();
  /** Where the bytes that are being collected go. */
  #take: (bytes: Uint8Array) => void = () => undefined;
  #from = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @param delimiter to go by, whatever the message says. */
  read(delimiter: string | undefined): MimePart {
    const root = this.#begin(0, delimiter);
    for (let at = this.#nextDashes(this.#from); at < this.#buffer.length; ) {
      const feed = this.#buffer.indexOf(lineFeed, at);
      const end = feed < 0 ? this.#buffer.length : feed + 1;
      const resumed = end - at > longestDelimiter ? undefined : this.#delimiter(at, end);
      at = this.#nextDashes(resumed ?? end);
    }
    this.#take(this.#bytes.subarray(this.#from));
    return root;
  }

  /** Offset of the next line that begins with two hyphens, from the beginning of a line on. */
  #nextDashes(lineStart: number): number {
    if (this.#buffer[lineStart] === 0x2d && this.#buffer[lineStart + 1] === 0x2d) return lineStart;
    const found = this.#buffer.indexOf('\n--', Math.max(0, lineStart - 1), 'latin1');
    return found < 0 ? this.#buffer.length : found + 1;
  }

  /** What a line does that may be a delimiter; gives where to go on, or undefined when it is none. */
  #delimiter(at: number, end: number): number | undefined {
    const line = this.#buffer.toString('latin1', at, end).trimEnd();
    const opening = this.#byDelimiter.get(line);
    const closing = line.endsWith('--') ? this.#byDelimiter.get(line.slice(0, -2)) : undefined;
    const index = opening ?? closing;
    if (index === undefined) return undefined;
    this.#take(this.#bytes.subarray(this.#from, Math.max(this.#from, this.#withoutLineEnd(at))));
    while (this.#open.length > index + 1) this.#close();
    const part = this.#open[index]?.part;
    if (part === undefined) return undefined;
    if (opening === undefined) {
      this.#close();
      this.#from = end;
      this.#take = (bytes) => part.asides.push(bytes);
      return end;
    }
    // What was taken for a body, as long as no part had come, stands before the first.
    if (part.body.length > 0) part.asides.push(part.body);
    part.body = new Uint8Array();
    part.parts.push(this.#begin(end, undefined));
    return this.#from;
  }

  /** Reads the header of a part; its body, or what stands before its first part, is collected from then on. */
  #begin(at: number, delimiter: string | undefined): Draft {
    const { fields, bodyStart } = readHeaderBlock(this.#bytes, at);
    const part = draftOf(fields);
    this.#from = bodyStart;
    this.#take = (bytes) => {
      part.body = bytes;
    };
    const boundary = part.parameters.get('boundary');
    const declared = boundary === undefined || boundary === '' ? undefined : `--${boundary}`.trimEnd();
    const used = delimiter ?? declared;
    if (isMultipart(part) && used !== undefined) this.#openPart(part, used);
    return part;
  }

  #openPart(part: Draft, delimiter: string): void {
    const deepest = this.#open.at(-1);
    const owner = this.#open.length < deepestPart || deepest === undefined ? part : deepest.part;
    this.#take = (bytes) => {
      if (part.parts.length > 0 || owner !== part) part.asides.push(bytes);
      else part.body = bytes;
    };
    const outer = this.#byDelimiter.get(delimiter);
    this.#byDelimiter.set(delimiter, this.#open.length);
    this.#open.push({ part: owner, delimiter, outer });
  }

  #close(): void {
    const closed = this.#open.pop();
    if (closed === undefined) return;
    if (closed.outer === undefined) this.#byDelimiter.delete(closed.delimiter);
    else this.#byDelimiter.set(closed.delimiter, closed.outer);
  }

  /** The line end before a delimiter belongs to the delimiter. */
  #withoutLineEnd(at: number): number {
    const end = this.#buffer[at - 1] === lineFeed ? at - 1 : at;
    return end < at && this.#buffer[end - 1] === carriageReturn ? end - 1 : end;
  }
}

function draftOf(fields: readonly RawField[]): Draft {
  const field = fields.find(({ name }) => name.toLowerCase() === 'content-type');
  const { value, parameters } = readParameters(field?.value ?? new Uint8Array());
  const type = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+/.exec(value.toLowerCase())?.[0] ?? bareType(value);
  return { fields, type, parameters, body: new Uint8Array(), parts: [], asides: [] };
}

/** Old programs write `text` alone. */
function bareType(value: string): string {
  return /^multipart\b/i.test(value) ? 'multipart/mixed' : 'text/plain';
}

/** Bytes of a message in which the first delimiter is looked for when the declared one is nowhere. */
const guessWindow = 256 * 1024;

/** A line of two hyphens and more with a header field right behind it. */
function likelyDelimiter(bytes: Uint8Array): string | undefined {
  const { bodyStart } = readHeaderBlock(bytes, 0);
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'latin1',
    bodyStart,
    bodyStart + guessWindow,
  );
  return /^(--\S[^\r\n]{0,200}?)[ \t]*\r?\n(?=content-[a-z-]+[ \t]*:)/im.exec(body)?.[1];
}
