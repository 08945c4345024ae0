import type { SheetText, TextRun } from '../model/extracted.ts';

/** A number at the head of a run. */
export interface NumberRun {
  readonly value: number;
  readonly run: TextRun;
  /** Right edge of the number, at the head of the run. */
  readonly right: number;
}

/** One column of numbers, parted into rows of pages: each row is one page's numbers from top to bottom. */
export interface NumberColumn {
  readonly left: number;
  readonly right: number;
  readonly rows: readonly (readonly NumberRun[])[];
}

/**
 * A title page has no line numbers, nor has one whose numbers are lost: where such a one stands beside pages that have them,
 * its column is that of other sheets, in rows as the numbered pages have them.
 */
export function withBlankColumn(
  sheet: SheetText | undefined,
  found: readonly NumberColumn[],
  known: readonly NumberColumn[],
): readonly NumberColumn[] {
  const [first, last] = [found[0], found.at(-1)];
  if (sheet === undefined || first === undefined || last === undefined) return found;
  const width = first.right - first.left;
  const onLeft = known.find(({ right }) => right < first.left - width);
  const onRight = known.findLast(({ left }) => left > last.right + width);
  if (onLeft === undefined && onRight === undefined) return found;
  const [top, bottom] = [first.rows[0]?.[0], first.rows.at(-1)?.at(-1)];
  if (top === undefined || bottom === undefined) return found;
  const beside = sheet.runs.filter(
    ({ box }) => box.bottom > top.run.box.top && box.top < bottom.run.box.bottom,
  );
  const left = onLeft !== undefined && beside.some(({ box }) => box.right < first.left);
  const reaches = ({ box }: TextRun) => onRight !== undefined && box.right > onRight.left - 3;
  // What reaches over from the left is a page as wide as the sheet.
  const right =
    onRight !== undefined &&
    beside.some(reaches) &&
    !beside.some((run) => reaches(run) && run.box.left < onRight.left - 3);
  return [
    ...(left ? [{ ...onLeft, rows: first.rows }] : []),
    ...found,
    ...(right ? [{ ...onRight, rows: last.rows }] : []),
  ];
}

/** The same below or above a page that has numbers, in rows as the column beside has them. */
export function withBlankRows(
  sheet: SheetText | undefined,
  columns: readonly NumberColumn[],
): readonly NumberColumn[] {
  const most = Math.max(0, ...columns.map(({ rows }) => rows.length));
  const whole = columns.find(({ rows }) => rows.length === most);
  if (sheet === undefined || whole === undefined) return columns;
  return columns.map((column, order) => {
    if (column.rows.length === most) return column;
    const right = columns[order + 1]?.left ?? Number.POSITIVE_INFINITY;
    const blank = whole.rows.filter(
      (row) => !column.rows.some((own) => overlap(own, row)) && hasText(sheet, row, column.left, right),
    );
    const rows = [...column.rows, ...blank].sort((a, b) => topOfRow(a) - topOfRow(b));
    return { ...column, rows };
  });
}

function topOfRow(row: readonly NumberRun[]): number {
  return row[0]?.run.box.top ?? 0;
}

function bottomOfRow(row: readonly NumberRun[]): number {
  return row.at(-1)?.run.box.bottom ?? 0;
}

function overlap(a: readonly NumberRun[], b: readonly NumberRun[]): boolean {
  return topOfRow(a) < bottomOfRow(b) && topOfRow(b) < bottomOfRow(a);
}

function hasText({ runs }: SheetText, row: readonly NumberRun[], left: number, right: number): boolean {
  const [top, bottom] = [topOfRow(row), bottomOfRow(row)];
  return runs.some(
    ({ box }) => box.left >= left - 3 && box.left < right && box.top >= top && box.bottom <= bottom,
  );
}
