import { mendCompoundFile } from './compound-mend.ts';
import { CompoundStreams } from './compound-streams.ts';

/** Passwords under which Office programs save what they protect only from changes, and which they try by themselves. */
const programsOwn = ['VelvetSweatshop', '/01Hannes Ruescher/01'];

/** The most rounds that a password may go through (MS-OFFCRYPTO 2.3.4.10): a file that asks for more is damaged, and would never be opened. */
const mostRounds = 10_000_000;

/** What became of an encrypted file: its bytes without the encryption, or a sentence that says why not. */
export type OpenedOffice =
  | { readonly type: 'opened'; readonly bytes: Uint8Array }
  | { readonly type: 'closed'; readonly reason: string };

/**
 * Takes the encryption off an Office file (MS-OFFCRYPTO): a newer one in its wrapper, or an XLS, DOC or PPT. The
 * passwords are tried in their order, after those that the programs try by themselves.
 */
export async function openEncryptedOffice(
  bytes: Uint8Array,
  passwords: readonly string[] = [],
): Promise<OpenedOffice> {
  // the library follows every chain of sectors, also one that comes round
  const sound = mendCompoundFile(bytes).bytes;
  if (roundsAskedFor(sound) > mostRounds) return beyond;
  const { default: library } = await import('officecrypto-tool');
  const file = Buffer.from(sound.buffer, sound.byteOffset, sound.length);
  let beyondUs = false;
  for (const password of [...programsOwn, ...passwords]) {
    // the library reads a password of up to 255 characters, and none that is empty
    if (password === '' || password.length > 255) continue;
    try {
      const opened = await library.decrypt(file, { password });
      // a file in which it finds no encryption it gives back as it is; reading that again would have no end
      return opened.equals(file) ? beyond : { type: 'opened', bytes: opened };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (error.message !== 'The password is incorrect') beyondUs = true;
    }
  }
  if (beyondUs) return beyond;
  return {
    type: 'closed',
    reason:
      passwords.length === 0
        ? 'The file is protected by a password.'
        : 'The file is protected by a password; none of those given opens it.',
  };
}

const beyond: OpenedOffice = {
  type: 'closed',
  reason: 'The file is protected in a way that pincite cannot undo, or is damaged.',
};

/** How often a password is to be hashed, where the file says so in words: 0 elsewhere. */
function roundsAskedFor(bytes: Uint8Array): number {
  const streams = new CompoundStreams(bytes);
  const said = Buffer.from(streams.stream('EncryptionInfo') ?? []).toString('latin1');
  const rounds = [...said.matchAll(/spinCount="(\d+)"/g)].map(([, digits]) => Number(digits));
  return Math.max(0, ...rounds);
}
