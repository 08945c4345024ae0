import type { XmlAttributes, XmlHandler } from './xml.ts';

/** What a paragraph says of its list, or a style for it: `w:numPr`. Either half may be inherited. */
export interface NumberingProperties {
  readonly numId?: string;
  /** From 0. */
  readonly level?: number;
}

/** A paragraph style with all that it inherits. */
export interface ParagraphStyle extends NumberingProperties {
  /** This style's id and those it is based on, nearest first. */
  readonly chain: readonly string[];
  /** Heading depth from 1. */
  readonly heading?: number;
}

interface StyleDefinition {
  readonly type: string;
  readonly id: string;
  readonly isDefault: boolean;
  name: string;
  basedOn?: string;
  numId?: string;
  level?: number;
  outlineLevel?: number;
  hidden?: boolean;
}

const noStyle: ParagraphStyle = { chain: [] };
/** `w:outlineLvl` 9 is body text. */
const bodyOutlineLevel = 9;

/** `styles.xml`: hand it the part's events, then ask. */
export class Styles implements XmlHandler {
  private readonly definitions = new Map<string, StyleDefinition>();
  private readonly resolved = new Map<string, ParagraphStyle>();
  private defaultParagraph: string | undefined;
  private current: StyleDefinition | undefined;

  /** The style of a paragraph that names `id`, or the default one. */
  paragraph(id: string | undefined): ParagraphStyle {
    const used = id !== undefined && this.definitions.has(id) ? id : this.defaultParagraph;
    if (used === undefined) return noStyle;
    let style = this.resolved.get(used);
    if (style === undefined) {
      style = this.resolve(used);
      this.resolved.set(used, style);
    }
    return style;
  }

  /** Whether a character style hides its text. */
  hides(id: string): boolean {
    for (const step of this.chainOf(id)) if (step.hidden !== undefined) return step.hidden;
    return false;
  }

  /** The `w:num` of each numbering style. */
  numberingStyles(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const style of this.definitions.values()) {
      if (style.type === 'numbering' && style.numId !== undefined) found.set(style.id, style.numId);
    }
    return found;
  }

  open(name: string, attributes: XmlAttributes): void {
    const value = attributes['w:val'];
    if (name === 'w:style') this.begin(attributes);
    else if (this.current !== undefined) this.property(this.current, name, value);
  }

  close(name: string): void {
    if (name === 'w:style') this.current = undefined;
  }

  text(): void {
    // styles.xml holds no text
  }

  private begin(attributes: XmlAttributes): void {
    const type = attributes['w:type'] ?? 'paragraph';
    const isDefault = isOn(attributes['w:default'] ?? '0');
    const style: StyleDefinition = { type, id: attributes['w:styleId'] ?? '', isDefault, name: '' };
    this.current = style;
    this.definitions.set(style.id, style);
    if (type === 'paragraph' && isDefault) this.defaultParagraph ??= style.id;
  }

  private property(style: StyleDefinition, name: string, value: string | undefined): void {
    if (name === 'w:vanish') style.hidden = isOn(value);
    if (value === undefined) return;
    if (name === 'w:name') style.name = value;
    else if (name === 'w:basedOn') style.basedOn = value;
    else if (name === 'w:numId') style.numId = value;
    else if (name === 'w:ilvl') style.level = Number(value);
    else if (name === 'w:outlineLvl') style.outlineLevel = Number(value);
  }

  private resolve(id: string): ParagraphStyle {
    const chain = this.chainOf(id);
    const numId = chain.find((step) => step.numId !== undefined)?.numId;
    const level = chain.find((step) => step.level !== undefined)?.level;
    const heading = headingOf(chain);
    return {
      chain: chain.map((step) => step.id),
      ...(numId !== undefined && { numId }),
      ...(level !== undefined && { level }),
      ...(heading !== undefined && { heading }),
    };
  }

  /** Ends where a style is based on itself by way of others. */
  private chainOf(id: string): readonly StyleDefinition[] {
    const chain: StyleDefinition[] = [];
    let step = this.definitions.get(id);
    while (step !== undefined && !chain.includes(step)) {
      chain.push(step);
      step = step.basedOn === undefined ? undefined : this.definitions.get(step.basedOn);
    }
    return chain;
  }
}

/** By outline level; else by the built-in names, which files of other programs use without one. */
function headingOf(chain: readonly StyleDefinition[]): number | undefined {
  for (const step of chain) {
    if (step.outlineLevel !== undefined) return headingDepth(step.outlineLevel);
    const named = /^heading ([1-9])$/i.exec(step.name)?.[1];
    if (named !== undefined) return Number(named);
    if (/^(?:title|subtitle)$/i.test(step.name)) return 1;
  }
  return undefined;
}

/** Heading depth from 1 of a `w:outlineLvl`, undefined for body text. */
export function headingDepth(outlineLevel: number): number | undefined {
  return outlineLevel >= 0 && outlineLevel < bodyOutlineLevel ? outlineLevel + 1 : undefined;
}

/** A switch of WordprocessingML: on when it is there, unless it says otherwise. */
export function isOn(value: string | undefined): boolean {
  return value === undefined || !/^(?:0|false|off|none)$/.test(value);
}
