import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
// @ts-expect-error: a script of the build, without types
import { lazyModules } from '../../scripts/lazy-modules.mjs';

/** Inside the project, where its packages are found. */
const folder = mkdtempSync(resolve('node_modules', '.lazy-modules-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program gives out that is bundled as ours are. */
async function bundled(source: string): Promise<unknown> {
  const entry = join(folder, 'entry.mjs');
  const outfile = join(folder, 'program.cjs');
  writeFileSync(entry, source);
  const shape = { bundle: true, format: 'cjs', platform: 'node', minifyIdentifiers: true } as const;
  await build({ entryPoints: [entry], outfile, plugins: [lazyModules], ...shape });
  return createRequire(outfile)(outfile);
}

test('functions of modules that are loaded late can be called, and their classes made', async () => {
  const program = await bundled(`
    import { createHash, X509Certificate } from 'node:crypto';
    import { Inflate, deflateSync, strFromU8, strToU8 } from 'fflate';
    import { Worker } from 'node:worker_threads';

    export const hash = createHash('sha256').update('').digest('hex').slice(0, 8);
    let pieces = '';
    new Inflate((piece) => { pieces += strFromU8(piece); }).push(deflateSync(strToU8('papers')), true);
    export const text = pieces;
    const said = (make) => { try { make(); return ''; } catch (error) { return error.code ?? String(error); } };
    export const certificate = said(() => new X509Certificate(Buffer.from('no certificate')));
    export const thread = said(() => new Worker(1));
  `);
  expect(program).toMatchObject({ hash: 'e3b0c442', text: 'papers', thread: 'ERR_INVALID_ARG_TYPE' });
  expect(program).toHaveProperty('certificate', expect.stringMatching(/^ERR_OSSL/));
});
