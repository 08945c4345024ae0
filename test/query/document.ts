import fc from 'fast-check';
import { type Outline, type Passage, runTable, type ZoneRun } from '../../src/model/outline.ts';

/** One line of a made-up document and what begins with it. */
interface Line {
  readonly kind: 'body' | 'header' | 'numbered';
  readonly words: readonly string[];
  readonly hyphen: boolean;
  readonly passage: boolean;
  readonly turn: boolean;
  readonly exchange: boolean;
  readonly page: boolean;
}

/** Lines of the given words. */
const lineOf = (words: readonly string[]): fc.Arbitrary<Line> =>
  fc.record({
    kind: fc.constantFrom('body', 'body', 'numbered', 'header'),
    words: fc.array(fc.constantFrom(...words), { maxLength: 6 }),
    hyphen: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
    passage: fc.integer({ min: 0, max: 2 }).map((one) => one === 0),
    turn: fc.boolean(),
    exchange: fc.boolean(),
    page: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
  });

/** Documents with zones, passages, pages, printed line numbers and words broken over lines. */
export function documentsOf(words: readonly string[]) {
  return fc.array(lineOf(words), { maxLength: 14 }).map(layOut);
}

export const anyDocument = documentsOf(['aa', 'bb', 'c', 'aab', 'Bb.', 'aa. Cc', 'b-c', '1']);

function layOut(lines: readonly Line[]): { readonly text: string; readonly outline: Outline } {
  const starts: number[] = [];
  const pages: number[] = [];
  const runs: ZoneRun[] = [];
  const begins: { start: number; turn: number; exchange: number }[] = [{ start: 0, turn: 0, exchange: 0 }];
  let text = '';
  let page = 1;
  for (const { kind, words, hyphen, ...begin } of lines) {
    const start = text.length;
    if (begin.page) page++;
    starts.push(start);
    pages.push(page);
    if (kind === 'numbered') {
      text += '7  ';
      runs.push({ start, end: text.length, zone: 'unindexed' });
    }
    text += `${words.join(' ')}${hyphen ? '-' : ''}\n`;
    if (kind === 'header') runs.push({ start, end: text.length, zone: 'header' });
    const last = begins.at(-1) ?? { start: 0, turn: 0, exchange: 0 };
    if (kind === 'body' && begin.passage && start > 0) {
      const turn = last.turn + Number(begin.turn);
      begins.push({ start, turn, exchange: last.exchange + Number(begin.turn && begin.exchange) });
    }
  }
  const kind = { kind: 'line' } as const;
  const passages = begins.map(
    ({ start, turn, exchange }, at): Passage => ({
      start,
      end: begins[at + 1]?.start ?? text.length,
      zone: 'body',
      kind,
      turn,
      exchange,
    }),
  );
  for (const { start, end, zone } of runs) {
    if (zone !== 'unindexed') passages.push({ start, end, zone, kind, turn: 0, exchange: 0 });
  }
  const columns = {
    starts: Uint32Array.from(starts.length === 0 ? [0] : starts),
    pages: Uint32Array.from(pages.length === 0 ? [1] : pages),
  };
  const { length } = columns.starts;
  const table = {
    ...columns,
    sheets: columns.pages.map((each) => (each + 1) >> 1),
    numbers: new Uint32Array(length),
    doubts: new Uint8Array(length),
  };
  return { text, outline: { lines: table, runs: runTable(runs), passages, sheets: [] } };
}
