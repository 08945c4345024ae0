import { expect, test } from 'vitest';
import type { Extraction } from '../../src/formats/extraction.ts';
import { markdownAdapter } from '../../src/formats/markdown.ts';

async function extract(text: string): Promise<Extraction> {
  for await (const extraction of markdownAdapter.read(new TextEncoder().encode(text), { extension: 'md' }))
    return extraction;
  throw new Error('nothing was yielded');
}

async function shortBlocks(text: string): Promise<readonly string[]> {
  const found = await extract(text);
  if (found.type !== 'text' || found.content.layout !== 'blocks') throw new Error(JSON.stringify(found));
  return found.content.blocks.map(
    ({ type, level, number, text: own }) =>
      `${type}${level ?? ''} ${number === undefined ? '' : `${number} `}${own}`,
  );
}

test.each<[what: string, markdown: string, blocks: readonly string[]]>([
  ['headings', '# One\n\nTwo\n===\n\n### Three ###', ['heading1 One', 'heading1 Two', 'heading3 Three']],
  ['paragraphs', 'one\ntwo\n\nthree  \nfour', ['paragraph one two', 'paragraph three\nfour']],
  [
    'marks are not text',
    '**bold** _it_ `a*b` ~~out~~ [link](http://example.org) ![a picture](x.png) \\*',
    ['paragraph bold it a*b out link a picture *'],
  ],
  ['entities', 'R&amp;D &eacute;', ['paragraph R&D é']],
  ['bullets', '- a\n- b\n  - c', ['item1 a', 'item1 b', 'item2 c']],
  [
    'numbers as they are printed',
    '3. a\n3. b\n\n   more\n\n1) c',
    ['item1 3. a', 'item1 4. b', 'paragraph more', 'item1 1) c'],
  ],
  ['rows', '| When | What |\n| --- | --- |\n| 10:02 | *Call* |', ['row When\tWhat', 'row 10:02\tCall']],
  ['code', '```\na  b\n c\n```\n\n    d', ['paragraph a  b\n c', 'paragraph d']],
  ['quotations', '> a\n>\n> b', ['paragraph a', 'paragraph b']],
  [
    'HTML in it',
    '<div><p>a</p><script>x</script></div>\n\nb<br>c <b>d</b>',
    ['paragraph a', 'paragraph b\nc d'],
  ],
  [
    'front matter',
    '---\ntitle: "A b"\nauthor: C\n---\ntext',
    ['header title: "A b"\nauthor: C', 'paragraph text'],
  ],
  ['a rule is no front matter', '---\n\ntext\n\n---\n', ['paragraph text']],
])('%s', async (_, markdown, blocks) => {
  expect(await shortBlocks(markdown)).toEqual(blocks);
});

test('title and author', async () => {
  expect(await extract('---\ntitle: "A b"\nauthor: C\n---\n# H')).toMatchObject({
    metadata: { title: 'A b', author: 'C' },
  });
  expect(await extract('text\n\n# H *i*')).toMatchObject({ metadata: { title: 'H i' } });
});

test('nothing in it', async () => {
  expect(await extract('\n\n')).toMatchObject({ type: 'unreadable', outcome: 'empty' });
});

test('known by its name', () => {
  const bytes = new TextEncoder().encode('# A');
  expect(markdownAdapter.recognises({ extension: 'md', head: bytes, bytes })).toBeGreaterThan(0.6);
  expect(markdownAdapter.recognises({ extension: 'txt', head: bytes, bytes })).toBe(0);
});
