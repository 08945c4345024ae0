import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';
import type { CellComment } from './workbook-parts.ts';

/** Gathers the text of a string or comment: its runs joined, the readings above East Asian words left out. */
export class RichText {
  private words = '';
  private inText = false;
  private inReading = false;

  begin(): void {
    this.words = '';
  }

  end(): string {
    return this.words;
  }

  open(name: string): void {
    if (name === 'rPh') this.inReading = true;
    else if (name === 't' || name === 'text') this.inText = true;
  }

  close(name: string): void {
    if (name === 'rPh') this.inReading = false;
    else if (name === 't' || name === 'text') this.inText = false;
  }

  text(text: string): void {
    if (this.inText && !this.inReading) this.words += unescaped(text);
  }
}

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
export function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** `sharedStrings.xml`: the texts that cells name by number. */
export class SharedStrings implements XmlHandler {
  readonly texts: string[] = [];
  private readonly rich = new RichText();

  open(name: string): void {
    if (name === 'si') this.rich.begin();
    else this.rich.open(name);
  }

  close(name: string): void {
    if (name === 'si') this.texts.push(this.rich.end());
    else this.rich.close(name);
  }

  text(text: string): void {
    this.rich.text(text);
  }
}

/** A comment with who made it, where its text does not say so. `tc=` stands for the author of a discussion, who is named in it. */
export function attributed(author: string, text: string): string {
  const named = author === '' || author.startsWith('tc={') || text.startsWith(author);
  return named ? text : `${author}: ${text}`;
}

/** `comments1.xml` and `threadedComment1.xml`: the comments on cells, with who made them where the text does not say so. */
export class CellComments implements XmlHandler {
  readonly comments: CellComment[] = [];
  private readonly rich = new RichText();
  private readonly authors: string[] = [];
  private readonly persons: ReadonlyMap<string, string>;
  private author: string | undefined;
  private cell = '';
  private inAuthor = false;

  /** `persons`: names by the id that threaded comments use. */
  constructor(persons: ReadonlyMap<string, string>) {
    this.persons = persons;
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'author') {
      this.inAuthor = true;
      this.authors.push('');
    } else if (name === 'comment' || name === 'threadedComment') {
      this.cell = attributes['ref'] ?? '';
      this.author =
        name === 'comment'
          ? this.authors[Number(attributes['authorId'] ?? -1)]
          : this.persons.get(attributes['personId'] ?? '');
      this.rich.begin();
    } else this.rich.open(name);
  }

  close(name: string): void {
    if (name === 'author') this.inAuthor = false;
    else if (name === 'comment' || name === 'threadedComment') this.put(this.rich.end().trim());
    else this.rich.close(name);
  }

  text(text: string): void {
    if (this.inAuthor) this.authors.push((this.authors.pop() ?? '') + text);
    else this.rich.text(text);
  }

  private put(text: string): void {
    if (text === '') return;
    this.comments.push({ cell: this.cell, text: attributed(this.author?.trim() ?? '', text) });
  }
}

/** `persons/person.xml`: who the ids in threaded comments stand for. */
export class Persons implements XmlHandler {
  readonly names = new Map<string, string>();

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'person') this.names.set(attributes['id'] ?? '', attributes['displayName'] ?? '');
  }

  close(): void {
    // persons are attributes
  }

  text(): void {
    // persons are attributes
  }
}
