/** The value that is counted most often, the first of several; 0 when there is none. */
export function commonest(counts: ReadonlyMap<number, number>): number {
  let [best, most] = [0, 0];
  for (const [value, count] of counts) if (count > most) [best, most] = [value, count];
  return best;
}
