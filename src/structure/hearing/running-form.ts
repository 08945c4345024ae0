/** A line without its numbers: running heads are alike but for these. */
export function formOf(text: string): string {
  return text.replace(/\d+/g, '#').replace(/\s+/g, ' ').trim();
}

/** The number of a line that holds no more than one, of at most five digits, and spaces; -1 for any other line. */
export function bareNumber(text: string): number {
  let [value, digits, at] = [0, 0, 0];
  while (text.charCodeAt(at) === 32) at++;
  for (; digits < 6; digits++, at++) {
    const code = text.charCodeAt(at);
    if (!(code >= 48 && code <= 57)) break;
    value = value * 10 + code - 48;
  }
  while (text.charCodeAt(at) === 32) at++;
  return digits > 0 && digits < 6 && at === text.length ? value : -1;
}
