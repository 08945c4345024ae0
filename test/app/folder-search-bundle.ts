import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const cache = 'node_modules/.cache/pincite-tests';

/**
 * The uses that the tests run, with the program of the reading processes beside them, bundled from the sources as they
 * stand: Node 20 cannot run a child process from TypeScript.
 * @param name of the test file, for a place of its own: test files run at the same time.
 */
export async function bundledUses(name: string): Promise<typeof import('./folder-search-uses.ts')> {
  await build({
    absWorkingDir: root,
    entryPoints: { uses: 'test/app/folder-search-uses.ts', reading: 'test/app/reading-entry.ts' },
    outdir: join(cache, name),
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    chunkNames: 'parts/[name]-[hash]',
  });
  return import(pathToFileURL(resolve(root, cache, name, 'uses.js')).href);
}
