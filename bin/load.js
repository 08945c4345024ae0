import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/**
 * Loads a program of dist/ with the code that the build compiled for it, which saves a third of a search's time. The
 * code is good for one version of Node with one set of flags; with any other it is refused, and the source compiled.
 * @param {string} name `start` or `reading`
 */
export function load(name) {
  const file = fileURLToPath(new URL(`../dist/${name}.cjs`, import.meta.url));
  const code = existsSync(`${file}.code`) ? readFileSync(`${file}.code`) : undefined;
  return execute(compile(file, code), file);
}

/**
 * Programs are ASCII, as the build makes them: read as Latin-1, V8 keeps them in one byte a character.
 * @param {string} file @param {Buffer} [cachedData] @returns {Script}
 */
export function compile(file, cachedData) {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`;
  return new Script(source, { filename: file, cachedData });
}

/** @param {Script} script @param {string} file */
export function execute(script, file) {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}
