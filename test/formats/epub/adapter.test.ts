import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bookFile, encryptionXml, handbook, page } from '../../../fixtures/formats/book.ts';
import { lines, readings, textOf } from '../spreadsheet/xlsx-file.ts';

const extension = 'epub';
const linesOf = (bytes: Uint8Array) => lines(bytes, { extension });
const aes = 'http://www.w3.org/2001/04/xmlenc#aes128-cbc';

describe('a book', () => {
  test('is read chapter by chapter, and says what it is', async () => {
    const text = await textOf(handbook(), { extension });
    expect(text).toMatchObject({
      format: 'epub',
      metadata: {
        title: 'Handbook for watchmen',
        author: 'Saltmere Security',
        created: '2013-05-02',
      },
      remarks: [],
    });
    expect(await linesOf(handbook())).toEqual([
      'heading 1: Duties at the gate',
      'paragraph: The watchman keeps the log and locks the gate at six.',
      'heading 2: Keys',
      'heading: Who holds them',
      'item: The site manager.',
      'item: The watchman on duty.',
    ]);
  });

  test('in the sample is the one that the script makes', () => {
    const sample = readFileSync(new URL('../../../fixtures/formats/handbook.epub', import.meta.url));
    expect(Buffer.compare(sample, handbook())).toBe(0);
  });

  test('is read in the order of its spine, whatever the order of the file and of the list', async () => {
    const file = bookFile({
      chapters: {},
      listed:
        '<item id="z" href="../text/z.xml#top" media-type="application/xhtml+xml"/><item id="a" href="a.html" media-type="text/html"/>',
      spine: '<itemref idref="z" linear="no"/><itemref idref="a"/>',
      parts: { 'OPS/a.html': page('<p>second</p>'), 'text/z.xml': page('<p>first</p>') },
    });
    expect(await linesOf(file)).toEqual(['paragraph 1: first', 'paragraph 2: second']);
  });

  test.each([
    ['a title that ends where it begins', '<title/>'],
    ['a script that does', '<script src="a.js"/>'],
    ['a style that does', '<style/><link rel="x"/>'],
  ])('is XML: %s swallows nothing', async (_, head) => {
    const file = bookFile({
      chapters: { 'a.xhtml': '' },
      parts: { 'OPS/a.xhtml': page('<p>one<a id="x"/></p><div/><p><![CDATA[two & three]]></p>', head) },
    });
    expect(await linesOf(file)).toEqual(['paragraph 1: one', 'paragraph: two & three']);
  });

  test('whose package uses prefixes and capital letters is read all the same', async () => {
    const file = bookFile({
      chapters: {},
      parts: {
        'OPS/book.opf':
          '<opf:package xmlns:opf="http://www.idpf.org/2007/opf"><opf:metadata><opf:dc-metadata><dc:Title xmlns:dc="http://purl.org/dc/elements/1.0/">Old</dc:Title></opf:dc-metadata></opf:metadata><opf:manifest><opf:item id="a" href="a.htm" media-type="text/x-oeb1-document"/></opf:manifest><opf:spine><opf:itemref idref="a"/></opf:spine></opf:package>',
        'OPS/a.htm': page('<p>one</p>'),
      },
    });
    expect(await linesOf(file)).toEqual(['paragraph 1: one']);
    expect((await textOf(file, { extension })).metadata).toEqual({ title: 'Old' });
  });

  test('of which some sheets are asked gives those chapters', async () => {
    expect(await lines(handbook(), { extension, sheets: [2] })).toHaveLength(4);
    expect(await textOf(handbook(), { extension, sheets: [2] })).toMatchObject({ fileSheets: 2 });
  });

  test('gives pages that its spine leaves out behind the others, but not its navigation', async () => {
    const file = bookFile({
      chapters: { 'a.xhtml': '<p>a</p>' },
      listed:
        '<item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="scripted nav"/><item id="t" href="toc.xml" media-type="application/x-dtbncx+xml"/>',
      parts: {
        'OPS/nav.xhtml': page('<p>a, page 1</p>'),
        'OPS/toc.xml': '<ncx/>',
        'OPS/notes.html': page('<p>a note</p>'),
      },
    });
    expect(await linesOf(file)).toEqual(['paragraph 1: a', 'paragraph 2: a note']);
    expect((await textOf(file, { extension })).remarks).toEqual([
      'A page that its reading order leaves out was read after the others.',
    ]);
  });

  test('gives files that are none of a book, and pictures where it has no text', async () => {
    const parts = { 'OPS/accounts.pdf': '%PDF-', 'OPS/a.css': 'p {}', 'OPS/one.png': 'picture' };
    const names = async (body: string) =>
      (await readings(bookFile({ chapters: { 'a.xhtml': body }, parts }), { extension })).flatMap((one) =>
        one.type === 'child' ? [one.name] : [one.type],
      );
    expect(await names('<p>a</p>')).toEqual(['text', 'OPS/accounts.pdf']);
    expect(await names('<img src="one.png"/>')).toEqual(['OPS/one.png', 'OPS/accounts.pdf', 'container']);
  });
});

describe('chapters that cannot be read', () => {
  test.each<[what: string, parts: Record<string, string | Uint8Array | undefined>, problem: string]>([
    ['missing', { 'OPS/b.xhtml': undefined }, 'is missing from the file'],
    ['no text', { 'OPS/b.xhtml': Buffer.alloc(5000, '\0\x01\x02\xff\xfe\x80') }, 'is damaged: it is no text'],
    ['encrypted', { 'META-INF/encryption.xml': encryptionXml({ 'OPS/b.xhtml': aes }) }, 'is encrypted'],
  ])('%s', async (_, parts, problem) => {
    const chapters = { 'a.xhtml': '<p>a</p>', 'b.xhtml': '<p>b</p>', 'c.xhtml': '<p>c</p>' };
    const file = bookFile({ chapters, parts });
    const { content, remarks } = await textOf(file, { extension });
    expect(content).toMatchObject({
      blocks: [
        { text: 'a' },
        { text: '', sheet: 2, problem: `the chapter ${problem}` },
        { text: 'c', sheet: 3 },
      ],
    });
    expect(remarks).toEqual([`The chapter on sheet 2 (OPS/b.xhtml) ${problem}.`]);
  });

  test('one whose data is damaged is read as far as it goes', async () => {
    const words = Array.from({ length: 4000 }, (_, at) => `word${(at * 7919) % 4000}`).join(' ');
    const file = Buffer.from(
      bookFile({ chapters: { 'a.xhtml': `<p>start</p><p>${words}</p>`, 'b.xhtml': '<p>b</p>' } }),
    );
    file.fill(0xff, file.indexOf('OPS/a.xhtml') + 9000, file.indexOf('OPS/a.xhtml') + 9020);
    const { content, remarks } = await textOf(file, { extension });
    expect(remarks).toEqual(['The chapter on sheet 1 (OPS/a.xhtml) is damaged.']);
    expect(content).toMatchObject({
      blocks: [{ text: 'start', problem: 'the chapter is damaged' }, {}, { text: 'b' }],
    });
  });

  test('one that would unfold without end costs itself alone, and so does another file', async () => {
    const bomb = new Uint8Array(40 * 2 ** 20);
    const file = bookFile({
      chapters: { 'a.xhtml': '<p>a</p>', 'b.xhtml': '' },
      parts: { 'OPS/b.xhtml': bomb, 'OPS/c.bin': bomb },
    });
    const tooMuch = (name: string) =>
      expect.stringMatching(new RegExp(`${name} would unfold to 40 MB, \\d+ times its size\\.$`));
    expect(await readings(file, { extension })).toMatchObject([
      { type: 'text', remarks: [tooMuch('OPS/b.xhtml')] },
      { type: 'lost-child', name: 'OPS/c.bin', outcome: 'too-large', reason: tooMuch('OPS/c.bin') },
    ]);
  });

  test('many of a kind are told together', async () => {
    const lost = Object.fromEntries(['b', 'c', 'e'].map((name) => [`OPS/${name}.xhtml`, undefined]));
    const chapters = Object.fromEntries([...'abcde'].map((name) => [`${name}.xhtml`, `<p>${name}</p>`]));
    expect((await textOf(bookFile({ chapters, parts: lost }), { extension })).remarks).toEqual([
      'The chapter on sheet 2 (OPS/b.xhtml) is missing from the file. The same holds of sheets 3 and 5.',
    ]);
  });

  test('a reading order that is missing is said to be', async () => {
    const file = bookFile({
      chapters: { 'b.xhtml': '<p>b</p>', 'a.xhtml': '<p>a</p>' },
      parts: { 'OPS/book.opf': undefined },
    });
    expect(await linesOf(file)).toEqual(['paragraph 1: b', 'paragraph 2: a']);
    expect((await textOf(file, { extension })).remarks).toEqual([
      'Its reading order is missing or damaged: the chapters were read in the order of the file.',
    ]);
  });
});

describe('encryption', () => {
  const chapters = { 'a b.xhtml': '<p>a</p>' };
  const encrypted = { 'META-INF/encryption.xml': encryptionXml({ 'OPS/a b.xhtml': aes }) };
  test.each<[scheme: string, parts: Record<string, string>, reason: string]>([
    ['of Adobe', { 'META-INF/rights.xml': '<r/>' }, 'by rights management (Adobe ADEPT)'],
    ['of Readium', { 'META-INF/license.lcpl': '{}' }, 'by rights management (Readium LCP)'],
    ['of nobody knows whom', {}, 'by rights management'],
  ])('%s is said', async (_, parts, how) => {
    const file = bookFile({ chapters, parts: { ...parts, ...encrypted, 'OPS/one.png': 'picture' } });
    expect(await readings(file, { extension })).toEqual([
      {
        type: 'unreadable',
        outcome: 'encrypted',
        reason: `The book is encrypted ${how}, which pincite cannot undo.`,
      },
    ]);
  });
});

describe('damage', () => {
  test('any cut and any flipped bit gives an answer', async () => {
    const good = handbook();
    for (let at = 0; at < good.length; at += 29) {
      const flipped = good.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      for (const bytes of [flipped, good.slice(0, at)]) {
        const found = await readings(bytes, { extension });
        expect(found.length).toBeGreaterThan(0);
        expect(JSON.stringify(found)).not.toContain('gave up');
      }
    }
  });

  test('a book that ends early accounts for the chapters that are lost', async () => {
    const good = handbook();
    const cut = good.slice(0, Buffer.from(good).indexOf('OPS/keys.xhtml'));
    expect((await textOf(cut, { extension })).remarks).toEqual([
      'The end of the file is missing or damaged; what is left was read.',
      'The chapter on sheet 2 (OPS/keys.xhtml) is missing from the file.',
    ]);
  });
});
