import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { extractions, linesOf } from '../word-processor/block-lines.ts';
import { flatDocument, lockedDocument, lockedMember, manifest, packedDocument } from './open-document.ts';

const lines = (text: string, styles = '', outline = '') =>
  linesOf(flatDocument({ text, styles, outline }), 'fodt');
const p = (inside: string, style = '') =>
  `<text:p${style && ` text:style-name="${style}"`}>${inside}</text:p>`;
const item = (inside: string, attributes = '') => `<text:list-item ${attributes}>${inside}</text:list-item>`;
const list = (inside: string, attributes = '') => `<text:list ${attributes}>${inside}</text:list>`;
const hidden =
  '<style:style style:name="H"><style:text-properties text:display="none"/></style:style><style:style style:name="HH" style:parent-style-name="H"/>';

describe('text', () => {
  test.each<[what: string, text: string, expected: readonly string[]]>([
    [
      'white space as OpenDocument has it',
      p(' one \n two<text:s text:c="3"/>three<text:tab/>four<text:line-break/>five '),
      ['paragraph: one two   three\tfour\nfive'],
    ],
    [
      'pieces are one text',
      p('one <text:span>two </text:span> <text:a>three</text:a>'),
      ['paragraph: one two three'],
    ],
    ['headings', '<text:h text:outline-level="2">Facts</text:h>', ['heading2: Facts']],
    [
      'a sentence is no heading',
      '<text:h text:outline-level="1">He left at ten.</text:h>',
      ['paragraph: He left at ten.'],
    ],
    [
      'hidden text by its style, and by the style of that',
      p('a<text:span text:style-name="HH">b</text:span>c'),
      ['paragraph: ac', 'hidden: b'],
    ],
    [
      'a hidden section',
      `<text:section text:display="none">${p('a')}</text:section>${p('b')}`,
      ['hidden: a', 'paragraph: b'],
    ],
    [
      'text hidden by a condition',
      p('a<text:hidden-text text:is-hidden="true" text:string-value="b"/>'),
      ['paragraph: a', 'hidden: b'],
    ],
    [
      'readings follow in brackets',
      p('<text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>とう</text:ruby-text></text:ruby>'),
      ['paragraph: 東(とう)'],
    ],
    [
      'a table of contents without its source',
      '<text:table-of-content><text:table-of-content-source><text:index-title-template>x</text:index-title-template></text:table-of-content-source><text:index-body><text:p>Facts 3</text:p></text:index-body></text:table-of-content>',
      ['paragraph: Facts 3'],
    ],
    [
      'tables',
      `<table:table><table:table-header-rows><table:table-row><table:table-cell>${p('a')}</table:table-cell><table:table-cell>${p('b')}${p('c')}</table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell>${p('')}</table:table-cell><table:covered-table-cell/><table:table-cell>${p('d')}</table:table-cell></table:table-row></table:table>`,
      ['row: a\tb c', 'row: \t\td'],
    ],
    [
      'a table in a table',
      `<table:table><table:table-row><table:table-cell>${p('a')}</table:table-cell><table:table-cell><table:table><table:table-row><table:table-cell>${p('b')}</table:table-cell><table:table-cell>${p('c')}</table:table-cell></table:table-row></table:table></table:table-cell></table:table-row></table:table>`,
      ['paragraph: a', 'row: b\tc'],
    ],
    [
      'a text box, and a shape with text',
      p(
        `a<draw:frame><draw:text-box>${p('in')}</draw:text-box></draw:frame><draw:rect>${p('on')}</draw:rect>b`,
      ),
      ['paragraph: ab', 'paragraph: in', 'paragraph: on'],
    ],
    [
      'a frame of the page',
      `<draw:frame><draw:text-box>${p('in')}</draw:text-box></draw:frame>${p('a')}`,
      ['paragraph: in', 'paragraph: a'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await lines(text, hidden)).toEqual(expected);
  });

  test('headers and what the file says of itself', async () => {
    const [found] = await extractions(
      flatDocument({
        text: p('a'),
        header: p('Draft'),
        meta: '<dc:title>Notes</dc:title><meta:initial-creator>A. Clerk</meta:initial-creator><meta:creation-date>2014-11-03T09:05:00</meta:creation-date>',
      }),
      'fodt',
    );
    expect(found).toMatchObject({
      metadata: { title: 'Notes', author: 'A. Clerk', created: '2014-11-03T09:05:00' },
      content: { blocks: [{ type: 'header', text: 'Draft' }, { text: 'a' }] },
    });
  });
});

describe('lists', () => {
  const level = (number: number, format: string, more = '') =>
    `<text:list-level-style-number text:level="${number}" style:num-format="${format}" ${more}/>`;
  const styles = `<text:list-style style:name="L">${level(1, '1', 'style:num-suffix="."')}${level(2, 'a', 'style:num-prefix="(" style:num-suffix=")"')}${level(3, 'i', 'text:display-levels="3" style:num-suffix="."')}</text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="o"/></text:list-style><style:style style:name="P" style:list-style-name="L"/>`;
  const L = 'text:style-name="L"';
  test.each<[what: string, text: string, expected: readonly string[]]>([
    [
      'levels',
      list(item(p('a') + list(item(p('b') + list(item(p('c')) + item(p('d')))))) + item(p('e')), L),
      ['item1 1.: a', 'item2 (a): b', 'item3 1.a.i.: c', 'item3 1.a.ii.: d', 'item1 2.: e'],
    ],
    [
      'only the first paragraph of an item is numbered, and its header is not',
      list(`${item(p('a') + p('b'))}<text:list-header>${p('h')}</text:list-header>${item(p('c'))}`, L),
      ['item1 1.: a', 'paragraph: b', 'paragraph: h', 'item1 2.: c'],
    ],
    [
      'a new list begins anew, one that goes on does not',
      list(item(p('a')), `${L} xml:id="x"`) +
        list(item(p('b')), L) +
        list(item(p('c')), `${L} text:continue-numbering="true"`) +
        list(item(p('d')), `${L} text:continue-list="x"`),
      ['item1 1.: a', 'item1 1.: b', 'item1 2.: c', 'item1 2.: d'],
    ],
    [
      'a value of its own',
      list(item(p('a'), 'text:start-value="5"') + item(p('b')), L),
      ['item1 5.: a', 'item1 6.: b'],
    ],
    ['the list of a paragraph’s style', list(item(p('a', 'P'))), ['item1 1.: a']],
    ['bullets', list(item(p('a')), 'text:style-name="B"'), ['item1: a']],
    [
      'letters go on after z',
      list(item(p('') + list(item(p('y'), 'text:start-value="26"') + item(p('z')))), L),
      ['item2 (z): y', 'item2 (aa): z'],
    ],
    [
      'paragraphs numbered by themselves',
      `<text:numbered-paragraph text:list-id="n" text:level="1" ${L}>${p('a')}</text:numbered-paragraph>${p('-')}<text:numbered-paragraph text:list-id="n" text:level="1" ${L}>${p('b')}</text:numbered-paragraph>`,
      ['item1 1.: a', 'paragraph: -', 'item1 2.: b'],
    ],
    [
      'a cell begins without a list',
      list(
        item(
          `<table:table><table:table-row><table:table-cell>${p('a')}</table:table-cell><table:table-cell>${p('b')}</table:table-cell></table:table-row></table:table>`,
        ),
        L,
      ),
      ['row: a\tb'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await lines(text, styles)).toEqual(expected);
  });

  test('headings are numbered by the outline', async () => {
    const outline =
      '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/><text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>';
    const h = (depth: number, words: string, more = '') =>
      `<text:h text:outline-level="${depth}" ${more}>${words}</text:h>`;
    expect(
      await lines(
        h(1, 'a') + h(2, 'b') + h(2, 'c') + h(3, 'd') + h(1, 'e', 'text:is-list-header="true"') + h(1, 'f'),
        '',
        outline,
      ),
    ).toEqual([
      'heading1 1: a',
      'heading2 1.1: b',
      'heading2 1.2: c',
      'heading3: d',
      'heading1: e',
      'heading1 2: f',
    ]);
  });
});

describe('beside the text', () => {
  const region = (id: string, kind: string, inside = '') =>
    `<text:changed-region xml:id="${id}"><text:${kind}><office:change-info><dc:creator>Ann</dc:creator><dc:date>2020-03-04T10:15:00</dc:date></office:change-info>${inside}</text:${kind}></text:changed-region>`;
  const changes = `<text:tracked-changes>${region('i', 'insertion')}${region('d', 'deletion', p('old'))}${region('w', 'deletion', p('whole') + p(''))}${region('n', 'deletion')}${region('f', 'format-change')}</text:tracked-changes>`;
  const start = (id: string) => `<text:change-start text:change-id="${id}"/>`;
  const end = (id: string) => `<text:change-end text:change-id="${id}"/>`;
  const by = 'Ann, 2020-03-04T10:15:00';
  test.each<[what: string, text: string, expected: readonly string[]]>([
    [
      'notes, with the numbers that are printed',
      p(
        'a<text:note text:note-class="footnote"><text:note-citation>3</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note>b',
      ),
      ['paragraph: ab', 'note 3: n'],
    ],
    ['insertions', changes + p(`a ${start('i')}new${end('i')} b`), [`paragraph: a {new|inserted, ${by}} b`]],
    [
      'insertions over paragraphs',
      changes + p(`a ${start('i')}b`) + p(`c${end('i')} d`),
      [`paragraph: a {b|inserted, ${by}}`, `paragraph: {c|inserted, ${by}} d`],
    ],
    [
      'deletions',
      changes + p('a <text:change text:change-id="d"/>b'),
      ['paragraph: a b', `deleted: {old|deleted, ${by}}`],
    ],
    [
      'a deleted paragraph',
      changes + p('a') + p('<text:change text:change-id="w"/>b'),
      ['paragraph: a', `deleted: {whole|deleted, ${by}}`, 'paragraph: b'],
    ],
    [
      'a deletion between paragraphs',
      `${changes + p('a')}<text:change text:change-id="d"/>${p('b')}`,
      ['paragraph: a', `deleted: {old|deleted, ${by}}`, 'paragraph: b'],
    ],
    [
      'deletions where they stand',
      changes + p(`a ${start('n')}old${end('n')}b`) + p(`${start('n')}gone`) + p(`${end('n')}c`),
      ['paragraph: a b', `deleted: {old|deleted, ${by}}`, `deleted: {gone|deleted, ${by}}`, 'paragraph: c'],
    ],
    ['changes of looks', changes + p(`a${start('f')}b${end('f')}`), ['paragraph: ab']],
    [
      'comments',
      p(
        'I saw <office:annotation office:name="c" loext:resolved="true"><dc:creator>Ann</dc:creator><dc:date>2020-03-04T10:15:00</dc:date><text:p>who?</text:p></office:annotation>a man<office:annotation-end office:name="c"/>.',
      ),
      ['paragraph: I saw a man.', `comment: {Ann: who?|comment, ${by}, on a man, resolved}`],
    ],
    [
      'a comment at a point',
      p('a<office:annotation office:name="c"><text:p>who?</text:p></office:annotation>b'),
      ['paragraph: ab', 'comment: who?'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await lines(text)).toEqual(expected);
  });
});

describe('sheets', () => {
  const soft = '<text:soft-page-break/>';
  const pages = (count: number) => `<meta:document-statistic meta:page-count="${count}"/>`;
  const sheets = async (text: string, count: number) => {
    const styles =
      '<style:style style:name="B"><style:paragraph-properties fo:break-before="page"/></style:style>';
    const [found] = await extractions(flatDocument({ text, styles, meta: pages(count) }), 'fodt');
    return found?.type === 'text' && found.content.layout === 'blocks'
      ? found.content.blocks.map(({ sheet }) => sheet)
      : [];
  };

  test('are those of the recorded and the wanted page breaks', async () => {
    const text = p('a') + soft + p('b') + p('c', 'B') + p('d') + p(`e${soft}f`) + p('g');
    expect(await sheets(text, 4)).toEqual([undefined, 2, 3, undefined, undefined, 4]);
  });

  test('are not claimed when the word processor counted other pages, or recorded none', async () => {
    expect(await sheets(p('a') + soft + p('b'), 7)).toEqual([undefined, undefined]);
    expect(await sheets(p('a') + p('b', 'B'), 2)).toEqual([undefined, undefined]);
  });
});

describe('encryption', () => {
  const locked = lockedDocument(p('secret'), 'pässword');
  test('opens with the first password that fits', async () => {
    const [found] = await extractions(locked, 'odt', ['wrong', 'pässword']);
    expect(found).toMatchObject({ type: 'text', content: { blocks: [{ text: 'secret' }] } });
  });

  test.each([
    ['without one', locked, [], 'The document is protected by a password.'],
    ['with none that fits', locked, ['wrong'], 'The document is protected by a password.'],
    [
      'in a way that is not known',
      lockedDocument(p('x'), 'a', 'Blowfish CFB'),
      ['a'],
      'The document is protected by a password, in a way that pincite cannot undo.',
    ],
    [
      'of a file that is encrypted as one',
      zipSync({
        mimetype: strToU8('application/vnd.oasis.opendocument.text'),
        'encrypted-package': strToU8('…'),
        'META-INF/manifest.xml': strToU8(
          manifest(lockedMember('encrypted-package', 'x', 'a', 'aes256-gcm').entry),
        ),
      }),
      ['a'],
      'The document is protected by a password, in a way that pincite cannot undo.',
    ],
  ])('is said %s', async (_, bytes, passwords, reason) => {
    expect(await extractions(bytes, 'odt', passwords)).toEqual([
      { type: 'unreadable', outcome: 'encrypted', reason },
    ]);
  });
});

describe('embedded documents', () => {
  test('a folder of the package comes out as a package', async () => {
    const type = 'application/vnd.oasis.opendocument.spreadsheet';
    const bytes = packedDocument(
      { text: p('a<draw:object xlink:href="./Object 1"/><draw:object xlink:href="./Object 2"/>') },
      { 'Object 1/content.xml': strToU8('<x/>'), 'Object 2/content.xml': strToU8('<chart/>') },
      `<manifest:file-entry manifest:full-path="Object 1/" manifest:media-type="${type}"/><manifest:file-entry manifest:full-path="Object 2/" manifest:media-type="application/vnd.oasis.opendocument.chart"/>`,
    );
    const [, ...children] = await extractions(bytes, 'odt');
    expect(children).toMatchObject([{ type: 'child', relation: 'embedded', name: 'Object 1' }]);
    expect(await extractions(bytes, 'odt')).toEqual(await extractions(bytes, 'odt'));
  });
});

describe('survival', () => {
  test('a file whose content is missing is damaged, and what else is in it comes out', async () => {
    const picture = new Uint8Array([1, 2, 3]);
    const bytes = zipSync({
      mimetype: strToU8('application/vnd.oasis.opendocument.text'),
      'Pictures/a.png': picture,
    });
    expect(await extractions(bytes, 'odt')).toMatchObject([
      { type: 'child', name: 'Pictures/a.png' },
      {
        type: 'container',
        reason:
          'The document has no text of its own but holds a file. The file is damaged: its content is missing.',
      },
    ]);
  });

  test('nothing in a document is expanded', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
    const xml = Buffer.from(flatDocument({ text: p('before') + p('&b;&b;&b;') + p('after') })).toString(
      'utf8',
    );
    const [found] = await extractions(
      strToU8(xml.replace('<?xml version="1.0" encoding="UTF-8"?>', bomb)),
      'fodt',
    );
    expect(JSON.stringify(found)).not.toContain('aaaaaaaaaa');
  });

  test('deep nesting is no crash', async () => {
    const deep = `${'<text:list><text:list-item>'.repeat(20_000)}${p('deep')}${'</text:list-item></text:list>'.repeat(20_000)}`;
    expect(await lines(deep)).toEqual(['item20000: deep']);
  });

  test('a bomb is refused before it unfolds', async () => {
    const bytes = zipSync({
      mimetype: strToU8('application/vnd.oasis.opendocument.text'),
      'content.xml': new Uint8Array(64 * 2 ** 20),
    });
    expect(await extractions(bytes, 'odt')).toMatchObject([{ type: 'unreadable', outcome: 'too-large' }]);
  });

  test('an empty document', async () => {
    expect(await extractions(flatDocument({ text: p('') }), 'fodt')).toMatchObject([{ outcome: 'empty' }]);
  });
});

describe('descriptions of pictures', () => {
  const picture = (inside: string) => `<draw:frame draw:name="Image1"><draw:image/>${inside}</draw:frame>`;
  const described = picture(
    '<svg:title>Exhibit 4</svg:title><svg:desc>The lane\n  behind the mill</svg:desc>',
  );

  test.each<[what: string, text: string, expected: readonly string[]]>([
    [
      'follow the paragraph',
      p(`See ${described}overleaf.`),
      ['paragraph: See overleaf.', 'paragraph: Exhibit 4', 'paragraph: The lane behind the mill'],
    ],
    [
      'stand by themselves between paragraphs',
      `${described}${p('a')}`,
      ['paragraph: Exhibit 4', 'paragraph: The lane behind the mill', 'paragraph: a'],
    ],
    [
      'are not what programs put there',
      p(`a${picture('<svg:title>Image 3</svg:title><svg:desc>lane.jpeg</svg:desc>')}`),
      ['paragraph: a'],
    ],
    [
      'are hidden where the picture is',
      `<text:section text:display="none">${p(`a${described}`)}</text:section>`,
      ['hidden: a', 'hidden: Exhibit 4', 'hidden: The lane behind the mill'],
    ],
  ])('%s', async (_, text, expected) => {
    expect(await lines(text)).toEqual(expected);
  });
});
