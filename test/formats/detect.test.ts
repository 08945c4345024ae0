import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { detectType, type FileType } from '../../src/formats/detect.ts';
import { compoundFile } from './compound-file.ts';

function typeOf(bytes: Uint8Array, extension = ''): FileType | undefined {
  return detectType({ extension, head: bytes.subarray(0, 4096), bytes });
}

const latin = (text: string) => Buffer.from(text, 'latin1');

function zip(...names: string[]): Uint8Array {
  return zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array([1, 2, 3])])));
}

const declared = (mimeType: string) =>
  zipSync({ mimetype: [latin(mimeType), { level: 0 }], 'content.xml': latin('x') });

describe('the type by content', () => {
  test.each<[string, Uint8Array, FileType | undefined]>([
    ['PDF', latin('%PDF-1.4\n1 0 obj'), 'pdf'],
    ['PDF behind a printer command', latin('\x1b%-12345X@PJL\n%PDF-1.4\n1 0 obj\nstartxref'), 'pdf'],
    ['PDF beyond 1,024 bytes', latin(`${' '.repeat(1100)}%PDF-1.4\n1 0 obj`), undefined],
    ['a text about PDF', latin('A file begins with %PDF-1.4, said the expert.'), undefined],
    ['DOCX', zip('[Content_Types].xml', 'word/document.xml'), 'docx'],
    ['DOCX with another main part', zip('[Content_Types].xml', 'word/document2.xml'), 'docx'],
    [
      'DOCX with a workbook in it',
      zip('word/embeddings/a.xlsx', 'xl/media/a.png', 'word/document.xml'),
      'docx',
    ],
    ['XLSX', zip('[Content_Types].xml', 'xl/workbook.xml'), 'xlsx'],
    ['PPTX', zip('ppt/presentation.xml'), 'pptx'],
    ['ODT', declared('application/vnd.oasis.opendocument.text'), 'odt'],
    ['ODS', declared('application/vnd.oasis.opendocument.spreadsheet'), 'ods'],
    ['EPUB', declared('application/epub+zip'), 'epub'],
    [
      'EPUB that does not declare itself',
      zipSync({
        'META-INF/container.xml': latin('<rootfile media-type="application/oebps-package+xml"/>'),
      }),
      'epub',
    ],
    [
      'a packed score, which has a container too',
      zipSync({
        'META-INF/container.xml': latin('<rootfile media-type="application/vnd.recordare.musicxml+xml"/>'),
      }),
      'zip',
    ],
    ['a plain archive', zip('statement.docx', 'notes.txt'), 'zip'],
    ['an archive cut short', zip('a.txt', 'b.txt').subarray(0, 40), 'zip'],
    ['DOC', compoundFile(['WordDocument', '1Table', 'Data']), 'doc'],
    ['DOC with a workbook beside it', compoundFile(['ObjectPool', 'WordDocument', 'Workbook']), 'doc'],
    ['XLS', compoundFile(['Workbook']), 'xls'],
    ['PPT', compoundFile(['Current User', 'PowerPoint Document']), 'ppt'],
    ['MSG', compoundFile(['__nameid_version1.0', '__properties_version1.0']), 'msg'],
    ['encrypted Office file', compoundFile(['EncryptionInfo', 'EncryptedPackage']), 'office-encrypted'],
    ['another compound file', compoundFile(['Contents']), 'compound-file'],
    ['a compound file cut short', compoundFile(['WordDocument']).subarray(0, 700), 'compound-file'],
    ['RTF', latin('{\\rtf1\\ansi'), 'rtf'],
    ['PNG', latin('\x89PNG\r\n\x1a\n'), 'png'],
    ['JPEG', latin('\xff\xd8\xff\xe0'), 'jpeg'],
    ['TIFF', latin('II*\0'), 'tiff'],
    ['WebP', latin('RIFF\0\0\0\0WEBPVP8 '), 'webp'],
    ['WAV', latin('RIFF\0\0\0\0WAVEfmt '), 'audio'],
    ['HEIC', latin('\0\0\0\x18ftypheic'), 'heic'],
    ['MP4', latin('\0\0\0\x18ftypisom'), 'video'],
    ['a bitmap', latin('BM\x36\0\0\0\0\0\0\0\x36'), 'bmp'],
    ['a text that begins with BM', latin('BMW, said the witness'), undefined],
    ['a text that begins with MZ', latin('MZ was there'), undefined],
    ['tar', Buffer.concat([Buffer.alloc(257), latin('ustar\x0000')]), 'tar'],
    ['a web page', latin('\xef\xbb\xbf\n<!-- x -->\n<!DOCTYPE html>\n<html>'), 'html'],
    ['XHTML', latin('<?xml version="1.0"?>\n<html xmlns="x">'), 'html'],
    ['other XML', latin('<?xml version="1.0"?>\n<judgment>'), undefined],
    ['a message', latin('Received: from a\r\n\tby b\r\nFrom: x@y\r\nSubject: z\r\n\r\nHello'), 'mail'],
    [
      'a message with an envelope',
      latin('From x@y\nReturn-Path: <x@y>\nDate: Mon\nFrom: x\n\nHello'),
      'mail',
    ],
    ['a mailbox', latin('From x@y Mon Jan  5 10:00:00 2015\nFrom: x@y\nSubject: z\n\nHello'), 'mbox'],
    [
      'a typed memo',
      latin('From: DS Marsh\nTo: DI Hallam\nDate: 4 May 2015\nSubject: phones\n\nSir,'),
      undefined,
    ],
    ['a transcript', latin('Q: Did you see it?\nA: No.\nQ: Why not?\n'), undefined],
    ['a text', latin('Plain words.'), undefined],
  ])('%s', (_, bytes, type) => {
    expect(typeOf(bytes)).toBe(type);
  });

  test('the name decides only where the content leaves it open', () => {
    const memo = latin('From: DS Marsh\nTo: DI Hallam\nSubject: phones\n\nSir,');
    expect(typeOf(memo, 'eml')).toBe('mail');
    expect(typeOf(memo, 'txt')).toBeUndefined();
    expect(typeOf(latin('%PDF-1.4\n'), 'docx')).toBe('pdf');
  });
});
