import type {
  AbstractNumbering,
  LevelOverride,
  NumberingDefinitions,
  NumberingInstance,
  NumberingLevel,
} from './numbering.ts';
import { isOn } from './styles.ts';
import type { XmlAttributes, XmlHandler } from './xml.ts';

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** `numbering.xml`: hand it the part's events, then take the `definitions`. */
export class NumberingPart implements XmlHandler {
  private readonly abstracts = new Map<string, AbstractNumbering>();
  private readonly instances = new Map<string, NumberingInstance>();
  private abstract:
    | { levels: (NumberingLevel | undefined)[]; numberingStyle?: string; name?: string }
    | undefined;
  private instance: { abstractId: string; readonly overrides: Map<number, LevelOverride> } | undefined;
  private override: { readonly level: number; readonly value: Draft<LevelOverride> } | undefined;
  private level: { readonly index: number; readonly value: Draft<NumberingLevel> } | undefined;

  /** Inside the simpler form of a format that older programs do not know. */
  private inFallback = false;

  definitions(numberingStyles: ReadonlyMap<string, string>): NumberingDefinitions {
    return { abstracts: this.abstracts, instances: this.instances, numberingStyles };
  }

  open(name: string, attributes: XmlAttributes): void {
    if (name === 'mc:Fallback') this.inFallback = true;
    else if (this.inFallback) return;
    else if (this.level !== undefined) this.levelProperty(this.level.value, name, attributes);
    else if (name === 'w:abstractNum') this.beginAbstract(attributes);
    else if (name === 'w:num') this.beginInstance(attributes);
    else if (name === 'w:lvl') this.beginLevel(attributes);
    else if (name === 'w:lvlOverride') this.override = { level: Number(attributes['w:ilvl']), value: {} };
    else this.listProperty(name, attributes['w:val'] ?? '');
  }

  close(name: string): void {
    if (name === 'mc:Fallback') this.inFallback = false;
    else if (name === 'w:lvl') this.endLevel();
    else if (name === 'w:abstractNum') this.abstract = undefined;
    else if (name === 'w:num') this.instance = undefined;
    else if (name === 'w:lvlOverride') {
      if (this.override) this.instance?.overrides.set(this.override.level, this.override.value);
      this.override = undefined;
    }
  }

  text(): void {
    // numbering.xml holds no text
  }

  private beginAbstract(attributes: XmlAttributes): void {
    this.abstract = { levels: [] };
    this.abstracts.set(attributes['w:abstractNumId'] ?? '', this.abstract);
  }

  private beginInstance(attributes: XmlAttributes): void {
    this.instance = { abstractId: '', overrides: new Map() };
    this.instances.set(attributes['w:numId'] ?? '', this.instance);
  }

  private beginLevel(attributes: XmlAttributes): void {
    const value = { start: 0, format: 'decimal', text: '', legal: false, hidden: false };
    this.level = { index: Number(attributes['w:ilvl']), value };
  }

  private endLevel(): void {
    if (this.level === undefined) return;
    if (this.override !== undefined) this.override.value.definition = this.level.value;
    else if (this.abstract !== undefined) this.abstract.levels[this.level.index] = this.level.value;
    this.level = undefined;
  }

  private listProperty(name: string, value: string): void {
    if (name === 'w:name' && this.abstract) this.abstract.name = value;
    else if (name === 'w:numStyleLink' && this.abstract) this.abstract.numberingStyle = value;
    else if (name === 'w:abstractNumId' && this.instance) this.instance.abstractId = value;
    else if (name === 'w:startOverride' && this.override) this.override.value.start = Number(value);
  }

  private levelProperty(level: Draft<NumberingLevel>, name: string, attributes: XmlAttributes): void {
    const value = attributes['w:val'];
    if (name === 'w:isLgl') level.legal = isOn(value);
    else if (name === 'w:vanish') level.hidden = isOn(value);
    if (value === undefined) return;
    if (name === 'w:start') level.start = Number(value);
    else if (name === 'w:lvlText') level.text = value;
    else if (name === 'w:lvlRestart') level.restart = Number(value);
    else if (name === 'w:pStyle') level.style = value;
    else if (name === 'w:numFmt') {
      level.format = value;
      const pattern = attributes['w:format'];
      if (pattern !== undefined) level.customFormat = pattern;
    }
  }
}
