import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';

/** `commentAuthors.xml` and `authors.xml`: who the ids in comments stand for. */
export class CommentAuthors implements XmlHandler {
  readonly names = new Map<string, string>();

  open(name: string, attributes: XmlAttributes): void {
    if (/(?:^|:)(?:cmAuthor|author)$/.test(name))
      this.names.set(attributes['id'] ?? '', attributes['name'] ?? '');
  }

  close(): void {
    // authors are attributes
  }

  text(): void {
    // authors are attributes
  }
}

/** The comments of one slide, in the older form and in the newer one with its replies; each with who made it. */
export class SlideComments implements XmlHandler {
  readonly texts: string[] = [];
  private readonly authors: ReadonlyMap<string, string>;
  /** A reply stands within the comment that it answers. */
  private readonly begun: { author: string; words: string }[] = [];
  private inText = false;

  constructor(authors: ReadonlyMap<string, string>) {
    this.authors = authors;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (isComment(name))
      this.begun.push({ author: this.authors.get(attributes['authorId'] ?? '')?.trim() ?? '', words: '' });
    else if (name === 'p:text' || name === 'a:t') this.inText = true;
  }

  close(name: string): void {
    if (name === 'p:text' || name === 'a:t') this.inText = false;
    else if (name === 'a:p') this.add(' ');
    else if (isComment(name)) this.end();
  }

  text(text: string): void {
    if (this.inText) this.add(text);
  }

  private add(text: string): void {
    const comment = this.begun.at(-1);
    if (comment !== undefined) comment.words += text;
  }

  private end(): void {
    const { author = '', words = '' } = this.begun.pop() ?? {};
    const text = words.trim();
    if (text !== '') this.texts.push(author === '' ? text : `${author}: ${text}`);
  }
}

function isComment(name: string): boolean {
  return /(?:^|:)(?:cm|reply)$/.test(name);
}
