import { writtenNumber } from '../../model/written-number.ts';
import { largestMember, lostMember, tooLarge } from '../archive/members.ts';
import { type ByteSource, sourceOf } from '../byte-source.ts';
import type { Adapter, Extraction, ReadOptions } from '../extraction.ts';
import { ChildNames } from './child-names.ts';
import { decodeWords, unfolded } from './encoded-words.ts';
import { type HeaderBlock, readHeaderBlock } from './header-block.ts';
import { SourceWindow } from './source-window.ts';

/**
 * Mailboxes in one file (RFC 4155 and its kin): a child a message, by its number and subject. Lines that were escaped
 * because they begin with "From " are given back as they were written. A message at a time is in memory.
 */
export const mboxAdapter: Adapter = {
  name: 'mbox',
  version: 1,
  // Asked only where the content begins with the envelope of a message.
  recognises: () => 0.9,
  read: (bytes, options) => readMailbox(sourceOf(bytes), options),
  readSource: (source, options) => readMailbox(source, options),
};

/** @param windowLength bytes that are looked through at a time, when not the usual number */
export async function* readMailbox(
  source: ByteSource,
  { wanted }: Pick<ReadOptions, 'wanted'>,
  windowLength?: number,
): AsyncGenerator<Extraction> {
  const messages = await messagesOf(new SourceWindow(source, windowLength));
  const names = new ChildNames();
  const digits = Math.max(4, String(messages.length).length);
  for (const [index, { start, end }] of messages.entries()) {
    const number = String(index + 1).padStart(digits, '0');
    if (wanted?.startsWith(number) === false) continue;
    if (end - start > largestMember) {
      yield lostMember(names.take(`${number}.eml`), 'too-large', tooLarge(end - start));
      continue;
    }
    const message = await source.read(start, end);
    const subject = subjectOf(message);
    const name = names.take(`${number}${subject === '' ? '' : ` ${subject}`}.eml`);
    yield { type: 'child', relation: 'member', name, bytes: unescaped(message) };
  }
  const count = `${writtenNumber(messages.length)} message${messages.length === 1 ? '' : 's'}`;
  yield { type: 'container', reason: `A mailbox of ${count}.` };
}

/** A name and a year, and mostly a time before it. Behind it stands a header. */
const envelope = /^From (?:\S.*)?\d{1,2}:\d{2}.*\d{4}|^From \S+ .*\d{4}[ \t]*\r?$/;
const headerField = /^(?:[!-9;-~]+[ \t]*:|>From )/;
/** Bytes of a line that are looked at. */
const longestEnvelope = 1000;
/** Bytes of a message in which its header is looked for at first, and at last. */
const usualHeader = 64 * 1024;
const longestHeader = 16 * 2 ** 20;

/** Where a message lies in its mailbox, without its envelope line. */
interface MessagePlace {
  readonly start: number;
  readonly end: number;
}

/** A length that a message gives of itself counts where it leads to the next envelope. */
async function messagesOf(box: SourceWindow): Promise<readonly MessagePlace[]> {
  const messages: MessagePlace[] = [];
  let start = await box.lineEnd(0);
  while (start < box.size) {
    const next = await nextEnvelope(box, (await lengthGiven(box, start)) ?? start - 1);
    messages.push({ start, end: Math.max(start, await withoutBlankLine(box, next)) });
    start = next >= box.size ? box.size : await box.lineEnd(next);
  }
  return messages;
}

/** Offset of the next envelope behind `from`, or the end. */
async function nextEnvelope(box: SourceWindow, from: number): Promise<number> {
  let at = await box.find('\nFrom ', from);
  while (at !== undefined && !(await isEnvelope(box, at + 1))) at = await box.find('\nFrom ', at + 1);
  return at === undefined ? box.size : at + 1;
}

async function isEnvelope(box: SourceWindow, at: number): Promise<boolean> {
  const line = (await box.bytes(at, at + longestEnvelope)).toString('latin1');
  const feed = line.indexOf('\n');
  const end = feed < 0 ? await box.lineEnd(at) : at + feed + 1;
  if (!envelope.test(feed < 0 ? line : line.slice(0, feed + 1))) return false;
  return headerField.test((await box.bytes(end, end + longestEnvelope)).toString('latin1'));
}

/** Where a `Content-Length` says that the message ends, less the line end; undefined when no envelope stands there. */
async function lengthGiven(box: SourceWindow, start: number): Promise<number | undefined> {
  const header = await headerAt(box, start);
  const field = header?.fields.find(({ name }) => name.toLowerCase() === 'content-length');
  if (header === undefined || field === undefined) return undefined;
  const { bodyStart } = header;
  const end = bodyStart + Number.parseInt(unfolded(field.value), 10);
  if (!(end >= bodyStart && end <= box.size)) return undefined;
  if (end >= box.size - 2) return box.size;
  for (const at of [end, end + 1, end + 2]) {
    const begins = (await box.bytes(at, at + 5)).toString('latin1') === 'From ';
    if (begins && (await isEnvelope(box, at))) return at - 1;
  }
  return undefined;
}

/** The header that begins at an offset, with `bodyStart` as an offset in the mailbox; undefined when it has no end. */
async function headerAt(box: SourceWindow, start: number): Promise<HeaderBlock | undefined> {
  for (let length = usualHeader; length <= longestHeader; length *= 4) {
    const bytes = await box.bytes(start, start + length);
    const { fields, bodyStart } = readHeaderBlock(bytes, 0);
    // Near the end of what is looked at, the lines behind the header may have been cut off.
    const isWhole = bodyStart + longestEnvelope <= bytes.length || start + bytes.length >= box.size;
    if (isWhole) return { fields, bodyStart: start + bodyStart };
  }
  return undefined;
}

/** The empty line before an envelope belongs to the mailbox. */
async function withoutBlankLine(box: SourceWindow, next: number): Promise<number> {
  const tail = (await box.bytes(Math.max(0, next - 4), next)).toString('latin1');
  if (tail.endsWith('\r\n\r\n')) return next - 2;
  return tail.endsWith('\n\n') ? next - 1 : next;
}

/** `>From ` was `From `, `>>From ` was `>From `. */
function unescaped(message: Uint8Array): Uint8Array {
  const buffer = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  if (buffer.indexOf('\n>') < 0) return message;
  const pieces: Uint8Array[] = [];
  let from = 0;
  for (let at = buffer.indexOf('\n>'); at >= 0; at = buffer.indexOf('\n>', at + 1)) {
    let text = at + 1;
    while (buffer[text] === 0x3e) text++;
    if (buffer.toString('latin1', text, text + 5) !== 'From ') continue;
    pieces.push(message.subarray(from, at + 1));
    from = at + 2;
  }
  if (from === 0) return message;
  pieces.push(message.subarray(from));
  return Buffer.concat(pieces);
}

function subjectOf(message: Uint8Array): string {
  const { fields } = readHeaderBlock(message, 0);
  const subject = fields.find(({ name }) => name.toLowerCase() === 'subject');
  return subject === undefined ? '' : decodeWords(unfolded(subject.value));
}
