import { setFlagsFromString } from 'node:v8';

// A reading process lives for seconds, and most of what it runs is run for the first time. The optimiser of Node 20's
// V8, started as eagerly as usual, takes more time than it gives back: waiting longer for it saves a third of the work
// on a few hundred pages and costs nothing on many. Later engines have a compiler in between, and other flags.
if (process.versions.v8.startsWith('11.')) {
  setFlagsFromString('--always-sparkplug');
  setFlagsFromString('--interrupt-budget=1000000');
}
