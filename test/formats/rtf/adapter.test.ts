import { describe, expect, test } from 'vitest';
import { htmlInRtf } from '../../../src/formats/rtf/encapsulated-html.ts';
import { extractions, linesOf } from '../word-processor/block-lines.ts';

const head = String.raw`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}{\f1\fcharset204 Cyr;}{\f2\fcharset128 Gothic;}{\f3\fcharset2 Symbol;}{\f4\fcharset238 CE;}{\f5\fcharset0\cpg1251 Odd;}}`;
const bytes = (rtf: string) => new Uint8Array(Buffer.from(rtf, 'latin1'));
const file = (body: string) => bytes(`${head}${body}}`);
const lines = (body: string) => linesOf(file(body), 'rtf');

describe('text', () => {
  test.each<[what: string, body: string, expected: readonly string[]]>([
    [
      'paragraphs; line ends in the file are no text',
      'one\r\n two\\par three',
      ['paragraph: one two', 'paragraph: three'],
    ],
    [
      'signs',
      String.raw`\lquote a\rquote\emdash b\~c\_d\-e\{\}\\\tab f\line g`,
      ['paragraph: ‘a’—b\u00a0c\u2011d\u00ade{}\\\tf\ng'],
    ],
    ['the code page of the document', String.raw`caf\'e9 \'80`, ['paragraph: café €']],
    ['the code page of a font', String.raw`\f1\'cf\'f0\'e8\f4\'e8`, ['paragraph: Приč']],
    ['a code page that a font names', String.raw`\f5\'cf`, ['paragraph: П']],
    [
      'characters of two bytes, the second perhaps a letter',
      String.raw`\f2\'83A\'93\'fa`,
      ['paragraph: ア日'],
    ],
    ['a group takes its font back', String.raw`{\f1\'cf}\'e9`, ['paragraph: Пé']],
    ['a font of symbols', String.raw`\f3\'61`, ['paragraph: α']],
    [
      'Unicode, with what stands there for others',
      String.raw`\u8364?\u-4051 \'3f{\uc2\u233\'65\'65}\uc0\u8217 x`,
      ['paragraph: €\uf02dé’x'],
    ],
    ['surrogates', String.raw`\u-10179?\u-9200?`, ['paragraph: 🐐']],
    ['hidden text stands apart', String.raw`a {\v secret}b`, ['paragraph: a b', 'hidden: secret']],
    ['unknown groups with a star are none', String.raw`a{\*\unknown b}{\unknown c}`, ['paragraph: ac']],
    ['written twice', String.raw`{\upr{caf?}{\*\ud{caf\u233?}}} x`, ['paragraph: café x']],
    [
      'fields show their results',
      String.raw`{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt here}} {\field{\*\fldinst SYMBOL 97 \\f "Symbol"}{\fldrslt}}`,
      ['paragraph: here α'],
    ],
    ['pictures are none', String.raw`a{\pict\pngblip 89504e47}b`, ['paragraph: ab']],
    ['binary data is skipped whole', 'a{\\pict\\bin5 }}{{\\}b', ['paragraph: ab']],
    [
      'headings',
      String.raw`{\stylesheet{\s1 heading 1;}{\s2 Normal;}}\pard\s1 Facts\par\pard\s2\outlinelevel1 More\par`,
      ['heading1: Facts', 'heading2: More'],
    ],
    [
      'headers once, first',
      String.raw`{\header Draft\par}{\footerl Draft\par}a`,
      ['header: Draft', 'paragraph: a'],
    ],
    ['an index entry is no text', String.raw`a{\xe b}{\*\bkmkstart c}`, ['paragraph: a']],
  ])('%s', async (_, body, expected) => {
    expect(await lines(body)).toEqual(expected);
  });
});

describe('lists', () => {
  const tables =
    String.raw`{\*\listtable{\list{\listlevel\levelnfc0\levelstartat3{\leveltext\'02\'00.;}{\levelnumbers\'01;}}{\listlevel\levelnfc4{\leveltext\'04\'00.\'01);}{\levelnumbers\'01\'03;}}\listid7}{\list{\listlevel\levelnfc23{\leveltext\'01o;}{\levelnumbers;}}\listid8}}` +
    String.raw`{\*\listoverridetable{\listoverride\listid7\ls1}{\listoverride\listid8\ls2}{\listoverride\listid7\listoverridecount1{\lfolevel\listoverridestartat\levelstartat9}\ls3}}`;
  test.each<[what: string, body: string, expected: readonly string[]]>([
    [
      'the numbers that were printed',
      String.raw`{\listtext 4.\tab}\ls1 a\par{\pntext 7)\tab}b`,
      ['item1 4.: a', 'item1 7): b'],
    ],
    [
      'worked out where none were',
      String.raw`${tables}\pard\ls1 a\par\ls1\ilvl1 b\par b\par\pard\ls1 c\par\pard\ls3 d\par`,
      ['item1 3.: a', 'item2 3.a): b', 'item2 3.b): b', 'item1 4.: c', 'item1 9.: d'],
    ],
    [
      'bullets are no numbers, letters among them',
      String.raw`${tables}{\listtext o\tab}\pard\ls2 a\par\pard {\pntext\f3\'b7\tab}b`,
      ['item1: a', 'item1: b'],
    ],
    [
      'paragraphs go out of a list',
      String.raw`${tables}\ls1 a\par\pard b\par\ls1 c`,
      ['item1 3.: a', 'paragraph: b', 'item1 4.: c'],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await lines(body)).toEqual(expected);
  });
});

describe('tables', () => {
  test.each<[what: string, body: string, expected: readonly string[]]>([
    [
      'a row is a block',
      String.raw`\trowd\intbl a\cell b\par c\cell\row\pard x`,
      ['row: a\tb c', 'paragraph: x'],
    ],
    ['an empty cell keeps its place', String.raw`\trowd\intbl\cell b\cell\row`, ['row: \tb']],
    [
      'a table in a table',
      String.raw`\trowd\intbl a\cell\itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\nestrow}\itap1 d\cell\row`,
      ['paragraph: a', 'row: b\tc', 'paragraph: d'],
    ],
    ['cells without the word that says so', String.raw`\trowd a\cell b\cell\row`, ['row: a\tb']],
    ['a row that never ends', String.raw`\trowd\intbl a\cell b\cell`, ['row: a\tb']],
  ])('%s', async (_, body, expected) => {
    expect(await lines(body)).toEqual(expected);
  });
});

describe('beside the text', () => {
  const authors = String.raw`{\*\revtbl{Unknown;}{Ann;}{Bob;}}`;
  // 2020-03-04 10:15: minute 15, hour 10, day 4, month 3, year 120
  const time = 15 + (10 << 6) + (4 << 11) + (3 << 16) + (120 << 20);
  test.each<[what: string, body: string, expected: readonly string[]]>([
    [
      'footnotes and endnotes are numbered where Word numbers them',
      String.raw`a{\super\chftn}{\footnote{\super\chftn} one}b{\super\chftn}{\footnote\ftnalt{\super\chftn} two}c*{\footnote * own}`,
      ['paragraph: abc*', 'note 1:  one', 'note i:  two', 'note: * own'],
    ],
    [
      'notes in another format',
      String.raw`\ftnnalc\ftnstart3 a{\chftn}{\footnote x}`,
      ['paragraph: a', 'note c: x'],
    ],
    [
      'recorded changes',
      String.raw`${authors}a {\revised\revauth1\revdttm${time} new }{\deleted\revauthdel2 old }b`,
      ['paragraph: a {new|inserted, Ann, 2020-03-04T10:15} b', 'deleted: {old|deleted, Bob}'],
    ],
    [
      'a deleted end goes on in the next paragraph',
      String.raw`${authors}a {\deleted\revauthdel1\par}b\par`,
      ['paragraph: a b'],
    ],
    [
      'moved text',
      String.raw`${authors}{\mvf\mvauth1 x}a{\mvt\mvauth1 x}`,
      ['paragraph: a{x|moved here, Ann}', 'deleted: {x|moved away, Ann}'],
    ],
    [
      'comments',
      String.raw`I saw {\*\atrfstart 4}a man{\*\atrfend 4}{\*\atnid A}{\*\atnauthor Ann}\chatn{\*\annotation{\*\atnref 4}{\*\atndate ${time}}who?}.`,
      ['paragraph: I saw a man.', 'comment: {Ann: who?|comment, Ann, 2020-03-04T10:15, on a man}'],
    ],
    [
      'a text box, and not its older form',
      String.raw`a{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt in\par}}{\shprslt{\*\do{\dptxbxtext in}}}}b`,
      ['paragraph: ab', 'paragraph: in'],
    ],
    [
      'a box of the older form',
      String.raw`a{\*\do\dobxpage{\dptxbxtext in\par}}b`,
      ['paragraph: ab', 'paragraph: in'],
    ],
  ])('%s', async (_, body, expected) => {
    expect(await lines(body)).toEqual(expected);
  });

  test('what the file says of itself', async () => {
    const [found] = await extractions(
      file(String.raw`{\info{\title Notes}{\author A. Clerk}{\creatim\yr2014\mo11\dy3\hr9\min5}}x`),
      'rtf',
    );
    expect(found).toMatchObject({
      metadata: { title: 'Notes', author: 'A. Clerk', created: '2014-11-03T09:05' },
      remarks: [],
    });
  });
});

describe('embedded files', () => {
  const text = (words: string) => `${Buffer.from(words, 'latin1').toString('hex')}00`;
  const long = (number: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(number);
    return bytes.toString('hex');
  };
  const object = (className: string, data: string, format = 2) =>
    `{\\object\\objemb{\\*\\objclass ${className}}{\\*\\objdata ${long(0x501)}${long(format)}${long(className.length + 1)}${text(className)}${long(0)}${long(0)}${long(data.length / 2)}${data}}{\\result seen}}`;

  test('a packed file comes out under its name', async () => {
    const packed = `0200${text('call.txt')}${text('C:\\call.txt')}${'0000'}${'0300'}${long(3)}${text('C:')}${long(5)}${Buffer.from('hello').toString('hex')}`;
    const found = await extractions(file(`a${object('Package', packed)}`), 'rtf');
    expect(found[0]).toMatchObject({ type: 'text', content: { blocks: [{ text: 'aseen' }] } });
    expect(found[1]).toMatchObject({ type: 'child', relation: 'embedded', name: 'object-1/call.txt' });
    expect(found[1]?.type === 'child' && Buffer.from(found[1].bytes).toString()).toBe('hello');
  });

  test('a link is named as lost', async () => {
    const [, lost] = await extractions(file(`a${object('Link', '00', 1)}`), 'rtf');
    expect(lost).toMatchObject({ type: 'lost-child', outcome: 'failed' });
  });
});

describe('survival', () => {
  const cut = 'The file ends in the middle: what stands before was read.';
  test.each<[what: string, rtf: string, remarks: readonly string[]]>([
    ['groups a million deep', `${head}${'{'.repeat(1_000_000)}deep${'}'.repeat(1_000_000)}}`, []],
    ['groups that never end', `${head}${'{\\b '.repeat(100_000)}deep`, [cut]],
    [
      'more binary data than there is',
      `${head}deep{\\pict\\bin999999999 xx`,
      ['The file ends in the middle of binary data.', cut],
    ],
    ['a negative length', `${head}deep{\\pict\\bin-5 }}`, []],
    ['ends without beginnings', `${head}deep}}}}more`, []],
    ['rows within rows within rows', `${head}\\intbl\\itap999999999 deep\\nestcell\\nestrow}`, []],
    ['the longest numbers', `${head}\\u99999999999?\\uc99999999 deep}`, []],
  ])('%s', async (_, rtf, remarks) => {
    const [found] = await extractions(bytes(rtf), 'rtf');
    expect(found).toMatchObject({ type: 'text', remarks });
    expect(JSON.stringify(found)).toContain('deep');
  });

  test('an empty document', async () => {
    expect(await extractions(bytes('{\\rtf1}'), 'rtf')).toEqual([
      { type: 'unreadable', outcome: 'empty', reason: 'The document holds no text.' },
    ]);
  });
});

describe('the page of a message', () => {
  test('comes out of its RTF as it was', () => {
    const rtf = String.raw`{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Times;}{\f1\fcharset204 Cyr;}}{\*\generator x;}{\*\htmltag64 <p class="\'e9">}\htmlrtf {\b \htmlrtf0 caf\'e9 \u8364?{\f1\'cf}{\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0\htmlrtf }\htmlrtf0 x\par{\*\mhtmltag64 <p>}{\*\htmltag72 </p>}}`;
    expect(htmlInRtf(bytes(rtf))).toBe('<p class="é">café €П&nbsp;x\n</p>');
  });

  test('is none where the RTF says so', () => {
    expect(htmlInRtf(file('a'))).toBeUndefined();
    expect(htmlInRtf(bytes(String.raw`{\rtf1\fromtext a}`))).toBeUndefined();
  });
});
