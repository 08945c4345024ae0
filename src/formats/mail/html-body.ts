import { readHtmlText } from '../html.ts';
import type { DraftBlock } from '../table-row.ts';
import { bodyPlace } from './text-body.ts';

/** The blocks of an HTML body, quotations told apart. What it hides stays beside it, as in web pages. */
export function blocksOfHtml(html: string): DraftBlock[] {
  return readHtmlText(html, { message: true }).blocks.map((block) =>
    block.zone === undefined ? { place: bodyPlace, ...block } : block,
  );
}
