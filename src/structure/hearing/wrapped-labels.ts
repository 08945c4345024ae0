import type { Layout } from '../layout.ts';
import { type Label, wrappedLabel } from './labels.ts';
import type { PrintedPages } from './printed-pages.ts';

/** A label that begins on the line `head` and has its colon on the line `tail`, the next one with text. */
export interface WrappedLabel {
  readonly head: number;
  readonly tail: number;
  readonly label: Label;
}

/**
 * The label whose first words stand on `head` and whose last ones on `tail`; undefined when the lines hold none. The first
 * ends as a label that goes on may: see `listTurnHeads`.
 */
export function wrappedLabelOn(
  layout: Layout,
  printed: PrintedPages,
  head: number,
  tail: number,
): WrappedLabel | undefined {
  const first = layout.lines[head]?.text ?? '';
  const second = layout.lines[tail]?.text ?? '';
  const label = wrappedLabel(first.slice(printed.textAt[head]), second.slice(printed.textAt[tail]));
  return label && { head, tail, label: { ...label, end: first.length } };
}

const unfinished =
  /(?:\b(?:OF|FOR|TO|THE|AND|AN?|BY|ON|BEHALF|RT|RIGHT|HON|HONOURABLE|MR|MRS|MS|MISS|DR|SIR|LORD|LADY|DAME)|[-,&])$/i;

/**
 * Puts wrapped labels in the place of what their second lines seem to begin. A heading in the labels' column may stand
 * above a label: where the second line hangs no further in than labels do, the first must be unfinished, or the second
 * no sure label by itself. `believed` says of a first line whether a label can stand there, one that
 * `returns` elsewhere being likelier.
 */
export function addWrappedLabels(
  layout: Layout,
  printed: PrintedPages,
  wrapped: readonly WrappedLabel[],
  labels: Map<number, Label>,
  believed: (line: number, returns: boolean) => boolean,
): void {
  const seen = new Set<string>();
  const returning = new Set<string>();
  for (const { label } of wrapped) (seen.has(label.printed) ? returning : seen).add(label.printed);
  for (const { head, tail, label } of wrapped) {
    if (labels.get(head) === label || !believed(head, returning.has(label.printed))) continue;
    const furtherIn = (printed.indents[tail] ?? 0) > (printed.indents[head] ?? 0) + 1;
    const words = layout.lines[head]?.text ?? '';
    if (!furtherIn && !unfinished.test(words) && labels.get(tail)?.strength === 'strong') continue;
    labels.delete(tail);
    labels.set(head, label);
  }
}
