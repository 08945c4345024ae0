import type { TextBlock } from './extraction.ts';
import { ParagraphText, type PieceOfText } from './paragraph-text.ts';
import type { DraftBlock } from './table-row.ts';

/** Names that office programs give to what is drawn, in the languages in which they are met most. */
const givenName =
  /^(?:picture|image|graphic|bild|grafik|imagen|immagine|shape|rectangle|oval|group|text ?box|object|objekt|content placeholder|straight (?:arrow )?connector)s? ?\d*$/i;
const fileName = /^[^\n]*\.(?:jpe?g|jfif|png|gif|bmp|tiff?|[ew]mf|svg|webp|heic|pict?|eps)$/i;

/**
 * What a person wrote to describe a picture, in its title and its description; the same words once. Nothing of what
 * programs put there by themselves: "Picture 3", the name of the file that was inserted.
 */
export function pictureDescriptions(...texts: readonly (string | undefined)[]): readonly string[] {
  const written = texts.map((text = '') => text.replaceAll(/\s+/g, ' ').trim());
  return [...new Set(written)].filter((text) => text !== '' && !givenName.test(text) && !fileName.test(text));
}

/** A description as blocks that follow the paragraph in which the picture stands, hidden or deleted where the picture is. */
export function descriptionBlocks(type: TextBlock['type'], text: string, piece: PieceOfText): DraftBlock[] {
  const content = new ParagraphText();
  content.append(text, piece);
  const block = content.block(type);
  return [...(block.text === '' ? [] : [block]), ...content.asides(type)];
}
