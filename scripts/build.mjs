// Bundles the three programs into dist/, a file each, and compiles them: start-up then reads one file and its code
// instead of hundreds of files. Packages with binaries or WASM stay outside and are loaded when they are needed.
// Usage: node scripts/build.mjs [--names]: with the names of functions, for profiles; they take a twentieth of a search.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { lazyModules } from './lazy-modules.mjs';

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: {
    search: 'src/cli/search-program.ts',
    start: 'src/cli/start-program.ts',
    reading: 'src/app/ingest/reading-program.ts',
  },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  // Compiled code is loaded as a script, and a script asks for packages with require.
  supported: { 'dynamic-import': false },
  plugins: [lazyModules],
  alias: {
    '@neon-rs/load': './scripts/native-target.mjs',
    'detect-libc': './scripts/c-library.mjs',
  },
  external: [
    '@libsql/*',
    '@kenjiuno/msgreader',
    'pdf-parse',
    'pst-extractor',
    'write-excel-file',
    'yaml',
    'tesseract.js-core',
    '@tesseract.js-data/*',
    'zod',
    '@e965/xlsx',
    '@e965/xlsx/*',
    'officecrypto-tool',
    'libarchive-wasm',
    'seek-bzip',
    'xz-decompress',
  ],
  minifySyntax: true,
  minifyWhitespace: true,
  minifyIdentifiers: !process.argv.includes('--names'),
  legalComments: 'linked',
  define: { 'import.meta.url': 'here.url' },
  banner: {
    js: "const here = { get url() { return require('node:url').pathToFileURL(__filename).href; } };",
  },
});

// The loader takes a program for Latin-1, so that V8 keeps it in one byte a character. esbuild escapes what is not ASCII
// in strings, but not in regular expressions, where an escape means the same. It is a function already in its file, as
// the loader needs it: put around it when it is loaded, it would be copied once more.
for (const program of ['reading', 'search', 'start']) {
  const file = `dist/${program}.cjs`;
  const escaped = readFileSync(file, 'utf8').replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(file, `(function (exports, require, module, __filename, __dirname) {${escaped}\n})`);
}

const warmUp = fileURLToPath(new URL('warm-up.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'pincite-build-'));
try {
  for (const [program, work] of [
    ['reading', 'reading'],
    ['start', 'ingest'], // makes the case that the next ask
    ['search', 'search'],
    ['search', 'other'],
    ['start', 'other'],
  ]) {
    const { status } = spawnSync(process.execPath, [warmUp, program, work, folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) throw new Error(`the code of ${program} for ${work} could not be compiled`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
