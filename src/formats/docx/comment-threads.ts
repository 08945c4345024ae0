import { isOn } from './styles.ts';
import type { XmlAttributes, XmlHandler } from './xml.ts';

/** `commentsExtended.xml`: which comments have been dealt with. Hand it the part's events, then ask. */
export class CommentThreads implements XmlHandler {
  private readonly done = new Set<string>();
  private readonly parents = new Map<string, string>();

  open(name: string, attributes: XmlAttributes): void {
    if (name !== 'w15:commentEx') return;
    const id = attributes['w15:paraId'] ?? '';
    const parent = attributes['w15:paraIdParent'];
    if (isOn(attributes['w15:done'] ?? '0')) this.done.add(id);
    if (parent !== undefined) this.parents.set(id, parent);
  }

  close(): void {
    // all is said in attributes
  }

  text(): void {
    // the part holds no text
  }

  /** Whether the comment whose last paragraph has this id, or the one it answers, is marked as done. */
  isDone(paragraph: string | undefined): boolean {
    if (paragraph === undefined) return false;
    return this.done.has(paragraph) || this.done.has(this.parents.get(paragraph) ?? '');
  }
}
