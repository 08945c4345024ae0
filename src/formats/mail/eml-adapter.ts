import type { Adapter } from '../extraction.ts';
import { presentMessage } from './mail-message.ts';
import { readMimeMessage } from './mime-message.ts';

/**
 * E-mail as it was sent (RFC 5322, MIME). The text is the header, decoded and complete, and the body; what came with
 * it are children. Nothing is fetched.
 */
export const emlAdapter: Adapter = {
  name: 'eml',
  version: 1,
  // Asked only where the content begins with a header.
  recognises: () => 0.9,
  async *read(bytes) {
    yield* presentMessage(await readMimeMessage(bytes), 'mime');
  },
};
