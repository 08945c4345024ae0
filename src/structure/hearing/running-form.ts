/** A line without its numbers: running heads are alike but for these. */
export function formOf(text: string): string {
  return text.replace(/\d+/g, '#').replace(/\s+/g, ' ').trim();
}
