import { readHtmlText } from '../html.ts';
import type { DraftBlock } from '../table-row.ts';
import { bodyPlace } from './text-body.ts';

/** The blocks of an HTML body. What it hides stays beside it, as in web pages. */
export function blocksOfHtml(html: string): DraftBlock[] {
  return readHtmlText(html).blocks.map((block) =>
    block.zone === undefined ? { ...block, place: bodyPlace } : block,
  );
}
