/** What Windows-1252 prints for the codes 0x80 to 0x9F, which Unicode leaves to control characters; a space where it has nothing. */
const printed = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/** Fonts without a table of meanings hand out their byte codes; in this range no text means a control character. */
export function printedFor(code: number): string | undefined {
  if (code < 0x80 || code > 0x9f) return undefined;
  return printed[code - 0x80];
}
