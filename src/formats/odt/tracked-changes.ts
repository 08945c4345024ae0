import type { Markup } from '../../model/place.ts';

interface Region {
  readonly markup: Markup;
  /** What was deleted. */
  readonly text: string;
}

/** The changes that a text records at its beginning and names where they were made (OpenDocument 1.3 part 3, 5.5). */
export class TrackedChanges {
  private readonly regions = new Map<string, Region>();
  private readonly open: string[] = [];

  add(id: string, markup: Markup, text: string): void {
    this.regions.set(id, { markup, text });
  }

  begin(id: string): void {
    if (this.regions.get(id)?.markup.kind === 'inserted') this.open.push(id);
  }

  end(id: string): void {
    const at = this.open.lastIndexOf(id);
    if (at >= 0) this.open.splice(at, 1);
  }

  /** The insertion that what comes now belongs to. */
  get current(): Markup | undefined {
    return this.regions.get(this.open.at(-1) ?? '')?.markup;
  }

  /** What was deleted at a place. */
  deletion(id: string): Region | undefined {
    const region = this.regions.get(id);
    return region?.markup.kind === 'deleted' ? region : undefined;
  }
}
