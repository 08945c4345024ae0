const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { setFlagsFromString } = require('node:v8');
const { Script } = require('node:vm');

/**
 * Loads a program of dist/ with the code that the build compiled for it, which saves a third of a search's time. The
 * code is good for one version of Node with one set of flags; with any other it is refused, and the source compiled.
 * @param {string} name `search`, `start` or `reading`
 * @param {string} work what it will do: the code that is needed for it is loaded, other code compiled when it runs
 */
function load(name, work) {
  const file = join(__dirname, '..', 'dist', `${name}.cjs`);
  const code = codeFile(file, work);
  const script = compile(file, existsSync(code) ? readFileSync(code) : undefined);
  if (work !== 'reading' && work !== 'ingest') optimiseLater();
  return execute(script, file);
}

/** The commands that the program `search` is made of; `start` has these and all others. */
const finding = ['search', 'ask', 'explain', 'facets', 'show', 'docs'];

/**
 * The program, and its work, for a line that begins with a word.
 * @param {string | undefined} word
 * @returns {[name: string, work: string]}
 */
function programFor(word) {
  if (finding.includes(word)) return ['search', word === 'search' ? 'search' : 'other'];
  return ['start', word === 'ingest' ? 'ingest' : 'other'];
}

/**
 * A search is over before most of what it runs is worth optimising: started as eagerly as usual, the optimiser of Node 20
 * takes a third of its time and gives nothing back. So a function must have run seven times as much before it is
 * optimised; what runs for seconds is no slower for it. Later engines have a compiler in between, and need no help.
 * WebAssembly is optimised beside, by a thread of its own, but there may be no processor for that: eleven times as much.
 */
function optimiseLater() {
  if (!process.versions.v8.startsWith('11.')) return;
  setFlagsFromString('--interrupt-budget=1000000');
  setFlagsFromString('--wasm-tiering-budget=20000000');
}

/** @param {string} file a program @param {string} work */
function codeFile(file, work) {
  return `${file}.${work}.code`;
}

/** @param {string} file @param {Buffer} [cachedData] @returns {Script} */
function compile(file, cachedData) {
  return new Script(readFileSync(file, 'latin1'), { filename: file, cachedData });
}

/** Packages are found from here as from dist/, which lies beside. @param {Script} script @param {string} file */
function execute(script, file) {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, file, dirname(file));
  return module.exports;
}

module.exports = { load, programFor, codeFile, compile, execute };
