import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sourceOf } from '../../../src/formats/byte-source.ts';
import type { Extraction } from '../../../src/formats/extraction.ts';
import { mboxAdapter, readMailbox } from '../../../src/formats/mail/mbox-adapter.ts';
import { tell } from './read.ts';
import '../../seed.ts';

const envelope = 'From a@example.org Mon Jun  1 10:00:00 2009';

/** A mailbox as mboxrd has it: lines that begin like an envelope, escaped or not, get one more `>`. */
function mailbox(messages: readonly string[], lineEnd: string): Buffer {
  const escaped = messages.map((text) => text.replaceAll(/^(>*From )/gm, '>$1'));
  const all = escaped.map((text) => `${envelope}\n${text}\n\n`).join('');
  return Buffer.from(all.replaceAll('\n', lineEnd));
}

const bodies = fc
  .array(fc.constantFrom('From here on', '>From there', '>>From nowhere', '> quoted', '', 'words', envelope))
  .map((lines) => lines.join('\n'));

describe('mailboxes', () => {
  test.each([['\n'], ['\r\n']])('give back every message as it was written (%j)', async (lineEnd) => {
    await fc.assert(
      fc.asyncProperty(fc.array(bodies, { minLength: 1, maxLength: 6 }), async (texts) => {
        const messages = texts.map((text, at) => `From: a@example.org\nSubject: m${at}\n\n${text}`);
        const { children, container } = await tell(mailbox(messages, lineEnd), 'mbox');
        expect(Object.values(children).map((text) => text.replaceAll(lineEnd, '\n').trimEnd())).toEqual(
          messages.map((text) => text.trimEnd()),
        );
        expect(container).toMatch(new RegExp(`of ${messages.length} message`));
      }),
    );
  });

  test('a line like an envelope is none unless a header follows', async () => {
    const text = `${envelope}\nFrom: a\nReceived: b\n\nWords.\n\n${envelope}\nand so on\n`;
    const { children } = await tell(Buffer.from(text), 'mbox');
    expect(Object.keys(children)).toEqual(['0001.eml']);
  });

  test('a length that leads nowhere is not believed', async () => {
    const one = `${envelope}\nFrom: a\nSubject: s\nContent-Length: 999999\n\nWords.\n\n`;
    const { children } = await tell(Buffer.from(one + one), 'mbox');
    expect(Object.keys(children)).toEqual(['0001 s.eml', '0002 s.eml']);
  });
});

async function all(extractions: AsyncIterable<Extraction>): Promise<readonly Extraction[]> {
  const found: Extraction[] = [];
  for await (const extraction of extractions) found.push(extraction);
  return found;
}

const mbox = { extension: 'mbox' };

describe('a mailbox that is larger than memory', () => {
  const lengths = fc.constantFrom(
    '',
    'Content-Length: 7\n',
    'Content-Length: 20\n',
    'Content-Length: 9999\n',
  );
  const written = fc
    .array(fc.tuple(lengths, bodies), { maxLength: 6 })
    .map((messages) =>
      Buffer.from(messages.map(([field, text]) => `${envelope}\nFrom: a\n${field}\n${text}\n\n`).join('')),
    );

  test('gives the same messages, however little of it is looked at at a time', async () => {
    await fc.assert(
      fc.asyncProperty(written, fc.integer({ min: 1, max: 200 }), async (bytes, window) => {
        const inPieces = await all(readMailbox(sourceOf(bytes), {}, window));
        expect(inPieces).toEqual(await all(mboxAdapter.read(bytes, mbox)));
      }),
    );
  });

  test('is read a message at a time', async () => {
    const message = `${envelope}\nFrom: a\nSubject: s\n\n${'Words.\n'.repeat(2000)}\n`;
    const bytes = Buffer.from(message.repeat(400));
    let most = 0;
    const source = {
      ...sourceOf(bytes),
      read: async (start: number, end: number) => {
        most = Math.max(most, end - start);
        return bytes.subarray(start, end);
      },
    };
    const readSource = mboxAdapter.readSource;
    const found = readSource === undefined ? [] : await all(readSource(source, mbox));
    expect(found).toHaveLength(401);
    expect(most).toBeLessThan(bytes.length / 4);
  });

  test('gives the one message that is asked for alone', async () => {
    const one = (subject: string) => `${envelope}\nFrom: a\nSubject: ${subject}\n\nWords.\n\n`;
    const bytes = Buffer.from(one('first') + one('second'));
    const found = await all(mboxAdapter.read(bytes, { ...mbox, wanted: '0002 second.eml' }));
    expect(found.map((one) => (one.type === 'child' ? one.name : one.type))).toEqual([
      '0002 second.eml',
      'container',
    ]);
  });
});
