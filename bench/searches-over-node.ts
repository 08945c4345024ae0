/** How long whole searches take over `node -e 0`, in milliseconds. */
export interface OverNode {
  /** Of the medians of all rounds. */
  readonly median: number;
  /** Of the quickest of all rounds: what other work on the machine disturbs least. */
  readonly least: number;
}

/**
 * Runs each command and `node -e 0` by turns, so that all meet the same machine: its speed changes from second to second.
 * @param seconds Runs a command to its end, and gives what that took.
 * @param commands What follows `node`, by the name of the search.
 */
export function searchesOverNode(
  seconds: (words: readonly string[]) => number,
  commands: ReadonlyMap<string, readonly string[]>,
  rounds: number,
): ReadonlyMap<string, OverNode> {
  const node: number[] = [];
  const taken = new Map([...commands.keys()].map((name): [string, number[]] => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, words] of commands) {
      node.push(seconds(['-e', '0']));
      taken.get(name)?.push(seconds(words));
    }
  }
  const over = (measure: (numbers: readonly number[]) => number, numbers: readonly number[]) =>
    Math.round((measure(numbers) - measure(node)) * 1000);
  return new Map(
    [...taken].map(([name, numbers]) => [
      name,
      { median: over(median, numbers), least: over((all) => Math.min(...all), numbers) },
    ]),
  );
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** As a line of a benchmark. */
export function overNodeInWords({ median, least }: OverNode): string {
  return `node -e 0 + ${median} ms (least + ${least})`;
}
