import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { compoundFileOf } from '../../../src/formats/compound-writer.ts';
import { docxAdapter } from '../../../src/formats/docx/adapter.ts';
import { blocksOf, blocksOfBody, extract, p, wordFile } from './word-file.ts';

const r = (inside: string, properties = '') =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}${inside}</w:r>`;
const t = (text: string) => `<w:t xml:space="preserve">${text}</w:t>`;
const paragraph = (...runs: string[]) => `<w:p>${runs.join('')}</w:p>`;
const field = (type: string) => r(`<w:fldChar w:fldCharType="${type}"/>`);
const instruction = (text: string) => r(`<w:instrText>${text}</w:instrText>`);
const cell = (...paragraphs: string[]) => `<w:tc>${paragraphs.join('')}</w:tc>`;
const row = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`;
const table = (...rows: string[]) => `<w:tbl>${rows.join('')}</w:tbl>`;

async function texts(body: string): Promise<readonly string[]> {
  return (await blocksOfBody(body)).map((block) => block.text);
}

describe('the text of a paragraph', () => {
  test.each<[what: string, body: string, expected: readonly string[]]>([
    ['runs are one text', paragraph(r(t('one ')), r(t('two'))), ['one two']],
    [
      'tabs and breaks',
      paragraph(r(`${t('a')}<w:tab/>${t('b')}<w:br/>${t('c')}<w:cr/>${t('d')}`)),
      ['a\tb\nc\nd'],
    ],
    ['tab stops are no tabs', p('a', '<w:tabs><w:tab w:val="left" w:pos="9"/></w:tabs>'), ['a']],
    [
      'hyphens',
      paragraph(r(`${t('a')}<w:noBreakHyphen/>${t('b')}<w:softHyphen/>${t('c')}`)),
      ['a\u2011b\u00ADc'],
    ],
    [
      'symbols',
      paragraph(r('<w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FE"/>')),
      ['α☑'],
    ],
    ['insertions in', paragraph(r(t('a')), `<w:ins w:id="1">${r(t('b'))}</w:ins>`), ['ab']],
    [
      'deletions beside it',
      paragraph(r(t('a')), `<w:del w:id="1">${r('<w:delText>b</w:delText>')}</w:del>`, r(t('c'))),
      ['ac', 'b'],
    ],
    [
      'moved text once',
      paragraph(
        `<w:moveFrom w:id="1">${r(t('x'))}</w:moveFrom>`,
        r(t('a')),
        `<w:moveTo w:id="2">${r(t('x'))}</w:moveTo>`,
      ),
      ['ax', 'x'],
    ],
    [
      'links and controls',
      paragraph(
        `<w:hyperlink>${r(t('a'))}</w:hyperlink>`,
        `<w:sdt><w:sdtContent>${r(t('b'))}</w:sdtContent></w:sdt>`,
      ),
      ['ab'],
    ],
    [
      'old properties are not read',
      p('a', '<w:pPrChange w:id="1"><w:pPr><w:rPr><w:del w:id="2"/></w:rPr></w:pPr></w:pPrChange>') + p('b'),
      ['a', 'b'],
    ],
    [
      'the result of a field',
      paragraph(field('begin'), instruction('PAGE'), field('separate'), r(t('7')), field('end')),
      ['7'],
    ],
    [
      'a field in an instruction',
      paragraph(
        field('begin'),
        instruction('IF '),
        field('begin'),
        instruction('X'),
        field('separate'),
        r(t('no')),
        field('end'),
        field('separate'),
        r(t('yes')),
        field('end'),
      ),
      ['yes'],
    ],
    [
      'a field that never ends swallows nothing',
      paragraph(field('begin'), instruction('X'), r(t('a'))) + p('b'),
      ['a', 'b'],
    ],
    ['an end without a field', paragraph(field('end'), r(t('a'))), ['a']],
    ['a simple field', paragraph(`<w:fldSimple w:instr="DATE">${r(t('May'))}</w:fldSimple>`), ['May']],
    ['formulas', paragraph('<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>'), ['x+1']],
    [
      'readings follow in brackets',
      paragraph(r(`<w:ruby><w:rt>${r(t('とう'))}</w:rt><w:rubyBase>${r(t('東'))}</w:rubyBase></w:ruby>`)),
      ['東(とう)'],
    ],
    [
      'a ticked box',
      paragraph(
        r(
          '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar>',
        ),
        instruction(' FORMCHECKBOX '),
        field('end'),
        r(t(' yes')),
      ),
      ['☒ yes'],
    ],
    ['entities', p('R &amp; D &lt;x&gt; &#233;'), ['R & D <x> é']],
    ['empty paragraphs are none', p('') + p('a') + p('  '), ['a']],
    [
      'a deleted end goes on in the next paragraph',
      p('one ', '<w:rPr><w:del w:id="1"/></w:rPr>') + p('two'),
      ['one two'],
    ],
    ['a deleted end before nothing', p('one', '<w:rPr><w:del w:id="1"/></w:rPr>'), ['one']],
  ])('%s', async (_, body, expected) => {
    expect(await texts(body)).toEqual(expected);
  });

  test('hidden text stands apart', async () => {
    expect(
      await blocksOfBody(
        paragraph(r(t('seen ')), r(t('unseen'), '<w:vanish/>'), r(t('too'), '<w:vanish w:val="0"/>')),
      ),
    ).toEqual([
      { type: 'paragraph', text: 'seen too' },
      { type: 'paragraph', text: 'unseen', zone: 'hidden' },
    ]);
  });

  test('automatic numbers of old', async () => {
    const numbered = (text: string) =>
      paragraph(field('begin'), instruction(' AUTONUM '), field('end'), r(t(text)));
    const blocks = await blocksOfBody(numbered('a') + p('-') + numbered('b'));
    expect(blocks.map((block) => block.number)).toEqual(['1.', undefined, '2.']);
  });
});

describe('text beside the text', () => {
  test('a text box follows its paragraph, and counts once', async () => {
    const box = `<w:txbxContent>${p('in the box')}</w:txbxContent>`;
    const both = `<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>${box}</wps:txbx></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent>`;
    expect(await texts(paragraph(r(t('before ')), r(both), r(t('after'))))).toEqual([
      'before after',
      'in the box',
    ]);
  });

  test('where the first branch has no text, the other is read', async () => {
    const only =
      '<mc:AlternateContent><mc:Choice Requires="x"><w:pict/></mc:Choice><mc:Fallback><w:t>old</w:t></mc:Fallback></mc:AlternateContent>';
    expect(await texts(paragraph(r(only)))).toEqual(['old']);
  });

  test('a watermark', async () => {
    expect(await texts(paragraph(r('<w:pict><v:textpath string="DRAFT"/></w:pict>')))).toEqual(['DRAFT']);
  });

  test('notes and comments follow the paragraph that refers to them', async () => {
    const note = (kind: string, id: number, text: string, more = '') =>
      `<w:${kind} w:id="${id}" ${more}>${p(text)}</w:${kind}>`;
    const blocks = await blocksOfBody(
      paragraph(r(t('a')), r('<w:footnoteReference w:id="3"/>'), r('<w:endnoteReference w:id="2"/>')) +
        paragraph(r(t('b')), r('<w:footnoteReference w:id="2"/>'), r('<w:commentReference w:id="0"/>')),
      {
        footnotes:
          note('footnote', -1, '___', 'w:type="separator"') +
          note('footnote', 2, 'second') +
          note('footnote', 3, 'first'),
        endnotes: note('endnote', 2, 'at the end'),
        comments: note('comment', 0, 'why?', 'w:author="A. Reader"') + note('comment', 1, 'lost'),
      },
    );
    expect(blocks).toEqual([
      { type: 'paragraph', text: 'a' },
      { type: 'note', text: 'first', number: '1' },
      { type: 'note', text: 'at the end', number: 'i' },
      { type: 'paragraph', text: 'b' },
      { type: 'note', text: 'second', number: '2' },
      {
        type: 'comment',
        text: 'A. Reader: why?',
        markup: [{ kind: 'comment', by: 'A. Reader', start: 0, end: 15 }],
      },
      { type: 'comment', text: 'lost' },
    ]);
  });

  test('headers and footers come first, each text once', async () => {
    const blocks = await blocksOfBody(p('body'), {
      header1: p('INQ000123'),
      header2: p('INQ000123') + p('Draft'),
      footer1: p('Page 1'),
    });
    expect(blocks.map(({ type, text }) => `${type} ${text}`)).toEqual([
      'header INQ000123',
      'header Draft',
      'header Page 1',
      'paragraph body',
    ]);
  });
});

describe('tables', () => {
  const numbering =
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>' +
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';
  const listed = (text: string) => p(text, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>');

  test.each<[what: string, body: string, expected: readonly unknown[]]>([
    [
      'a row is a block',
      table(row(cell(p('a')), cell(p('b'), p('c')), cell(p(''))), row(cell(p('')), cell(p('d')))),
      [
        { type: 'row', text: 'a\tb c' },
        { type: 'row', text: '\td' },
      ],
    ],
    [
      'a number in the first cell is the row’s',
      table(row(cell(listed('')), cell(p('said'))), row(cell(listed('')), cell(p('did')))),
      [
        { type: 'row', text: '\tsaid', number: '1.' },
        { type: 'row', text: '\tdid', number: '2.' },
      ],
    ],
    [
      'a frame around text is no row',
      table(row(cell(p('a'), listed('b')))),
      [
        { type: 'paragraph', text: 'a' },
        { type: 'item', text: 'b', level: 1, number: '1.' },
      ],
    ],
    [
      'numbered paragraphs stay paragraphs',
      table(row(cell(p('a')), cell(listed('b'), listed('c')))),
      [
        { type: 'paragraph', text: 'a' },
        { type: 'item', text: 'b', level: 1, number: '1.' },
        { type: 'item', text: 'c', level: 1, number: '2.' },
      ],
    ],
    [
      'a table in a table',
      table(row(cell(p('a')), cell(table(row(cell(p('b')), cell(p('c'))))))),
      [
        { type: 'paragraph', text: 'a' },
        { type: 'row', text: 'b\tc' },
      ],
    ],
    [
      'a deleted row is no row',
      table(
        `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${cell(p('a'))}</w:tr>`,
        row(cell(p('b')), cell(p('c'))),
      ),
      [
        { type: 'paragraph', text: 'a', zone: 'deleted', markup: [{ kind: 'deleted', start: 0, end: 1 }] },
        { type: 'row', text: 'b\tc' },
      ],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await blocksOfBody(body, { numbering })).toEqual(expected);
  });
});

describe('headings', () => {
  const styles =
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>' +
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H1"/></w:style>' +
    '<w:style w:type="paragraph" w:styleId="Out"><w:name w:val="Out"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>' +
    '<w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/><w:basedOn w:val="Out"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>';
  test.each<[properties: string, text: string, expected: string]>([
    ['<w:pStyle w:val="H1"/>', 'Background', 'heading 1'],
    ['<w:pStyle w:val="Mine"/>', 'Background', 'heading 1'],
    ['<w:pStyle w:val="Out"/>', 'Background', 'heading 3'],
    ['<w:pStyle w:val="Body"/>', 'Background', 'paragraph undefined'],
    ['<w:outlineLvl w:val="1"/>', 'Background', 'heading 2'],
    ['<w:pStyle w:val="H1"/>', 'I saw him leave at ten.', 'paragraph undefined'],
  ])('%s %s', async (properties, text, expected) => {
    const [block] = await blocksOfBody(p(text, properties), { styles });
    expect(`${block?.type} ${block?.level}`).toBe(expected);
  });
});

describe('sheets', () => {
  const recorded = '<w:lastRenderedPageBreak/>';
  const typed = '<w:br w:type="page"/>';
  test('recorded breaks move the sheet; a typed one and its record count once', async () => {
    const body =
      p('one') +
      paragraph(r(recorded + t('two'))) +
      paragraph(r(typed)) +
      paragraph(r(recorded + t('three'))) +
      p('still three');
    expect((await blocksOfBody(body)).map(({ text, sheet }) => [text, sheet])).toEqual([
      ['one', undefined],
      ['two', 2],
      ['three', 3],
      ['still three', undefined],
    ]);
  });

  test('a break inside a paragraph belongs to the next one', async () => {
    const body = paragraph(r(t('ends on two ') + recorded + t('here'))) + p('two');
    expect((await blocksOfBody(body)).map(({ sheet }) => sheet)).toEqual([undefined, 2]);
  });

  test('cells stand side by side', async () => {
    const long = cell(paragraph(r(t('a') + recorded + t('b'))));
    expect((await blocksOfBody(table(row(long, long)) + p('after'))).at(-1)?.sheet).toBe(2);
  });

  test('without a record no sheet is claimed', async () => {
    expect((await blocksOfBody(p('one') + paragraph(r(typed + t('two'))))).map(({ sheet }) => sheet)).toEqual(
      [undefined, undefined],
    );
  });

  test('nor when the word processor counted other pages', async () => {
    const properties = strToU8(
      '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Pages>9</Pages></Properties>',
    );
    const [found] = await extract(
      wordFile({ body: p('one') + paragraph(r(recorded + t('two'))) }, { 'docProps/app.xml': properties }),
    );
    expect(found).toMatchObject({ content: { blocks: [{ text: 'one' }, { text: 'two' }] } });
    expect(JSON.stringify(found)).not.toContain('"sheet"');
  });

  test('some sheets only', async () => {
    const [found] = await extract(
      wordFile({
        body:
          p('one') + paragraph(r(recorded + t('two'))) + p('two too') + paragraph(r(recorded + t('three'))),
      }),
      [2],
    );
    expect(found).toMatchObject({ content: { blocks: [{ text: 'two', sheet: 2 }, { text: 'two too' }] } });
  });
});

test('a file of another program', async () => {
  const document = new Document({
    title: 'Statement',
    creator: 'A. Clerk',
    numbering: { config: [{ reference: 'n', levels: [{ level: 0, format: 'decimal', text: '%1.' }] }] },
    sections: [
      {
        children: [
          new Paragraph({ text: 'Introduction', heading: HeadingLevel.HEADING_1 }),
          new Paragraph({
            children: [new TextRun('I am a police constable.')],
            numbering: { reference: 'n', level: 0 },
          }),
          new Paragraph({
            children: [new TextRun('I make this statement.')],
            numbering: { reference: 'n', level: 0 },
          }),
          new Table({
            rows: [
              new TableRow({
                children: [
                  new TableCell({ children: [new Paragraph('10:02')] }),
                  new TableCell({ children: [new Paragraph('Call')] }),
                ],
              }),
            ],
          }),
        ],
      },
    ],
  });
  const bytes = new Uint8Array(await Packer.toBuffer(document));
  const [found] = await extract(bytes);
  expect(docxAdapter.recognises({ extension: '', head: bytes.subarray(0, 4096), bytes })).toBeGreaterThan(
    0.9,
  );
  expect(found).toMatchObject({
    metadata: { title: 'Statement', author: 'A. Clerk' },
    remarks: [],
    content: {
      blocks: [
        { type: 'heading', text: 'Introduction', level: 1 },
        { type: 'item', text: 'I am a police constable.', number: '1.' },
        { type: 'item', text: 'I make this statement.', number: '2.' },
        { type: 'row', text: '10:02\tCall' },
      ],
    },
  });
});

test('prefixes are the file’s own affair', async () => {
  const xml =
    '<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>strict</x:t><x:tab x:val="1"/></x:r></x:p><p xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><r><t>default</t></r></p></x:body></x:document>';
  const bytes = zipSync({ '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8(xml) });
  expect((await blocksOf(bytes)).map(({ text }) => text)).toEqual(['strict', 'default']);
});

test('embedded documents are children', async () => {
  const relationship =
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://x/aFChunk" Target="chunk.html"/></Relationships>';
  const bytes = wordFile(
    { body: p('a') },
    { 'word/_rels/document.xml.rels': strToU8(relationship), 'word/chunk.html': strToU8('<p>b') },
  );
  expect((await extract(bytes))[1]).toMatchObject({
    type: 'child',
    name: 'chunk.html',
    bytes: strToU8('<p>b'),
  });
});

test('an object in a header is a child, and so are the pictures of a document without text', async () => {
  const relationships = (type: string, target: string) =>
    strToU8(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://x/${type}" Target="${target}"/></Relationships>`,
    );
  const object = compoundFileOf(new Map([['Package', strToU8('PK')]]));
  const bytes = wordFile(
    { body: p('a'), header1: p('b') },
    {
      'word/_rels/header1.xml.rels': relationships('oleObject', 'embeddings/object1.bin'),
      'word/embeddings/object1.bin': object,
    },
  );
  expect((await extract(bytes))[1]).toMatchObject({ name: 'embeddings/object1.bin', bytes: strToU8('PK') });
  const pictures = (text: string) =>
    wordFile(
      { body: p(text) },
      {
        'word/_rels/document.xml.rels': relationships('image', 'media/scan.png'),
        'word/media/scan.png': strToU8('PNG'),
      },
    );
  expect(await extract(pictures(''))).toMatchObject([
    { type: 'child', relation: 'embedded', name: 'media/scan.png' },
    { type: 'container', reason: 'The document has no text of its own but holds a file.' },
  ]);
  expect(await extract(pictures('a'))).toMatchObject([{ type: 'text' }]);
});

test('the words of a chart follow the body', async () => {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart';
  const relationship = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="${type}" Target="charts/chart1.xml"/></Relationships>`;
  const chart =
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">' +
    '<a:p><a:r><a:t>Calls </a:t></a:r><a:r><a:t>a day</a:t></a:r></a:p><c:strCache><c:pt><c:v>Monday</c:v></c:pt><c:pt><c:v>Monday</c:v></c:pt></c:strCache>' +
    '<c:numCache><c:pt><c:v>4.3</c:v></c:pt></c:numCache></c:chartSpace>';
  const bytes = wordFile(
    { body: p('a') },
    { 'word/_rels/document.xml.rels': strToU8(relationship), 'word/charts/chart1.xml': strToU8(chart) },
  );
  expect((await blocksOf(bytes)).map(({ text }) => text)).toEqual(['a', 'Calls a day', 'Monday']);
});

describe('bad files', () => {
  const good = wordFile({ body: p('first '.repeat(2000)) + p('last') });

  test('an encrypted one says so', async () => {
    const stream = Buffer.from('EncryptedPackage', 'utf16le');
    const bytes = new Uint8Array(
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512), stream, Buffer.alloc(512)]),
    );
    expect(docxAdapter.recognises({ extension: 'docx', head: bytes, bytes })).toBeGreaterThan(0.5);
    expect((await extract(bytes))[0]).toMatchObject({ type: 'unreadable', outcome: 'encrypted' });
  });

  test('an older format is not taken for one', () => {
    const bytes = new Uint8Array(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]));
    expect(docxAdapter.recognises({ extension: 'docx', head: bytes, bytes })).toBe(0);
  });

  test.each<[what: string, bytes: Uint8Array, reason: RegExp]>([
    ['an archive of other things', zipSync({ 'a.txt': strToU8('a') }), /holds no Word document/],
    ['a stump', good.slice(0, 20), /damaged/],
    ['broken XML', zipSync({ 'word/document.xml': strToU8('<w:document><w:body') }), /damaged/],
    [
      'entities of its own',
      zipSync({
        'word/document.xml': strToU8(
          '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document><w:body>&a;</w:body></w:document>',
        ),
      }),
      /damaged/,
    ],
  ])('%s', async (_, bytes, reason) => {
    const [found] = await extract(bytes);
    expect(found).toMatchObject({ type: 'unreadable', outcome: 'failed' });
    expect(JSON.stringify(found)).toMatch(reason);
  });

  test('nothing in it', async () => {
    expect((await extract(wordFile({ body: p('') })))[0]).toMatchObject({
      type: 'unreadable',
      outcome: 'empty',
    });
  });

  test('what stands before the damage is kept, and the damage said', async () => {
    const xml =
      '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>kept</w:t></w:r></w:p><w:p></w:body>';
    const [found] = await extract(zipSync({ 'word/document.xml': strToU8(xml) }));
    expect(found).toMatchObject({ content: { blocks: [{ text: 'kept' }] } });
    expect(JSON.stringify(found)).toContain('word/document.xml is damaged');
  });

  test('a file cut short is read as far as it goes', async () => {
    const [found] = await extract(good.slice(0, good.length - 60));
    expect(found).toMatchObject({
      type: 'text',
      remarks: ['The end of the file is missing or damaged; what is left was read.'],
    });
  });

  test('a changed byte in stored text is noticed', async () => {
    const bytes = zipSync(
      {
        'word/document.xml': strToU8(
          '<w:document><w:body><w:p><w:r><w:t>guilty</w:t></w:r></w:p></w:body></w:document>',
        ),
      },
      { level: 0 },
    );
    bytes[Buffer.from(bytes).indexOf('guilty')] = 'G'.charCodeAt(0);
    expect((await extract(bytes))[0]).toMatchObject({
      remarks: ['word/document.xml is damaged: its checksum differs.'],
    });
  });

  test('a bomb is refused before it unfolds', async () => {
    const bytes = zipSync({ 'word/document.xml': new Uint8Array(64 * 2 ** 20) });
    const before = process.memoryUsage().arrayBuffers;
    expect((await extract(bytes))[0]).toMatchObject({ type: 'unreadable', outcome: 'too-large' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 2 ** 20);
  });

  test('a member that lies about its size unfolds no further', async () => {
    const bytes = zipSync({
      'word/document.xml': strToU8(
        `<w:document><w:body>${'<w:p><w:r><w:t>ha</w:t></w:r></w:p>'.repeat(5000)}</w:body></w:document>`,
      ),
    });
    const directory = Buffer.from(bytes).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(directory + 24, 4000, true);
    const [found] = await extract(bytes);
    expect(JSON.stringify(found).length).toBeLessThan(8000);
    expect(JSON.stringify(found)).toContain('damaged');
  });

  test('deep nesting is no crash', async () => {
    const deep = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${'<w:tbl><w:tr><w:tc>'.repeat(5000)}<w:p><w:r><w:t>deep</w:t></w:r></w:p>${'</w:tc></w:tr></w:tbl>'.repeat(5000)}</w:body></w:document>`;
    expect((await blocksOf(zipSync({ 'word/document.xml': strToU8(deep) }))).map(({ text }) => text)).toEqual(
      ['deep'],
    );
  });

  test('any cut and any flipped bit gives an answer', async () => {
    for (let at = 0; at < good.length; at += 7) {
      const flipped = good.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      for (const bytes of [flipped, good.slice(0, at)])
        expect((await extract(bytes)).length).toBeGreaterThan(0);
    }
  });
});

describe('descriptions of pictures', () => {
  const picture = (outer: string, inner = '') =>
    `<w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" ${outer}/><a:graphic><pic:pic><pic:nvPicPr><pic:cNvPr id="2" name="lane.jpg" ${inner}/></pic:nvPicPr></pic:pic></a:graphic></wp:inline></w:drawing>`;
  const described = 'descr="The lane behind the mill"';

  test.each<[what: string, body: string, expected: readonly string[]]>([
    [
      'follow the paragraph, each once',
      paragraph(r(t('See ')), r(picture(`title="Exhibit 4" ${described}`, described)), r(t('overleaf.'))),
      ['See overleaf.', 'Exhibit 4', 'The lane behind the mill'],
    ],
    [
      'are not what programs put there',
      paragraph(r(t('a')), r(picture('descr="Picture 3" title=" "', 'descr="C:\\scans\\lane.JPG"'))),
      ['a'],
    ],
    [
      'of shapes, also in the old form',
      paragraph(
        r(t('a')),
        r('<w:pict><v:shape alt="A plan of the cells"/></w:pict>'),
        r('<wps:wsp><wps:cNvPr descr="An arrow"/></wps:wsp>'),
      ),
      ['a', 'A plan of the cells', 'An arrow'],
    ],
    [
      'that are said in both forms are read once',
      paragraph(
        r(
          `<mc:AlternateContent><mc:Choice>${picture(described)}</mc:Choice><mc:Fallback><w:pict><v:shape alt="The lane behind the mill"/></w:pict></mc:Fallback></mc:AlternateContent>`,
        ),
      ),
      ['The lane behind the mill'],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await texts(body)).toEqual(expected);
  });

  test('of a hidden picture are hidden, of a deleted one deleted', async () => {
    const body =
      paragraph(r(t('a')), r(picture(`${described} hidden="1"`))) +
      paragraph(r(t('b')), r(picture(described), '<w:vanish/>')) +
      paragraph(r(t('c')), `<w:del w:author="DC Hale">${r(picture(described))}</w:del>`);
    expect((await blocksOfBody(body)).map(({ text, zone }) => [text, zone])).toEqual([
      ['a', undefined],
      ['The lane behind the mill', 'hidden'],
      ['b', undefined],
      ['The lane behind the mill', 'hidden'],
      ['c', undefined],
      ['The lane behind the mill', 'deleted'],
    ]);
  });
});
