import iconv from 'iconv-lite';

/** A font as far as it says what its bytes mean. */
export interface Font {
  name: string;
  charset?: number;
  codePage?: number;
}

/** Windows code pages by the character set of a font (RTF 1.9.1, "Font table"). */
const codePages: Readonly<Record<number, number>> = {
  0: 1252,
  77: 10000,
  78: 932,
  128: 932,
  129: 949,
  130: 1361,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
  254: 437,
  255: 850,
};
const symbolCharset = 2;
/** Code pages whose names are not made of their numbers. */
const encodings: Readonly<Record<number, string>> = {
  932: 'shift_jis',
  936: 'gbk',
  949: 'cp949',
  950: 'big5',
  1361: 'cp949',
  10000: 'macroman',
  65001: 'utf-8',
};

export function isSymbolFont(font: Font | undefined): boolean {
  return font?.charset === symbolCharset;
}

/** The code page of a font's bytes; the document's where the font says nothing of its own. */
export function codePageOf(font: Font | undefined, documentPage: number): number {
  if (font?.codePage !== undefined && font.codePage > 0) return font.codePage;
  return font?.charset === undefined ? documentPage : (codePages[font.charset] ?? documentPage);
}

/** Text from bytes in a Windows, DOS or Macintosh code page; Windows-1252 where the page is not known. */
export function decodeCodePage(bytes: Uint8Array, page: number): string {
  const named = encodings[page] ?? `cp${page}`;
  return iconv.decode(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
    iconv.encodingExists(named) ? named : 'windows-1252',
  );
}
