import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAssignments } from '../../src/app/set.ts';
import { type Ended, emptyFolder, pincite } from './pincite.ts';

const form = `WITNESS STATEMENT

Statement of: Jane Hollis
Occupation: Harbour master

1. I am the harbour master at Saltmere and have been so since 2004.

2. On 8 November 2014 I was on the quay. I saw the lamp go out at ten.

3. I saw nobody else. I saw the lamp go out at ten.

This statement is true to the best of my knowledge and belief.
Dated: 4 December 2014
`;

const notes = 'The ferry was late.\n\nThe lantern was lit when the ferry came.\n\nNobody was there.\n';

interface Papers {
  readonly folder: string;
  readonly papers: string;
}

async function caseWithPapers(): Promise<Papers> {
  const folder = emptyFolder();
  const papers = join(emptyFolder(), 'papers');
  cpSync(emptyFolder(), papers, { recursive: true });
  writeFileSync(join(papers, 'hollis.txt'), form);
  writeFileSync(join(papers, 'notes.txt'), notes);
  await pincite(folder, ['init']);
  await pincite(folder, ['ingest', papers]);
  return { folder, papers };
}

async function json(folder: string, words: readonly string[]) {
  const { stdout } = await pincite(folder, [...words, '--format', 'json']);
  return JSON.parse(stdout);
}

async function documentNamed(folder: string, file: string) {
  const { documents } = await json(folder, ['docs']);
  return documents.find(({ path }: { path: string }) => path.endsWith(`/${file}`));
}

async function digest(folder: string): Promise<string> {
  return (await pincite(folder, ['verify', '--digest'])).stdout;
}

describe('set', () => {
  test('goes before what the text says, and an empty value takes it back', async () => {
    const { folder } = await caseWithPapers();
    const untouched = await digest(folder);
    const words = [
      'title=First statement',
      'date=1/2/2015',
      'reference=SAM000900',
      'source=police',
      'witness=PC 12 Hollis',
    ];
    const { after, reread } = await json(folder, ['set', 'hollis.txt', ...words]);
    expect(after).toMatchObject({
      title: 'First statement',
      date: '2015-02-01',
      reference: 'SAM000900',
      source: 'police',
      witness: 'PC 12 Hollis',
      kind: 'statement',
    });
    expect(reread).toBe(false);
    const [hit] = (await json(folder, ['search', '"harbour master at"'])).hits;
    expect(hit.citation).toBe('First statement (2015), para 1');
    await pincite(folder, ['set', 'SAM000900', 'title=', 'date=', 'reference=', 'source=papers', 'witness=']);
    await pincite(folder, ['set', 'hollis.txt', 'source=']);
    expect(await digest(folder)).toBe(untouched);
  });

  test('of another kind reads the original again; setting it back leaves no trace', async () => {
    const { folder } = await caseWithPapers();
    const untouched = await digest(folder);
    const { after, reread } = await json(folder, ['set', 'hollis.txt', 'kind=plain']);
    expect([after.kind, after.confidence, reread]).toEqual(['plain', 1, true]);
    const [plain] = (await json(folder, ['search', '"harbour master at"'])).hits;
    expect(plain.place.kind).not.toBe('paragraph');
    expect((await pincite(folder, ['verify'])).code).toBe(0);
    await pincite(folder, ['set', 'hollis.txt', 'kind=']);
    expect(await digest(folder)).toBe(untouched);
  });

  test('tags follow their words, and the ones that cannot are listed and found no more', async () => {
    const { folder } = await caseWithPapers();
    await pincite(folder, ['tag', 'add', 'quay', '--query', 'quay']);
    await pincite(folder, ['tag', 'add', 'ten', '--query', '"lamp go out"']);
    await pincite(folder, ['tag', 'add', 'whole', '--doc', 'hollis.txt']);
    const before = await json(folder, ['search', 'tag:quay quay']);
    expect(before.totals.hits).toBe(1);
    const { tags } = await json(folder, ['set', 'hollis.txt', 'kind=plain']);
    expect(tags.moved + tags.lost.length).toBeGreaterThan(0);
    const after = await json(folder, ['search', 'tag:quay quay']);
    const lost = tags.lost.some(({ tag }: { tag: string }) => tag === 'quay');
    expect(after.totals.hits).toBe(lost ? 0 : 1);
    expect((await json(folder, ['search', 'tag:whole quay'])).totals.hits).toBe(1);
    await pincite(folder, ['set', 'hollis.txt', 'kind=']);
    expect((await json(folder, ['search', 'tag:quay quay'])).totals.hits).toBe(1);
    expect((await json(folder, ['search', 'tag:ten lamp'])).totals.hits).toBe(2);
  });

  test('changes nothing when the original is gone or is another', async () => {
    const { folder, papers } = await caseWithPapers();
    const untouched = await digest(folder);
    renameSync(papers, `${papers}-moved`);
    const gone = await pincite(folder, ['set', 'hollis.txt', 'kind=plain', 'title=New']);
    expect(gone.code).toBe(2);
    expect(gone.stderr).toContain('it is not there');
    expect(gone.stderr.replace(/\s+/g, ' ')).toContain('pincite relocate');
    await pincite(folder, ['relocate', 'papers', `${papers}-moved`]);
    writeFileSync(join(`${papers}-moved`, 'hollis.txt'), `${form}More.\n`);
    const changed = await pincite(folder, ['set', 'hollis.txt', 'kind=plain']);
    expect([changed.code, changed.stderr.includes('has changed')]).toEqual([2, true]);
    expect(await digest(folder)).toBe(untouched);
    expect((await pincite(folder, ['set', 'hollis.txt', 'title=New'])).code).toBe(0);
  });

  test('what was set by hand outlives manifests, and the rest follows them', async () => {
    const { folder, papers } = await caseWithPapers();
    const manifest = join(emptyFolder(), 'manifest.csv');
    const row = (title: string, reference: string) =>
      writeFileSync(
        manifest,
        `file,title,reference,kind\n${join(papers, 'notes.txt')},${title},${reference},log\n`,
      );
    const ingest = (): Promise<Ended> => pincite(folder, ['ingest', papers, '--manifest', manifest]);
    row('From the manifest', 'SAM000001');
    await ingest();
    expect(await documentNamed(folder, 'notes.txt')).toMatchObject({
      title: 'From the manifest',
      kind: 'log',
    });
    await pincite(folder, ['set', 'notes.txt', 'title=By hand', 'kind=report']);
    const byHand = await digest(folder);
    await ingest();
    expect(await digest(folder)).toBe(byHand);
    row('Another title', 'SAM000002');
    await ingest();
    expect(await documentNamed(folder, 'notes.txt')).toMatchObject({
      title: 'By hand',
      kind: 'report',
      reference: 'SAM000002',
      confidence: 1,
    });
  });

  test.each([
    ['nothing=1', 'sets nothing'],
    ['kind=poem', 'no kind of document'],
    ['date=2015-02-30', 'no date'],
    ['day=twelve', 'no day number'],
    ['title', 'sets nothing'],
  ])('%s is refused', (word, message) => {
    expect(() => parseAssignments([word])).toThrow(message);
    expect(() => parseAssignments(['title=a', word])).toThrow(message);
  });

  test('a key given twice is refused', () => {
    expect(() => parseAssignments(['title=a', 'TITLE=b'])).toThrow('given twice');
  });
});

describe('a new version of a file', () => {
  test('takes the tags whose words are still there, and lists the others', async () => {
    const { folder, papers } = await caseWithPapers();
    await pincite(folder, ['tag', 'add', 'late', '--query', '"ferry was late"']);
    await pincite(folder, ['tag', 'add', 'lit', '--query', 'lantern']);
    const older = (await json(folder, ['search', '"ferry was late"'])).hits[0];
    writeFileSync(join(papers, 'notes.txt'), `A new beginning.\n\n${notes.replace('lantern', 'lamp')}`);
    const { tags, newVersions } = await json(folder, ['ingest', papers]);
    expect(newVersions).toHaveLength(1);
    expect(tags.moved).toBe(1);
    expect(tags.lost).toMatchObject([{ tag: 'lit' }]);
    const [newer] = (await json(folder, ['search', 'tag:late ferry'])).hits;
    expect(newer.document.id).not.toBe(older.document.id);
    expect((await json(folder, ['search', 'tag:lit'])).totals.hits).toBe(0);
    const opened = await pincite(folder, ['show', older.ref]);
    expect(opened.code).toBe(0);
  });
});

describe('ingest --reread', () => {
  test('with the same readers changes nothing, tags included', async () => {
    const { folder, papers } = await caseWithPapers();
    await pincite(folder, ['tag', 'add', 'ten', '--query', '"lamp go out"']);
    const before = await digest(folder);
    const { indexed, tags } = await json(folder, ['ingest', papers, '--reread']);
    expect([indexed, tags]).toEqual([2, { moved: 0, lost: [] }]);
    expect(await digest(folder)).toBe(before);
    rmSync(papers, { recursive: true });
  });
});
