/**
 * Flags for the readers' V8. There is a process a core, so helper threads of one only take time from the others. A
 * reader lives for seconds, and most of what it runs is run for the first time: Node 20's optimiser, started as eagerly
 * as usual, takes more time than it gives back. Measured together: half of the work on a few hundred pages. Later
 * engines have a compiler in between, and other flags.
 */
export function readerFlags(): readonly string[] {
  const everywhere = ['--single-threaded', '--min-semi-space-size=16', '--max-semi-space-size=32'];
  if (!process.versions.v8.startsWith('11.')) return everywhere;
  return [...everywhere, '--always-sparkplug', '--interrupt-budget=1000000'];
}
