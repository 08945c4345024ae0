/** The longest quotation of what a comment is about, in UTF-16 units. */
const longestSubject = 160;

/** The words that comments are about, gathered while a text is read from where each comment's stretch begins to where it ends. */
export class CommentSubjects {
  private readonly texts = new Map<string, string>();
  private readonly open = new Set<string>();
  private readonly ended = new Set<string>();

  begin(id: string): void {
    this.open.add(id);
    this.texts.set(id, '');
  }

  end(id: string): void {
    this.open.delete(id);
    if (this.texts.has(id)) this.ended.add(id);
  }

  add(text: string): void {
    for (const id of this.open) {
      const known = this.texts.get(id) ?? '';
      this.texts.set(id, known + text.slice(0, longestSubject + 1));
      // What is long enough to be cut is not gathered further.
      if (known.length > longestSubject) this.open.delete(id);
    }
  }

  /** The first words of what a comment is about, in one line; undefined where the file does not say, or names no end. */
  of(id: string): string | undefined {
    if (!this.ended.has(id)) return undefined;
    const text = (this.texts.get(id) ?? '').replaceAll(/\s+/g, ' ').trim();
    if (text.length <= longestSubject) return text === '' ? undefined : text;
    return `${text.slice(0, longestSubject).replace(/\s*\S*$/, '')} …`;
  }
}
