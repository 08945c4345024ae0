import { describe, expect, test } from 'vitest';
import type { TextBlock } from '../../../src/formats/extraction.ts';
import { blocksOfBody, p } from './word-file.ts';

const r = (text: string, properties = '') =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const d = (text: string) => `<w:r><w:delText xml:space="preserve">${text}</w:delText></w:r>`;
const ann = 'w:author="Ann" w:date="2020-03-04T10:00:00Z"';
const bob = 'w:author="Bob" w:date="2020-03-05T11:00:00Z"';
const ins = (by: string, ...runs: string[]) => `<w:ins w:id="1" ${by}>${runs.join('')}</w:ins>`;
const del = (by: string, ...runs: string[]) => `<w:del w:id="1" ${by}>${runs.join('')}</w:del>`;
const paragraph = (...runs: string[]) => `<w:p>${runs.join('')}</w:p>`;
const marked = (mark: string, ...runs: string[]) =>
  `<w:p><w:pPr><w:rPr>${mark}</w:rPr></w:pPr>${runs.join('')}</w:p>`;
const deletedMark = `<w:del w:id="9" ${ann}/>`;
const cell = (...paragraphs: string[]) => `<w:tc>${paragraphs.join('')}</w:tc>`;
const row = (properties: string, ...cells: string[]) =>
  `<w:tr><w:trPr>${properties}</w:trPr>${cells.join('')}</w:tr>`;

/** A block as one line: its zone, its text with marked stretches in braces, each with what it is. */
function line({ zone, type, text, markup = [] }: TextBlock): string {
  let marked = text;
  for (const { start, end, kind, by } of markup.toReversed()) {
    const words = `{${marked.slice(start, end)}|${kind}${by === undefined ? '' : ` by ${by}`}}`;
    marked = marked.slice(0, start) + words + marked.slice(end);
  }
  return `${zone ?? type}: ${marked}`;
}

describe('recorded changes', () => {
  test.each<[what: string, body: string, expected: readonly string[]]>([
    [
      'inserted text stands in the paragraph and is marked',
      paragraph(r('I saw '), ins(ann, r('two ')), r('men.')),
      ['paragraph: I saw {two|inserted by Ann} men.'],
    ],
    [
      'deleted text stands behind the paragraph',
      paragraph(r('I '), del(ann, d('clearly ')), r('saw him.')),
      ['paragraph: I saw him.', 'deleted: {clearly|deleted by Ann}'],
    ],
    [
      'a part of a word',
      paragraph(r('suspect'), del(ann, d('s')), ins(bob, r('ed')), r(' it')),
      ['paragraph: suspect{ed|inserted by Bob} it', 'deleted: {s|deleted by Ann}'],
    ],
    [
      'deletions at one place by one person are one, at two places two',
      paragraph(del(ann, d('a')), del(ann, d('b')), r('x'), del(ann, d('c')), del(bob, d('d'))),
      [
        'paragraph: x',
        'deleted: {ab|deleted by Ann}',
        'deleted: {c|deleted by Ann}',
        'deleted: {d|deleted by Bob}',
      ],
    ],
    [
      'what one inserted and another deleted has been deleted',
      paragraph(r('x'), ins(ann, del(bob, d('y')), r('z'))),
      ['paragraph: x{z|inserted by Ann}', 'deleted: {y|deleted by Bob}'],
    ],
    [
      'moved text is marked where it went and where it was',
      paragraph(`<w:moveFrom w:id="1" ${ann}>${r('x')}</w:moveFrom>`, r('a')) +
        paragraph(`<w:moveTo w:id="2" ${ann}>${r('x')}</w:moveTo>`),
      ['paragraph: a', 'deleted: {x|moved away by Ann}', 'paragraph: {x|moved here by Ann}'],
    ],
    [
      'a deleted paragraph stands where it was',
      p('one') + marked(deletedMark, del(ann, d('two'))) + p('three'),
      ['paragraph: one', 'deleted: {two|deleted by Ann}', 'paragraph: three'],
    ],
    [
      'where only the end was deleted, paragraphs are one, with the changes in both',
      marked(deletedMark, r('one '), ins(ann, r('and '))) + paragraph(r('two'), ins(bob, r(' too'))),
      ['paragraph: one {and|inserted by Ann} two {too|inserted by Bob}'],
    ],
    [
      'an inserted end parts paragraphs',
      marked(`<w:ins w:id="9" ${ann}/>`, r('one')) + p('two'),
      ['paragraph: one', 'paragraph: two'],
    ],
    [
      'deleted text in a cell stands behind the row',
      `<w:tbl>${row('', cell(paragraph(r('a'), del(ann, d('old')), ins(bob, r('b')))), cell(paragraph(ins(bob, r('c')))))}</w:tbl>`,
      ['row: a{b|inserted by Bob}\t{c|inserted by Bob}', 'deleted: {old|deleted by Ann}'],
    ],
    [
      'an inserted row is marked, a deleted one is no row',
      `<w:tbl>${row(`<w:ins w:id="1" ${ann}/>`, cell(p('a')), cell(p('b')))}${row(`<w:del w:id="1" ${bob}/>`, cell(p('c')), cell(p('d')))}</w:tbl>`,
      [
        'row: {a|inserted by Ann}\t{b|inserted by Ann}',
        'deleted: {c|deleted by Bob}',
        'deleted: {d|deleted by Bob}',
      ],
    ],
    [
      'a deleted cell',
      `<w:tbl>${row('', cell(p('a')), `<w:tc><w:tcPr><w:cellDel w:id="1" ${ann}/></w:tcPr>${p('b')}</w:tc>`, cell(p('c')))}</w:tbl>`,
      ['row: a\t\tc', 'deleted: {b|deleted by Ann}'],
    ],
    [
      'changes of looks are none',
      paragraph(
        `<w:r><w:rPr><w:b/><w:rPrChange w:id="1" ${ann}><w:rPr/></w:rPrChange></w:rPr><w:t>bold</w:t></w:r>`,
      ),
      ['paragraph: bold'],
    ],
    [
      'the result of a deleted field, without its instruction',
      paragraph(
        r('See '),
        del(
          ann,
          '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:delInstrText> REF x </w:delInstrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
          d('page 4'),
          '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        r('below'),
      ),
      ['paragraph: See below', 'deleted: {page 4|deleted by Ann}'],
    ],
    [
      'without a name or a date',
      paragraph(r('a'), '<w:del w:id="1"><w:r><w:delText>b</w:delText></w:r></w:del>'),
      ['paragraph: a', 'deleted: {b|deleted}'],
    ],
    [
      'in a text box',
      paragraph(
        r('x'),
        `<w:r><w:pict><v:textbox><w:txbxContent>${paragraph(r('in'), del(ann, d('out')))}</w:txbxContent></v:textbox></w:pict></w:r>`,
      ),
      ['paragraph: x', 'paragraph: in', 'deleted: {out|deleted by Ann}'],
    ],
  ])('%s', async (_, body, expected) => {
    expect((await blocksOfBody(body)).map(line)).toEqual(expected);
  });

  test('the date is kept as the file has it', async () => {
    const [, deleted] = await blocksOfBody(paragraph(r('a'), del(ann, d('b'))));
    expect(deleted?.markup).toEqual([
      { kind: 'deleted', by: 'Ann', at: '2020-03-04T10:00:00Z', start: 0, end: 1 },
    ]);
  });

  test('a deleted paragraph has no number, and those after it are counted without it', async () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';
    const listed = (mark: string, run: string) =>
      `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>${mark && `<w:rPr>${mark}</w:rPr>`}</w:pPr>${run}</w:p>`;
    const blocks = await blocksOfBody(
      listed('', r('a')) + listed(deletedMark, del(ann, d('b'))) + listed('', r('c')),
      { numbering },
    );
    expect(blocks.map(({ number, text }) => `${number ?? '-'} ${text}`)).toEqual(['1. a', '- b', '2. c']);
  });

  test('a deleted row does not count in lists either', async () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';
    const listed = (text: string) => p(text, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>');
    const blocks = await blocksOfBody(
      `<w:tbl>${row('', cell(listed('a')), cell(p('x')))}${row(`<w:del w:id="1" ${ann}/>`, cell(listed('b')), cell(p('y')))}${row('', cell(listed('c')), cell(p('z')))}</w:tbl>`,
      { numbering },
    );
    expect(blocks.filter(({ type }) => type === 'row').map(({ number }) => number)).toEqual(['1.', '2.']);
  });
});

describe('notes and comments', () => {
  test('a note goes with its deleted reference, and takes no number', async () => {
    const blocks = await blocksOfBody(
      paragraph(
        r('a'),
        del(ann, '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        '<w:r><w:footnoteReference w:id="3"/></w:r>',
      ),
      {
        footnotes: `<w:footnote w:id="2">${p('gone')}</w:footnote><w:footnote w:id="3">${p('kept')}</w:footnote>`,
      },
    );
    expect(blocks.map(({ zone, type, number, text }) => [zone ?? type, number, text])).toEqual([
      ['paragraph', undefined, 'a'],
      ['deleted', undefined, 'gone'],
      ['note', '1', 'kept'],
    ]);
  });

  test('a note that nothing refers to is kept as hidden; separators are none', async () => {
    const blocks = await blocksOfBody(p('a'), {
      footnotes: `<w:footnote w:id="-1" w:type="separator">${p('___')}</w:footnote><w:footnote w:id="2">${p('lost')}</w:footnote>`,
    });
    expect(blocks.map(({ zone, text }) => [zone, text])).toEqual([
      [undefined, 'a'],
      ['hidden', 'lost'],
    ]);
  });

  test('a comment says what it is about, and whether it has been dealt with', async () => {
    const start = (id: number) => `<w:commentRangeStart w:id="${id}"/>`;
    const end = (id: number) =>
      `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`;
    const long = 'word '.repeat(60);
    const comment = (id: number, paraId: string) =>
      `<w:comment w:id="${id}" ${ann}><w:p w14:paraId="${paraId}">${r('why?')}</w:p></w:comment>`;
    const blocks = await blocksOfBody(
      paragraph(r('I saw '), start(0), r('a '), del(bob, d('tall ')), r('man'), end(0)) +
        paragraph(start(1), r(long), end(1), start(2), end(2)),
      {
        comments: comment(0, '0A') + comment(1, '0B') + comment(2, '0C'),
        commentsExtended:
          '<w15:commentEx w15:paraId="0A" w15:done="1"/><w15:commentEx w15:paraId="0B" w15:done="0"/><w15:commentEx w15:paraId="0C" w15:paraIdParent="0A"/>',
      },
    );
    const comments = blocks.filter(({ type }) => type === 'comment');
    expect(comments.map(({ markup }) => [markup?.[0]?.about, markup?.[0]?.resolved])).toEqual([
      ['a man', true],
      [`${'word '.repeat(32).trim()} …`, undefined],
      [undefined, true],
    ]);
  });
});
