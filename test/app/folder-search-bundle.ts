import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const cache = 'node_modules/.cache/pincite-tests/folder-search';

/**
 * The uses that the tests run, with the program of the reading processes beside them, bundled from the sources as they
 * stand: Node 20 cannot run a child process from TypeScript.
 */
export async function bundledUses(): Promise<typeof import('./folder-search-uses.ts')> {
  await build({
    absWorkingDir: root,
    entryPoints: { uses: 'test/app/folder-search-uses.ts', reading: 'test/app/reading-entry.ts' },
    outdir: cache,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    chunkNames: 'parts/[name]-[hash]',
  });
  return import(pathToFileURL(resolve(root, cache, 'uses.js')).href);
}
