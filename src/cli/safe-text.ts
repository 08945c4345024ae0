/**
 * Characters by which a text could control a terminal or hide what it says: C0 and C1 controls, DEL, the
 * bidirectional overrides and isolates (Unicode Standard Annex 9), line and paragraph separators, and invisible
 * joiners that can pass for nothing at all.
 */
const dangerous =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const dangerousButLineEnds =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Shows control characters instead of obeying them: ESC becomes `<U+001B>`. Tabs become spaces. */
export function safeText(text: string): string {
  return text.replace(dangerous, showCharacter);
}

/** The same for text of several lines. */
export function safeLines(text: string): string {
  return text.replace(dangerousButLineEnds, showCharacter);
}

function showCharacter(character: string): string {
  if (character === '\t') return ' ';
  return `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** JSON that a terminal cannot be controlled by: the same characters as `\u` escapes, which every reader of JSON undoes. */
export function safeJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(
    indent === undefined ? dangerous : dangerousButLineEnds,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
