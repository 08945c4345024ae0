/**
 * Flags for the readers' V8. The heap is first looked through at 128 MB, which most readers never come to, and then
 * whenever it has grown by a tenth, where V8 would let it double: with the largest documents, garbage took as much of a
 * reader's memory as what it held, for some hundredths of the time.
 *
 * There is a process a core, so helper threads of one only take time from the others. A
 * reader lives for seconds, and most of what it runs is run for the first time: Node 20's optimiser, started as eagerly
 * as usual, takes more time than it gives back. So it waits longer, the longer the larger a function is, and never
 * compiles a loop that is running, only to compile its function once more at the next document. Measured together: half
 * of the work on a few hundred pages, a tenth of it by the last; one text of 17,000 pages takes a quarter longer for it.
 * Later engines have a compiler in between, and other flags. Most of PDFium's functions are never called: each is
 * checked as it is first called.
 *
 * Patterns are compiled at once, where V8 would interpret each the first time and compile it anew the second: nearly all
 * are used again, and compiling a class of Unicode twice takes longer than all that is then looked for with it.
 *
 * `gc` is there for `readDocument` to call: V8 does not see how much of a reader's memory columns and buffers take.
 */
export function readerFlags(): readonly string[] {
  const everywhere = [
    '--single-threaded',
    '--expose-gc',
    '--initial-old-space-size=128',
    '--heap-growing-percent=10',
    '--min-semi-space-size=16',
    '--max-semi-space-size=32',
  ];
  if (!process.versions.v8.startsWith('11.')) return everywhere;
  return [
    ...everywhere,
    '--always-sparkplug',
    '--interrupt-budget=2000000',
    '--ticks-before-optimization=1',
    '--bytecode-size-allowance-per-tick=100',
    '--no-use-osr',
    '--wasm-lazy-validation',
    '--no-regexp-tier-up',
  ];
}
