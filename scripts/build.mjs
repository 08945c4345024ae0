// Bundles the program into dist/: start-up reads a few files instead of hundreds. Packages with binaries or WASM
// stay outside and are loaded from node_modules when they are needed.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: { start: 'src/cli/start.ts', reading: 'src/app/ingest/reading-program.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: ['libsql', '@embedpdf/pdfium', 'pdf-parse'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  chunkNames: 'parts/[name]-[hash]',
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
});
