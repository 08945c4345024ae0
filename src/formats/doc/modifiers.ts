import type { Binary } from '../binary.ts';

/** Codes of the properties that are read (MS-DOC 2.6). */
export const modifier = {
  paragraphStyle: 0x4600,
  listLevel: 0x260a,
  list: 0x460b,
  inTable: 0x2416,
  endsRow: 0x2417,
  tableDepth: 0x6649,
  tableDepthStep: 0x664a,
  endsInnerCell: 0x244b,
  endsInnerRow: 0x244c,
  outlineLevel: 0x2640,
  hugeProperties: 0x6646,
  deleted: 0x0800,
  inserted: 0x0801,
  insertedBy: 0x4804,
  insertedAt: 0x6805,
  deletedBy: 0x4863,
  deletedAt: 0x6864,
  hidden: 0x083c,
  special: 0x0855,
  characterStyle: 0x4a30,
  symbol: 0x6a09,
  footnoteRestart: 0x303c,
  endnoteRestart: 0x303e,
  footnoteStart: 0x503f,
  footnoteFormat: 0x5040,
  endnoteStart: 0x5041,
  endnoteFormat: 0x5042,
} as const;

/** Bytes of the operand by the code's three highest bits; 6 says its own length. */
const operandBytes = [1, 1, 2, 4, 2, 2, 0, 3];
/** Two codes whose length is written in a way of their own. */
const tableDefinition = 0xd608;
const tabStops = 0xc615;

/** Hands out each property of a list of modifications: its code, and where its operand begins. */
export function eachModifier(list: Binary, take: (code: number, operand: number) => void): void {
  let at = 0;
  while (at + 2 <= list.length) {
    const code = list.short(at);
    const operand = at + 2;
    take(code, operand);
    at = operand + operandLength(list, code, operand);
  }
}

function operandLength(list: Binary, code: number, operand: number): number {
  const fixed = operandBytes[code >>> 13] ?? 0;
  if (fixed > 0) return fixed;
  if (code === tableDefinition) return list.short(operand) + 1;
  const length = list.byte(operand);
  if (code !== tabStops || length !== 255) return length + 1;
  const removed = list.byte(operand + 1);
  const added = list.byte(operand + 2 + 4 * removed);
  return 3 + 4 * removed + 3 * added;
}
