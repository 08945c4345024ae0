/** What a character does to the words around it. */
export const CharacterClass = { separator: 1, letter: 2, digit: 3, mark: 4, apart: 5, ignored: 6 } as const;
export type CharacterClass = (typeof CharacterClass)[keyof typeof CharacterClass];

/**
 * The class of one code point. Superscript, circled and fractional numbers (category No) stand apart from the letters
 * before them, so that a footnote's mark does not change its word; subscripts belong to it (CO₂). U+02BC separates as
 * the apostrophe that it usually stands for, U+200B since it marks the end of a word in scripts written without spaces.
 * The patterns stand where they are used: to make one with a property in it takes longer than to classify all of ASCII.
 */
function classify(codePoint: number): CharacterClass {
  if (codePoint < 0x80) return classifyAscii(codePoint);
  if (codePoint === 0x02bc) return CharacterClass.separator;
  const character = String.fromCodePoint(codePoint);
  if (/^[^\P{Default_Ignorable_Code_Point}\u200B]$/u.test(character)) return CharacterClass.ignored;
  if (/^\p{L}$/u.test(character)) return CharacterClass.letter;
  if (/^[\p{Nd}\p{Nl}\u2080-\u2089]$/u.test(character)) return CharacterClass.digit;
  if (/^\p{M}$/u.test(character)) return CharacterClass.mark;
  if (/^\p{No}$/u.test(character)) return CharacterClass.apart;
  return CharacterClass.separator;
}

function classifyAscii(code: number): CharacterClass {
  if (code >= 0x30 && code <= 0x39) return CharacterClass.digit;
  const small = code | 0x20;
  return small >= 0x61 && small <= 0x7a ? CharacterClass.letter : CharacterClass.separator;
}

/** Classes by code unit for the basic plane, 0 where not looked up yet: filling all of it would cost every start. */
const basicPlane = new Uint8Array(0x10000);
for (let code = 0; code < 0x80; code++) basicPlane[code] = classifyAscii(code);

/** Class of a code point, remembered for the basic plane. Lone surrogates separate. */
export function characterClass(codePoint: number): CharacterClass {
  if (codePoint > 0xffff) return classify(codePoint);
  const known = basicPlane[codePoint];
  // the table holds nothing but classes and 0
  if (known) return known as CharacterClass;
  const found = classify(codePoint);
  basicPlane[codePoint] = found;
  return found;
}

/** For scanning loops: classes of the ASCII characters, by code. */
export const asciiClasses: Uint8Array = basicPlane.subarray(0, 0x80);

/** Whether a code unit ends a line: line feed, vertical tab, form feed, carriage return, next line, line and paragraph separators. */
export function endsLine(code: number): boolean {
  return (code >= 0x0a && code <= 0x0d) || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** Whether a code unit is white space, line ends included. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200b) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Whether a code unit is an apostrophe: straight, curly (either way round), modifier letter, full-width. */
export function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019 || code === 0x2018 || code === 0x02bc || code === 0xff07;
}

/** Whether a code unit is a hyphen that can break a word at a line's end; soft hyphens are ignorable as well. */
export function isHyphen(code: number): boolean {
  return code === 0x2d || code === 0x2010;
}

/** Whether a code unit is the first half of a character beyond the basic plane. */
export function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

/** Whether a code unit is the second half of one. */
export function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
