/** What parts the cells of a text table. */
export type Delimiter = ',' | ';' | '\t' | '|';

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];
/** Records that are looked at. */
const sampleRecords = 50;
/** More records than this share must have the usual number of cells. */
const enoughAlike = 0.5;

/** How a text is cut into cells, and how surely it is a table at all. */
export interface TableForm {
  readonly delimiter: Delimiter;
  /** Excel's own first line, `sep=;`, says so. */
  readonly declared: boolean;
  /** Every record looked at has the same number of cells, at least three, and there are at least five. */
  readonly regular: boolean;
}

/**
 * Tells the delimiter of a text by its beginning: the one that cuts most records into the same number of cells.
 * Undefined when none does. `whole`: the beginning is the whole text, so that its last record is complete.
 */
export function tableForm(beginning: string, whole: boolean): TableForm | undefined {
  const declared = /^sep=([,;\t|])\r?\n/i.exec(beginning)?.[1];
  const found = delimiters.find((one) => one === declared);
  if (found !== undefined) return { delimiter: found, declared: true, regular: false };
  let best: (TableForm & { readonly score: number }) | undefined;
  for (const delimiter of delimiters) {
    if (!beginning.includes(delimiter)) continue;
    const counts = cellCounts(beginning, delimiter, whole);
    const usual = usualCount(counts);
    const alike = counts.filter((count) => count === usual).length / Math.max(counts.length, 1);
    const score = alike + Math.min(usual, 20) / 100;
    if (usual < 2 || alike <= enoughAlike || score <= (best?.score ?? 0)) continue;
    const regular = alike === 1 && usual >= 3 && counts.length >= 5;
    best = { delimiter, declared: false, regular, score };
  }
  return best && { delimiter: best.delimiter, declared: false, regular: best.regular };
}

/** Cells of each of the first records; blank lines are none. A delimiter or line end between quotes is part of a cell. */
function cellCounts(text: string, delimiter: Delimiter, whole: boolean): readonly number[] {
  const counts: number[] = [];
  let cells = 1;
  let filled = false;
  let quoted = false;
  let begins = true;
  for (let at = 0; at < text.length && counts.length < sampleRecords; at++) {
    const character = text[at];
    if (character === '"' && quoted && text[at + 1] === '"') at++;
    else if (character === '"' && (quoted || begins)) quoted = !quoted;
    if (quoted) filled = true;
    else if (character === '\n') {
      if (filled) counts.push(cells);
      [cells, filled] = [1, false];
    } else if (character === delimiter) [cells, filled] = [cells + 1, true];
    else if (character !== ' ' && character !== '\r') filled = true;
    begins = !quoted && (character === delimiter || character === '\n');
  }
  if (whole && filled && counts.length < sampleRecords) counts.push(cells);
  return counts;
}

function usualCount(counts: readonly number[]): number {
  const tally = new Map<number, number>();
  for (const count of counts) tally.set(count, (tally.get(count) ?? 0) + 1);
  let usual = 0;
  for (const [count, times] of tally) if (times > (tally.get(usual) ?? 0)) usual = count;
  return usual;
}
