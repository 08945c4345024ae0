/**
 * Characters of the fonts that Word's Insert Symbol writes as `w:sym`, as Unicode. Codes are those of the font; Word
 * puts them at U+F000. Symbol: Adobe's Symbol encoding. Wingdings: the signs that forms use (ticks, boxes, arrows).
 */
const symbolGreek = 'ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ';
const symbolGreekSmall = 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ';
const symbolFromA0 = '€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪';

const symbolOthers: ReadonlyMap<number, string> = new Map([
  [0x22, '∀'],
  [0x24, '∃'],
  [0x27, '∋'],
  [0x2a, '∗'],
  [0x2d, '−'],
  [0x40, '≅'],
  [0x5c, '∴'],
  [0x5e, '⊥'],
  [0x7e, '∼'],
]);

const wingdings: ReadonlyMap<number, string> = new Map([
  [0x21, '✏'],
  [0x22, '✂'],
  [0x28, '☎'],
  [0x29, '✆'],
  [0x2a, '✉'],
  [0x4a, '☺'],
  [0x4c, '☹'],
  [0x6c, '●'],
  [0x6e, '■'],
  [0x6f, '□'],
  [0x71, '❑'],
  [0x72, '❒'],
  [0x75, '◆'],
  [0x76, '❖'],
  [0x9f, '•'],
  [0xa7, '▪'],
  [0xa8, '◻'],
  [0xd8, '➢'],
  [0xdf, '←'],
  [0xe0, '→'],
  [0xe1, '↑'],
  [0xe2, '↓'],
  [0xe8, '➔'],
  [0xef, '⇦'],
  [0xf0, '⇨'],
  [0xfb, '✗'],
  [0xfc, '✓'],
  [0xfd, '☒'],
  [0xfe, '☑'],
]);

const privateUse = 0xf000;

/** The character that a `w:sym` shows; where the font is not known, its code as it stands. `code` is in hex. */
export function symbolCharacter(font: string, code: string): string {
  const value = Number.parseInt(code, 16);
  if (!Number.isInteger(value) || value < 0 || value > 0x10ffff) return '\uFFFD';
  const glyph = value >= privateUse && value <= privateUse + 0xff ? value - privateUse : value;
  const known = /^symbol$/i.test(font)
    ? symbolFont(glyph)
    : /^wingdings$/i.test(font)
      ? wingdings.get(glyph)
      : undefined;
  return known ?? String.fromCodePoint(value);
}

function symbolFont(glyph: number): string | undefined {
  const other = symbolOthers.get(glyph);
  if (other !== undefined) return other;
  if (glyph >= 0x41 && glyph <= 0x5a) return symbolGreek[glyph - 0x41];
  if (glyph >= 0x61 && glyph <= 0x7a) return symbolGreekSmall[glyph - 0x61];
  if (glyph >= 0xa0 && glyph <= 0xfe) return [...symbolFromA0][glyph - 0xa0];
  return glyph >= 0x20 && glyph < 0x7f ? String.fromCharCode(glyph) : undefined;
}
