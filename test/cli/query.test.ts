import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, pincite, shell } from './pincite.ts';
import { sampleCase } from './sample-case.ts';

const sample = sampleCase();

interface Answer {
  readonly parsed: string;
  readonly notes: readonly string[];
  readonly totals: { readonly documents: number; readonly passages: number; readonly hits: number };
  readonly searched: Readonly<Record<string, unknown>>;
  readonly suggestions: readonly unknown[];
  readonly hits: readonly { readonly match: string; readonly citation: string; readonly text: string }[];
}

async function ask(folder: string, words: readonly string[]): Promise<Answer> {
  const run = await pincite(folder, ['search', '--json', '--limit', 'all', ...words]);
  return JSON.parse(run.stdout);
}

/** Searches a single made-up paper, without a case. */
async function matches(text: string, ...words: string[]): Promise<readonly string[]> {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'papers'));
  writeFileSync(join(folder, 'papers', 'paper.txt'), text);
  const { hits } = await ask(folder, [...words, '--in', 'papers', '--sort', 'document']);
  return hits.map(({ match }) => match);
}

// Examples from the operators as dtSearch documents them, where the table of the query language agrees with it.
describe('operators, as dtSearch publishes them', () => {
  const pie =
    'Apple pie and a pear tart were served. The apple was poached.\n\nNo pears were left after the pie.\n';

  it.each<[query: string, found: readonly string[]]>([
    ['apple and pear', ['Apple', 'pear', 'apple']],
    ['apple or pears', ['Apple', 'apple', 'pears']],
    ['apple not plum', ['Apple', 'apple']],
    ['apple not pear', []],
    ['(apple or plum) and tart', ['Apple', 'tart', 'apple']],
    ['apple w/5 pear', ['Apple pie and a pear', 'pear tart were served. The apple']],
    ['apple w/4 pear', ['Apple pie and a pear']],
    ['pear w/3 apple', []],
    ['apple pre/5 pear', ['Apple pie and a pear']],
    ['pear pre/4 apple', []],
    ['apple not w/4 pear', ['apple']],
    ['(apple or served) w/2 (tart or pie)', ['Apple pie', 'tart were served']],
    ['apple w/2 xfirstword', ['Apple']],
    ['xfirstword pre/2 apple', ['Apple']],
    ['apple pre/2 xfirstword', []],
    ['apple not w/2 xfirstword', ['apple']],
    ['served w/5 xfirstword', []],
    ['pie w/5 xfirstword', ['Apple pie']],
    ['pie w/5 xlastword', ['pie']],
    ['tart w/5 xlastword', []],
    ['xlastword', ['pie']],
    ['left w/5 xlastword', ['left after the pie']],
    ['appl*', ['Apple', 'apple']],
    ['*oached', ['poached']],
    ['p?e', ['pie', 'pie']],
    ['appl?', ['Apple', 'apple']],
    ['ap%ple', ['Apple', 'apple']],
    ['ap%le', ['Apple', 'apple']],
    ['serve~', ['served']],
    ['serving^', ['served']],
    ['"pie and a pear"', ['pie and a pear']],
    ['"no pears were left"', ['No pears were left']],
    ['apple andany plum', []],
    ['apple ANDANY plum', ['Apple', 'apple']],
    ['apple ANDANY tart', ['Apple', 'tart', 'apple']],
    ['+tart -plum', ['tart']],
    ['apple w/sent tart', ['Apple pie and a pear tart']],
    ['poached w/sent tart', []],
    ['pie w/para tart', ['pie and a pear tart']],
  ])('%s', async (query, found) => {
    expect(await matches(pie, query)).toEqual(found);
  });

  const sums = 'Paid 12 pounds, then 24, then £1,250 and 4,999.50; ref 12A and 007.\n';

  it.each<[query: string, found: readonly string[]]>([
    ['12..24', ['12', '24']],
    ['13..23', []],
    ['£1,000..£5,000', ['1,250', '4,999']],
    ['..12', ['12', '1', '4', '007']],
    ['=2', ['12']],
    ['==a', ['12A']],
    ['/\\d{3}/', ['250', '999', '007']],
    ['/(12|24)\\b/ w/3 pounds', ['12 pounds', 'pounds, then 24']],
  ])('%s', async (query, found) => {
    expect(await matches(sums, query)).toEqual(found);
  });

  it('take words of any script and writing', async () => {
    const text =
      'Le café du Zoë; the ﬁle, the ｆｉｌｅ; the so\u00adlicitor’s “note”. Ελένη’s house; 山田太郎 wrote.\n';
    const queries: [string, readonly string[]][] = [
      ['CAFE\u0301', ['café']],
      ['file', ['ﬁle', 'ｆｉｌｅ']],
      ['solicitor', ['so\u00adlicitor']],
      ['“the solicitor’s note”', ['the so\u00adlicitor’s “note']],
      ['ΕΛΈΝΗ', ['Ελένη']],
      ['山田太郎', ['山田太郎']],
    ];
    for (const [query, found] of queries) expect(await matches(text, query)).toEqual(found);
  });

  it('are read as --any, --stem and --scope say', async () => {
    expect(await matches(pie, 'plum', 'tart', '--any')).toEqual(['tart']);
    expect(await matches(pie, 'pear', '--stem')).toEqual(['pear', 'pears']);
    expect(await matches(pie, 'apple', 'left')).toEqual(['Apple', 'apple', 'left']);
    expect(await matches(pie, 'apple', 'left', '--scope', 'passage')).toEqual([]);
  });
});

describe('explain', () => {
  it('prints the tree, what patterns stand for, and what each part finds', async () => {
    const { stdout, code } = await pincite(sample.folder, ['explain', 'seal* NOT umbrella']);
    expect(code).toBe(0);
    expect(stdout).toContain('Read as: seal* NOT umbrella');
    expect(stdout).toContain('NOT, the first without the second: 5 documents, 9 hits');
    expect(stdout).toContain('  seal*: 7 documents, 17 hits');
    expect(stdout).toContain('stands for 3 words, 17 in all: seal (10 in 6 documents)');
    expect(stdout).toContain('  umbrella: 2 documents, 3 hits');
  });

  it('adds up: the parts of an OR, the words of a pattern, the whole', async () => {
    const run = await pincite(sample.folder, ['explain', '--json', 'label* OR (mug w/5 kitchen)']);
    const { tree, totals } = JSON.parse(run.stdout);
    expect([tree.documents, tree.hits]).toEqual([totals.documents, totals.hits]);
    const [label, near] = tree.parts;
    expect(label.hits + near.hits).toBe(tree.hits);
    expect(label.hits).toBe(label.expansion.occurrences);
    const sum = label.expansion.terms.reduce(
      (all: number, term: { occurrences: number }) => all + term.occurrences,
      0,
    );
    expect(sum).toBe(label.expansion.occurrences);
    expect(near.parts.map(({ part }: { part: string }) => part)).toEqual(['mug', 'kitchen']);
  });
});

describe('aliases and synonyms', () => {
  it('stand for all their words by any of them, and say so', async () => {
    const folder = sample.copy();
    await pincite(folder, ['alias', 'add', 'Officer A12', 'PC 4471 Renshaw', 'Renshaw']);
    await pincite(folder, ['synonyms', 'add', 'phone', 'handset', 'mobile*']);
    const listed = await pincite(folder, ['alias', 'list']);
    expect(listed.stdout).toBe('@"Officer A12": Officer A12, PC 4471 Renshaw, Renshaw\n');
    const byList = await ask(folder, ['syn:handset w/5 @renshaw']);
    const byWords = await ask(folder, [
      '(phone OR handset OR mobile*) w/5 ("officer a12" OR "pc 4471 renshaw" OR renshaw)',
    ]);
    expect(byList.hits).toEqual(byWords.hits);
    expect(byList.hits.length).toBeGreaterThan(0);
    expect(byList.notes).toContain('syn:handset stands for phone OR handset OR mobile*.');
    const explained = await pincite(folder, ['explain', '@"officer a12"']);
    expect(explained.stdout).toContain('"pc 4471 renshaw"');
  });

  it('are changed and taken away, and count in what the case holds', async () => {
    const folder = sample.copy();
    const digest = async () => (await pincite(folder, ['verify', '--digest'])).stdout;
    const before = await digest();
    await pincite(folder, ['synonyms', 'add', 'phone', 'handset', 'mobile']);
    expect(await digest()).not.toBe(before);
    expect((await pincite(folder, ['synonyms', 'remove', 'PHONE', 'mobile'])).stdout).toBe(
      'syn:phone: phone, handset\n',
    );
    expect((await pincite(folder, ['synonyms', 'remove', 'phone', 'mobile'])).code).toBe(2);
    expect((await pincite(folder, ['synonyms', 'remove', 'phone'])).code).toBe(0);
    expect((await pincite(folder, ['synonyms', 'list'])).code).toBe(1);
    expect(await digest()).toBe(before);
    expect((await pincite(folder, ['search', 'syn:phone'])).code).toBe(2);
  });
});

describe('a file of queries', () => {
  const list = [
    '# terms',
    '',
    'phones: phone w/10 counter',
    'bad "quote',
    'notbook',
    'date: 2015',
    'seal*',
  ].join('\r\n');

  it('answers every line, and names the bad ones', async () => {
    const folder = sample.copy();
    writeFileSync(join(folder, 'terms.txt'), list);
    const run = await pincite(folder, ['search', '-f', 'terms.txt', '--format', 'json', '-n', 'all']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('Line 4: This quotation mark is never closed.\n  bad "quote\n      ^');
    expect(run.stderr).toContain('Line 6: “date” is a field');
    const { queries, unread } = JSON.parse(run.stdout);
    expect(unread.map(({ line }: { line: number }) => line).sort()).toEqual([4, 6]);
    expect(queries.map(({ term, line }: { term: string; line: number }) => [term, line])).toEqual([
      ['phones', 3],
      ['notbook', 5],
      ['seal*', 7],
    ]);
    const alone = await ask(folder, ['phone w/10 counter']);
    expect(queries[0].hits).toEqual(alone.hits);
    expect(queries[0].totals).toEqual(alone.totals);
  });

  it('names the term of every row, numbered through', async () => {
    const folder = sample.copy();
    writeFileSync(join(folder, 'terms.txt'), 'phones: phone w/10 counter\nseal*\n');
    const run = await pincite(folder, ['export', 'hits', '-f', 'terms.txt', '-o', 'out.csv']);
    expect(run.code).toBe(0);
    const rows = readFileSync(join(folder, 'out.csv'), 'utf8').trim().split('\r\n').slice(1);
    expect(rows.map((row) => row.split(',').slice(0, 3))).toEqual(
      rows.map((row, at) => [
        String(at + 1),
        row.includes('phones') ? 'phone w/10 counter' : 'seal*',
        row.includes('phones') ? 'phones' : 'seal*',
      ]),
    );
    const manifest = JSON.parse(readFileSync(join(folder, 'out.csv.manifest.json'), 'utf8'));
    expect(manifest.rows).toBe(rows.length);
    expect(manifest.queries.map(({ term }: { term: string }) => term)).toEqual(['phones', 'seal*']);
  });

  it('may come from standard input; all bad or empty is wrong use', async () => {
    const run = await shell(sample.folder, "printf 'zebra\\n' | pincite search -f -");
    expect(run.code).toBe(1);
    expect((await shell(sample.folder, "printf '# none\\n' | pincite search -f -")).code).toBe(2);
    expect((await shell(sample.folder, "printf 'a AND\\n' | pincite search -f -")).code).toBe(2);
  });
});

describe('facets', () => {
  it.each(['source', 'kind', 'year', 'speaker', 'witness', 'tag'])(
    'by %s add up to the answer',
    async (by) => {
      const run = await pincite(sample.folder, ['facets', 'note', '--by', by, '--json']);
      const { rows, totals } = JSON.parse(run.stdout);
      const hits = rows.reduce((sum: number, row: { hits: number }) => sum + row.hits, 0);
      expect(hits).toBe(totals.hits);
      for (const { value, hits: ofValue } of rows) {
        if (value === undefined || by === 'tag') continue;
        const narrowed = by === 'year' ? `date:${value}` : `${by}:"${value}"`;
        const { totals: found } = await ask(sample.folder, ['note', narrowed]);
        // A name can be part of another's, and a document with copies counts by the one that is shown.
        if (by === 'speaker' || by === 'witness' || by === 'source')
          expect(found.hits).toBeGreaterThanOrEqual(ofValue);
        else expect(found.hits).toBe(ofValue);
      }
    },
  );

  it('count hits in the row of each tag they have', async () => {
    const folder = sample.copy();
    await pincite(folder, ['tag', 'add', 'seen', '--query', 'mug']);
    const run = await pincite(folder, ['facets', 'note', '--by', 'tag', '--format', 'csv']);
    const { totals } = await ask(folder, ['note', 'tag:seen']);
    expect(run.stdout.split('\r\n')).toContain(`seen,${totals.hits},${totals.documents}`);
  });
});

describe('nothing found', () => {
  it('says what was searched, what could not be, and what was meant', async () => {
    const run = await pincite(sample.folder, ['search', 'notbook date:2015 speaker:x']);
    expect(run.code).toBe(1);
    expect(run.stdout.replace(/\s+/g, ' ').trim()).toBe(
      [
        'Nothing found for notbook AND date:2015-01-01..2015-12-31 AND speaker:x.',
        '“notbook” is in no document. Did you mean notebook?',
        'Searched 17 documents, 67 pages; 1 page in them could not be read; 3 files gave no text (pincite status); 13 documents have no speaker.',
      ].join(' '),
    );
    const { parsed, searched, suggestions, totals } = await ask(sample.folder, [
      'notbook date:2015 speaker:x',
    ]);
    expect(parsed).toBe('notbook AND date:2015-01-01..2015-12-31 AND speaker:x');
    expect(searched).toEqual({
      documents: 17,
      pages: 67,
      unreadablePages: 1,
      partlyRead: 1,
      unreadFiles: 3,
      lacking: { speaker: 13 },
    });
    expect(suggestions).toEqual([{ word: 'notbook', candidates: ['notebook'] }]);
    expect(totals).toEqual({ documents: 0, passages: 0, hits: 0 });
  });

  it('suggests for a missing word beside one that is there', async () => {
    const { suggestions, totals } = await ask(sample.folder, ['notbook OR mug']);
    expect(totals.hits).toBeGreaterThan(0);
    expect(suggestions).toEqual([{ word: 'notbook', candidates: ['notebook'] }]);
  });
});

describe('orders', () => {
  it('are what they say, and the same hits', async () => {
    const by = async (order: string) =>
      (await ask(sample.folder, ['note source:inquest-2021', '--sort', order])).hits;
    const [document, date, place, relevance] = [
      await by('document'),
      await by('date'),
      await by('place'),
      await by('relevance'),
    ];
    const key = (hits: readonly unknown[]) =>
      hits.map((hit) => JSON.stringify({ ...(hit as object), hit: 0 })).sort();
    for (const other of [date, place, relevance]) expect(key(other)).toEqual(key(document));
    const cited = place
      .map(({ citation }) => /Day (\d), (\d+):(\d+)/.exec(citation)?.slice(1).map(Number))
      .filter((day) => day !== undefined);
    expect(cited).toEqual(
      [...cited].sort(
        (a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0),
      ),
    );
  });
});

describe('bad queries', () => {
  it.each<[query: string, sentence: string, under: string]>([
    ['"phone', 'This quotation mark is never closed.', '"'],
    ['(phone', 'This bracket is never closed.', '('],
    ['phone AND', 'AND has nothing on its right.', 'AND'],
    ['phone w/5', 'w/N has nothing on its right.', 'w/5'],
    ['spaeker:x', 'There is no field "spaeker".', 'spaeker:'],
    ['phone date:2015-13', '"2015-13" is not a date.', 'date:2015-13'],
    [
      'phone /((\\w+\\s?)+)+zzz/',
      'The regular expression /((\\w+\\s?)+)+zzz/ takes too long.',
      '/((\\w+\\s?)+)+zzz/',
    ],
    [
      'phone w/5 (a AND b)',
      'a AND b is not one place in the text, so it cannot be a side of w/N.',
      '(a AND b)',
    ],
  ])('%s', async (query, sentence, under) => {
    const { code, stdout, stderr } = await pincite(sample.folder, ['search', query]);
    const [first, shown, carets, hint] = stderr.split('\n');
    expect([code, stdout, first, shown]).toEqual([2, '', `pincite: ${sentence}`, `  ${query}`]);
    expect(shown?.slice(carets?.indexOf('^'), (carets?.lastIndexOf('^') ?? 0) + 1)).toBe(under);
    expect(hint).toMatch(/^\S.*[.?]$/);
  });

  it.each<[what: string, line: string]>([
    ['200 kB', 'a '.repeat(100_000)],
    ['5,000 brackets', `${'('.repeat(5000)}a${')'.repeat(5000)}`],
    ['20,000 times NOT', `${'NOT '.repeat(20_000)}a`],
    ['5,000 words left out', 'a NOT b '.repeat(5000)],
    ['9,000 words near each other', `${'a w/3 '.repeat(9000)}a`],
    ['7,000 times ANDANY', `${'a ANDANY '.repeat(7000)}a`],
  ])('%s are refused in a sentence', async (_, line) => {
    const folder = sample.copy();
    writeFileSync(join(folder, 'long.txt'), `${line}\n`);
    const { code, stderr } = await pincite(folder, ['search', '-f', 'long.txt']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Line 1: [^\n]* at most\.\n {2}…?[^\n]*\n {2} *\^+\n/);
  });

  it.each<[what: string, line: string]>([
    ['words', 'phone '.repeat(16_000)],
    ['alternatives', `${'phone OR '.repeat(11_000)}a`],
    ['patterns', '* '.repeat(49_000)],
  ])('100 kB of %s are answered', async (_, line) => {
    const folder = sample.copy();
    writeFileSync(join(folder, 'long.txt'), `${line}\n`);
    const { code } = await pincite(folder, ['search', '-n', '1', '-f', 'long.txt']);
    expect(code).toBe(0);
  });
});
