import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import type { Extraction } from '../../../src/formats/extraction.ts';
import { textAdapter } from '../../../src/formats/text/adapter.ts';

async function read(bytes: Uint8Array, sheets?: readonly number[]): Promise<Extraction> {
  const options = sheets === undefined ? { extension: 'txt' } : { extension: 'txt', sheets };
  for await (const extraction of textAdapter.read(bytes, options)) return extraction;
  throw new Error('nothing was yielded');
}

function likeness(bytes: Uint8Array, extension = ''): number {
  return textAdapter.recognises({ extension, head: bytes.subarray(0, 4096), bytes });
}

const ascii = (text: string) => new TextEncoder().encode(text);

describe('reading', () => {
  test('form feeds and tabs stay, line ends become LF', async () => {
    expect(await read(ascii('one\r\ntwo\rthree\f\tfour\n'))).toMatchObject({
      type: 'text',
      reader: 'text',
      content: { layout: 'plain', text: 'one\ntwo\nthree\f\tfour\n' },
      remarks: [],
    });
  });

  test('some pages only: the others keep their form feeds', async () => {
    expect(await read(ascii('one\ftwo\fthree'), [2])).toMatchObject({ content: { text: '\ftwo\f' } });
  });

  test.each(['', ' \n\f\n '])('nothing but white space is empty: %j', async (text) => {
    expect(await read(ascii(text))).toMatchObject({ type: 'unreadable', outcome: 'empty' });
  });

  test('what an XML document declares goes before a guess', async () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-15"?>\n<note>œuvre, 40 €</note>\n';
    expect(await read(iconv.encode(xml, 'iso-8859-15'))).toMatchObject({
      content: { text: xml },
      remarks: ['Read as iso-8859-15, as the file declares.'],
    });
  });

  test('the encoding that was assumed is said', async () => {
    expect(await read(iconv.encode('He said “no” – and left.', 'win1252'))).toMatchObject({
      content: { text: 'He said “no” – and left.' },
      remarks: ['Read as windows-1252, which is assumed: the file does not say.'],
    });
  });
});

describe('recognising', () => {
  const random = new Uint8Array(4096).map((_, at) => (at * 2654435761) >>> 13);
  test.each<[string, Uint8Array]>([
    ['random bytes', random],
    [
      'a PNG',
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0),
    ],
    ['a ZIP', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 1, 2, 3, 4)],
    ['RTF', ascii('{\\rtf1\\ansi Hello}')],
    ['PDF', ascii('%PDF-1.4\n')],
    ['nothing', new Uint8Array()],
  ])('%s is no text', (_, bytes) => expect(likeness(bytes)).toBe(0));

  test.each<[string, Uint8Array]>([
    ['ASCII', ascii('The witness was sworn.\n')],
    ['Windows-1252', iconv.encode('“Señor”', 'win1252')],
    ['UTF-16 with a mark', iconv.encode('The witness', 'utf-16le', { addBOM: true })],
    ['UTF-16 without', iconv.encode('The witness was sworn', 'utf-16be')],
    ['UTF-32 without', iconv.encode('The witness was sworn', 'utf-32le')],
    ['ISO-2022-KR', ascii(`\x1b$)C${'\x0eAu@N\x0f '.repeat(20)}`)],
    ['UTF-16 of many zeros', iconv.encode('1000,2000\n'.repeat(20), 'utf-16le')],
    ['Shift_JIS', iconv.encode('証人は宣誓した。', 'shift_jis')],
  ])('%s is text', (_, bytes) => {
    expect(likeness(bytes)).toBeGreaterThan(0);
    expect(likeness(bytes)).toBeLessThan(0.5);
    expect(likeness(bytes, 'txt')).toBeGreaterThan(0.5);
  });
});
