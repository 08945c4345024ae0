import { formatNumber } from '../list-number.ts';

/** One level of a list: `w:lvl`. */
export interface NumberingLevel {
  readonly start: number;
  /** `w:numFmt`: "decimal", "lowerLetter", "bullet" … */
  readonly format: string;
  /** Pattern of the format "custom". */
  readonly customFormat?: string;
  /** `w:lvlText`: "%1.%2" stands for the counters of levels 1 and 2. */
  readonly text: string;
  /** `w:isLgl`: the counters of all levels are printed as decimals. */
  readonly legal: boolean;
  /** `w:lvlRestart`: starts anew after this level (from 1) or one above it; 0 never. Absent: after any level above. */
  readonly restart?: number;
  /** `w:pStyle`: paragraphs of this style are on this level. */
  readonly style?: string;
  /** The number is hidden text. */
  readonly hidden: boolean;
}

/** `w:abstractNum`. Levels by index from 0; a level that is not defined is undefined. */
export interface AbstractNumbering {
  readonly levels: readonly (NumberingLevel | undefined)[];
  /** `w:numStyleLink`: the levels are those of the list that this numbering style names. */
  readonly numberingStyle?: string;
  /** `w:name`: what LISTNUM fields call it. */
  readonly name?: string;
}

/** `w:lvlOverride`. */
export interface LevelOverride {
  readonly start?: number;
  readonly definition?: NumberingLevel;
}

/** `w:num`. Overrides by level from 0. */
export interface NumberingInstance {
  readonly abstractId: string;
  readonly overrides: ReadonlyMap<number, LevelOverride>;
}

/** What `numbering.xml` defines, with the `w:num` that each numbering style names. */
export interface NumberingDefinitions {
  readonly abstracts: ReadonlyMap<string, AbstractNumbering>;
  readonly instances: ReadonlyMap<string, NumberingInstance>;
  readonly numberingStyles: ReadonlyMap<string, string>;
}

export const noNumbering: NumberingDefinitions = {
  abstracts: new Map(),
  instances: new Map(),
  numberingStyles: new Map(),
};

/** The `numId` that switches numbering off (17.9.18). */
export const numberingOff = '0';

/** What stands before a paragraph. A bullet, a hidden or an empty number has no `number`. */
export interface PrintedNumber {
  /** Exactly as Word prints it, with its dots and brackets: "12.", "(a)", "4.7". Without the tab or space that follows. */
  readonly number?: string;
}

interface List {
  readonly abstractId: string;
  readonly level: (index: number) => NumberingLevel | undefined;
  readonly override: (index: number) => LevelOverride | undefined;
}

const levelsOfAList = 9;

/** Word's own lists for LISTNUM, level by level: the format and the text around it, the whole path in the legal one. */
const builtInLists: ReadonlyMap<string, readonly NumberingLevel[]> = new Map([
  [
    'numberdefault',
    builtIn(
      'decimal ) lowerLetter ) lowerRoman ) decimal () lowerLetter () lowerRoman () decimal . lowerLetter . lowerRoman .',
    ),
  ],
  [
    'outlinedefault',
    builtIn(
      'upperRoman . upperLetter . decimal . lowerLetter ) decimal () lowerLetter () lowerRoman () lowerLetter () lowerRoman ()',
    ),
  ],
  [
    'legaldefault',
    Array.from({ length: 9 }, (_, at) =>
      simpleLevel('decimal', '%1.%2.%3.%4.%5.%6.%7.%8.%9.'.slice(0, 3 * at + 3)),
    ),
  ],
]);

function builtIn(pairs: string): NumberingLevel[] {
  const words = pairs.split(' ');
  return Array.from({ length: levelsOfAList }, (_, at) => {
    const [format, sign] = [words[2 * at] ?? 'decimal', words[2 * at + 1]];
    return simpleLevel(format, sign === '()' ? `(%${at + 1})` : `%${at + 1}${sign}`);
  });
}

function simpleLevel(format: string, text: string): NumberingLevel {
  return { start: 1, format, text, legal: false, hidden: false };
}

/**
 * Counts the numbered paragraphs of one story (body, a header, the notes …) in order. The rules, after ECMA-376
 * part 1, 17.9, and Word where that is silent:
 * - all `w:num` of one `w:abstractNum` go on with the same counters;
 * - a `startOverride` counts for the first paragraph of its `w:num`, on the level of that paragraph; neither counters
 *   above that are running nor later starts heed it;
 * - a paragraph starts anew the levels below its own, but for those whose `lvlRestart` names a higher level, or 0;
 * - a paragraph whose levels above have not been used since their (new) start uses them up: after 10.1 comes 11.
 */
export class NumberingCounter {
  private readonly definitions: NumberingDefinitions;
  private readonly lists = new Map<string, List | undefined>();
  /** By abstract id: the last value of each level, undefined before its (new) start. */
  private readonly values = new Map<string, (number | undefined)[]>();
  private readonly used = new Set<string>();

  constructor(definitions: NumberingDefinitions) {
    this.definitions = definitions;
  }

  /** Counts a paragraph on `level` (from 0) of the list `numId`; undefined when there is no such list or level. */
  next(numId: string, level: number): PrintedNumber | undefined {
    const list = this.list(numId);
    const isFirst = !this.used.has(numId);
    this.used.add(numId);
    return list && this.count(list, level, (at) => (isFirst ? list.override(at)?.start : undefined));
  }

  /**
   * Counts a LISTNUM field: on `level` of the list that is called `name`, of Word's own lists of that name, else of a
   * list in Word's default form; from `start` on when that is given.
   */
  nextNamed(name: string, level: number, start: number | undefined): PrintedNumber | undefined {
    const list = this.namedList(name);
    return list && this.count(list, level, (at) => (at === level ? start : undefined));
  }

  /** The level (from 0) of the list `numId` that is linked to the first of the paragraph styles that has one. */
  levelOfStyle(numId: string, styles: readonly string[]): number | undefined {
    const list = this.list(numId);
    if (list === undefined) return undefined;
    for (const style of styles) {
      for (let level = 0; level < levelsOfAList; level++)
        if (list.level(level)?.style === style) return level;
    }
    return undefined;
  }

  private count(
    list: List,
    level: number,
    startAt: (level: number) => number | undefined,
  ): PrintedNumber | undefined {
    const definition = list.level(level);
    if (definition === undefined) return undefined;
    const values = this.valuesOf(list.abstractId);
    for (let above = 0; above < level; above++) {
      values[above] ??= startAt(above) ?? list.level(above)?.start;
    }
    const last = values[level];
    values[level] = startAt(level) ?? (last === undefined ? definition.start : last + 1);
    for (let below = level + 1; below < levelsOfAList; below++) {
      if (level < (list.level(below)?.restart ?? below)) values[below] = undefined;
    }
    return print(list, definition, values);
  }

  private namedList(name: string): List | undefined {
    for (const [numId, { abstractId }] of this.definitions.instances) {
      if (this.definitions.abstracts.get(abstractId)?.name === name) return this.list(numId);
    }
    const levels = builtInLists.get(name.toLowerCase()) ?? builtInLists.get('numberdefault') ?? [];
    return { abstractId: `LISTNUM ${name}`, level: (index) => levels[index], override: () => undefined };
  }

  private valuesOf(abstractId: string): (number | undefined)[] {
    let values = this.values.get(abstractId);
    if (values === undefined) {
      values = new Array<number | undefined>(levelsOfAList).fill(undefined);
      this.values.set(abstractId, values);
    }
    return values;
  }

  private list(numId: string): List | undefined {
    if (!this.lists.has(numId)) this.lists.set(numId, listOf(this.definitions, numId));
    return this.lists.get(numId);
  }
}

function listOf(definitions: NumberingDefinitions, numId: string): List | undefined {
  const instance = definitions.instances.get(numId);
  if (numId === numberingOff || instance === undefined) return undefined;
  const base = linkedAbstract(definitions, instance.abstractId);
  if (base === undefined) return undefined;
  const { abstract, abstractId } = base;
  return {
    abstractId,
    level: (index) => instance.overrides.get(index)?.definition ?? abstract.levels[index],
    override: (index) => instance.overrides.get(index),
  };
}

/** Follows `numStyleLink` from list to numbering style to list, at most once through each. */
function linkedAbstract(
  definitions: NumberingDefinitions,
  firstId: string,
): { readonly abstractId: string; readonly abstract: AbstractNumbering } | undefined {
  const seen = new Set<string>();
  let abstractId = firstId;
  while (!seen.has(abstractId)) {
    seen.add(abstractId);
    const abstract = definitions.abstracts.get(abstractId);
    if (abstract === undefined) return undefined;
    const numId = abstract.numberingStyle && definitions.numberingStyles.get(abstract.numberingStyle);
    const next = numId === undefined ? undefined : definitions.instances.get(numId)?.abstractId;
    if (next === undefined || next === abstractId) return { abstractId, abstract };
    abstractId = next;
  }
  return undefined;
}

function print(
  list: List,
  definition: NumberingLevel,
  values: readonly (number | undefined)[],
): PrintedNumber {
  if (definition.format === 'bullet' || definition.hidden) return {};
  const text = definition.text.replace(/%([1-9])/g, (_, digit: string) => {
    const index = Number(digit) - 1;
    const level = list.level(index);
    if (level === undefined) return '';
    const value = values[index] ?? level.start;
    const format = definition.legal && level.format !== 'none' ? 'decimal' : level.format;
    return formatNumber(value, format, level.customFormat);
  });
  const number = text.trim();
  return number === '' ? {} : { number };
}
