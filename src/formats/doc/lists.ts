import type { Binary } from '../binary.ts';
import type {
  AbstractNumbering,
  LevelOverride,
  NumberingDefinitions,
  NumberingInstance,
  NumberingLevel,
} from '../docx/numbering.ts';
import { numberFormatName } from '../number-formats.ts';
import { eachModifier, modifier } from './modifiers.ts';

const levelsOfAList = 9;
const listBytes = 28;
const overrideBytes = 16;
const levelBytes = 28;

/**
 * The lists of a document (MS-DOC 2.9.131 LSTF, 2.9.150 LVL, 2.9.132 LFO) in the terms of DOCX files: a list override is a
 * `w:num`, by its number from 1, a list an `abstractNum`, by its identifier.
 */
export function listsOf(lists: Binary, overrides: Binary): NumberingDefinitions {
  return {
    abstracts: readLists(lists),
    instances: readOverrides(overrides),
    numberingStyles: new Map(),
  };
}

function readLists(table: Binary): ReadonlyMap<string, AbstractNumbering> {
  const abstracts = new Map<string, AbstractNumbering>();
  const count = table.short(0);
  let at = 2 + count * listBytes;
  for (let index = 0; index < count && at < table.length; index++) {
    const list = table.part(2 + index * listBytes, listBytes);
    const levelCount = (list.byte(26) & 1) === 1 ? 1 : levelsOfAList;
    const levels: NumberingLevel[] = [];
    for (let level = 0; level < levelCount && at < table.length; level++) {
      const read = readLevel(table, at, level);
      levels.push(read.level);
      at += read.bytes;
    }
    abstracts.set(String(list.long(0)), { levels });
  }
  return abstracts;
}

function readOverrides(table: Binary): ReadonlyMap<string, NumberingInstance> {
  const instances = new Map<string, NumberingInstance>();
  const count = Math.min(table.long(0), Math.floor(table.length / overrideBytes));
  let at = 4 + count * overrideBytes;
  for (let index = 0; index < count; index++) {
    const entry = table.part(4 + index * overrideBytes, overrideBytes);
    const overrides = new Map<number, LevelOverride>();
    at += 4;
    for (let level = 0; level < entry.byte(12) && at < table.length; level++) {
      const flags = table.long(at + 4);
      const index = flags & 0xf;
      const start = table.signed(at);
      at += 8;
      let override: LevelOverride = (flags & 0x10) === 0 ? {} : { start };
      if ((flags & 0x20) !== 0) {
        const read = readLevel(table, at, index);
        at += read.bytes;
        override =
          (flags & 0x10) === 0
            ? { definition: read.level }
            : { start: read.level.start, definition: read.level };
      }
      overrides.set(index, override);
    }
    instances.set(String(index + 1), { abstractId: String(entry.long(0)), overrides });
  }
  return instances;
}

function readLevel(table: Binary, at: number, index: number): { level: NumberingLevel; bytes: number } {
  const flags = table.byte(at + 5);
  const characterBytes = table.byte(at + 24);
  const paragraphBytes = table.byte(at + 25);
  const textAt = at + levelBytes + paragraphBytes + characterBytes;
  const length = table.short(textAt);
  const noRestart = (flags & 0x08) !== 0;
  const level = {
    start: table.signed(at),
    format: numberFormatName(table.byte(at + 4)),
    text: levelText(table.text(textAt + 2, length)),
    legal: (flags & 0x04) !== 0,
    hidden: isHidden(table.part(at + levelBytes + paragraphBytes, characterBytes)),
  };
  const restart = noRestart ? Math.min(table.byte(at + 26), index) : undefined;
  return {
    level: restart === undefined ? level : { ...level, restart },
    bytes: levelBytes + paragraphBytes + characterBytes + 2 + 2 * length,
  };
}

/** Levels stand in the text as the characters 0 to 8; `%` of its own cannot be told apart from a level, and hardly occurs. */
function levelText(text: string): string {
  return text.replaceAll(/[\x00-\x08]/g, (level) => `%${level.charCodeAt(0) + 1}`);
}

function isHidden(modifiers: Binary): boolean {
  let hidden = false;
  eachModifier(modifiers, (code, operand) => {
    if (code === modifier.hidden) hidden = modifiers.byte(operand) === 1;
  });
  return hidden;
}
