import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { hasUntamedByte, tameControls } from '../../../src/formats/text/control-characters.ts';
import { decodeText } from '../../../src/formats/text/decode.ts';

const english = 'The café — I don’t “know” the naïve résumés, he said; £40 was missing.';
const czech = 'Svědek vypověděl, že žádný z přítomných neviděl, jak šel přes ulici k řece. Poté odešel.';

describe('encodings without a mark', () => {
  test.each<[string, string, string]>([
    ['UTF-8', 'utf-8', english],
    ['windows-1252', 'win1252', english],
    ['windows-1252', 'win1252', 'Price £5'],
    ['windows-1252', 'win1252', '“O’Neill’s” – done… • item'],
    ['windows-1252', 'win1252', 'Grüße über die Straße an alle Mäuse'],
    ['macintosh', 'macintosh', english],
    ['cp850', 'cp850', '£40 was taken from the till, he says. £50 more'],
    ['cp850', 'cp850', 'Grüße über die Straße'],
    ['cp866', 'cp866', 'Привет, как дела сегодня, это длинный текст о свидетелях'],
    ['windows-1250', 'win1250', czech],
    ['ISO-8859-2', 'iso88592', czech],
    ['windows-1251', 'win1251', 'Свидетель сказал, что он не видел этого человека раньше.'],
    ['KOI8-R', 'koi8-r', 'Свидетель сказал, что он не видел этого человека раньше.'],
    ['Shift_JIS', 'shift_jis', 'コンピューターは、本質的には数字しか扱うことができません。'],
    ['GB18030', 'gb18030', '基本上，计算机只是处理数字。它们指定一个数字，来储存字母或其他字符。'],
    ['UTF-16LE', 'utf-16le', english],
    ['UTF-16BE', 'utf-16be', english],
    ['UTF-16LE', 'utf-16le', 'Свидетель сказал, что он не видел этого человека раньше.'],
    ['Shift_JIS', 'shift_jis', 'さしすせそ\nたちつてと\n'],
    ['EUC-JP', 'euc-jp', 'さしすせそ'],
    ['cp855', 'cp855', 'Свидетель сказал, что он не видел этого человека раньше.'],
    ['maccyrillic', 'maccyrillic', 'Яков сказал, что до этого дня не видел соседа, и ушёл.'],
    ['windows-1251', 'win1251', 'Свідок сказав, що він не бачив цієї людини раніше, а її машину бачив.'],
    ['UTF-16LE', 'utf-16le', 'Paid 10,000 on 10.10.2000 and 20,000 on 20.10.2000'],
    ['UTF-16BE', 'utf-16be', '100,200\n1000,2000\n'],
    ['UTF-32LE', 'utf-32le', english],
    ['UTF-32BE', 'utf-32be', english],
  ])('%s (%s)', async (name, codec, text) => {
    expect(await decodeText(iconv.encode(text, codec))).toMatchObject({ encoding: name, text });
  });

  const markup = '<item><title>news</title><link>a.example</link><category>all</category></item>\n'.repeat(
    20,
  );
  test.each<[string, string, string]>([
    ['windows-1251', 'win1251', 'Свидетель сказал, что он не видел этого человека раньше.'],
    ['KOI8-R', 'koi8-r', 'Свидетель сказал, что он не видел этого человека раньше.'],
    ['ISO-8859-5', 'iso88595', 'Свидетель сказал, что он не видел этого человека раньше.'],
    ['cp866', 'cp866', 'Свидетель сказал, что он не видел этого человека раньше.'],
    [
      'ISO-8859-7',
      'iso88597',
      'Ο μάρτυρας είπε ότι δεν είχε δει αυτόν τον άνθρωπο πριν από εκείνη την ημέρα.',
    ],
    ['ISO-8859-8', 'iso88598', 'העד אמר כי לא ראה את האיש הזה לפני אותו היום, וכי הוא לא היה שם.'],
  ])('%s between English and markup', async (name, codec, text) => {
    expect(await decodeText(iconv.encode(markup + text + markup, codec))).toMatchObject({
      encoding: name,
      text: markup + text + markup,
    });
  });

  const seven = (text: string) => Buffer.from(text, 'latin1');
  /** Characters as ISO 2022 shifts to them: the pairs of an EUC encoding without the high bit. */
  const shifted = (text: string, codec: string) =>
    `\x0e${Buffer.from(iconv.encode(text, codec).map((byte) => byte & 0x7f)).toString('latin1')}\x0f`;

  test('ISO-2022-KR shifts between Korean and ASCII', async () => {
    const bytes = seven(`\x1b$)CAB/1: ${shifted('증인', 'euc-kr')} (${shifted('서울', 'euc-kr')})\nend`);
    expect(await decodeText(bytes)).toMatchObject({
      encoding: 'ISO-2022-KR',
      text: 'AB/1: 증인 (서울)\nend',
      remarks: ['Read as ISO-2022-KR, as its escape sequences say.'],
    });
  });

  test('ISO-2022-CN shifts to simplified Chinese; of a set of Taiwan each character is missed, and said to be', async () => {
    const known = `\x1b$)A${shifted('证人', 'gb2312')} 1\n`;
    expect(await decodeText(seven(known))).toMatchObject({ encoding: 'ISO-2022-CN', text: '证人 1\n' });
    expect(await decodeText(seven(`${known}\x1b$)G\x0eGFGF\x0f.`))).toMatchObject({
      text: '证人 1\n\uFFFD\uFFFD.',
      remarks: [
        'Read as ISO-2022-CN, as its escape sequences say.',
        '2 places in it could not be read as ISO-2022-CN and are shown as U+FFFD.',
      ],
    });
  });

  test('ISO-2022-JP says what it is by its escape sequences', async () => {
    const bytes = Uint8Array.of(0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42);
    expect(await decodeText(bytes)).toMatchObject({ encoding: 'ISO-2022-JP', text: '日本' });
  });

  test('what lies far behind the beginning is looked at too', async () => {
    const text = `${'plain words only here\n'.repeat(10_000)}It’s “here”, for £40.`;
    expect((await decodeText(iconv.encode(text, 'win1252'))).text).toBe(text);
  });
});

test.each(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])(
  'a byte order mark decides: %s',
  async (codec) => {
    expect((await decodeText(iconv.encode('日本', codec, { addBOM: true }))).text).toBe('日本');
  },
);

test('a file’s own word on its encoding goes before a guess, when it fits', async () => {
  const bytes = iconv.encode('œuvre', 'iso-8859-15');
  expect(await decodeText(bytes, 'iso-8859-15')).toMatchObject({ encoding: 'iso-8859-15', text: 'œuvre' });
  expect((await decodeText(iconv.encode('don’t', 'win1252'), 'no-such-encoding')).text).toBe('don’t');
  expect((await decodeText(new TextEncoder().encode('don’t'), 'windows-1252')).text).toBe('don’t');
});

test('rows of blocks are no Cyrillic', async () => {
  const text = 'Name: ████████\nAge: ████\n';
  expect((await decodeText(iconv.encode(text, 'cp437'))).encoding).not.toBe('ISO-8859-5');
});

test('Western is not believed of Cyrillic from a Macintosh', async () => {
  const text = 'Яков сказал, что до этого дня не видел соседа, и ушёл.';
  expect((await decodeText(iconv.encode(text, 'maccyrillic'), 'iso-8859-1')).text).toBe(text);
});

test('what declares UTF-8 and is mostly that is read so', async () => {
  const bytes = Buffer.concat([Buffer.from('Über uns: '), Buffer.from('naturgr\xfcn', 'latin1')]);
  expect((await decodeText(bytes, 'utf-8')).text).toBe('Über uns: naturgr\uFFFDn');
  expect((await decodeText(Buffer.from('naturgr\xfcn', 'latin1'), 'utf-8')).text).toBe('naturgrün');
});

test('a declared code page of an old machine is known', async () => {
  const text = 'Świadek zeznał, że nie widział tego człowieka.';
  expect(await decodeText(iconv.encode(text, 'cp852'), 'IBM852')).toMatchObject({ encoding: 'IBM852', text });
  expect((await decodeText(Buffer.from('caf\xe9', 'latin1'), 'base64')).text).toBe('café');
});

test('UTF-8 with a broken byte is still UTF-8, and says so', async () => {
  const bytes = Uint8Array.from([
    ...new TextEncoder().encode('“don’t” — “won’t” – “can’t” – “shan’t”'),
    0xe2,
    0x80,
  ]);
  const { text, remarks } = await decodeText(bytes);
  expect(text).toBe('“don’t” — “won’t” – “can’t” – “shan’t”\uFFFD');
  expect(remarks).toEqual(['1 place in it could not be read as UTF-8 and is shown as U+FFFD.']);
});

test('NULs and escapes are shown, not obeyed', async () => {
  const { text, remarks } = await decodeText(new TextEncoder().encode('a\0b\x1B[31mred\x07\x7F \u009B2J'));
  expect(text).toBe('a␀b␛[31mred␇␡ \uFFFD2J');
  expect(remarks).toContain('5 control characters shown as pictures.');
});

test('a UTF-8 text reads back as itself, whatever is in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const { text: read } = await decodeText(new TextEncoder().encode(`plain ${text}`));
      expect(read).toBe(tameControls(`plain ${text}`).text);
    }),
  );
});

test('tamed text holds no control but tab, LF and form feed, and taming again changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const tamed = tameControls(text).text;
      expect(tamed).not.toMatch(/[\x00-\x08\x0B\x0D-\x1F\x7F-\x9F\u2028\u2029]/);
      expect(tameControls(tamed)).toEqual({ text: tamed, replaced: 0 });
    }),
  );
});

test('looking at four bytes at a time finds what looking at each does', () => {
  const byte = fc.oneof(
    fc.constantFrom(0x0a, 0x09, 0x0c, 0x0d, 0x7f, 0x7e, 0x1f, 0x00),
    fc.integer({ min: 0x20, max: 0x7e }),
  );
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), fc.nat(3), (bytes, offset) => {
      const view = Uint8Array.from([...Array(offset).fill(0), ...bytes]).subarray(offset);
      expect(hasUntamedByte(view)).toBe(/[^\n\t\f\x20-\x7E]/.test(String.fromCharCode(...bytes)));
    }),
    { numRuns: 500 },
  );
});
