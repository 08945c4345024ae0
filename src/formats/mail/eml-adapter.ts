import type { Adapter } from '../extraction.ts';
import { sniffText } from '../text/decode.ts';
import { presentMessage } from './mail-message.ts';
import { readMimeMessage } from './mime-message.ts';

/**
 * E-mail as it was sent (RFC 5322, MIME). The text is the header, decoded and complete, and the body; what came with
 * it are children. Nothing is fetched.
 */
export const emlAdapter: Adapter = {
  name: 'eml',
  version: 1,
  // Asked where the content begins with a header, and of files that are named for a message.
  recognises: ({ head }) => (/^[!-9;-~]+[ \t]*:/.test(sniffText(head).trimStart()) ? 0.9 : 0),
  async *read(bytes) {
    yield* presentMessage(await readMimeMessage(bytes), 'mime');
  },
};
