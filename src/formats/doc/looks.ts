import type { Markup } from '../../model/place.ts';
import type { Binary } from '../binary.ts';
import { dateOfDttm } from '../dttm.ts';
import { eachModifier, modifier } from './modifiers.ts';
import type { StyleSheet } from './style-sheet.ts';

/** What matters of how characters look. */
export interface CharacterLook {
  readonly hidden: boolean;
  /** Whether control characters in it are anchors and fields. */
  readonly special: boolean;
  readonly change: Markup | undefined;
  /** Font index and code of a symbol. */
  readonly symbol: { readonly font: number; readonly code: number } | undefined;
}

/** What matters of how a paragraph is set. */
export interface ParagraphLook {
  style: number;
  depth: number;
  endsRow: boolean;
  endsInnerCell: boolean;
  endsInnerRow: boolean;
}

/** The look of characters by their modifications, on top of the style of their paragraph. @param authors of changes, by index. */
export function characterLook(
  lists: readonly Binary[],
  paragraphStyle: number,
  styles: StyleSheet,
  authors: readonly string[],
): CharacterLook {
  const look = { hidden: styles.hides(paragraphStyle), special: false };
  const changes = {
    inserted: false,
    deleted: false,
    insertedBy: 0,
    deletedBy: 0,
    insertedAt: 0,
    deletedAt: 0,
  };
  let symbol: CharacterLook['symbol'];
  for (const list of lists) {
    eachModifier(list, (code, operand) => {
      if (code === modifier.hidden) look.hidden = toggled(list.byte(operand), look.hidden);
      else if (code === modifier.special) look.special = list.byte(operand) === 1;
      else if (code === modifier.characterStyle && styles.hides(list.short(operand))) look.hidden = true;
      else if (code === modifier.deleted) changes.deleted = (list.byte(operand) & 1) === 1;
      else if (code === modifier.inserted) changes.inserted = (list.byte(operand) & 1) === 1;
      else if (code === modifier.insertedBy) changes.insertedBy = list.short(operand);
      else if (code === modifier.insertedAt) changes.insertedAt = list.long(operand);
      else if (code === modifier.deletedBy) changes.deletedBy = list.short(operand);
      else if (code === modifier.deletedAt) changes.deletedAt = list.long(operand);
      else if (code === modifier.symbol)
        symbol = { font: list.short(operand), code: list.short(operand + 2) };
    });
  }
  const change = changes.deleted
    ? markup('deleted', authors[changes.deletedBy], changes.deletedAt)
    : changes.inserted
      ? markup('inserted', authors[changes.insertedBy], changes.insertedAt)
      : undefined;
  return { ...look, change, symbol };
}

/** 0 and 1 say it, 128 and 129 as the style has it and the other way round. */
function toggled(operand: number, now: boolean): boolean {
  if (operand === 0x80) return now;
  return operand === 0x81 ? !now : operand === 1;
}

function markup(kind: Markup['kind'], author: string | undefined, time: number): Markup {
  const by = author?.trim();
  const at = dateOfDttm(time);
  return { kind, ...(by && by !== 'Unknown' && { by }), ...(at && { at }) };
}

/** How a paragraph is set by its modifications. */
export function paragraphLook(style: number, lists: readonly Binary[]): ParagraphLook {
  const look = { style, depth: 0, endsRow: false, endsInnerCell: false, endsInnerRow: false };
  let inTable = false;
  for (const list of lists) {
    eachModifier(list, (code, operand) => {
      const isOn = list.byte(operand) === 1;
      if (code === modifier.paragraphStyle) look.style = list.short(operand);
      else if (code === modifier.inTable) inTable = isOn;
      else if (code === modifier.endsRow) look.endsRow = isOn;
      else if (code === modifier.tableDepth) look.depth = list.long(operand);
      else if (code === modifier.tableDepthStep) look.depth += list.byte(operand);
      else if (code === modifier.endsInnerCell) look.endsInnerCell = isOn;
      else if (code === modifier.endsInnerRow) look.endsInnerRow = isOn;
    });
  }
  look.depth = Math.min(look.depth, deepestTable);
  if (inTable && look.depth === 0) look.depth = 1;
  return look;
}

/** Word itself stops at fewer; a damaged number must not open millions of rows. */
const deepestTable = 64;
