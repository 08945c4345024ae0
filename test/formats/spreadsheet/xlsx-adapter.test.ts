import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { blocksIn, lines, oneSheet, readings, rows, textOf, xlsxFile } from './xlsx-file.ts';

const text = (words: string) => `<c t="inlineStr"><is><t>${words}</t></is></c>`;
const styles =
  '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode=";;;"/></numFmts>' +
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/></cellXfs>';

describe('the cells of a row', () => {
  test.each<[what: string, sheet: string, expected: readonly string[]]>([
    ['are parted by tabs', rows(`<row r="3">${text('a')}${text('b c')}</row>`), ['row Calls!3: a\tb c']],
    [
      'keep their columns where one is empty',
      rows(
        '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c><c r="C1" t="str"><v>c</v></c></row>',
        '<row r="2"><c r="C2" t="str"><v>only</v></c></row>',
      ),
      ['row Calls!1: a\tb\tc', 'row Calls!2: \t\tonly'],
    ],
    [
      'have no place for a column that is empty everywhere',
      rows('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'),
      ['row Calls!1: 1\t2'],
    ],
    [
      'may lack their addresses',
      rows(`<row>${text('a')}</row><row/><row>${text('b')}</row>`),
      ['row Calls!1: a', 'row Calls!3: b'],
    ],
    [
      'are no lines',
      rows(`<row r="1">${text('one\ntwo\tthree')}${text('b')}</row>`),
      ['row Calls!1: one two three\tb'],
    ],
    [
      'are of several types',
      rows(
        '<row r="1"><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2015-03-12T14:05:00</v></c><c t="d"><v>2015-03-12T00:00:00</v></c><c><v>7.5</v></c></row>',
      ),
      ['row Calls!1: TRUE\tFALSE\t#N/A\t2015-03-12 14:05:00\t2015-03-12\t7.5'],
    ],
    [
      'may be formulas: their results',
      rows(
        '<row r="1"><c><f>A1*2</f><v>8</v></c><c t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c t="str"><f>""</f><v></v></c></row>',
      ),
      ['row Calls!1: 8\tab'],
    ],
    [
      'may hold characters that XML cannot',
      rows(`<row r="1">${text('a_x000D_b_x005F_')}</row>`),
      ['row Calls!1: a b_'],
    ],
    ['may hold a broken surrogate', rows(`<row r="1">${text('a_xD800_b')}</row>`), ['row Calls!1: a\uFFFDb']],
  ])('%s', async (_, sheet, expected) => {
    expect((await lines(oneSheet(sheet))).slice(1)).toEqual(expected);
  });

  test('shared texts are joined from their runs, without readings', async () => {
    const sheet = rows('<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>');
    const strings = [
      '<r><t>07700 </t></r><r><rPr/><t>900123</t></r>',
      '<t>豊田</t><rPh sb="0" eb="1"><t>トヨタ</t></rPh>',
    ];
    expect((await lines(oneSheet(sheet, { strings })))[1]).toBe('row Calls!1: 07700 900123\t豊田');
  });

  test('dates in both systems', async () => {
    const sheet = rows('<row r="1"><c s="1"><v>42075</v></c><c s="3"><v>42075.5</v></c></row>');
    expect((await lines(oneSheet(sheet, { styles })))[1]).toBe(
      'row Calls!1: 12/03/2015 (2015-03-12)\t2015-03-12',
    );
    const later = await lines(oneSheet(sheet.replaceAll('42075', '40613'), { styles, date1904: true }));
    expect(later[1]).toBe('row Calls!1: 12/03/2015 (2015-03-12)\t2015-03-12');
  });

  test('a formula without a result stands for itself, and is told of', async () => {
    const { content, remarks } = await textOf(oneSheet(rows('<row r="1"><c><f>SUM(B1:B9)</f></c></row>')));
    expect(blocksIn(content)[1]?.text).toBe('=SUM(B1:B9)');
    expect(remarks).toEqual(['1 formula has no result in the file.']);
  });

  test('a text that the file does not have is told of', async () => {
    const { remarks } = await textOf(
      oneSheet(rows('<row r="1"><c t="s"><v>9</v></c><c t="s"><v>-1</v></c><c><v>1</v></c></row>')),
    );
    expect(remarks).toEqual(['2 cells name texts that are not in the file.']);
  });
});

describe('what nobody sees stands apart', () => {
  test('a row, a column, a format that shows nothing', async () => {
    const sheet =
      '<cols><col min="2" max="2" hidden="1"/></cols>' +
      rows(
        '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>in a hidden column</v></c></row>',
        '<row r="2" hidden="1"><c r="A2" t="str"><v>hidden row</v></c><c r="B2"><v>2</v></c></row>',
        '<row r="3"><c r="A3" s="2"><v>1234.5</v></c><c r="C3" t="str"><v>c</v></c></row>',
      );
    expect((await lines(oneSheet(sheet, { styles }))).slice(1)).toEqual([
      'row Calls!1: a',
      'row/hidden Calls!1: \tin a hidden column',
      'row/hidden Calls!2: hidden row\t2',
      'row Calls!3: \t\tc',
      'row/hidden Calls!3: 1234.5',
    ]);
  });

  test.each(['hidden', 'veryHidden'] as const)('a worksheet that is %s', async (state) => {
    const file = xlsxFile({
      sheets: [
        { name: 'Calls', xml: rows(`<row r="1">${text('shown')}</row>`) },
        { name: 'Payments', state, xml: rows(`<row r="4">${text('paid')}</row>`) },
      ],
    });
    expect(await lines(file)).toEqual([
      'heading: Calls',
      'row Calls!1: shown',
      'heading/hidden: Payments',
      'row/hidden Payments!4: paid',
    ]);
    expect((await textOf(file)).remarks).toEqual(['The worksheet “Payments” is hidden.']);
  });
});

describe('what stands beside the cells', () => {
  const comments =
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors><author>DC Hale</author></authors><commentList>' +
    '<comment ref="A2" authorId="0"><text><r><t>DC Hale:</t></r><r><t> checked</t></r></text></comment>' +
    '<comment ref="B9" authorId="0"><text><t>who rang?</t></text></comment></commentList></comments>';
  const thread =
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="B9" personId="p1"><text>Whose number?</text></threadedComment></ThreadedComments>';

  test('comments follow their row, each with its author; a discussion goes before its copy', async () => {
    const file = xlsxFile({
      sheets: [
        {
          name: 'Calls',
          xml: rows(`<row r="2">${text('a')}</row><row r="3">${text('b')}</row>`),
          parts: {
            c: { type: 'comments', name: 'comments1.xml', content: comments },
            t: { type: 'threadedComment', name: 'threadedComment1.xml', content: thread },
          },
        },
      ],
    });
    expect((await lines(file)).slice(1)).toEqual([
      'row Calls!2: a',
      'comment Calls!2: DC Hale: checked',
      'row Calls!3: b',
      'comment Calls!9: Whose number?',
    ]);
  });

  test('links give their targets, heads and feet their words, drawings theirs', async () => {
    const drawing =
      '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p><a:r><a:t>In a box</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>';
    const file = xlsxFile({
      names: { Total: 'Calls!$A$9', '_xlnm.Print_Area': 'Calls!$A$1' },
      sheets: [
        {
          name: 'Calls',
          xml:
            rows(`<row r="1">${text('the page')}</row>`) +
            '<hyperlinks><hyperlink ref="A1" r:id="h"/></hyperlinks>' +
            '<headerFooter><oddHeader>&amp;L&amp;"Arial,Bold"&amp;12Exhibit AB/1&amp;RR&amp;&amp;D &amp;P of &amp;N</oddHeader></headerFooter>',
          links: { h: 'https://example.org/a?b=c&d' },
          parts: { d: { type: 'drawing', name: 'drawings/drawing1.xml', content: drawing } },
        },
      ],
    });
    expect(await lines(file)).toEqual([
      'heading: Calls',
      'header: Exhibit AB/1',
      'header: R&D of',
      'row Calls!1: the page',
      'note Calls!1: https://example.org/a?b=c&d',
      'paragraph: In a box',
      'note: Total = Calls!$A$9',
    ]);
  });

  test('files set into it are children', async () => {
    const inner = oneSheet(rows(`<row r="1">${text('inner')}</row>`));
    const file = xlsxFile({
      sheets: [
        {
          name: 'Calls',
          xml: rows(),
          parts: { e: { type: 'package', name: 'embeddings/book.xlsx', content: inner } },
        },
      ],
    });
    expect(await readings(file)).toEqual([
      { type: 'child', relation: 'embedded', name: 'book.xlsx', bytes: inner },
      { type: 'container', reason: 'The workbook has no text of its own but holds a file.' },
    ]);
  });
});

describe('whatever the file declares', () => {
  test('other prefixes and the strict form are read', async () => {
    const strict =
      '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="1"><x:c t="inlineStr"><x:is><x:t>strict</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>';
    const file = oneSheet('', { parts: { 'xl/worksheets/sheet0.xml': strict } });
    expect((await lines(file))[1]).toBe('row Calls!1: strict');
  });

  test('a worksheet of 17 thousand million cells without content is empty', async () => {
    const empty = `<dimension ref="A1:XFD1048576"/><cols><col min="1" max="99999999"/></cols>${rows('<row r="1048576"><c r="XFD1048576" s="1"/></row>')}`;
    expect(await readings(oneSheet(empty, { styles }))).toEqual([
      { type: 'unreadable', outcome: 'empty', reason: 'The workbook holds no text.' },
    ]);
  });

  test('numbers of rows and columns that no worksheet has are passed over', async () => {
    const sheet = rows(
      `<row r="0">${text('a')}</row><row r="99999999999">${text('b')}</row><row r="x"><c r="ZZZZZZ9" t="str"><v>c</v></c></row>`,
    );
    expect((await lines(oneSheet(sheet))).slice(1)).toEqual([
      'row Calls!1: a',
      'row Calls!2: b',
      'row Calls!3: c',
    ]);
  });

  test('styles that are not there are plain', async () => {
    expect((await lines(oneSheet(rows('<row r="1"><c s="77"><v>42075</v></c></row>'))))[1]).toBe(
      'row Calls!1: 42075',
    );
  });

  test('an entity is never expanded', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${rows(`<row r="1">${text('before')}</row><row r="2">${text('&b;')}</row>`)}</worksheet>`;
    const { remarks } = await textOf(oneSheet('', { parts: { 'xl/worksheets/sheet0.xml': bomb } }));
    expect(remarks).toEqual(['xl/worksheets/sheet0.xml is damaged; what stands before the damage was read.']);
  });

  test('a worksheet that breaks off is read so far', async () => {
    const cut =
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c t="str"><v>kept</v></c><c t="str"><v>also ke';
    const file = oneSheet('', { parts: { 'xl/worksheets/sheet0.xml': cut } });
    expect((await lines(file))[1]).toBe('row Calls!1: kept');
  });

  test('a member that would unfold without end is refused', async () => {
    const file = oneSheet('', { parts: { 'xl/worksheets/sheet0.xml': new Uint8Array(40 * 2 ** 20) } });
    const [reading] = await readings(file);
    expect(reading).toMatchObject({ type: 'unreadable', outcome: 'too-large' });
  });

  test('a worksheet that is listed but missing is told of', async () => {
    const good = xlsxFile({
      sheets: [{ name: 'Calls', xml: rows(`<row r="1">${text('a')}</row>`) }],
      parts: {
        'xl/workbook.xml':
          '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Calls" r:id="s0"/><sheet name="Gone" r:id="s9"/></sheets></workbook>',
      },
    });
    expect((await textOf(good)).remarks).toEqual(['The worksheet “Gone” is missing from the file.']);
  });

  test('an archive without a workbook is said to be none', async () => {
    const file = zipSync({ 'xl/workbook.xml': strToU8('') });
    expect(await readings(file)).toMatchObject([{ type: 'unreadable', outcome: 'empty' }]);
  });
});
