import { writtenNumber } from '../../model/written-number.ts';
import type { Adapter, Extraction } from '../extraction.ts';
import { ChildNames } from './child-names.ts';
import { decodeWords, unfolded } from './encoded-words.ts';
import { readHeaderBlock } from './header-block.ts';

/**
 * Mailboxes in one file (RFC 4155 and its kin): a child a message, by its number and subject. Lines that were escaped
 * because they begin with "From " are given back as they were written.
 */
export const mboxAdapter: Adapter = {
  name: 'mbox',
  version: 1,
  // Asked only where the content begins with the envelope of a message.
  recognises: () => 0.9,
  async *read(bytes) {
    yield* readMailbox(bytes);
  },
};

function* readMailbox(bytes: Uint8Array): Generator<Extraction> {
  const messages = messagesOf(bytes);
  const names = new ChildNames();
  const digits = Math.max(4, String(messages.length).length);
  for (const [index, message] of messages.entries()) {
    const number = String(index + 1).padStart(digits, '0');
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

/** The messages without their envelope lines. A length that a message gives of itself counts where it leads to the next envelope. */
function messagesOf(bytes: Uint8Array): Uint8Array[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const messages: Uint8Array[] = [];
  let start = lineEnd(buffer, 0);
  while (start < buffer.length) {
    const next = nextEnvelope(buffer, lengthGiven(bytes, buffer, start) ?? start - 1);
    messages.push(bytes.subarray(start, Math.max(start, withoutBlankLine(buffer, next))));
    start = next >= buffer.length ? buffer.length : lineEnd(buffer, next);
  }
  return messages;
}

/** Offset of the next envelope behind `from`, or the end. */
function nextEnvelope(buffer: Buffer, from: number): number {
  for (
    let at = buffer.indexOf('\nFrom ', Math.max(0, from));
    at >= 0;
    at = buffer.indexOf('\nFrom ', at + 1)
  ) {
    if (isEnvelope(buffer, at + 1)) return at + 1;
  }
  return buffer.length;
}

function isEnvelope(buffer: Buffer, at: number): boolean {
  const end = lineEnd(buffer, at);
  const line = buffer.toString('latin1', at, Math.min(end, at + longestEnvelope));
  return envelope.test(line) && headerField.test(buffer.toString('latin1', end, end + longestEnvelope));
}

/** Where a `Content-Length` says that the message ends, less the line end; undefined when no envelope stands there. */
function lengthGiven(bytes: Uint8Array, buffer: Buffer, start: number): number | undefined {
  const { fields, bodyStart } = readHeaderBlock(bytes, start);
  const field = fields.find(({ name }) => name.toLowerCase() === 'content-length');
  if (field === undefined) return undefined;
  const end = bodyStart + Number.parseInt(unfolded(field.value), 10);
  if (!(end >= bodyStart && end <= buffer.length)) return undefined;
  if (end >= buffer.length - 2) return buffer.length;
  for (const at of [end, end + 1, end + 2]) {
    if (buffer.toString('latin1', at, at + 5) === 'From ' && isEnvelope(buffer, at)) return at - 1;
  }
  return undefined;
}

/** The empty line before an envelope belongs to the mailbox. */
function withoutBlankLine(buffer: Buffer, next: number): number {
  const tail = buffer.toString('latin1', Math.max(0, next - 4), next);
  if (tail.endsWith('\r\n\r\n')) return next - 2;
  return tail.endsWith('\n\n') ? next - 1 : next;
}

function lineEnd(buffer: Buffer, at: number): number {
  const feed = buffer.indexOf(0x0a, at);
  return feed < 0 ? buffer.length : feed + 1;
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
