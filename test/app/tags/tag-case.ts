import { createHash } from 'node:crypto';
import type { Case } from '../../../src/app/case.ts';
import { OpenedDocument } from '../../../src/app/opened-document.ts';
import { rulesIn } from '../../../src/app/tags/apply-rules.ts';
import { type TagTarget, targetOfPassage } from '../../../src/app/tags/tag-target.ts';
import { createMemoryEngine } from '../../../src/engine/memory/memory-engine.ts';
import { originColumns, type Tag } from '../../../src/model/tag.ts';
import { positionDocument } from '../../../src/query/positions.ts';
import { encodeDocument } from '../../../src/store/encoding.ts';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import { collect, idOf, sampleCopy, sampleDocument, sampleOutline } from '../../store/samples.ts';

const versions = { tokenizerVersion: 1, unicodeVersion: '0', toolVersion: '0' };

/** A case in memory; each line of a text is a passage. */
export async function tagCase(texts: ReadonlyMap<string, string>): Promise<Case> {
  const [store, engine] = [createMemoryStore(versions), createMemoryEngine()];
  const open: Case = { directory: '', store, engine, settings: {}, close: async () => undefined };
  for (const [name, text] of texts) await addPaper(open, name, text);
  return open;
}

/** Puts a document into a case, in the place of another one when it is to be its next version. */
export async function addPaper(
  { store, engine }: Case,
  name: string,
  text: string,
  path = name,
): Promise<void> {
  const outline = sampleOutline(text);
  const positioned = positionDocument(text, outline);
  const { record } = sampleDocument(name, text);
  await store.write(async () => {
    const whole = { ...record, words: positioned.words };
    await store.putDocument(encodeDocument(whole, text, outline, positioned));
    await store.putCopy(sampleCopy(name, `${path}.txt`));
    await engine.put([{ id: record.id, words: positioned.words, postings: positioned.postings }]);
  });
}

/** What a tag on a line of a document holds on to. */
export async function targetOfLine({ store }: Case, name: string, line: number): Promise<TagTarget> {
  return targetOfPassage(await OpenedDocument.open(store, idOf(name)), line);
}

export async function rulesOf(open: Case, rules: readonly object[], exclusive: readonly unknown[] = []) {
  // JSON is YAML as well.
  return rulesIn(open, JSON.stringify({ exclusive, rules }), 'rules.yaml');
}

/** The tags of a case as one text: what they are, who says so, and their notes. */
export async function tagsIn({ store }: Case): Promise<readonly string[]> {
  return (await collect(store.tags())).map(tagText);
}

function tagText({ name, document, place, note = '', origins }: Tag): string {
  const from = origins.map((origin) => originColumns(origin).join(' ')).join(' + ');
  const at = `${document.slice(0, 6)}@${place?.reference ?? ''}`;
  return `${name} ${at} [${from}] ${note}`;
}

/** A digest of the tags alone. */
export async function tagDigest(open: Case): Promise<string> {
  const text = [await tagsIn(open), await open.store.exclusiveTags()];
  return createHash('sha256').update(JSON.stringify(text)).digest('hex');
}
