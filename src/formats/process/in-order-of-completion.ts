/**
 * Starts work on each item and yields what comes of it as it is finished. Items are taken from the source only while
 * fewer than `window` are under way or waiting to be consumed, so that neither side runs ahead of the other.
 * @throws what the source or the work throws, once.
 */
export async function* inOrderOfCompletion<Item, Product>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<Product>,
  window: number,
): AsyncGenerator<Product, void, undefined> {
  const source = iterate(items);
  const finished: Product[] = [];
  const failures: unknown[] = [];
  let working = 0;
  let taking = false;
  let exhausted = false;
  let wake: () => void = () => undefined;
  const guard = (step: Promise<void>): void => {
    step.catch((error: unknown) => failures.push(error)).finally(() => wake());
  };
  const begin = async (item: Item): Promise<void> => {
    working++;
    finished.push(await work(item).finally(() => working--));
  };
  const take = async (): Promise<void> => {
    taking = true;
    const { done, value } = await source.next();
    taking = false;
    if (done) exhausted = true;
    else guard(begin(value));
  };
  try {
    while (true) {
      if (failures.length > 0) throw failures[0];
      const product = finished.shift();
      if (!taking && !exhausted && working + finished.length < window) guard(take());
      if (product !== undefined) yield product;
      else if (exhausted && working === 0 && finished.length === 0) return;
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    await source.return?.();
  }
}

function iterate<Item>(items: Iterable<Item> | AsyncIterable<Item>): AsyncIterator<Item> {
  if (Symbol.asyncIterator in items) return items[Symbol.asyncIterator]();
  const iterator = items[Symbol.iterator]();
  return {
    next: async () => iterator.next(),
    return: async () => iterator.return?.() ?? { done: true, value: undefined },
  };
}
