const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/**
 * Loads a program of dist/ with the code that the build compiled for it, which saves a third of a search's time. The
 * code is good for one version of Node with one set of flags; with any other it is refused, and the source compiled.
 * @param {string} name `start` or `reading`
 * @param {string} work what it will do: the code that is needed for it is loaded, other code compiled when it runs
 */
function load(name, work) {
  const file = join(__dirname, '..', 'dist', `${name}.cjs`);
  const code = codeFile(file, work);
  return execute(compile(file, existsSync(code) ? readFileSync(code) : undefined), file);
}

/** @param {string} file a program @param {string} work */
function codeFile(file, work) {
  return `${file}.${work}.code`;
}

/** @param {string} file @param {Buffer} [cachedData] @returns {Script} */
function compile(file, cachedData) {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
  return new Script(source, { filename: file, cachedData });
}

/** Packages are found from here as from dist/, which lies beside. @param {Script} script @param {string} file */
function execute(script, file) {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, file, dirname(file));
  return module.exports;
}

module.exports = { load, codeFile, compile, execute };
