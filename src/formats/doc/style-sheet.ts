import type { Binary } from '../binary.ts';
import { eachModifier, modifier } from './modifiers.ts';

/** What a paragraph says of its list and outline, or its style for it. */
export interface ListProperties {
  /** From 1 among the list overrides; 0 for no list. */
  list?: number | undefined;
  /** From 0. */
  level?: number | undefined;
  /** From 0; 9 is body text. */
  outlineLevel?: number | undefined;
}

/** What a paragraph style says, and whether it is a heading's, from 1. */
export type ParagraphStyle = ListProperties & { readonly heading?: number | undefined };

interface StyleDefinition {
  readonly kind: number;
  readonly based: number;
  readonly properties: ListProperties;
  readonly heading: number | undefined;
  readonly hides: boolean | undefined;
}

const kinds = { paragraph: 1, character: 2 } as const;
const noStyle = 0xfff;
/** Built-in identifiers of "heading 1" to "heading 9", "Title" and "Subtitle". */
const [firstHeading, lastHeading, title, subtitle] = [1, 9, 62, 74];

/** The styles of a document by their index (MS-DOC 2.9.271 STSH). */
export class StyleSheet {
  private readonly styles: readonly (StyleDefinition | undefined)[];
  private readonly paragraphs = new Map<number, ParagraphStyle>();
  private readonly hiding = new Map<number, boolean>();

  constructor(table: Binary) {
    const headerLength = table.short(0);
    const count = table.short(2);
    const baseLength = table.short(4);
    const styles: (StyleDefinition | undefined)[] = [];
    let at = 2 + headerLength;
    for (let index = 0; index < count && at < table.length; index++) {
      const length = table.short(at);
      styles.push(length === 0 ? undefined : styleOf(table.part(at + 2, length), baseLength));
      at += 2 + length + (length & 1);
    }
    this.styles = styles;
  }

  /** What a paragraph style and those that it is based on say, the nearest first. */
  paragraph(index: number): ParagraphStyle {
    const known = this.paragraphs.get(index);
    if (known !== undefined) return known;
    const merged: ListProperties & { heading?: number | undefined } = {};
    for (const { properties, heading } of this.chain(index)) {
      merged.list ??= properties.list;
      merged.level ??= properties.level;
      merged.outlineLevel ??= properties.outlineLevel;
      merged.heading ??= heading;
    }
    this.paragraphs.set(index, merged);
    return merged;
  }

  /** Whether a style hides its text. */
  hides(index: number): boolean {
    const known = this.hiding.get(index);
    if (known !== undefined) return known;
    const hides = this.chain(index).find((style) => style.hides !== undefined)?.hides ?? false;
    this.hiding.set(index, hides);
    return hides;
  }

  /** Ends where a style is based on itself by way of others. */
  private chain(index: number): readonly StyleDefinition[] {
    const chain: StyleDefinition[] = [];
    let style = this.styles[index];
    while (style !== undefined && !chain.includes(style)) {
      chain.push(style);
      style = style.based === noStyle ? undefined : this.styles[style.based];
    }
    return chain;
  }
}

function styleOf(style: Binary, baseLength: number): StyleDefinition {
  const identifier = style.short(0) & 0xfff;
  const kind = style.short(2) & 0xf;
  const properties: ListProperties = {};
  const definition = {
    kind,
    based: style.short(2) >>> 4,
    properties,
    heading: headingOf(identifier),
    hides: undefined as boolean | undefined,
  };
  const nameLength = style.short(baseLength);
  let at = baseLength + 2 + 2 * nameLength + 2;
  if (kind === kinds.paragraph) {
    const length = style.short(at);
    readListProperties(style.part(at + 4, length - 2), properties);
    at += 2 + length + (length & 1);
  }
  if (kind === kinds.paragraph || kind === kinds.character)
    definition.hides = hiddenBy(style.part(at + 2, style.short(at)));
  return definition;
}

function headingOf(identifier: number): number | undefined {
  if (identifier >= (firstHeading ?? 0) && identifier <= (lastHeading ?? 0)) return identifier;
  return identifier === title || identifier === subtitle ? 1 : undefined;
}

/** Takes up what a list of modifications says of list and outline. */
export function readListProperties(modifiers: Binary, into: ListProperties): void {
  eachModifier(modifiers, (code, operand) => {
    if (code === modifier.list) into.list = modifiers.short(operand);
    else if (code === modifier.listLevel) into.level = modifiers.byte(operand);
    else if (code === modifier.outlineLevel) into.outlineLevel = modifiers.byte(operand);
  });
}

function hiddenBy(modifiers: Binary): boolean | undefined {
  let hidden: boolean | undefined;
  eachModifier(modifiers, (code, operand) => {
    if (code === modifier.hidden) hidden = (modifiers.byte(operand) & 1) === 1;
  });
  return hidden;
}
