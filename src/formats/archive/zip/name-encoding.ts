import iconv from 'iconv-lite';

interface NameEncoding {
  readonly name: string;
  /** Whether what comes out can be a name. */
  readonly fits: (name: string) => boolean;
}

/** In the order in which they are tried. The code page of the first PCs is what the specification has; other programs wrote what their system used. */
const encodings: readonly NameEncoding[] = [
  {
    name: 'cp437',
    fits: (name) =>
      !/[\u0370-\u03ff\u2200-\u25ff¢£¥₧ƒªº¿⌐¬½¼¡«»]|\p{Ll}[ÄÅÇÉÑÖÜÆ]|[^\x00-\x7f]{3}/u.test(name),
  },
  { name: 'Shift_JIS', fits: isJapanese },
  {
    name: 'cp866',
    fits: (name) => /^(?:[\0-\x7f]|[Ё-ё№])*$/u.test(name) && !/[a-z][А-я]|[А-я][a-z]/iu.test(name),
  },
  { name: 'windows-1252', fits: (name) => /^[\0-\x7fÀ-ÖØ-öø-ÿŒœŠšŽžŸ‘’“”–—… €£°]*$/u.test(name) },
];

/** Kana, and the kanji that are common enough to be of the first level: their first bytes end at 0x98. */
function isJapanese(name: string): boolean {
  const foreign: readonly string[] = name.match(/[^\x00-\x7f]/gu) ?? [];
  const isRare = foreign.some((character) => (iconv.encode(character, 'Shift_JIS')[0] ?? 0) > 0x98);
  const isOfScript = /^[\x00-\x7f\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]*$/.test(name);
  return isOfScript && !isRare;
}

/** The name of a member whose archive does not say how it is written: UTF-8 where it can be, else the first encoding that makes a name of it. */
export function decodeMemberName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  for (const { name, fits } of encodings) {
    const decoded = iconv.decode(bytes, name);
    if (fits(decoded)) return decoded;
  }
  return iconv.decode(bytes, 'cp437');
}
