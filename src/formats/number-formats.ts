/**
 * Number formats by the codes of Word's older formats (MS-OSHARED 2.2.1.3, MSONFC): `nfc` in DOC files, `\levelnfc` in
 * RTF. Names as in DOCX files; a format without a name here prints as decimals.
 */
const names: Readonly<Record<number, string>> = {
  0: 'decimal',
  1: 'upperRoman',
  2: 'lowerRoman',
  3: 'upperLetter',
  4: 'lowerLetter',
  5: 'ordinal',
  6: 'cardinalText',
  7: 'ordinalText',
  8: 'hex',
  9: 'chicago',
  10: 'ideographDigital',
  11: 'japaneseCounting',
  14: 'decimalFullWidth',
  15: 'decimalHalfWidth',
  17: 'japaneseDigitalTenThousand',
  18: 'decimalEnclosedCircle',
  19: 'decimalFullWidth2',
  22: 'decimalZero',
  23: 'bullet',
  26: 'decimalEnclosedFullstop',
  27: 'decimalEnclosedParen',
  28: 'decimalEnclosedCircleChinese',
  33: 'taiwaneseCounting',
  37: 'chineseCounting',
  39: 'chineseCountingThousand',
  47: 'hindiNumbers',
  53: 'thaiNumbers',
  57: 'numberInDash',
  58: 'russianLower',
  59: 'russianUpper',
  255: 'none',
};

export function numberFormatName(code: number): string {
  return names[code] ?? 'decimal';
}
