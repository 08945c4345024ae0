import type { Markup } from '../../model/place.ts';
import type { DraftBlock } from '../table-row.ts';
import type { NoteKind } from './note-numbers.ts';

export type AsideKind = NoteKind | 'comment';

/** The notes and comments of a document, handed out where the text refers to them. */
export class Asides {
  private readonly blocks = new Map<AsideKind, ReadonlyMap<string, readonly DraftBlock[]>>();
  private readonly taken = new Set<string>();

  set(kind: AsideKind, blocks: ReadonlyMap<string, readonly DraftBlock[]>): void {
    this.blocks.set(kind, blocks);
  }

  /** Copies of the blocks of a note or comment; none the second time. */
  take(kind: AsideKind, id: string): readonly DraftBlock[] {
    const key = `${kind}/${id}`;
    if (this.taken.has(key)) return [];
    this.taken.add(key);
    return (this.blocks.get(kind)?.get(id) ?? []).map((block) => ({ ...block }));
  }

  /** What nothing has referred to so far, in its order, of those whose ids have the form. */
  rest(kind: AsideKind, form = /^/): readonly DraftBlock[] {
    const ids = [...(this.blocks.get(kind)?.keys() ?? [])].filter((id) => form.test(id));
    return ids.flatMap((id) => this.take(kind, id));
  }

  /** Makes all of them available again. */
  putBack(): void {
    this.taken.clear();
  }
}

/** Says of a comment's blocks which words it is about. */
export function addSubject(blocks: readonly DraftBlock[], about: string | undefined): void {
  if (about === undefined) return;
  for (const block of blocks) {
    if (block.zone === 'deleted') continue;
    const [said] = block.markup ?? [{ kind: 'comment' as const, start: 0, end: block.text.length }];
    if (said !== undefined) block.markup = [{ ...said, about }];
  }
}

/** A note whose reference was deleted is deleted with it. */
export function markDeleted(blocks: readonly DraftBlock[], deletion: Markup): void {
  for (const block of blocks) {
    block.zone = 'deleted';
    block.markup = [{ ...deletion, start: 0, end: block.text.length }];
  }
}
