import { describe, expect, test } from 'vitest';
import { pptxFile, shape, table } from '../../../fixtures/formats/briefing.ts';
import { openDocumentFile } from '../../../fixtures/formats/open-document.ts';
import { lines, readings, textOf } from '../spreadsheet/xlsx-file.ts';

describe('the slides of a PPTX file', () => {
  test('title first, then shapes in their order, tables by rows, notes and comments beside', async () => {
    const file = pptxFile([
      {
        shapes:
          shape(['first box', 'its second paragraph']) +
          shape(['The title'], 'ctrTitle') +
          table([
            ['a', 'b'],
            ['c', 'd'],
          ]),
        notes:
          shape(['for the speaker'], 'body') + shape(['1'], 'sldNum') + shape(['Notes page head'], 'hdr'),
        comments: [
          ['DC Hale', 'check this'],
          ['PS Orme', 'done'],
        ],
      },
      { shapes: '' },
      { shapes: shape(['OFFICIAL'], 'ftr') + shape(['3'], 'sldNum') + shape(['last'], 'body') },
    ]);
    expect(await lines(file, { extension: 'pptx' })).toEqual([
      'heading 1: The title',
      'paragraph: first box',
      'paragraph: its second paragraph',
      'row: a\tb',
      'row: c\td',
      'note: for the speaker',
      'comment: DC Hale: check this',
      'comment: PS Orme: done',
      'paragraph 2: ',
      'header 3: OFFICIAL',
      'paragraph: last',
    ]);
  });

  test('what is not shown stands apart: a slide, a shape', async () => {
    const file = pptxFile([
      { shapes: shape(['shown']) + shape(['a hidden shape'], undefined, ' hidden="1"') },
      { shapes: shape(['withdrawn']), hidden: true },
    ]);
    expect(await lines(file, { extension: 'pptx' })).toEqual([
      'paragraph 1: shown',
      'paragraph/hidden: a hidden shape',
      'paragraph/hidden 2: withdrawn',
    ]);
    expect((await textOf(file, { extension: 'pptx' })).remarks).toEqual([
      'Hidden when the presentation is shown: slide 2.',
    ]);
  });

  test('descriptions of pictures are read where they stand, but not what programs put there', async () => {
    const picture = (attributes: string) =>
      `<p:pic><p:nvPicPr><p:cNvPr id="4" name="Picture 3" ${attributes}/><p:nvPr/></p:nvPicPr></p:pic>`;
    const file = pptxFile([
      {
        shapes:
          picture('title="Exhibit 4" descr="The lane behind the mill"') +
          picture('descr="Picture 3"') +
          picture('descr="lane.jpg"') +
          picture('descr="Not shown" hidden="1"') +
          shape(['after it']),
        notes: picture('descr="The plan again"'),
      },
    ]);
    expect(await lines(file, { extension: 'pptx' })).toEqual([
      'paragraph 1: Exhibit 4',
      'paragraph: The lane behind the mill',
      'paragraph/hidden: Not shown',
      'paragraph: after it',
      'note: The plan again',
    ]);
  });

  test('what a layout shows is read with the first slide that it stands on; what it asks for is not', async () => {
    const layout = `<p:sldLayout xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><p:cSld><p:spTree>${shape(['CONFIDENTIAL'])}${shape(['Click to edit'], 'title')}</p:spTree></p:cSld></p:sldLayout>`;
    const relations = [['l', 'slideLayout', '../slideLayouts/layout1.xml']] as const;
    const file = pptxFile(
      [
        { shapes: shape(['one']), relations },
        { shapes: shape(['two']), relations },
      ],
      { 'ppt/slideLayouts/layout1.xml': layout },
    );
    expect(await lines(file, { extension: 'pptx' })).toEqual([
      'paragraph 1: one',
      'header: CONFIDENTIAL',
      'paragraph 2: two',
    ]);
  });

  test('the words of a diagram, the target of a link, a file set into it', async () => {
    const diagram =
      '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:p><a:r><a:t>who knew whom</a:t></a:r></a:p></dgm:dataModel>';
    const linked =
      '<p:sp><p:txBody><a:p><a:r><a:rPr><a:hlinkClick r:id="h"/></a:rPr><a:t>the log</a:t></a:r></a:p></p:txBody></p:sp>';
    const relations = [
      ['d', 'diagramData', '../diagrams/data1.xml'],
      ['h', 'hyperlink', 'https://example.org/log'],
      ['x', 'hyperlink', 'https://example.org/unused'],
      ['e', 'package', '../embeddings/book.xlsx'],
    ] as const;
    const file = pptxFile([{ shapes: linked, relations }], {
      'ppt/diagrams/data1.xml': diagram,
      'ppt/embeddings/book.xlsx': new Uint8Array([80, 75]),
    });
    expect(await lines(file, { extension: 'pptx' })).toEqual([
      'paragraph 1: the log',
      'paragraph: who knew whom',
      'note: https://example.org/log',
    ]);
    expect((await readings(file, { extension: 'pptx' }))[1]).toMatchObject({
      type: 'child',
      name: 'book.xlsx',
    });
  });

  test('alternative drawings for older programs are not read twice', async () => {
    const both = `<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x">${shape(['once'])}</mc:Choice><mc:Fallback>${shape(['once'])}</mc:Fallback></mc:AlternateContent>`;
    expect(await lines(pptxFile([{ shapes: both }]), { extension: 'pptx' })).toEqual(['paragraph 1: once']);
  });

  test('some of its slides, under their own numbers', async () => {
    const file = pptxFile([1, 2, 3].map((number) => ({ shapes: shape([`slide ${number}`]) })));
    expect(await lines(file, { extension: 'pptx', sheets: [2, 3] })).toEqual([
      'paragraph 2: slide 2',
      'paragraph 3: slide 3',
    ]);
    expect(await textOf(file, { extension: 'pptx', sheets: [2] })).toMatchObject({ fileSheets: 3 });
  });

  test('a slide that is missing, and one that breaks off, are told of', async () => {
    const file = pptxFile([{ shapes: shape(['kept']) }, { shapes: shape(['whole']) }], {
      'ppt/slides/slide1.xml':
        '<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:cSld>',
      'ppt/_rels/presentation.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="x/slide" Target="slides/slide1.xml"/></Relationships>',
    });
    expect(await readings(file, { extension: 'pptx' })).toEqual([
      {
        type: 'unreadable',
        outcome: 'failed',
        reason:
          'No text could be read. Slide 1 is missing from the file. ppt/slides/slide1.xml is damaged; what stands before the damage was read.',
      },
    ]);
  });
});

describe('the slides of an OpenDocument presentation', () => {
  const frame = (purpose: string, text: string) =>
    `<draw:frame presentation:class="${purpose}"><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`;

  test('are read as those of a PPTX file', async () => {
    const file = openDocumentFile({
      kind: 'presentation',
      styles:
        '<style:style style:name="off" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>',
      masters: `<style:master-page style:name="M">${frame('footer', 'OFFICIAL')}${frame('page-number', '<text:page-number>1</text:page-number>')}<presentation:notes>${frame('header', 'x')}</presentation:notes></style:master-page>`,
      body:
        '<presentation:footer-decl presentation:name="f1">Exhibit AB/1</presentation:footer-decl>' +
        `<draw:page draw:master-page-name="M" presentation:use-footer-name="f1">${frame('title', 'The title')}<draw:custom-shape><text:p>in a shape</text:p></draw:custom-shape>` +
        '<draw:frame><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table></draw:frame>' +
        '<office:annotation><dc:creator>DC Hale</dc:creator><text:p>check</text:p></office:annotation>' +
        `<presentation:notes>${frame('page', '')}${frame('notes', 'for the speaker')}</presentation:notes></draw:page>` +
        `<draw:page draw:master-page-name="M" draw:style-name="off">${frame('outline', 'withdrawn')}</draw:page>`,
    });
    expect(await lines(file, { extension: 'odp' })).toEqual([
      'heading 1: The title',
      'header: OFFICIAL',
      'header: Exhibit AB/1',
      'paragraph: in a shape',
      'row: a\tb',
      'comment: DC Hale: check',
      'note: for the speaker',
      'paragraph/hidden 2: withdrawn',
    ]);
  });
});

test('descriptions of pictures in an ODP file are read where they stand', async () => {
  const picture = (inside: string) => `<draw:frame><draw:image xlink:href=""/>${inside}</draw:frame>`;
  const file = openDocumentFile({
    kind: 'presentation',
    body:
      `<draw:page>${picture('<svg:title>Exhibit 4</svg:title><svg:desc>The lane behind the mill</svg:desc>')}` +
      `${picture('<svg:desc>Bild 2</svg:desc>')}${picture('<svg:desc>scans/lane.png</svg:desc>')}` +
      '<draw:custom-shape><svg:title>An arrow</svg:title><text:p>in a shape</text:p></draw:custom-shape>' +
      `<presentation:notes>${picture('<svg:desc>The plan again</svg:desc>')}</presentation:notes></draw:page>`,
  });
  expect(await lines(file, { extension: 'odp' })).toEqual([
    'paragraph 1: Exhibit 4',
    'paragraph: The lane behind the mill',
    'paragraph: An arrow',
    'paragraph: in a shape',
    'note: The plan again',
  ]);
});
