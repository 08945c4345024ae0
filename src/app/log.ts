import type { Case } from './case.ts';

/** Writes a line into the case's log. A case on a read-only disk is searched all the same. */
export async function logCommand(
  { store, settings }: Case,
  command: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  if ((command === 'search' || command === 'ask') && settings.log?.searches === 'off') return;
  await store.log({ at: new Date().toISOString(), command, detail });
}
