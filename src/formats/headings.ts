const longestHeading = 200;

/** Numbered paragraphs are often given outline levels, so that Word lists them; what reads as a sentence, or a part of one, is no heading. */
export function readsAsSentence(text: string, number: string | undefined): boolean {
  if (text.length > longestHeading || /(?:[.;,]|\b(?:and|or))["”’)\]]*$/.test(text)) return true;
  return number !== undefined && text.endsWith(':');
}
