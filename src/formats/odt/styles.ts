import type { XmlAttributes, XmlHandler } from '../docx/xml.ts';

/** A level of a list or outline style. */
export interface ListLevel {
  readonly isBullet: boolean;
  /** `style:num-format`: "1", "a", "I"; empty for no number. */
  readonly format: string;
  readonly prefix: string;
  readonly suffix: string;
  /** How many levels the number shows, its own included. */
  readonly shown: number;
  readonly start: number;
  /** Letters double after z (aa, bb) instead of going on as aa, ab. */
  readonly doubled: boolean;
  /** `loext:num-list-format`: "%1%.%2%)", the whole of it, where a newer program has written it. */
  readonly pattern: string | undefined;
}

/** Levels by their number from 1. */
export type ListStyle = ReadonlyMap<number, ListLevel>;

interface Style {
  readonly parent: string | undefined;
  /** Empty for none, where a style switches the list of its parent off. */
  readonly list: string | undefined;
  readonly outlineLevel: number | undefined;
  hidden: boolean | undefined;
  breaksBefore: boolean | undefined;
  breaksAfter: boolean | undefined;
  readonly startsMasterPage: boolean | undefined;
}

const levelElements = new Set([
  'text:list-level-style-number',
  'text:list-level-style-bullet',
  'text:list-level-style-image',
  'text:outline-level-style',
]);
const longestChain = 64;

/** Styles of a document, automatic and named: hand it the events of styles.xml and content.xml, then ask. */
export class OdfStyles implements XmlHandler {
  readonly outline = new Map<number, ListLevel>();
  private readonly styles = new Map<string, Style>();
  private readonly lists = new Map<string, Map<number, ListLevel>>();
  private style: Style | undefined;
  private list: Map<number, ListLevel> | undefined;

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'style:style') this.beginStyle(attributes);
    else if (name === 'style:text-properties' && this.style) {
      const display = attributes['text:display'];
      if (display !== undefined) this.style.hidden = display === 'none';
    } else if (name === 'style:paragraph-properties' && this.style) {
      this.style.breaksBefore = breaksPage(attributes['fo:break-before']);
      this.style.breaksAfter = breaksPage(attributes['fo:break-after']);
    } else if (name === 'text:list-style') this.beginList(attributes['style:name'] ?? '');
    else if (name === 'text:outline-style') this.list = this.outline;
    else if (levelElements.has(name) && this.list)
      this.list.set(Number(attributes['text:level']), levelOf(name, attributes));
  }

  close(name: string): void {
    if (name === 'style:style') this.style = undefined;
    else if (name === 'text:list-style' || name === 'text:outline-style') this.list = undefined;
  }

  text(): void {
    // styles hold no text; headers are read by themselves
  }

  /** The levels of a list style; undefined when there is none of that name. */
  listStyle(name: string | undefined): ListStyle | undefined {
    return name === undefined ? undefined : this.lists.get(name);
  }

  /** The list style that a paragraph's style names, by itself or by those it goes by. */
  listOf(style: string | undefined): string | undefined {
    return this.first(style, ({ list }) => list) || undefined;
  }

  hides(style: string | undefined): boolean {
    return this.first(style, ({ hidden }) => hidden) ?? false;
  }

  outlineLevel(style: string | undefined): number | undefined {
    return this.first(style, ({ outlineLevel }) => outlineLevel);
  }

  breaksBefore(style: string | undefined): boolean {
    return (
      this.first(style, ({ breaksBefore }) => breaksBefore) ??
      this.styles.get(style ?? '')?.startsMasterPage ??
      false
    );
  }

  breaksAfter(style: string | undefined): boolean {
    return this.first(style, ({ breaksAfter }) => breaksAfter) ?? false;
  }

  private first<Value>(
    name: string | undefined,
    take: (style: Style) => Value | undefined,
  ): Value | undefined {
    let style = this.styles.get(name ?? '');
    for (let step = 0; style !== undefined && step < longestChain; step++) {
      const found = take(style);
      if (found !== undefined) return found;
      style = style.parent === undefined ? undefined : this.styles.get(style.parent);
    }
    return undefined;
  }

  private beginStyle(attributes: XmlAttributes): void {
    const level = attributes['style:default-outline-level'];
    const master = attributes['style:master-page-name'];
    this.style = {
      parent: attributes['style:parent-style-name'],
      list: attributes['style:list-style-name'],
      outlineLevel: level ? Number(level) : undefined,
      hidden: undefined,
      breaksBefore: undefined,
      breaksAfter: undefined,
      startsMasterPage: master ? true : undefined,
    };
    this.styles.set(attributes['style:name'] ?? '', this.style);
  }

  private beginList(name: string): void {
    this.list = new Map();
    this.lists.set(name, this.list);
  }
}

function breaksPage(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 'page';
}

function levelOf(name: string, attributes: XmlAttributes): ListLevel {
  return {
    isBullet: name === 'text:list-level-style-bullet' || name === 'text:list-level-style-image',
    format: attributes['style:num-format'] ?? '',
    prefix: attributes['style:num-prefix'] ?? '',
    suffix: attributes['style:num-suffix'] ?? '',
    shown: Number(attributes['text:display-levels'] ?? '1') || 1,
    start: Number(attributes['text:start-value'] ?? '1'),
    doubled: attributes['style:num-letter-sync'] === 'true',
    pattern: attributes['loext:num-list-format'],
  };
}
