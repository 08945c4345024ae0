import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { Extraction, TextBlock } from '../../src/formats/extraction.ts';
import { htmlAdapter } from '../../src/formats/html.ts';

async function extract(bytes: Uint8Array): Promise<Extraction> {
  for await (const extraction of htmlAdapter.read(bytes, { extension: 'html' })) return extraction;
  throw new Error('nothing was yielded');
}

async function blocksOf(html: string | Uint8Array): Promise<readonly TextBlock[]> {
  const found = await extract(typeof html === 'string' ? new TextEncoder().encode(html) : html);
  if (found.type !== 'text' || found.content.layout !== 'blocks') throw new Error(JSON.stringify(found));
  return found.content.blocks;
}

/** A block in short: type and level, number, zone, text. */
function short(block: TextBlock): string {
  const zone = block.zone === undefined ? '' : ` [${block.zone}]`;
  return `${block.type}${block.level ?? ''}${zone} ${block.number === undefined ? '' : `${block.number} `}${block.text}`;
}

describe('a page in blocks', () => {
  test.each<[what: string, html: string, blocks: readonly string[]]>([
    ['paragraphs', '<p>one\n  two<p>three', ['paragraph one two', 'paragraph three']],
    ['text without elements', 'just words', ['paragraph just words']],
    ['inline elements do not part words', 'a<b>b</b>c <i>d</i>', ['paragraph abc d']],
    ['headings', '<h1>One</h1><h3>Three <b>bold</b></h3>', ['heading1 One', 'heading3 Three bold']],
    ['line breaks', '<p>one<br>two<br/> three</p>', ['paragraph one\ntwo\nthree']],
    ['entities', '<p>R&amp;D &lt;x&gt; &eacute; &#8217; &nbsp;end', ['paragraph R&D <x> é ’ \u00A0end']],
    ['bullets', '<ul><li>a<li>b<ul><li>c</ul></ul>', ['item1 a', 'item1 b', 'item2 c']],
    [
      'numbers',
      '<ol><li>a<li>b</ol><ol start=5><li>c<li value=9>d<li>e</ol>',
      ['item1 1. a', 'item1 2. b', 'item1 5. c', 'item1 9. d', 'item1 10. e'],
    ],
    [
      'other numbers',
      '<ol type=a><li>x</ol><ol type=I start=4><li>y</ol><ol reversed start=2><li>z<li>w</ol>',
      ['item1 a. x', 'item1 IV. y', 'item1 2. z', 'item1 1. w'],
    ],
    [
      'the first paragraph of an item is the item',
      '<ol><li><p>a</p><p>b</p></ol>',
      ['item1 1. a', 'paragraph b'],
    ],
    [
      'rows',
      '<table><tr><th>When<th>What<tr><td>10:02<td><p>Call</p><p>made</p></table>',
      ['row When\tWhat', 'row 10:02\tCall made'],
    ],
    [
      'a table for layout',
      '<table><tr><td><h2>Menu</h2><p>x</p></td><td><p>y</p></td></tr></table>',
      ['heading2 Menu', 'paragraph x', 'paragraph y'],
    ],
    [
      'what describes a picture stands in its place',
      '<p>see<img src=a.png alt="Mug,\n blue">here <img alt=""><img src=b.png><input type=image alt="Go">',
      ['paragraph see Mug, blue here Go'],
    ],
    [
      'a picture may be hidden, and its description with it',
      '<p>a<img hidden alt="none"></p><p style="display:none"><img alt="pixel"></p>',
      ['paragraph a', 'paragraph [hidden] pixel'],
    ],
    [
      'what stands in for an object or for frames',
      '<object data=a.swf><p>No player</p></object><frameset><frame src=a><noframes>Go to <a>the text</a></noframes></frameset>',
      ['paragraph No player', 'paragraph Go to the text'],
    ],
    ['preformatted text', '<pre>\na  b\n  c\n</pre>', ['paragraph a  b\n  c']],
    [
      'scripts and styles are not read',
      '<style>p{}</style><p>a<script>var b = "<p>c</p>"</script>d<template>e</template>',
      ['paragraph ad'],
    ],
    [
      'hidden text stands apart',
      '<p>a</p><p hidden>b</p><div style="DISPLAY : none"><p>c</p></div><p>d',
      ['paragraph a', 'paragraph [hidden] b', 'paragraph [hidden] c', 'paragraph d'],
    ],
    ['comments are not read', '<p>a<!-- b -->c', ['paragraph ac']],
    [
      'a page within',
      '<p>a<iframe srcdoc="&lt;p&gt;b&lt;/p&gt;" src="http://example.org/">no</iframe>',
      ['paragraph a', 'paragraph b'],
    ],
    ['broken markup', '<p>a<b>b</p></div><td>c', ['paragraph ab', 'paragraph c']],
    ['controls', '<p>a&#27;[31mb\u0000c', ['paragraph a␛[31mb␀c']],
    ['only a title', '<title>Name</title>', ['header Name']],
  ])('%s', async (_, html, blocks) => {
    expect((await blocksOf(html)).map(short)).toEqual(blocks);
  });
});

test('title and author', async () => {
  const html =
    '<title> A \n title </title><meta name=Author content="A. Clerk"><p>x<svg><title>no</title></svg>';
  expect(await extract(new TextEncoder().encode(html))).toMatchObject({
    metadata: { title: 'A title', author: 'A. Clerk' },
  });
});

test('nothing in it', async () => {
  expect(await extract(new TextEncoder().encode('<html><body></body></html>'))).toMatchObject({
    type: 'unreadable',
    outcome: 'empty',
  });
});

describe('encodings', () => {
  test.each<[declared: string, codec: string, text: string]>([
    ['<meta charset="windows-1251">', 'win1251', 'Привет'],
    ['<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-7">', 'iso88597', 'Καλημέρα'],
    ['<meta charset="iso-8859-1">', 'win1252', 'don’t'],
    ['<?xml version="1.0" encoding="shift_jis"?>', 'shift_jis', '証人'],
    ['<!-- <meta charset="big5"> --><meta charset="windows-1252">', 'win1252', 'café'],
    ['<meta charset="windows-1252">', 'utf8', 'café “x”'],
    ['<meta charset="utf-8">', 'utf16le', 'café'],
    ['<meta charset="no-such">', 'win1252', 'It’s “so”'],
    [
      '<meta charset="iso-8859-1">',
      'win1251',
      'Свидетель сказал, что он не видел этого человека раньше и не знает его.',
    ],
  ])('%s in %s', async (declared, codec, text) => {
    const bytes = iconv.encode(`${declared}<p>${text}</p>`, codec, { addBOM: codec === 'utf16le' });
    expect((await blocksOf(bytes)).at(-1)?.text).toBe(text);
  });
});

test.each<[html: string, extension: string, likely: boolean]>([
  ['<!DOCTYPE html><p>x', '', true],
  ['\uFEFF<?xml version="1.0"?>\n<!-- x -->\n<html xmlns="x">', 'txt', true],
  ['<p>x', 'htm', true],
  ['A text about <html>', 'txt', false],
  ['{"a": "<p>"}', 'json', false],
])('%s (%s)', (html, extension, likely) => {
  const bytes = new TextEncoder().encode(html);
  expect(htmlAdapter.recognises({ extension, head: bytes, bytes }) > 0.5).toBe(likely);
});

test('deep nesting and endless attributes are no crash', async () => {
  expect((await blocksOf(`${'<div>'.repeat(50_000)}deep`)).map(short)).toEqual(['paragraph deep']);
  expect((await blocksOf(`${'<table><tr><td>'.repeat(2_000)}deep`)).map(short)).toEqual(['paragraph deep']);
  expect((await blocksOf(`<p ${'a="b" '.repeat(50_000)}>x`)).map(short)).toEqual(['paragraph x']);
});
