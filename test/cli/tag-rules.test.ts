import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { WriterLock } from '../../src/store/sqlite/writer-lock.ts';
import { emptyFolder, pincite, samplePapers, shell } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

const rules = `exclusive:
  - [review/yes, review/no]
rules:
  - name: phones
    query: 'phone OR handset'
    tags: [object/phone]
    note: any telephone
  - name: mug
    query: '"blue mug"'
    level: document
    tags: object/mug
    priority: 10
    exclude:
      documents: [SAM000123]
  - name: both
    query: 'tag:object/mug phone'
    tags: review/yes
`;

function caseWith(text = rules): string {
  const folder = sample.copy();
  writeFileSync(join(folder, 'rules.yaml'), text);
  return folder;
}

async function ok(folder: string, ...words: readonly string[]): Promise<string> {
  const run = await pincite(folder, words);
  expect(run, words.join(' ')).toMatchObject({ code: 0 });
  return run.stdout;
}

async function json(folder: string, ...words: readonly string[]) {
  const { stdout, stderr, code } = await pincite(folder, [...words, '--format', 'json']);
  expect(stdout, stderr).not.toBe('');
  return { code, ...JSON.parse(stdout) };
}

const rowsIn = (text: string): Record<string, string>[] => parse(text, { columns: true });
const digest = (folder: string) => ok(folder, 'verify', '--digest');
const tagged = (folder: string) => ok(folder, 'export', 'tags');

describe('tag apply', () => {
  test('puts what rules want, changes nothing the second time, and says what each did', async () => {
    const folder = caseWith();
    const before = await digest(folder);
    const dry = await json(folder, 'tag', 'apply', 'rules.yaml', '--dry-run');
    expect(dry.batch).toBeUndefined();
    expect(await digest(folder)).toBe(before);
    const first = await json(folder, 'tag', 'apply', 'rules.yaml');
    expect(first).toMatchObject({ batch: 1 });
    expect(first.rules).toEqual(dry.rules);
    expect(first.rules[0]).toMatchObject({ name: 'mug', documents: 5, put: 5 });
    const { rules: again, batch } = await json(folder, 'tag', 'apply', 'rules.yaml');
    expect(batch).toBeUndefined();
    expect(again.every((rule: { put: number; taken: number }) => rule.put + rule.taken === 0)).toBe(true);
    const search = await json(folder, 'search', 'phone', '--limit', 'all');
    const tags = search.hits.map((hit: { tags: string[] }) => hit.tags);
    expect(tags.every((names: string[]) => names.includes('object/phone'))).toBe(true);
    const found = await json(folder, 'search', 'tag:object phone', '--limit', '0');
    expect(found.totals.hits).toBe(search.totals.hits);
  });

  test('moves the tags of a changed rule, and no others', async () => {
    const folder = caseWith();
    await ok(folder, 'tag', 'add', 'object/phone', '--query', 'handset');
    const byHand = parse(await tagged(folder), { columns: true }).length;
    await ok(folder, 'tag', 'apply', 'rules.yaml');
    writeFileSync(join(folder, 'rules.yaml'), rules.replace('phone OR handset', 'seal'));
    const diff = await json(folder, 'tag', 'diff', 'rules.yaml');
    const moved = await json(folder, 'tag', 'apply', 'rules.yaml');
    expect(diff.rules).toEqual(moved.rules);
    const { put, taken, restated } = moved.rules.find(({ name }: { name: string }) => name === 'phones');
    expect([put > 0, taken > 0]).toEqual([true, true]);
    const rows: Record<string, string>[] = parse(await tagged(folder), { columns: true });
    const phones = rows.filter(({ tag }) => tag === 'object/phone');
    expect(phones.filter(({ by }) => !by?.startsWith('rule'))).toHaveLength(byHand);
    expect(phones.filter(({ by }) => by?.includes('rule phones'))).toHaveLength(put + restated);
  });

  test.each([
    [
      'an unknown key',
      rules.replace('tags: object/mug', 'tag: object/mug'),
      /Line 11, column 5, in the rule “mug”: There is no key “tag” here\.\n {2} {4}tag: object\/mug\n {6}\^\^\^\nDid you mean tags\?/,
    ],
    [
      'a query that does not parse',
      rules.replace("'phone OR handset'", "'phone w/0 handset'"),
      /Line 5, column 19, in the rule “phones”: 0 is not a distance between words\.\n {2}phone w\/0 handset\n {8}\^\^\^/,
    ],
    ['no YAML', 'rules: [', /Line 1, column \d+: /],
    ['nothing', '', /Line 1, column 1: /],
    [
      'two rules of a name',
      `${rules}  - { name: mug, query: x, tags: y }\n`,
      /There are two rules called “mug”/,
    ],
    ['a tag with a line end', rules.replace('object/mug\n', '"object\\n"\n'), /“object ” cannot be a tag/],
    ['a control character', rules.replace('object/mug\n', '"a\\x07b"\n'), /“a.*b” cannot be a tag/],
    [
      'a document that is not there',
      rules.replace('SAM000123', 'SAM999999'),
      /Line 14, column 19, in the rule “mug”: No document of the case is called/,
    ],
    [
      'tags that exclude each other',
      rules.replace('tags: review/yes', 'tags: [review/yes, review/no]'),
      /“review\/yes” and “review\/no” exclude each other/,
    ],
    [
      'no whole number',
      rules.replace('priority: 10', 'priority: high'),
      /Line 12, column 15, in the rule “mug”: priority is a whole number/,
    ],
  ])('with %s applies nothing, and shows the place', async (_, text, message) => {
    const folder = caseWith(text);
    const before = await digest(folder);
    for (const command of ['apply', 'diff'] as const) {
      const run = await pincite(folder, ['tag', command, 'rules.yaml']);
      expect(run).toMatchObject({ code: 2, stdout: '' });
      expect(run.stderr).toMatch(message);
      expect(run.stderr).toContain('Nothing was done.');
    }
    expect(await digest(folder)).toBe(before);
  });

  test('shows everything that is wrong at once', async () => {
    const folder = caseWith('rulez: 1\nrules:\n  - name: a\n    qury: x\n    tags: [=]\n    level: page\n');
    const { stderr } = await pincite(folder, ['tag', 'apply', 'rules.yaml']);
    expect(stderr.match(/^Line \d+, column \d+/gm)).toHaveLength(4);
  });

  test('while somebody else writes says so, and does nothing', async () => {
    const folder = caseWith();
    const before = await digest(folder);
    const lock = new WriterLock(join(folder, '.pincite'), folder);
    const run = await pincite(folder, ['tag', 'apply', 'rules.yaml']);
    lock.release();
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).toContain('being written to by another pincite command');
    expect(await digest(folder)).toBe(before);
  });
});

describe('exclusive tags', () => {
  test('are enforced by add, apply, import and undo, and replaced when asked', async () => {
    const folder = caseWith(
      `rules:\n  - { name: yes, query: '"blue mug"', level: document, tags: review/yes, priority: 1 }\n  - { name: no, query: mug, level: document, tags: review/no }\n`,
    );
    await ok(folder, 'tag', 'exclusive', 'add', 'review/yes', 'review/no');
    await ok(folder, 'tag', 'add', 'review/no', '--doc', 'SAM000123');
    const refused = await pincite(folder, ['tag', 'add', 'review/yes', '--doc', 'SAM000123']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('“review/yes” and “review/no” exclude each other');
    expect(refused.stderr).toContain('--replace');
    await ok(folder, 'tag', 'add', 'review/yes', '--doc', 'SAM000123', '--replace');
    expect(await ok(folder, 'tag', 'list')).toBe('review/yes: 1 whole document\n');
    await ok(folder, 'tag', 'undo');
    expect(await ok(folder, 'tag', 'list')).toBe('review/no: 1 whole document\n');

    const { rules: applied } = await json(folder, 'tag', 'apply', 'rules.yaml');
    expect(applied[0]).toMatchObject({ name: 'yes', put: 5, keptOff: 1 });
    expect(applied[1]).toMatchObject({ name: 'no', keptOff: 5 });
    const diff = await ok(folder, 'tag', 'diff', 'rules.yaml');
    expect(diff).toContain('(review/no is there)');

    writeFileSync(
      join(folder, 'tags.csv'),
      'ref,tags\nSAM000123,review/yes\nSAM000205,review/yes;review/no\n',
    );
    const imported = await pincite(folder, ['tag', 'import', 'tags.csv']);
    expect(imported).toMatchObject({ code: 2, stdout: '' });
    expect(imported.stderr).toMatch(/Line 2: “review\/yes” and “review\/no” exclude each other/);
    expect(imported.stderr).toContain('Line 3: ');

    await ok(folder, 'tag', 'remove', 'review/no', '--doc', 'SAM000123');
    await ok(folder, 'tag', 'add', 'review/yes', '--doc', 'SAM000123');
    const batches = await json(folder, 'tag', 'history');
    const removal = batches.batches.findLast(({ action }: { action: string }) => action === 'remove').number;
    const undone = await pincite(folder, ['tag', 'undo', String(removal)]);
    expect(undone).toMatchObject({ code: 2, stdout: '' });
    expect(undone.stderr).toContain('exclude each other');
    await ok(folder, 'tag', 'undo', String(removal), '--replace');
    const why = await json(folder, 'tag', 'why', 'SAM000123');
    expect(why.tags.map(({ name }: { name: string }) => name)).toContain('review/no');
    expect(why.tags.map(({ name }: { name: string }) => name)).not.toContain('review/yes');
  });

  test('cannot be declared where a place has both already', async () => {
    const folder = sample.copy();
    await ok(folder, 'tag', 'add', 'a', 'b/c', '--doc', 'SAM000123');
    const run = await pincite(folder, ['tag', 'exclusive', 'add', 'a', 'b']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('“b/c” and “a” exclude each other');
    expect((await pincite(folder, ['tag', 'exclusive'])).code).toBe(1);
  });
});

describe('tag why', () => {
  test('names every origin: person, rule, version, query and what the case held', async () => {
    const folder = caseWith();
    await ok(folder, 'tag', 'add', 'object/phone', '--query', 'handset', '--why', 'by ear');
    await ok(folder, 'tag', 'apply', 'rules.yaml');
    const { hits } = await json(folder, 'search', 'handset', '--limit', '1');
    const text = await ok(folder, 'tag', 'why', hits[0].ref);
    expect(text).toMatch(/^object\/phone {2}\S+\n {4}by \S+, \d{4}-\d\d-\d\d \(batch 1\): by ear\n/m);
    expect(text).toMatch(
      /^ {4}by the rule phones, version [0-9a-f]{12} \(batch 2\): any telephone\n {8}query: phone OR handset\n {8}applied by \S+, [\d-]+; the case held 17 documents, state [0-9a-f]{12}$/m,
    );
    const why = await json(folder, 'tag', 'why', hits[0].ref);
    expect(why.tags[0].origins).toHaveLength(2);
  });
});

describe('tag undo', () => {
  test('takes an apply back whole and has it again, and refuses what later batches touched', async () => {
    const folder = caseWith();
    await ok(folder, 'tag', 'add', 'object/mug', '--query', 'mug', '--note', 'which?');
    const before = await digest(folder);
    await ok(folder, 'tag', 'apply', 'rules.yaml');
    const after = await digest(folder);
    await ok(folder, 'tag', 'undo', '--dry-run');
    expect(await digest(folder)).toBe(after);
    expect(await ok(folder, 'tag', 'undo')).toMatch(/^Took back batch 2, apply by /);
    expect(await digest(folder)).toBe(before);
    await ok(folder, 'tag', 'undo', '3');
    expect(await digest(folder)).toBe(after);
    await ok(folder, 'tag', 'rename', 'object', 'thing');
    const refused = await pincite(folder, ['tag', 'undo', '2']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('later batches have changed the same tags');
    expect(refused.stderr).toContain('batch 5 (rename');
    await ok(folder, 'tag', 'undo', '5');
    expect(await digest(folder)).toBe(after);
    expect((await pincite(folder, ['tag', 'undo', '99'])).code).toBe(1);
    expect((await pincite(folder, ['tag', 'undo', 'two'])).code).toBe(2);
    const again = await pincite(folder, ['tag', 'undo', '5']);
    expect(again.stderr).toContain('taken back already, by batch 6');
  });

  test('brings back just what a removal took', async () => {
    const folder = sample.copy();
    await ok(folder, 'tag', 'add', 'mug', '--query', '"blue mug"');
    const before = await digest(folder);
    await ok(folder, 'tag', 'remove', 'mug', '--all');
    await ok(folder, 'tag', 'undo');
    expect(await digest(folder)).toBe(before);
  });
});

describe('tag rename, merge and note', () => {
  test('take whole subtrees, and keep who and when', async () => {
    const folder = sample.copy();
    await ok(folder, 'tag', 'add', 'phone/grindr', '--query', 'phone', '--why', 'first');
    await ok(folder, 'tag', 'add', 'phone', '--doc', 'SAM000123', '--note', 'one');
    await ok(folder, 'tag', 'add', 'telephone', '--doc', 'SAM000123', '--note', 'two');
    const taken = await pincite(folder, ['tag', 'rename', 'phone', 'telephone']);
    expect(taken.stderr).toContain('tag merge');
    await ok(folder, 'tag', 'merge', 'phone', '--into', 'telephone');
    const list = await ok(folder, 'tag', 'list');
    expect(list).toMatch(/^telephone: 1 whole document\ntelephone\/grindr: \d+ passages\n$/);
    const [row] = parse(await ok(folder, 'export', 'tags', 'telephone'), { columns: true });
    expect(row).toMatchObject({ tag: 'telephone', note: 'two; one' });
    const rows: Record<string, string>[] = parse(await ok(folder, 'export', 'tags', 'telephone/grindr'), {
      columns: true,
    });
    expect(new Set(rows.map(({ why }) => why))).toEqual(new Set(['first']));
    await ok(folder, 'tag', 'note', 'SAM000123', 'telephone', 'three');
    expect(await ok(folder, 'tag', 'why', 'SAM000123')).toContain('note: three');
    expect((await pincite(folder, ['tag', 'note', 'SAM000123', 'nothing', 'x'])).code).toBe(1);
    expect((await pincite(folder, ['tag', 'note', 'SAM000123', 'telephone', 'bell \u0007'])).code).toBe(2);
    expect((await pincite(folder, ['tag', 'rename', 'nothing', 'x'])).code).toBe(1);
  });

  test.each(['a\nb', 'phone\n', 'a\u001bb', '=x', 'a//b', ''])(
    '%j is no name for a tag anywhere',
    async (name) => {
      const folder = sample.folder;
      for (const words of [
        ['add', name, '--doc', 'SAM000123'],
        ['rename', 'x', name],
        ['merge', 'x', '--into', name],
        ['exclusive', 'add', 'x', name],
        ['note', 'SAM000123', name, 'x'],
      ]) {
        const run = await pincite(folder, ['tag', ...words]);
        expect(run.code, words.join(' ')).toBe(2);
        expect(run.stderr).toContain('cannot be a tag');
        expect(run.stderr).not.toMatch(/\u001b|\n\s+at /);
      }
    },
  );
});

describe('tag list --by', () => {
  test.each(['source', 'document', 'rule', 'person'])('%s counts tags by it', async (by) => {
    const folder = caseWith();
    await ok(folder, 'tag', 'apply', 'rules.yaml');
    await ok(folder, 'tag', 'add', 'read', '--doc', 'SAM000123');
    const { tags } = await json(folder, 'tag', 'list', '--by', by);
    expect(tags.length).toBeGreaterThan(0);
    if (by === 'rule') expect(tags.map((row: { by: string }) => row.by)).toEqual(['both', 'mug', 'phones']);
    if (by === 'source') expect(tags.map((row: { by: string }) => row.by)).toContain('inquest-2021');
    expect(await ok(folder, 'tag', 'list', '--by', by)).toContain(tags[0].by);
  });
});

describe('rules that are kept', () => {
  test('tag what an ingest brings, to the same tags as applied to all at once', async () => {
    const [bit, whole] = [emptyFolder(), emptyFolder()];
    for (const folder of [bit, whole]) {
      writeFileSync(join(folder, 'rules.yaml'), rules.replace(/ {4}exclude:\n.*\n/, ''));
      await ok(folder, 'init');
    }
    await pincite(bit, ['ingest', join(samplePapers, 'trial-2016')]);
    await ok(bit, 'tag', 'apply', 'rules.yaml', '--keep');
    await ok(bit, 'settings', 'tags.rules-at-ingest', 'on');
    for (const part of ['inquest-2021', 'watchdog-2015', 'letters']) {
      await pincite(whole, ['ingest', join(samplePapers, part)]);
      const { stdout } = await pincite(bit, ['ingest', join(samplePapers, part)]);
      expect(stdout).toMatch(/^Rules: \d+ tags? put, 0 taken off by 3 rules\.$/m);
    }
    await pincite(whole, ['ingest', join(samplePapers, 'trial-2016')]);
    await ok(whole, 'tag', 'apply', 'rules.yaml');
    const columns = (text: string) => rowsIn(text).map(({ tag, ref, by }) => [tag, ref, by]);
    expect(columns(await tagged(bit))).toEqual(columns(await tagged(whole)));
    const again = await json(bit, 'tag', 'apply');
    expect(again.batch).toBeUndefined();
    expect(await ok(bit, 'tag', 'rules')).toContain('phones: object/phone by passage');
    expect(await ok(bit, 'tag', 'rules', 'forget', 'phones', '--tags')).toMatch(/took \d+ tags off/);
    expect(await ok(bit, 'tag', 'list')).not.toContain('object/phone');
    expect((await pincite(bit, ['tag', 'rules', 'forget', 'nobody'])).code).toBe(2);
    expect((await pincite(whole, ['tag', 'apply'])).stderr).toContain('No rules are kept in the case.');
  });
});

describe('tag import', () => {
  test('takes back what export wrote, notes and all, into a fresh copy of the case', async () => {
    const [from, to] = [sample.copy(), sample.copy()];
    await ok(from, 'tag', 'add', 'mug', 'object/mug', '--query', '"blue mug"', '--note', '=1+1');
    await ok(from, 'tag', 'add', 'read', '--doc', 'SAM000123', '--note', 'a "quoted", noted\nthing; \'twas');
    await ok(from, 'tag', 'note', 'SAM000123', 'read', "'=2");
    await ok(from, 'export', 'tags', '--bom', '-o', join(to, 'tags.csv'));
    await ok(to, 'tag', 'import', 'tags.csv');
    const columns = (text: string) => rowsIn(text).map(({ tag, ref, note }) => [tag, ref, note]);
    expect(columns(await tagged(to))).toEqual(columns(await tagged(from)));
    expect(await digest(to)).toBe(await digest(from));
    expect(await ok(to, 'tag', 'import', 'tags.csv')).toContain('Put 0 tags (');
    await ok(to, 'tag', 'undo');
    expect(await digest(to)).toBe(await digest(sample.folder));
  });

  test('reads semicolons, CRLF, a byte order mark and line ends in quotes', async () => {
    const folder = sample.copy();
    writeFileSync(
      join(folder, 'tags.csv'),
      '\ufeffref;tags;note\r\nSAM000123;"read; object/mug";"two\r\nlines"\r\n\r\nSAM000205;read;\r\n',
    );
    expect(await ok(folder, 'tag', 'import', 'tags.csv')).toBe('Put 3 tags from 2 rows.\n');
    expect(await ok(folder, 'tag', 'why', 'SAM000123')).toContain('note: two\n          lines');
  });

  test('names every bad line by its number, and takes none unless asked to', async () => {
    const folder = sample.copy();
    writeFileSync(
      join(folder, 'tags.csv'),
      'ref,tags,note\nSAM000123,read,"over\ntwo lines"\nSAM999999,read,\nSAM000205,=x,\nffffffffffff@1:1,read,\nSAM000205,,\n,read,\nSAM000205,read\nSAM000205,read,fine\n',
    );
    const before = await digest(folder);
    const run = await pincite(folder, ['tag', 'import', 'tags.csv']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr.match(/^Line \d+/gm)).toEqual([
      'Line 4',
      'Line 5',
      'Line 6',
      'Line 7',
      'Line 8',
      'Line 9',
    ]);
    expect(run.stderr).toContain('6 lines of 8 cannot be taken in: nothing was put.');
    expect(await digest(folder)).toBe(before);
    const partial = await pincite(folder, ['tag', 'import', 'tags.csv', '--partial']);
    expect(partial).toMatchObject({ code: 2, stdout: 'Put 2 tags from 8 rows; 6 lines left out.\n' });
  });

  test.each([
    ['ref,tgas\nx,y\n', 'Did you mean tags?'],
    ['name,tags\nx,y\n', 'unknown column “name”'],
    ['', 'must name the columns'],
    ['ref,tags\n"x,y\n', 'cannot be read as CSV'],
  ])('%j is refused', async (text, message) => {
    const folder = sample.copy();
    writeFileSync(join(folder, 'tags.csv'), text);
    const run = await pincite(folder, ['tag', 'import', 'tags.csv']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});

describe('a reference to a version that is superseded', () => {
  test('is refused with the document that it is now, and where the words stand', async () => {
    const folder = emptyFolder();
    const write = (text: string) => shell(folder, `mkdir -p papers && printf '${text}' > papers/note.txt`);
    await ok(folder, 'init');
    await write('First line here.\\n\\nThe phone was found.\\n\\nThe seal was broken.\\n');
    await ok(folder, 'ingest', 'papers');
    const refs = async (query: string) => (await json(folder, 'search', query)).hits[0].ref;
    const [phone, seal] = [await refs('phone'), await refs('seal')];
    await ok(folder, 'tag', 'add', 'kept', '--ref', phone);
    await write('A new first line.\\n\\nAnother.\\n\\nThe phone was found.\\n');
    await ok(folder, 'ingest', 'papers');
    const now = await refs('phone');
    const add = await pincite(folder, ['tag', 'add', 'x', '--ref', phone]);
    expect(add).toMatchObject({ code: 2, stdout: '' });
    expect(add.stderr).toContain(`the document is ${now.slice(0, 12)} now`);
    expect(add.stderr).toContain(now);
    writeFileSync(join(folder, 'tags.csv'), `ref,tags\n${phone},x\n${seal},x\n`);
    const imported = await pincite(folder, ['tag', 'import', 'tags.csv']);
    expect(imported.code).toBe(2);
    expect(imported.stderr).toContain(
      `Line 2: ${phone} is of a version of papers/note.txt that is superseded`,
    );
    expect(imported.stderr).toMatch(/Line 3: .*the words are not found there again/);
    // The tag went along with its words, and its batch can still be taken back.
    expect(await ok(folder, 'tag', 'list', 'kept')).toContain(now);
    await ok(folder, 'tag', 'undo');
    expect((await pincite(folder, ['tag', 'list'])).code).toBe(1);
  });
});
