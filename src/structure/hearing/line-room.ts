import { startAssembly } from '../../model/assembly.ts';
import code from './lines.wasm.ts';

/*
 * The room in which the loops of `lines.assembly.ts` find the columns of a document, and leave theirs. What is in it is
 * for one call: callers put in what the loop reads, and take copies of what it has written.
 */

/** Views of the room, each as long as there is room for lines. */
export interface LineRoom {
  readonly calls: ReturnType<typeof startLoops>['calls'];
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
  readonly begins: Uint32Array;
  readonly ends: Uint32Array;
  readonly words: Uint32Array;
  readonly numbers: Uint32Array;
  /** By page, or of some lines only. */
  readonly lists: readonly [Uint32Array, Uint32Array, Uint32Array];
  readonly lefts: Float64Array;
  readonly pageLefts: Float64Array;
  readonly values: Int16Array;
  readonly indents: Int16Array;
  readonly beginnings: Uint16Array;
  readonly behindNumbers: Uint16Array;
  readonly lasts: Uint16Array;
  readonly labelSigns: Uint8Array;
  readonly exact: Uint8Array;
  readonly stopped: Uint8Array;
  readonly tokens: Uint8Array;
  readonly is: Uint8Array;
  readonly zoned: Uint8Array;
  readonly marks: Uint8Array;
  readonly breaks: Uint8Array;
  /** How many lines stand at each indent: see the loop that counts them. */
  readonly wrapped: Uint32Array;
  readonly hung: Uint32Array;
  readonly fresh: Uint32Array;
  /** For a part of the text, in UTF-8. */
  readonly text: Uint8Array;
  /** By character code: see the loop that reads digits. */
  readonly digits: Uint8Array;
  /** Most units that the room for text takes. */
  readonly mostUnits: number;
}

/** What the loops say instead of a line where there is none. */
export const none = 0xffff_ffff;

/** Puts the pages into the lists: where they begin into the first, where they end into the second. */
export function putPages(
  { lists: [firsts, ends] }: LineRoom,
  pages: readonly { readonly first: number; readonly end: number }[],
): void {
  for (let order = 0; order < pages.length; order++) {
    const { first, end } = pages[order] as { first: number; end: number }; // order < length
    firsts[order] = first;
    ends[order] = end;
  }
}

/** Of a longer document the room is let go of afterwards. */
const mostKept = 200_000;

let loops: ReturnType<typeof startLoops> | undefined;
let room: LineRoom | undefined;

/** The room, large enough for so many lines. */
export function roomFor(lines: number): LineRoom {
  if (loops !== undefined && lines <= mostKept && loops.calls.reserved() > mostKept)
    [loops, room] = [undefined, undefined];
  loops ??= startLoops();
  if (room === undefined || loops.calls.reserved() < lines) {
    loops.calls.reserve(Math.max(lines, 1));
    room = viewsOf(loops);
  }
  return room;
}

function startLoops() {
  return startAssembly(
    code,
    [
      ...([
        'reserve',
        'reserved',
        'takeText',
        'readHeads',
        'listBreaks',
        'findRestarts',
        'isNumbered',
      ] as const),
      ...(['listLastNumbers', 'findColumns', 'numberPlainPages', 'placeWords', 'filledNow'] as const),
      ...([
        'numberedNow',
        'countIndents',
        'listTurnHeads',
        'listCapitals',
        'countTurns',
        'listRuns',
        'namedRunsNow',
        'listBeginnings',
        'listFirstLines',
        'countOutOfStep',
      ] as const),
      ...(['startsAt', 'lengthsAt', 'beginsAt', 'endsAt', 'wordsAt', 'numbersAt', 'listAt'] as const),
      ...(['leftsAt', 'pageLeftsAt', 'valuesAt', 'indentsAt', 'beginningsAt', 'behindNumbersAt'] as const),
      ...(['lastsAt', 'labelSignsAt', 'exactAt', 'stoppedAt', 'tokensAt', 'isAt', 'zonedAt'] as const),
      ...(['marksAt', 'breaksAt'] as const),
    ],
    ['mostUnits', 'mostBytes', 'textAt', 'digitsAt', 'widest', 'wrappedAt', 'hungAt', 'freshAt'],
  );
}

function viewsOf({ calls, constants, memory }: ReturnType<typeof startLoops>): LineRoom {
  const lines = calls.reserved();
  const words = (at: number) => new Uint32Array(memory.buffer, at, lines);
  const halves = (at: number) => new Uint16Array(memory.buffer, at, lines);
  const bytes = (at: number) => new Uint8Array(memory.buffer, at, lines);
  const counts = (at: number) => new Uint32Array(memory.buffer, at, constants.widest);
  return {
    calls,
    starts: words(calls.startsAt()),
    lengths: words(calls.lengthsAt()),
    begins: words(calls.beginsAt()),
    ends: words(calls.endsAt()),
    words: words(calls.wordsAt()),
    numbers: words(calls.numbersAt()),
    lists: [words(calls.listAt(0)), words(calls.listAt(1)), words(calls.listAt(2))],
    lefts: new Float64Array(memory.buffer, calls.leftsAt(), lines),
    pageLefts: new Float64Array(memory.buffer, calls.pageLeftsAt(), lines),
    values: new Int16Array(memory.buffer, calls.valuesAt(), lines),
    indents: new Int16Array(memory.buffer, calls.indentsAt(), lines),
    beginnings: halves(calls.beginningsAt()),
    behindNumbers: halves(calls.behindNumbersAt()),
    lasts: halves(calls.lastsAt()),
    labelSigns: bytes(calls.labelSignsAt()),
    exact: bytes(calls.exactAt()),
    stopped: bytes(calls.stoppedAt()),
    tokens: bytes(calls.tokensAt()),
    is: bytes(calls.isAt()),
    zoned: bytes(calls.zonedAt()),
    marks: bytes(calls.marksAt()),
    breaks: bytes(calls.breaksAt()),
    wrapped: counts(constants.wrappedAt),
    hung: counts(constants.hungAt),
    fresh: counts(constants.freshAt),
    text: new Uint8Array(memory.buffer, constants.textAt, constants.mostBytes),
    digits: new Uint8Array(memory.buffer, constants.digitsAt, 128),
    mostUnits: constants.mostUnits,
  };
}
