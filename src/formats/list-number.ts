/**
 * A counter's value as Word prints it in a number format (ECMA-376 part 1, 17.18.59 ST_NumberFormat). Formats of
 * scripts that are not in the table print as decimals. `custom` is the pattern of a `custom` format: "001, 002, 003, ...".
 */
export function formatNumber(value: number, format: string, custom?: string): string {
  if (format === 'custom') return zeroPadded(value, customWidth(custom));
  return formats.get(format)?.(value) ?? String(value);
}

const romans: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(value: number): string {
  let rest = value;
  let text = '';
  for (const [worth, sign] of romans) {
    text += sign.repeat(Math.floor(rest / worth));
    rest %= worth;
  }
  return text;
}

const latinLetters = 'abcdefghijklmnopqrstuvwxyz';
const russianLetters = 'абвгдежзиклмнопрстуфхцчшщыэюя';

/** After the last letter the letters double: z, aa, bb … zz, aaa. */
function letters(value: number, alphabet: string): string {
  if (value < 1) return '';
  const letter = alphabet.charAt((value - 1) % alphabet.length);
  return letter.repeat(Math.floor((value - 1) / alphabet.length) + 1);
}

/** After the last letter come pairs of letters: z, aa, ab … az, ba. */
function letterSequence(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26))
    text = latinLetters.charAt((rest - 1) % 26) + text;
  return text;
}

function zeroPadded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

function customWidth(pattern: string | undefined): number {
  return /^0+\d/.exec(pattern ?? '')?.[0].length ?? 1;
}

function ordinal(value: number): string {
  const teen = Math.floor(value / 10) % 10 === 1;
  const ending = teen ? undefined : ['th', 'st', 'nd', 'rd'][value % 10];
  return `${value}${ending ?? 'th'}`;
}

const small = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ');
const tens = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ordinals = new Map([
  ['one', 'first'],
  ['two', 'second'],
  ['three', 'third'],
  ['five', 'fifth'],
  ['eight', 'eighth'],
  ['nine', 'ninth'],
  ['twelve', 'twelfth'],
]);

function cardinalText(value: number): string {
  if (value < 20) return small[value] ?? String(value);
  if (value < 100) return joinWords(tens[Math.floor(value / 10)], value % 10, '-');
  if (value < 1000) return joinWords(`${small[Math.floor(value / 100)]} hundred`, value % 100, ' ');
  return joinWords(`${cardinalText(Math.floor(value / 1000))} thousand`, value % 1000, ' ');
}

function joinWords(head: string | undefined, rest: number, separator: string): string {
  return rest === 0 ? `${head}` : `${head}${separator}${cardinalText(rest)}`;
}

function ordinalText(value: number): string {
  return cardinalText(value).replace(
    /[a-z]+$/,
    (last) => ordinals.get(last) ?? `${last.replace(/y$/, 'ie')}th`,
  );
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One character a value, from a code point on; decimals beyond the last. */
function inBlock(first: number, last: number): (value: number) => string {
  return (value) => (value >= 1 && value <= last ? String.fromCodePoint(first + value - 1) : String(value));
}

function inDigits(digits: string): (value: number) => string {
  const signs = [...digits];
  return (value) => String(value).replace(/\d/g, (digit) => signs[Number(digit)] ?? digit);
}

const chineseDigits = [...'〇一二三四五六七八九'];

/** 10 is 十, 12 is 十二, 20 is 二十; from 100 on digit by digit. */
function chineseCounting(value: number): string {
  if (value >= 100) return inDigits(chineseDigits.join(''))(value);
  const ten = Math.floor(value / 10);
  const one = value % 10;
  const head = ten === 0 ? '' : `${ten === 1 ? '' : chineseDigits[ten]}十`;
  return head + (one === 0 && ten > 0 ? '' : (chineseDigits[one] ?? ''));
}

const chicagoSigns = ['*', '†', '‡', '§'];

function chicago(value: number): string {
  if (value < 1) return '';
  return (chicagoSigns[(value - 1) % 4] ?? '').repeat(Math.floor((value - 1) / 4) + 1);
}

const formats: ReadonlyMap<string, (value: number) => string> = new Map([
  ['decimal', String],
  ['decimalZero', (value) => zeroPadded(value, 2)],
  ['decimalHalfWidth', String],
  ['decimalFullWidth', inDigits('０１２３４５６７８９')],
  ['decimalFullWidth2', inDigits('０１２３４５６７８９')],
  ['lowerRoman', roman],
  ['upperRoman', (value) => roman(value).toUpperCase()],
  ['lowerLetter', (value) => letters(value, latinLetters)],
  ['upperLetter', (value) => letters(value, latinLetters).toUpperCase()],
  // OpenDocument's letters, where Word doubles them.
  ['lowerLetterSequence', letterSequence],
  ['upperLetterSequence', (value) => letterSequence(value).toUpperCase()],
  ['russianLower', (value) => letters(value, russianLetters)],
  ['russianUpper', (value) => letters(value, russianLetters).toUpperCase()],
  ['ordinal', ordinal],
  ['cardinalText', (value) => capitalised(cardinalText(value))],
  ['ordinalText', (value) => capitalised(ordinalText(value))],
  ['hex', (value) => value.toString(16).toUpperCase()],
  ['chicago', chicago],
  ['numberInDash', (value) => `- ${value} -`],
  ['decimalEnclosedCircle', inBlock(0x2460, 20)],
  ['decimalEnclosedCircleChinese', inBlock(0x2460, 20)],
  ['decimalEnclosedParen', inBlock(0x2474, 20)],
  ['decimalEnclosedFullstop', inBlock(0x2488, 20)],
  ['hindiNumbers', inDigits('٠١٢٣٤٥٦٧٨٩')],
  ['thaiNumbers', inDigits('๐๑๒๓๔๕๖๗๘๙')],
  ['ideographDigital', inDigits('〇一二三四五六七八九')],
  ['japaneseDigitalTenThousand', inDigits('〇一二三四五六七八九')],
  ['chineseCounting', chineseCounting],
  ['chineseCountingThousand', chineseCounting],
  ['taiwaneseCounting', chineseCounting],
  ['japaneseCounting', chineseCounting],
  ['none', () => ''],
  ['bullet', () => ''],
]);
