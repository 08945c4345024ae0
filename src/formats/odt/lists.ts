import type { XmlAttributes } from '../docx/xml.ts';
import { ListCounter } from './list-numbers.ts';
import type { OdfStyles } from './styles.ts';

interface OpenList {
  readonly style: string | undefined;
  /** From 1. */
  readonly level: number;
  readonly counter: ListCounter;
  item: { numbered: boolean; readonly start: number | undefined } | undefined;
}

/** What stands before a paragraph of a list. */
export interface ListPlace {
  readonly number: string | undefined;
  /** From 1. */
  readonly level: number;
}

/** The lists that are open while a text is read, and the counters of those that were (OpenDocument 1.3 part 3, 5.3). */
export class OdfLists {
  private readonly styles: OdfStyles;
  /** Lists within lists; a cell or box begins with none. */
  private readonly contexts: OpenList[][] = [[]];
  private readonly byId = new Map<string, ListCounter>();
  private readonly byStyle = new Map<string, ListCounter>();
  private readonly outline = new ListCounter();
  /** Off where text is read that no longer stands. */
  counts = true;

  constructor(styles: OdfStyles) {
    this.styles = styles;
  }

  enterContext(): void {
    this.contexts.push([]);
  }

  leaveContext(): void {
    if (this.contexts.length > 1) this.contexts.pop();
  }

  beginList(attributes: XmlAttributes): void {
    const around = this.open.at(-1);
    const style = attributes['text:style-name'] ?? around?.style;
    const counter = around?.counter ?? this.counterFor(attributes, style);
    const id = attributes['xml:id'] ?? attributes['text:id'];
    if (id !== undefined) this.byId.set(id, counter);
    if (style !== undefined && around === undefined) this.byStyle.set(style, counter);
    this.open.push({ style, level: (around?.level ?? 0) + 1, counter, item: undefined });
  }

  /** A paragraph that is an item by itself names its list and level. */
  beginNumberedParagraph(attributes: XmlAttributes): void {
    const id = attributes['text:list-id'] ?? '';
    const counter = this.byId.get(id) ?? new ListCounter();
    this.byId.set(id, counter);
    const level = Math.max(1, Math.min(10, Number(attributes['text:level'] ?? '1') || 1));
    this.open.push({ style: attributes['text:style-name'], level, counter, item: undefined });
    this.beginItem(attributes, true);
  }

  endList(): void {
    this.open.pop();
  }

  beginItem(attributes: XmlAttributes, isNumbered: boolean): void {
    const list = this.open.at(-1);
    const start = attributes['text:start-value'];
    if (list !== undefined)
      list.item = { numbered: !isNumbered, start: start === undefined ? undefined : Number(start) };
  }

  /** The place of a paragraph that begins now: the first of an item is counted, those after it belong to it. */
  countParagraph(style: string | undefined): ListPlace | undefined {
    const list = this.open.at(-1);
    if (list?.item === undefined || list.item.numbered) return undefined;
    list.item.numbered = true;
    const levels = this.styles.listStyle(list.style ?? this.styles.listOf(style));
    const number = levels && list.counter.next(levels, list.level, list.item.start);
    return { number, level: list.level };
  }

  /** The number of a heading that stands in no list. */
  countHeading(level: number, attributes: XmlAttributes): string | undefined {
    if (attributes['text:is-list-header'] === 'true' || this.styles.outline.size === 0) return undefined;
    const start = attributes['text:start-value'];
    if (attributes['text:restart-numbering'] === 'true' && start === undefined) this.outline.restart(level);
    const given = start === undefined ? undefined : Number(start);
    return this.outline.next(this.styles.outline, level, given);
  }

  get isInList(): boolean {
    return this.open.length > 0;
  }

  private get open(): OpenList[] {
    return this.contexts.at(-1) as OpenList[]; // there is always the text's own
  }

  private counterFor(attributes: XmlAttributes, style: string | undefined): ListCounter {
    const continued = this.byId.get(attributes['text:continue-list'] ?? '');
    if (continued !== undefined) return continued;
    const goesOn = attributes['text:continue-numbering'] === 'true';
    return (goesOn && this.byStyle.get(style ?? '')) || new ListCounter();
  }
}
