import type {
  AbstractNumbering,
  LevelOverride,
  NumberingDefinitions,
  NumberingInstance,
  NumberingLevel,
} from '../docx/numbering.ts';
import { numberFormatName } from '../number-formats.ts';

type Draft<T> = { -readonly [Key in keyof T]: T[Key] };

/** The list table and the table of list overrides, in the terms of DOCX files: `\lsN` is a `w:num`, a list an `abstractNum`. */
export class ListTables {
  private readonly abstracts = new Map<string, AbstractNumbering>();
  private readonly instances = new Map<string, NumberingInstance>();
  private levels: NumberingLevel[] = [];
  private level: Draft<NumberingLevel> | undefined;
  private listId = '';
  private override: { overrides: Map<number, LevelOverride>; index: number } | undefined;
  private overriddenStart = false;

  get definitions(): NumberingDefinitions {
    return { abstracts: this.abstracts, instances: this.instances, numberingStyles: new Map() };
  }

  begin(group: string): void {
    if (group === 'list') this.levels = [];
    else if (group === 'listlevel')
      this.level = { start: 1, format: 'decimal', text: '', legal: false, hidden: false };
    else if (group === 'listoverride') this.override = { overrides: new Map(), index: 0 };
    else if (group === 'lfolevel') this.overriddenStart = false;
  }

  control(word: string, value: number | undefined): void {
    if (word === 'listid') this.listId = String(value ?? 0);
    else if (word === 'levelstartat') this.startAt(value ?? 1);
    else if (word === 'listoverridestartat') this.overriddenStart = true;
    else if (word === 'ls' && this.override) this.endOverride(value ?? 0);
    else if (this.level === undefined) return;
    else if (word === 'levelnfc' || word === 'levelnfcn') this.level.format = numberFormatName(value ?? 0);
    else if (word === 'levellegal') this.level.legal = value !== 0;
    else if (word === 'levelnorestart' && value === 1) this.level.restart = 0;
    else if (word === 'v') this.level.hidden = value !== 0;
  }

  /** The text of `\leveltext`: its length, then characters, of which the lowest stand for levels. */
  levelText(text: string): void {
    if (this.level === undefined) return;
    const length = text.charCodeAt(0);
    this.level.text = text
      .slice(1, 1 + (Number.isNaN(length) ? 0 : length))
      .replaceAll(/[\x00-\x08]/g, (level) => `%${level.charCodeAt(0) + 1}`);
  }

  end(group: string): void {
    if (group === 'listlevel') this.endLevel();
    else if (group === 'list') this.abstracts.set(this.listId, { levels: this.levels });
    else if (group === 'lfolevel' && this.override) this.override.index++;
  }

  /** Whether the level of a list is marked by bullets. */
  isBullet(list: string, level: number): boolean {
    const instance = this.instances.get(list);
    const own = instance?.overrides.get(level)?.definition;
    const format = own ?? this.abstracts.get(instance?.abstractId ?? '')?.levels[level];
    return format?.format === 'bullet';
  }

  private startAt(start: number): void {
    if (this.level !== undefined) this.level.start = start;
    else if (this.override && this.overriddenStart)
      this.override.overrides.set(this.override.index, { start });
  }

  private endLevel(): void {
    const level = this.level;
    this.level = undefined;
    if (level === undefined) return;
    if (this.override === undefined) this.levels.push(level);
    else {
      const start = this.overriddenStart ? { start: level.start } : {};
      this.override.overrides.set(this.override.index, { definition: level, ...start });
    }
  }

  private endOverride(list: number): void {
    const overrides = this.override?.overrides ?? new Map<number, LevelOverride>();
    this.instances.set(String(list), { abstractId: this.listId, overrides });
    this.override = undefined;
  }
}
