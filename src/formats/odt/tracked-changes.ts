import type { Markup } from '../../model/place.ts';

interface Region {
  readonly markup: Markup;
  /** What was deleted, a line for each paragraph; empty where it stands in the text, between marks. */
  readonly text: string;
  /** Whether the end of a paragraph was deleted with it. */
  readonly endsParagraph: boolean;
}

/** The changes that a text records at its beginning and names where they were made (OpenDocument 1.3 part 3, 5.5). */
export class TrackedChanges {
  private readonly regions = new Map<string, Region>();
  private readonly open: string[] = [];

  add(id: string, markup: Markup, text = '', endsParagraph = false): void {
    this.regions.set(id, { markup, text, endsParagraph });
  }

  begin(id: string): void {
    if (this.regions.has(id)) this.open.push(id);
  }

  end(id: string): void {
    const at = this.open.lastIndexOf(id);
    if (at >= 0) this.open.splice(at, 1);
  }

  /** What was done to the text that comes now: a deletion goes before an insertion. */
  get current(): Markup | undefined {
    return this.deleting ?? this.regions.get(this.open.at(-1) ?? '')?.markup;
  }

  /** The deletion that goes on here. */
  get deleting(): Markup | undefined {
    const id = this.open.findLast((one) => this.regions.get(one)?.markup.kind === 'deleted');
    return id === undefined ? undefined : this.regions.get(id)?.markup;
  }

  /** What was deleted at a place. */
  deletion(id: string): Region | undefined {
    const region = this.regions.get(id);
    return region?.markup.kind === 'deleted' ? region : undefined;
  }
}
