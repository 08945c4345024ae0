import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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
