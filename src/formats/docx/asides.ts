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

  /** What nothing has referred to so far, in its order. */
  rest(kind: AsideKind): readonly DraftBlock[] {
    return [...(this.blocks.get(kind)?.keys() ?? [])].flatMap((id) => this.take(kind, id));
  }

  /** Makes all of them available again. */
  putBack(): void {
    this.taken.clear();
  }
}
