import { createCase, openCase } from '../../../src/store/sqlite/case-folder.ts';
import { collect, idOf, putTags, sampleCopy, sampleDocument, sampleInput, sampleLabel } from '../samples.ts';
import { versions } from './temporary-folders.ts';

/*
 * What the crash tests run in a process of its own, to be killed: `node child.mjs MODE FOLDER`. Says `ready` once the
 * modules are loaded, then does its work.
 */

const documentCount = 60;
const perTransaction = 3;

async function fill(folder: string): Promise<void> {
  const { store } = openCase(folder, { access: 'write' });
  await store.write(() => store.setRoot('papers', '/papers'));
  for (let first = 0; first < documentCount; first += perTransaction) {
    const names = Array.from({ length: perTransaction }, (_, i) => `document ${first + i}`);
    if (await store.hasDocument(idOf(names[0] ?? ''))) continue;
    await store.write(async () => {
      for (const name of names) {
        await store.putDocument(sampleDocument(name, `${name} says much.\n`.repeat(3000)));
        await store.putCopy(sampleCopy(name, `${name}.txt`));
        await store.putInput(sampleInput(name, `${name}.txt`));
        await putTags(store, [sampleLabel('seen', name)]);
      }
    });
    await store.log({ at: new Date().toISOString(), command: 'fill', detail: { first } });
  }
  await store.close();
}

/** Prints what a reader gets: the digest, or the sentence of the error. */
async function look(folder: string): Promise<void> {
  try {
    const { store } = openCase(folder);
    const problems = await collect(store.check());
    const logged = await store.log({ at: '', command: 'look', detail: {} });
    console.log(JSON.stringify({ digest: await store.digest(), problems, logged }));
    await store.close();
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
  try {
    await openCase(folder, { access: 'write' }).store.close();
    console.log(JSON.stringify({ writable: true }));
  } catch (error) {
    console.log(JSON.stringify({ writable: false, error: String(error) }));
  }
}

const modes: Readonly<Record<string, (folder: string) => Promise<void>>> = {
  fill,
  look,
  make: (folder) => createCase(folder, versions).store.close(),
};

const [mode = '', folder = ''] = process.argv.slice(2);
console.log('ready');
await modes[mode]?.(folder);
