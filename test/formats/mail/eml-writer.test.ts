import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeMessage } from '../../../src/formats/mail/eml-writer.ts';
import { bodyOf, childrenOf, tell } from './read.ts';
import '../../seed.ts';

// Messages of an Outlook mailbox leave it in this form, so that what is written must be read back.

const words = fc.stringMatching(/^[a-zé–中 .,;="-]{1,40}$/).filter((text) => text.trim() !== '');
const files = fc.array(fc.record({ name: words, bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }) }), {
  maxLength: 4,
});

test('a written message is read back: fields, body, files', async () => {
  await fc.assert(
    fc.asyncProperty(words, words, files, async (subject, text, attached) => {
      const written = writeMessage({
        fields: [['Subject', subject]],
        versions: [{ type: 'text/plain', text }],
        files: attached.map((file) => ({ ...file, type: 'application/octet-stream' })),
      });
      const told = await tell(written);
      expect(told.metadata?.title).toBe(subject.trim().replaceAll(/\s+/g, ' '));
      expect(bodyOf(told)).toEqual([`body ${text.trimEnd()}`]);
      expect((await childrenOf(written)).map((bytes) => [...bytes])).toEqual(
        attached.map(({ bytes }) => [...bytes]),
      );
      expect(
        Buffer.compare(
          written,
          writeMessage({
            fields: [['Subject', subject]],
            versions: [{ type: 'text/plain', text }],
            files: attached.map((file) => ({ ...file, type: 'application/octet-stream' })),
          }),
        ),
      ).toBe(0);
    }),
  );
});

test('a message in a message comes as one, and no field breaks out of its line', async () => {
  const inner = writeMessage({ fields: [['Subject', 'Inner']], versions: [], files: [] });
  const told = await tell(
    writeMessage({
      fields: [['Subject', 'Outer\r\nBcc: somebody']],
      versions: [{ type: 'text/html', text: '<p>Words.</p>' }],
      files: [{ name: 'Inner.eml', type: 'message/rfc822', bytes: inner }],
    }),
  );
  expect(told.metadata).toMatchObject({ title: 'Outer Bcc: somebody' });
  expect(told.metadata?.message?.bcc).toBeUndefined();
  expect(Object.keys(told.children)).toEqual(['Inner.eml']);
  expect(told.children['Inner.eml']).toContain('Subject: Inner');
});
