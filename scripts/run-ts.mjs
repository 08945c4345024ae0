// Runs a TypeScript program of the project: bundles it beside the sources and imports the bundle, since Node 20 does
// not strip types. Usage: node scripts/run-ts.mjs PROGRAM.ts [ARGUMENTS…]
import { mkdtempSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const program = process.argv[2];
if (program === undefined) throw new Error('Name a program: node scripts/run-ts.mjs bench/main.ts');
const folder = mkdtempSync(resolve('node_modules', '.run-'));
const outfile = join(folder, `${basename(program, '.ts')}.mjs`);
try {
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    sourcemap: 'inline',
  });
  process.argv.splice(1, 2, resolve(program));
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
