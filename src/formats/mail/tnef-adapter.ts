import type { Adapter } from '../extraction.ts';
import { type MailFile, presentMessage } from './mail-message.ts';
import { readOutlookPackage } from './outlook-package.ts';

/** A message that Outlook packed for Outlook, lying alone: the `winmail.dat` of an e-mail that is not there. */
export const tnefAdapter: Adapter = {
  name: 'tnef',
  version: 1,
  recognises: () => 0.9, // asked only where the content has the format's own mark
  async *read(bytes) {
    const { fields, body, files, problem } = readOutlookPackage(bytes);
    const lost: readonly MailFile[] =
      problem === undefined
        ? []
        : [{ name: 'winmail.dat', type: 'application/ms-tnef', outcome: 'failed', reason: problem }];
    yield* presentMessage({ fields, body, files: [...files, ...lost], remarks: [] }, 'tnef');
  },
};
