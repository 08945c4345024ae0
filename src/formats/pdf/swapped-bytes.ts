/** Fewer letters may stand for what they are. */
const fewestLetters = 2;

/**
 * Some programs write a font's table of meanings with the bytes of each character in the wrong order, so that "M" comes
 * as U+4D00. Gives the text meant where every letter of it is such a one, else the text as it is.
 */
export function unswapped(text: string): string {
  if (text.length < fewestLetters || !isSwapped(text.charCodeAt(0))) return text;
  const codes = Array.from(text, (_, i) => text.charCodeAt(i));
  if (!codes.every((code) => code === 0x20 || isSwapped(code))) return text;
  return codes.map((code) => String.fromCharCode(code === 0x20 ? code : code >> 8)).join('');
}

function isSwapped(code: number): boolean {
  return (code & 0xff) === 0 && code >= 0x2000 && code < 0x7f00;
}
