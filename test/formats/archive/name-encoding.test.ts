import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeMemberName } from '../../../src/formats/archive/zip/name-encoding.ts';

test.each([
  ['utf-8', 'Übersicht – 文章.txt'],
  ['cp437', 'Grüße/Übersicht.txt'],
  ['cp437', 'café/señor Ångström.pdf'],
  ['shift_jis', '文章1.txt'],
  ['shift_jis', '証言/供述調書.pdf'],
  ['shift_jis', 'メモ2.txt'],
  ['cp866', 'Показания свидетеля.doc'],
  ['cp866', 'Договор № 12.pdf'],
  ['windows-1252', 'Übersicht der Zeugen.doc'],
  ['windows-1252', 'O’Neill – exposé.txt'],
])('a name in %s is told by what comes out: %s', (codec, name) => {
  expect(decodeMemberName(iconv.encode(name, codec))).toBe(name);
});
