import { describe, expect, test } from 'vitest';
import { extract, type Reading } from '../../src/formats/registry.ts';
import { compoundFile } from './compound-file.ts';
import { rawPdf, show } from './pdf/raw-pdf.ts';

async function read(bytes: Uint8Array, extension: string): Promise<Reading | undefined> {
  for await (const reading of extract(bytes, { extension })) return reading;
  return undefined;
}

const latin = (text: string) => Buffer.from(text, 'latin1');

describe('every file gets a reading', () => {
  test.each<[string, Uint8Array, string, string]>([
    ['a PDF whatever its name', rawPdf([{ content: show('words', 72, 700) }]), 'txt', 'pdf pdfium'],
    ['a text', latin('Some plain words in a file.\n'), 'txt', 'text text'],
    ['a text with an unknown name', latin('Some plain words in a file.\n'), 'dat', 'text text'],
    ['a text in XML', latin('<?xml version="1.0"?>\n<statement>words</statement>'), 'xml', 'text text'],
    ['a web page', latin('<html><body><p>words</p></body></html>'), 'txt', 'html html'],
    ['a web page in pieces', latin('<div><p>Some words of the page.</p></div>'), 'html', 'html html'],
    ['Markdown', latin('# Title\n\nSome words.\n'), 'md', 'markdown markdown'],
  ])('%s is read', async (_, bytes, extension, expected) => {
    const reading = await read(bytes, extension);
    expect(reading?.type === 'text' && `${reading.format} ${reading.reader.name}`).toBe(expected);
  });

  test.each<[string, Uint8Array, string, string, string]>([
    [
      'a DOC',
      compoundFile(['WordDocument']),
      'doc',
      'failed',
      'The file is damaged: its Word document does not begin as one.',
    ],
    [
      'a mailbox of Outlook',
      latin('!BDN\0\0\0\0'),
      'pst',
      'failed',
      'The Outlook mailbox is damaged: its list of folders cannot be found.',
    ],
    [
      'a book of scans',
      latin('AT&TFORM\0\0\0\0DJVM'),
      'djvu',
      'unsupported',
      'The file is a DjVu document, which pincite does not read yet.',
    ],
    [
      'a picture',
      latin('\xff\xd8\xff\xe0\0\x10JFIF'),
      'pdf',
      'failed',
      'The header of the picture is damaged.',
    ],
    [
      'an encrypted file',
      compoundFile(['EncryptedPackage']),
      'docx',
      'encrypted',
      'The file is protected in a way that pincite cannot undo, or is damaged.',
    ],
    ['an empty file', new Uint8Array(), 'pdf', 'empty', 'The file is empty (0 bytes).'],
    [
      'an unknown file',
      Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 32),
      'bin',
      'unsupported',
      'The content is neither text nor of a type that pincite knows.',
    ],
  ])('%s is named', async (_, bytes, extension, outcome, reason) => {
    expect(await read(bytes, extension)).toEqual({ type: 'unreadable', outcome, reason });
  });

  test('a PDF that has lost its start fails as a PDF', async () => {
    const reading = await read(latin('xref\n0 3\ntrailer << /Root 1 0 R >>'), 'pdf');
    expect(reading).toMatchObject({ type: 'unreadable', outcome: 'failed' });
  });
});
